"""Marked pairs against gold roots: macro-F1 and accuracy of root and quad class."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence

import msgspec

from melian.evaluation.bootstrap import Figure, Numbers, f1, macro_f1, measure, share
from melian.evaluation.pairs import (
    DEFAULT_ROOT,
    ROOT_QUADS,
    Pair,
    Quad,
    Root,
    pair_of,
    root_of,
)
from melian.evaluation.readers import ReadsMany, readings_of, report_of
from melian.evaluation.report import Miss, Outcome


class GoldRelation(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence with one marked pair; without `gold_root` only predictions are wanted.

    `gold_penta` is the quad class, 1 to 4.
    """

    sentence: str
    marked_sentence: str
    gold_root: str | None = None
    gold_penta: float | None = None
    sentence_id: str | None = None


class FoundRelation(msgspec.Struct, frozen=True, kw_only=True):
    """The prediction for one row; `row` counts from 0."""

    row: int
    root: Root
    quad: Quad
    confidence: float


def predict_relations(
    reader: ReadsMany, gold: Sequence[GoldRelation], relate: Callable[[Pair], tuple[Root, float] | None]
) -> Iterator[FoundRelation]:
    """Yield one prediction a row, in order; each sentence is read once, however many pairs it has.

    Args:
        reader: What reads the sentences.
        gold: The rows.
        relate: What tells a pair's relation apart from all events; the reading decides where it knows none.
    """
    pairs = [pair_of(record.marked_sentence) for record in gold]
    # Rows of one sentence stand together or apart; readings are kept only while rows still want them.
    wanted: dict[str, int] = {}
    for pair in pairs:
        wanted[pair.text] = wanted.get(pair.text, 0) + 1
    texts = list(wanted)
    readings = zip(texts, readings_of(reader, (report_of(text) for text in texts)), strict=True)
    kept = {}
    for row, pair in enumerate(pairs):
        while pair.text not in kept:
            text, reading = next(readings)
            kept[text] = reading
        reading = kept[pair.text]
        wanted[pair.text] -= 1
        if not wanted[pair.text]:
            del kept[pair.text]
        root, confidence = relate(pair) or (root_of(reading, pair) if reading else (DEFAULT_ROOT, 0.0))
        yield FoundRelation(row=row, root=root, quad=ROOT_QUADS[root], confidence=confidence)


def judge_relations(gold: Sequence[GoldRelation], found: Sequence[FoundRelation]) -> Outcome:
    """Judge predictions, row by row in the same order.

    Macro-F1 is the plain mean of F1 over the classes that gold or predictions hold. Intervals draw sentences where
    rows carry a `sentence_id`, so that pairs of one sentence stay together.
    """
    rows = list(zip(gold, found, strict=True))
    roots = [(_group(a, b), _merged(a.gold_root), b.root) for a, b in rows if a.gold_root]
    quads = [(_group(a, b), a.gold_penta, b.quad) for a, b in rows if a.gold_penta is not None]
    figures = [*_figures("root", roots), *_figures("quad", quads)]
    figures += [
        _class_figure(f"root {root}: F1", roots, root) for root in sorted({want for _, want, _ in roots}, key=str)
    ]
    misses = tuple(
        Miss(
            record=f"row {b.row}",
            text=a.marked_sentence,
            expected=str(a.gold_root),
            found=b.root,
            weight=b.confidence + (a.gold_penta not in (None, b.quad)),
        )
        for a, b in rows
        if a.gold_root and _merged(a.gold_root) != b.root
    )
    return Outcome(figures=tuple(figures), misses=misses, records=len(gold))


Judged = Sequence[tuple[Hashable, Hashable, Hashable]]


def _figures(name: str, rows: Judged) -> list[Figure]:
    classes = sorted({want for _, want, _ in rows} | {have for _, _, have in rows}, key=str)
    position = {label: 3 * number for number, label in enumerate(classes)}
    columns = 3 * len(classes)

    def count(want: Hashable, have: Hashable) -> list[float]:
        row = [0.0] * columns
        if want == have:
            row[position[want]] = 1
        else:
            row[position[have] + 1] = 1
            row[position[want] + 2] = 1
        return row

    return [
        _measure(f"{name}: macro-F1", rows, count, macro_f1),
        _measure(f"{name}: accuracy", rows, lambda want, have: [float(want == have), 1.0], share),
    ]


def _class_figure(name: str, rows: Judged, label: Hashable) -> Figure:
    def count(want: Hashable, have: Hashable) -> list[float]:
        right = want == have == label
        return [float(right), float(have == label and not right), float(want == label and not right)]

    return _measure(name, rows, count, f1, of=sum(want == label for _, want, _ in rows))


def _measure(
    name: str,
    rows: Judged,
    count: Callable[[Hashable, Hashable], list[float]],
    formula: Callable[[Numbers], Numbers],
    of: int | None = None,
) -> Figure:
    groups: dict[Hashable, list[float]] = {}
    for group, want, have in rows:
        tally = count(want, have)
        groups[group] = [a + b for a, b in zip(groups.get(group, [0.0] * len(tally)), tally, strict=True)]
    return measure(name, list(groups.values()), formula, of=len(rows) if of is None else of)


def _group(record: GoldRelation, prediction: FoundRelation) -> Hashable:
    return record.sentence_id or prediction.row


def _merged(root: str | None) -> str | None:
    return "YIELD" if root in ("CONCEDE", "RETREAT") else root
