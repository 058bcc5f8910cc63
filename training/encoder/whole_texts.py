"""Whole reports of the corpus, and articles of newspapers, as windows with what is to be learned of their events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from event_examples import (
    CERTAINTIES,
    MODES,
    NONE,
    POLARITIES,
    SOURCE,
    TARGET,
    TENSES,
    TYPES,
    EventExample,
    PassageExample,
    words_in,
)
from newspapers import LEAST_SURE, Coded, articles, text_of
from reports import CodedReport, reports, spans_of
from tokenizers import Tokenizer

from melian.coding.encoder.windows import Window, windows_of
from melian.records import Span

Status = tuple[int, int, int]
_PARAGRAPH = "\n"


@dataclass(frozen=True)
class Telling:
    """One telling of an event: where its trigger stands, and what is known of it.

    Attributes:
        modes: Its modes; none where not known: reports do not tell them.
        parties: Where source and target are named; none where that is not known.
        status: Numbers of polarity, tense and certainty; none where not known.
    """

    trigger: Span
    type: str
    modes: Sequence[str] | None = None
    parties: tuple[Sequence[Span], Sequence[Span]] | None = None
    status: Status | None = None


def examples_of_whole_texts(tokenizer: Tokenizer, data: Path) -> Iterator[PassageExample]:
    """Yield the windows of all reports and of all articles, whose texts are in a folder of data."""
    for report in reports():
        yield from windows_with(report.id, report.text, tellings_of(report), (), tokenizer)
    for article in articles():
        events = [(one, telling_of(one, article.span[0])) for one in article.events]
        sure = [telling for one, telling in events if one.sure >= LEAST_SURE]
        tossed = [telling.trigger for one, telling in events if one.sure < LEAST_SURE]
        yield from windows_with(article.article, text_of(data, article), sure, tossed, tokenizer)


def windows_with(
    name: str, text: str, tellings: Sequence[Telling], tossed: Iterable[Span], tokenizer: Tokenizer
) -> Iterator[PassageExample]:
    """Yield the windows of a text with what is told in them; what may be an event or not is open."""
    for number, window in enumerate(windows_of(text, tokenizer)):
        events = [one for telling in tellings if (one := _event_in(window, telling)) is not None]
        unsure = [words for span in tossed if (words := words_in(window, span)) is not None]
        yield PassageExample(f"{name}-{number}", window, events, unsure)


def _event_in(window: Window, telling: Telling) -> EventExample | None:
    trigger = words_in(window, telling.trigger)
    if trigger is None:
        return None
    parts: list[int] = []
    if telling.parties is not None:
        parts = [NONE] * len(window.spans)
        for part, spans in zip((SOURCE, TARGET), telling.parties, strict=True):
            for words in filter(None, (words_in(window, span) for span in spans)):
                parts[slice(*words)] = [part] * (words[1] - words[0])
    modes = None if telling.modes is None else [MODES.index(f"{telling.type}/{mode}") for mode in telling.modes]
    return EventExample(trigger, TYPES.index(telling.type), modes, telling.status, parts)


def telling_of(coded: Coded, start: int) -> Telling:
    """Give an event of an article as it stands in the stretch that was read, which begins at `start`."""
    status = (
        POLARITIES.index(coded.polarity), TENSES.index(coded.tense), CERTAINTIES.index(coded.certainty)
    )  # fmt: skip
    source, target = ([(a - start, b - start) for a, b in own] for own in (coded.source_words, coded.target_words))
    trigger = coded.trigger[0] - start, coded.trigger[1] - start
    return Telling(trigger, coded.type, coded.modes, (source, target), status)


def tellings_of(report: CodedReport) -> list[Telling]:
    """Give the tellings of a report's events in order.

    Its coders name a party by the nearest words that say who it is; where the paragraph of a telling has none of them,
    a pronoun may stand for it, and the parties of that telling are not known.
    """
    found = []
    for event in report.events:
        for span in (span for words in event.trigger for span in spans_of(report.text, words)[:1]):
            begin = report.text.rfind(_PARAGRAPH, 0, span[0]) + 1
            end = report.text.find(_PARAGRAPH, span[1])
            near = begin, end if end >= 0 else len(report.text)
            sides = [_nearest(report.text, words, span, near) for words in (event.source, event.target)]
            known = None if any(side is None for side in sides) else (sides[0], sides[1])
            found.append(Telling(span, event.type, parties=known))
    return sorted(found, key=lambda telling: telling.trigger)


def _nearest(text: str, parties: Sequence[str], trigger: Span, paragraph: Span) -> list[Span] | None:
    """Give where parties are named nearest to a trigger in its paragraph; nothing where one is not."""
    nearest = []
    for words in parties:
        inside = [span for span in spans_of(text, words) if paragraph[0] <= span[0] < paragraph[1]]
        if not inside:
            return None
        nearest.append(min(inside, key=lambda span: min(abs(span[0] - trigger[1]), abs(trigger[0] - span[1]))))
    return nearest
