"""Passages and whole reports in which sides contradict each other, or seem to.

They stand in tests/cases, in dispute_passages.jsonl and dispute_reports.jsonl. All disputes of a report
are marked, each with a state of its own.

A dispute is found if a dispute of the reading concerns an event that is told at the expected words, and has one of the
expected holders on each side. A dispute about words that are no event must have the expected words in its proposition;
in a whole report, where one event has many tellings, they may stand there also where there is an event.
Which side is which does not matter for figures and for blame passed back. A dispute that is none of the expected ones
is false.

Of the forty passages and reports written last, those of the kind `mended-on` were read while the reader was mended, and
of those of the kind `kept-unseen` only the counts were looked at. So it is with the twelve reports of the kind
`held-later`, written after those.

Run this file as a program for the share of each kind:
`PYTHONPATH=tests python tests/claims/test_dispute_passages.py`.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import msgspec
import pytest

from melian.records import Dispute, Reading
from reading_claims import events_told_by, holders_named, readings_of, spans_of

pytestmark = pytest.mark.model
_CASES = Path(__file__).parents[1] / "cases"
_TABLES = ("dispute_passages.jsonl", "dispute_reports.jsonl")
KINDS = (
    "same-words", "paraphrase", "blame-back", "figures", "nominal", "across-sentences", "author-told", "three-sides",
    "nested", "not-confirmed", "look-alike",
)  # fmt: skip
"""Kinds that must have enough passages; the others say in what way a passage only looks like a dispute."""
FEWEST_OF_A_KIND = 5


class Figure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one side gives as the number, or in words as the date."""

    by: str
    value: int | str


class Expected(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One dispute; in `about`, "|" stands between several tellings of the event; `state` is empty where it is found.

    `either` says that either side may be said to assert: "stayed on its side of the border", "had crossed the border".
    """

    about: str
    asserted_by: tuple[str, ...]
    denied_by: tuple[str, ...]
    figures: tuple[Figure, ...] = ()
    either: bool = False
    state: str = ""


class Passage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A passage and all its disputes; `state` is empty where the reader finds those that have none, and no other.

    What stands in `also` a careful reader may call disputed or not: it is neither missed nor false.
    """

    id: str
    text: str
    kinds: tuple[str, ...]
    disputes: tuple[Expected, ...]
    state: str
    also: tuple[Expected, ...] = ()


@cache
def passages() -> tuple[Passage, ...]:
    lines = (line for table in _TABLES for line in (_CASES / table).read_text(encoding="utf-8").splitlines())
    return tuple(msgspec.json.decode(line, type=Passage) for line in lines)


def cases() -> list[object]:
    return [
        pytest.param(p, id=p.id, marks=pytest.mark.xfail(strict=True, reason=p.state) if p.state else ())
        for p in passages()
    ]


def reading_of(passage: Passage) -> Reading:
    return readings_of({p.id: p.text for p in passages()})[passage.id]


def is_expected(dispute: Dispute, expected: Expected, passage: Passage) -> bool:
    reading = reading_of(passage)
    is_about = dispute.about in {event.id for event in events_told_by(expected.about, reading)}
    if dispute.about is None or "report" in passage.kinds:
        is_about = is_about or bool(spans_of(expected.about, dispute.proposition))
    if not is_about:
        return False
    held = [
        {holder for side in dispute.sides if side.stance == stance for holder in side.holders}
        for stance in ("assert", "deny")
    ]
    named = [
        {holder for words in side for holder in holders_named(words, reading)}
        for side in (expected.asserted_by, expected.denied_by)
    ]
    turns = [named]
    if expected.figures or expected.either or "blame-back" in passage.kinds:
        turns.append(named[::-1])
    return any(held[0] & one and held[1] & other for one, other in turns)


def is_found(expected: Expected, passage: Passage) -> bool:
    return any(is_expected(dispute, expected, passage) for dispute in reading_of(passage).disputes)


def find_false(passage: Passage) -> list[Dispute]:
    return [
        dispute
        for dispute in reading_of(passage).disputes
        if not any(is_expected(dispute, expected, passage) for expected in (*passage.disputes, *passage.also))
    ]


def find_wrong(passage: Passage) -> str:
    """Say in a few words what is wrong with the reading, with nothing where it is right."""
    reading = reading_of(passage)
    for expected in passage.disputes:
        if bool(expected.state) != is_found(expected, passage):
            continue
        if expected.state:
            return f"its state is to be emptied: {expected.about}"
        if not events_told_by(expected.about, reading):
            return "the event is missed"
        sides = (expected.asserted_by, expected.denied_by)
        if not all(any(holders_named(words, reading) for words in side) for side in sides):
            return "a speaker is missed"
        return "other sides are taken" if find_false(passage) else "the dispute is missed"
    return "a dispute too many" if find_false(passage) else ""


@pytest.mark.parametrize("passage", cases())
def test_passage_has_its_disputes_and_no_other(passage: Passage) -> None:
    assert find_wrong(passage) == ""


def test_every_kind_has_enough_passages() -> None:
    kinds = Counter(kind for passage in passages() for kind in passage.kinds)
    assert min(kinds[kind] for kind in KINDS) >= FEWEST_OF_A_KIND
    assert sum(bool(passage.disputes) for passage in passages()) >= 52
    assert sum(not passage.disputes for passage in passages()) >= 18
    assert len({passage.id for passage in passages()}) == len(passages())


@pytest.mark.parametrize("passage", passages(), ids=lambda passage: passage.id)
def test_words_stand_in_the_text(passage: Passage) -> None:
    assert bool(passage.disputes) != ("look-alike" in passage.kinds)
    states = (passage.state, *(expected.state for expected in passage.disputes))
    assert {state.partition(":")[0] for state in states} <= {"", "ours", "upstream", "never"}
    for expected in passage.disputes:
        holders = expected.asserted_by + expected.denied_by
        assert expected.asserted_by
        assert expected.denied_by
        assert {figure.by for figure in expected.figures} <= set(holders)
        for words in (*expected.about.split("|"), *holders):
            assert words == "author" or spans_of(words, passage.text)


if __name__ == "__main__":
    found, total, spurious = Counter[str](), Counter[str](), Counter[str]()
    for case in passages():
        if wrong := find_wrong(case):
            print(case.id, "|", wrong, "|", case.text)  # noqa: T201
        for kind in (*case.kinds, "all"):
            total[kind] += len(case.disputes)
            found[kind] += sum(is_found(expected, case) for expected in case.disputes)
            spurious[kind] += len(find_false(case))
    for kind, count in Counter(kind for case in passages() for kind in (*case.kinds, "all")).items():
        print(f"{kind:20}{found[kind]:4} of {total[kind]:3}, false {spurious[kind]:3} in {count:3} passages")  # noqa: T201
