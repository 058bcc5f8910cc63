"""Time expressions against gold: where they stand, of which TIMEX3 type, with which value or days."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

import msgspec

from melian.evaluation.bootstrap import Figure, f1, measure, precision, recall
from melian.evaluation.dated_spans import DatedSpan, judge_dated_spans
from melian.evaluation.readers import ReadsMany, readings_of, timed_report_of
from melian.evaluation.report import Miss, Outcome
from melian.evaluation.spans import grid_of, match_overlapping
from melian.records import Reading, Span, TimeExpression

MEANTIME_SENTENCES = 6
"""MEANTIME's guidelines have events and times annotated in the first six sentences, the headline among them."""

_OPENER = re.compile(r"(?:from|between)\s+", re.IGNORECASE)
_LINK = re.compile(r"\s+(?:to|and|until|till|through)\s+(?:the\s+)?|\s*[-–—]\s*(?!\d{2}-)", re.IGNORECASE)
ToTimex = Callable[[TimeExpression], tuple[str, str]]
"""From an expression to its TIMEX3 type and value."""


class Timex(msgspec.Struct, frozen=True, kw_only=True):
    """One expression: span, TIMEX3 type (DATE, TIME, DURATION, SET) and TIMEX3 value.

    Gold may give `spans`, a list, in place of `span`; the expression then runs from the first to the last.
    """

    type: str
    value: str | None = None
    span: Span | None = None
    spans: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        if self.span is None and not self.spans:
            raise ValueError("a timex needs `span`")

    @property
    def stretch(self) -> Span:
        """Where it stands."""
        return self.span or (min(start for start, _ in self.spans), max(end for _, end in self.spans))


class GoldDates(msgspec.Struct, frozen=True, kw_only=True):
    """A gold text, its day of publication, and every time expression in it.

    Attributes:
        doc_id: Name of the document.
        dct: Day of publication, ISO 8601; `date` is read in its place.
        text: The text.
        timexes: None where only predictions are wanted, or where the gold has `dates`.
        dates: The expressions with the days that they mean, of gold that has no TIMEX3.
        genre: What kind of text it is.
        last_annotated_sentence: Given in records of MEANTIME, which annotates times in the first sentences only.
        sentences: Spans; only read where `last_annotated_sentence` is given.

    Reference: Minard et al., "MEANTIME, the NewsReader Multilingual Event and Time Corpus", LREC 2016; Zeldes, "The GUM
    Corpus", Language Resources and Evaluation 51, 2017.
    """

    doc_id: str | int
    text: str
    dct: str | None = None
    date: str | None = None
    timexes: tuple[Timex, ...] | None = None
    dates: tuple[DatedSpan, ...] | None = None
    genre: str | None = None
    last_annotated_sentence: int | None = None
    sentences: msgspec.Raw = msgspec.Raw(b"[]")

    @property
    def annotated_until(self) -> int:
        """The code point behind the stretch in which times were annotated."""
        if self.last_annotated_sentence is None:
            return len(self.text)
        try:
            sentences = msgspec.json.decode(self.sentences, type=tuple[Span, ...])
            return sentences[min(self.last_annotated_sentence, MEANTIME_SENTENCES - 1)][1]
        except (msgspec.ValidationError, IndexError):
            return len(self.text)


class FoundTimex(msgspec.Struct, frozen=True, kw_only=True):
    """One predicted expression."""

    span: Span
    type: str
    value: str


class FoundDates(msgspec.Struct, frozen=True, kw_only=True):
    """The expressions predicted for one text."""

    doc_id: str | int
    timexes: tuple[FoundTimex, ...]


def predict_dates(reader: ReadsMany, gold: Sequence[GoldDates], to_timex: ToTimex) -> Iterator[FoundDates]:
    """Yield predictions in gold order; a text that the reader refuses has none."""
    readings = readings_of(reader, (timed_report_of(record.text, record.dct or record.date) for record in gold))
    for record, reading in zip(gold, readings, strict=True):
        yield FoundDates(doc_id=record.doc_id, timexes=timexes_of(reading, to_timex) if reading else ())


def timexes_of(reading: Reading, to_timex: ToTimex) -> tuple[FoundTimex, ...]:
    """Write the time expressions of a reading as TIMEX3, which has no ranges: both ends of one stand for themselves."""
    found: list[FoundTimex] = []
    for expression in reading.dates:
        type_, value = to_timex(expression)
        words = reading.report.text[slice(*expression.span)]
        link = _LINK.search(words) if _is_range(value) else None
        if link is None:
            found.append(FoundTimex(span=expression.span, type=type_, value=value))
            continue
        start = expression.span[0]
        opener = _OPENER.match(words)
        first, last = value.split("/")
        found.append(
            FoundTimex(span=(start + (opener.end() if opener else 0), start + link.start()), type=type_, value=first)
        )
        found.append(FoundTimex(span=(start + link.end(), expression.span[1]), type=type_, value=last))
    return tuple(found)


def _is_range(value: str) -> bool:
    first, slash, last = value.partition("/")
    return bool(slash and first and last) and ".." not in value


def judge_dates(gold: Sequence[GoldDates], found: Sequence[FoundDates]) -> Outcome:
    """Judge predictions, document by document in the same order; gold of days by `judge_dated_spans`.

    Strict: the same words. Relaxed: a shared word, one to one. Value: a relaxed match with the same value, letter by
    letter. Type: a relaxed match of the same type. By type: relaxed and value F1 among expressions of that type.
    Predictions behind the annotated stretch are left out.

    Reference: UzZaman et al., "SemEval-2013 Task 1: TempEval-3", 2013, section 5.
    """
    if all(record.timexes is None for record in gold):
        return judge_dated_spans(gold, found)
    strict: list[list[float]] = []
    relaxed: list[list[float]] = []
    typed: list[list[float]] = []
    value: list[list[float]] = []
    kinds = sorted({timex.type for record in gold for timex in record.timexes or ()})
    by_type: dict[str, tuple[list[list[float]], list[list[float]]]] = {kind: ([], []) for kind in kinds}
    misses: list[Miss] = []
    for record, prediction in zip(gold, found, strict=True):
        grid = grid_of(record.text)
        want = [(span, timex) for timex in record.timexes or () if (span := grid.tokens(timex.stretch))]
        limit = record.annotated_until
        have = [(span, timex) for timex in prediction.timexes if (span := grid.tokens(timex.span))]
        have = [(span, timex) for span, timex in have if timex.span[0] < limit]
        matched = match_overlapping([span for span, _ in want], [span for span, _ in have])
        right = [(i, j) for i, j in matched if want[i][1].value == have[j][1].value]
        strict.append(_tally(len({s for s, _ in want} & {s for s, _ in have}), len(want), len(have)))
        relaxed.append(_tally(len(matched), len(want), len(have)))
        value.append(_tally(len(right), len(want), len(have)))
        typed.append(_tally(sum(want[i][1].type == have[j][1].type for i, j in matched), len(want), len(have)))
        for kind, (kind_relaxed, kind_value) in by_type.items():
            wanted, had = sum(t.type == kind for _, t in want), sum(t.type == kind for _, t in have)
            same = [(i, j) for i, j in matched if want[i][1].type == have[j][1].type == kind]
            kind_relaxed.append(_tally(len(same), wanted, had))
            kind_value.append(_tally(sum(pair in right for pair in same), wanted, had))
        misses.extend(_misses(record, [t for _, t in want], [t for _, t in have], dict(matched)))
    figures: list[Figure] = []
    count = int(sum(row[0] + row[2] for row in relaxed))
    for name, rows in (("strict span", strict), ("relaxed span", relaxed), ("type", typed), ("value", value)):
        figures += [
            measure(f"{name}: {label}", rows, formula, of=count)
            for label, formula in (("precision", precision), ("recall", recall), ("F1", f1))
        ]
    for kind, (kind_relaxed, kind_value) in by_type.items():
        of = int(sum(row[0] + row[2] for row in kind_relaxed))
        figures.append(measure(f"{kind}: relaxed span F1", kind_relaxed, f1, of=of))
        figures.append(measure(f"{kind}: value F1", kind_value, f1, of=of))
    return Outcome(figures=tuple(figures), misses=tuple(misses), records=len(gold))


def _tally(right: int, wanted: int, had: int) -> list[float]:
    return [right, had - right, wanted - right]


def _misses(
    record: GoldDates, want: Sequence[Timex], have: Sequence[FoundTimex], partner: dict[int, int]
) -> Iterator[Miss]:
    doc, text = str(record.doc_id), record.text
    for i, timex in enumerate(want):
        words = text[slice(*timex.stretch)]
        expected = f"{timex.type} {timex.value}"
        if i not in partner:
            yield Miss(record=doc, text=words, expected=expected, found="", weight=2)
        elif timex.value != have[partner[i]].value:
            other = have[partner[i]]
            found = f"{other.type} {other.value}"
            yield Miss(record=doc, text=words, expected=expected, found=found, weight=1)
    for j in set(range(len(have))) - set(partner.values()):
        words = text[slice(*have[j].span)]
        yield Miss(record=doc, text=words, expected="", found=f"{have[j].type} {have[j].value}", weight=1.5)
