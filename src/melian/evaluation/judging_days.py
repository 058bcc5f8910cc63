"""Dates against gold that gives days in place of TIMEX3 values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from melian.evaluation.bootstrap import Figure, f1, measure, precision, recall, share
from melian.evaluation.dated_spans import DatedSpan, Meant, meant_by
from melian.evaluation.report import Miss, Outcome
from melian.evaluation.spans import grid_of, match_overlapping
from melian.evaluation.timed import FoundDates, GoldDates
from melian.records import Span


def judge_days(gold: Sequence[GoldDates], found: Sequence[FoundDates]) -> Outcome:
    """Judge predictions against gold days, document by document in the same order.

    Relaxed span: a shared word, one to one. Value: a relaxed match that means the same days, and the same time of day
    where gold has one. Lengths, repetitions and what means no days are left out on both sides, and so are predictions
    at words whose days gold leaves uncertain. By genre where the gold has genres.
    """
    spans: list[list[float]] = []
    values: list[list[float]] = []
    rights: list[list[float]] = []
    genres: dict[str, list[list[float]]] = {record.genre: [] for record in gold if record.genre}
    misses: list[Miss] = []
    for record, prediction in zip(gold, found, strict=True):
        grid = grid_of(record.text)
        dated = [(span, one) for one in record.dates or () if (span := grid.tokens(one.span))]
        want = [(span, one, meant) for span, one in dated if (meant := one.meant)]
        unsure = [span for span, one in dated if one.meant is None]
        have = [
            (span, one, meant)
            for one in prediction.timexes
            if (meant := meant_by(one.value)) and (span := grid.tokens(one.span)) and not _touches(span, unsure)
        ]
        matched = match_overlapping([span for span, _, _ in want], [span for span, _, _ in have])
        right = [(i, j) for i, j in matched if _is_same(want[i][2], have[j][2])]
        spans.append([len(matched), len(have) - len(matched), len(want) - len(matched)])
        values.append([len(right), len(have) - len(right), len(want) - len(right)])
        rights.append([len(right), len(matched)])
        for genre, rows in genres.items():
            rows.append(values[-1] if record.genre == genre else [0, 0, 0])
        partner = dict(matched)
        wanted = [(one, have[partner[i]][1].value if i in partner else None) for i, (_, one, _) in enumerate(want)]
        misses += _misses(record, [pair for i, pair in enumerate(wanted) if (i, partner.get(i)) not in right])
        extra = (one for j, (_, one, _) in enumerate(have) if j not in partner.values())
        misses += [
            Miss(
                record=str(record.doc_id), text=record.text[slice(*one.span)], expected="", found=one.value, weight=1.5
            )
            for one in extra
        ]
    figures: list[Figure] = []
    count = int(sum(row[0] + row[2] for row in spans))
    for name, rows in (("relaxed span", spans), ("value", values)):
        figures += [
            measure(f"{name}: {label}", rows, formula, of=count)
            for label, formula in (("precision", precision), ("recall", recall), ("F1", f1))
        ]
    figures.append(measure("value right, of spans found", rights, share, of=int(sum(row[1] for row in rights))))
    for genre, rows in sorted(genres.items()):
        figures.append(measure(f"{genre}: value F1", rows, f1, of=int(sum(row[0] + row[2] for row in rows))))
    return Outcome(figures=tuple(figures), misses=tuple(misses), records=len(gold))


def _touches(span: Span, others: Sequence[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _is_same(want: Meant, have: Meant) -> bool:
    return want[0] == have[0] and want[1] in ("", have[1])


def _misses(record: GoldDates, wrong: Sequence[tuple[DatedSpan, str | None]]) -> Iterator[Miss]:
    for one, value in wrong:
        words = record.text[slice(*one.span)]
        expected = one.when or f"{one.first}/{one.last}"
        yield Miss(
            record=str(record.doc_id), text=words, expected=expected, found=value or "", weight=1 if value else 2
        )
