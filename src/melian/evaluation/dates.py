"""Time expressions against gold: where they stand, of which TIMEX3 type, with which value or days."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from melian.evaluation.bootstrap import Figure, f1, measure, precision, recall
from melian.evaluation.judging_days import judge_days
from melian.evaluation.readers import ReadsMany, readings_of, timed_report_of
from melian.evaluation.report import Miss, Outcome
from melian.evaluation.spans import grid_of, match_overlapping
from melian.evaluation.timed import FoundDates, FoundTimex, GoldDates, Timex
from melian.records import Reading, TimeExpression

_OPENER = re.compile(r"(?:from|between)\s+", re.IGNORECASE)
_LINK = re.compile(r"\s+(?:to|and|until|till|through)\s+(?:the\s+)?|\s*[-–—]\s*(?!\d{2}-)", re.IGNORECASE)
ToTimex = Callable[[TimeExpression], tuple[str, str]]
"""From an expression to its TIMEX3 type and value."""


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
    """Judge predictions, document by document in the same order; gold of days by `judge_days`.

    Strict: the same words. Relaxed: a shared word, one to one. Value: a relaxed match with the same value, letter by
    letter. Type: a relaxed match of the same type. By type: relaxed and value F1 among expressions of that type.
    Predictions behind the annotated stretch are left out.

    Reference: UzZaman et al., "SemEval-2013 Task 1: TempEval-3", 2013, section 5.
    """
    if all(record.timexes is None for record in gold):
        return judge_days(gold, found)
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
