"""Statements in pairs, with their signs and whether they contradict each other, from marked and from other texts."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

import melian
from melian.coding.claims import stage
from melian.coding.claims.disputes.finding import found_by_rules
from melian.coding.claims.disputes.sayings import sayings
from melian.coding.claims.disputes.told import Told
from melian.coding.claims.disputes.weighing import FOUND, pairs_with_signs
from melian.records import Reading, Span

ROOT = Path(__file__).parents[2]
sys.path += [str(ROOT / "tests"), str(ROOT / "tests" / "claims")]
PUBLISHED = "2024-05-10"


class Example(msgspec.Struct):
    """Two statements of one text.

    Attributes:
        text: Id of the text.
        ids: Ids of the statements.
        camps: Of their voices.
        signs: Their signs.
        is_quarrel: They contradict each other.
        weight: 0 where the marks do not say.
        disputes: The marked disputes of which it is one.
    """

    text: str
    ids: tuple[str, str]
    camps: tuple[frozenset[str], frozenset[str]]
    signs: dict[str, float]
    is_quarrel: bool = False
    weight: float = 1.0
    disputes: tuple[str, ...] = ()


def read(text: str, reader: melian.Reader) -> tuple[Reading, Told]:
    """Read a text, and give what its disputes were looked up in."""
    seen: list[Told] = []
    find = stage.find_disputes

    def watched(told: Told) -> Iterator[object]:
        seen.append(told)
        return iter(())

    stage.find_disputes = watched  # type: ignore[assignment]
    try:
        reading = reader.read(text, published=PUBLISHED)
    finally:
        stage.find_disputes = find
    return reading, seen[-1]


def examples_of(text: str, told: Told) -> Iterator[Example]:
    """Yield each two statements of a text with their signs, marked as none."""
    said = sayings(told)
    known = {frozenset((a, d)) for p in found_by_rules(told, said) for a in p.asserting for d in p.denying}
    for one, other, signs in pairs_with_signs(told, said):
        ids = (one.saying.statement.id, other.saying.statement.id)
        camps = (one.camps, other.camps)
        yield Example(text, ids, camps, signs | ({FOUND: 1.0} if frozenset(ids) in known else {}))


def marked_examples(tables: list[Path], without: list[str]) -> Iterator[Example]:
    """Yield the examples of the passages and reports in tables of the form of tests/cases/dispute_reports.jsonl.

    Two statements contradict each other if they are of an expected dispute's two sides and its words stand in both, or,
    where no such two are, in one of them, and they are the nearest such.
    """
    import test_dispute_passages as cases

    reader = melian.Reader()
    for line in (line for table in tables for line in table.read_text(encoding="utf-8").splitlines()):
        passage = msgspec.json.decode(line, type=cases.Passage)
        if set(without) & set(passage.kinds):
            continue
        reading, told = read(passage.text, reader)
        examples = list(examples_of(passage.id, told))
        for expected in (*passage.disputes, *passage.also):
            _mark(examples, expected, reading, counts=expected in passage.disputes)
        yield from examples


def _mark(examples: list[Example], expected: object, reading: Reading, counts: bool) -> None:
    from reading_claims import holders_named, is_overlapping, spans_of

    contents: dict[str, tuple[Span, ...]] = {s.id: tuple(s.content) for s in reading.statements}
    sides = [
        {holder for words in side for holder in holders_named(words, reading)}
        for side in (expected.asserted_by, expected.denied_by)  # type: ignore[attr-defined]
    ]
    at = spans_of(expected.about, reading.report.text)  # type: ignore[attr-defined]
    between = [
        (sum(is_overlapping(contents[i], at) for i in example.ids), k)
        for k, example in enumerate(examples)
        if any(a in sides[0] and b in sides[1] for a, b in (example.ids, example.ids[::-1]))
    ]
    best = max((shared for shared, _ in between), default=0)
    nearest = min((_distance(examples[k], contents) for shared, k in between if shared == best), default=0)
    for shared, k in between:
        example = examples[k]
        is_it = best > 0 and shared == best and (best > 1 or _distance(example, contents) == nearest)
        if is_it and counts:
            example.is_quarrel, example.weight = True, 1.0
            example.disputes += (expected.about,)  # type: ignore[attr-defined]
        elif (is_it or shared) and not example.is_quarrel:
            example.weight = 0.0


def _distance(example: Example, contents: Mapping[str, tuple[Span, ...]]) -> int:
    first, second = (contents[i][0][0] for i in example.ids)
    return abs(second - first)
