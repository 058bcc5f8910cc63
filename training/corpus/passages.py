"""The corpus of political events: reading it strictly, and finding its words in its texts."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

HERE = Path(__file__).parent
ONTOLOGY = HERE.parents[1] / "src/melian/knowledge/ontology"


class Party(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """One who acts or is acted upon: words of the text, the country, and which occurrence of the words it is."""

    words: str
    country: str | None
    nth: int = 1


class GoldEvent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One event of a passage, as the codebook wants it.

    Attributes:
        type: PLOVER type of the deed itself, whether done, planned or denied.
        trigger: The words that tell it, as they stand in the text.
        modes: PLOVER modes of the type.
        contexts: PLOVER contexts.
        source: Who did it.
        target: To whom.
        polarity: "negative" where its holder says that it did not happen.
        tense: When, seen from the passage.
        certainty: How far its holder commits.
        by: Words of the speaker according to whom it is so; none for the author.
        nth: Which occurrence of the trigger's words in the text, from 1.
    """

    type: str
    trigger: str
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    source: tuple[Party, ...] = ()
    target: tuple[Party, ...] = ()
    polarity: Literal["positive", "negative"] = "positive"
    tense: Literal["past", "present", "future", "hypothetical"] = "past"
    certainty: Literal["certain", "probable", "possible", "uncommitted"] = "certain"
    by: str | None = None
    nth: int = 1


class Passage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence or short passage with all its events; none where nobody acts politically.

    Attributes:
        id: Part and number, such as "protest-0012".
        text: The passage.
        events: In the order of their triggers.
        kinds: What it is an example of: "passive", "nominal", "sport", "near-miss:threat-0007".
    """

    id: str
    text: str
    events: tuple[GoldEvent, ...]
    kinds: tuple[str, ...] = ()


class BadPassage(Exception):
    """A passage that breaks the corpus's rules; says which and where."""


def passages_of(path: Path) -> Iterator[Passage]:
    """Read one part of the corpus, every line checked.

    Raises:
        BadPassage: A line is no passage, or a passage breaks a rule.
    """
    decoder = msgspec.json.Decoder(Passage)
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line.strip():
            try:
                passage = decoder.decode(line)
                check(passage)
            except (msgspec.DecodeError, BadPassage) as error:
                raise BadPassage(f"{path.name}, line {number}: {error}") from error
            yield passage


def parts(*folders: str) -> list[Path]:
    """Give the files of the corpus: of `passages`, of which every tenth passage is held out, and of `further`."""
    return [path for folder in folders or ("passages", "further") for path in sorted((HERE / folder).glob("*.jsonl"))]


def corpus() -> list[Passage]:
    """Read the whole corpus in the order of its parts."""
    return [passage for path in parts() for passage in passages_of(path)]


def span_of(text: str, words: str, nth: int = 1) -> tuple[int, int]:
    """Find words in a text.

    Raises:
        BadPassage: They do not stand there so often, or break a word in two.
    """
    at = -1
    for _ in range(nth):
        at = text.find(words, at + 1)
        if at < 0:
            raise BadPassage(f"{words!r} does not stand {nth} time(s) in the text")
    end = at + len(words)
    if not words or words != words.strip():
        raise BadPassage(f"{words!r} has no words or blanks around them")
    if (at and text[at - 1].isalnum() and words[0].isalnum()) or (
        end < len(text) and text[end].isalnum() and words[-1].isalnum()
    ):
        raise BadPassage(f"occurrence {nth} of {words!r} is part of a longer word; name another occurrence")
    return at, end


def check(passage: Passage) -> None:
    """Check one passage against the ontology and its own text.

    Raises:
        BadPassage: It breaks a rule.
    """
    modes = allowed_modes()
    contexts = column("contexts.tsv", "id")
    text = passage.text
    if not 20 <= len(text) <= 900:
        raise BadPassage(f"{passage.id}: a text of {len(text)} characters; 20 to 900 are wanted")
    for event in passage.events:
        try:
            if event.type not in modes:
                raise BadPassage(f"{event.type!r} is no type")
            for mode in event.modes:
                if mode not in modes[event.type]:
                    raise BadPassage(f"{mode!r} is no mode of {event.type}: {', '.join(sorted(modes[event.type]))}")
            for context in event.contexts:
                if context not in contexts:
                    raise BadPassage(f"{context!r} is no context")
            span_of(text, event.trigger, event.nth)
            for party in (*event.source, *event.target):
                span_of(text, party.words, party.nth)
                country = party.country
                if country is not None and not (len(country) == 3 and country.isascii() and country.isupper()):
                    raise BadPassage(f"{country!r} is no country code of three letters, IGO, NGO or MNC")
            if event.by is not None:
                span_of(text, event.by)
        except BadPassage as error:
            raise BadPassage(f"{passage.id}: {error}") from error


@cache
def allowed_modes() -> dict[str, set[str]]:
    """Give the modes of each type by the ontology."""
    found: dict[str, set[str]] = {row["id"]: set() for row in rows("types.tsv")}
    for row in rows("modes.tsv"):
        found[row["type"]].add(row["name"])
    return found


@cache
def column(table: str, name: str) -> set[str]:
    """Give the values of one column of an ontology table."""
    return {row[name] for row in rows(table)}


def rows(table: str) -> list[dict[str, str]]:
    """Read an ontology table."""
    lines = [line for line in (ONTOLOGY / table).read_text(encoding="utf-8").split("\n") if line and line[0] != "#"]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
