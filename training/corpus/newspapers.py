"""Newspaper articles whose events were coded: where they stand in public research data.

No words of theirs are kept here, only offsets: `newspapers/coded` (passages that are measured on) and
`newspapers/learned` (articles that heads learn from) name the file of data, the article, the stretch that was read and
its events. The texts themselves are read from the folder of data, where one is at hand.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Literal

import msgspec
from passages import HERE, BadPassage, GoldEvent, Passage, check, span_of

from melian.records import Span

FOLDER = HERE / "newspapers"
_TABLES = frozenset({"guardian_sample", "ngec_synthetic_stories"})
"""Files of data that are CSV, not JSON Lines; their articles have no `doc_id`."""
LEAST_SURE = 2
"""How sure the coder was that another would code an event too: 3 sure, 2 likely; 1, a toss-up, counts neither way."""


class Coded(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One event of a passage.

    Attributes:
        trigger: Where its trigger stands in the article.
        type: PLOVER type.
        modes: PLOVER modes.
        source: Countries of those who act.
        target: Countries of those acted upon.
        sure: 1 to 3.
        source_words: Where those who act are named in the article, pronouns too.
        target_words: Where those acted upon are.
        polarity: "negative" where it is told that it did not happen.
        tense: When, seen from the article.
        certainty: How far the one who tells it commits.
    """

    trigger: Span
    type: str
    sure: int
    modes: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    source_words: tuple[Span, ...] = ()
    target_words: tuple[Span, ...] = ()
    polarity: Literal["positive", "negative"] = "positive"
    tense: Literal["past", "present", "future", "hypothetical"] = "past"
    certainty: Literal["certain", "probable", "possible", "uncommitted"] = "certain"


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a passage stands, and its events.

    Attributes:
        data: Name of the file of research data, without its ending.
        article: Twelve digits of the SHA-256 of its `doc_id` there, which may hold words of a title; of its text
            where it has none.
        span: The passage in the article's text.
        events: In the order of their triggers.
    """

    data: str
    article: str
    span: Span
    events: tuple[Coded, ...] = ()


class Newspaper(msgspec.Struct, frozen=True):
    """A passage with its events, and the spans of what may be one or not."""

    passage: Passage
    open: tuple[Span, ...] = ()


def places() -> Iterator[Place]:
    """Read where the passages stand that are measured on, and that fit how sure an event is."""
    return _places_in("coded")


def articles() -> Iterator[Place]:
    """Read where the articles stand that heads learn from: from the beginning, as far as they were read."""
    return _places_in("learned")


def _places_in(folder: str) -> Iterator[Place]:
    decoder = msgspec.json.Decoder(Place)
    for path in sorted((FOLDER / folder).glob("*.jsonl")):
        yield from map(decoder.decode, path.read_text(encoding="utf-8").splitlines())


def text_of(data: Path, place: Place) -> str:
    """Give the words of a passage or of as much of an article as was read."""
    return article_of(data, place.data, place.article)[slice(*place.span)]


def newspapers(data: Path) -> Iterator[Newspaper]:
    """Yield the passages.

    Raises:
        BadPassage: An event breaks a rule, or stands elsewhere in the article that is at hand.
    """
    for number, place in enumerate(places(), 1):
        text = text_of(data, place)
        sure = [_event(text, one, place.span[0]) for one in place.events if one.sure >= LEAST_SURE]
        passage = Passage(f"newspaper-{number:04}", text, tuple(sure), ("newspaper",))
        check(passage)
        start = place.span[0]
        tossed = (one.trigger for one in place.events if one.sure < LEAST_SURE)
        yield Newspaper(passage, tuple((a - start, b - start) for a, b in tossed))


def article_of(data: Path, name: str, article: str) -> str:
    """Give the text of an article, by the name of its file and its digits there."""
    return _texts(data / f"{name}{'.csv' if name in _TABLES else '.jsonl'}")[article]


def _event(text: str, coded: Coded, start: int) -> GoldEvent:
    a, b = coded.trigger[0] - start, coded.trigger[1] - start
    words = text[a:b]
    nth = 1 + sum(text.startswith(words, at) for at in range(a))
    if span_of(text, words, nth) != (a, b):
        raise BadPassage(f"no trigger stands at {a} to {b}")
    return GoldEvent(type=coded.type, trigger=words, modes=coded.modes, nth=nth)


@cache
def _texts(path: Path) -> Mapping[str, str]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines) if path.suffix == ".csv" else map(msgspec.json.decode, lines))
    return {sha256(str(row.get("doc_id", row["text"])).encode()).hexdigest()[:12]: row["text"] for row in rows}
