"""Who does it to whom, in passages of newspapers and agencies: tests/cases/event_parties.tsv.

Run this file as a program for the shares and for what is wrong: `PYTHONPATH=tests python tests/events/test_parties.py`.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import msgspec
import pytest

from melian import Reader
from melian.intake import report_from_text
from melian.records import Event, Reading, overlap

pytestmark = pytest.mark.model
_TABLE = Path(__file__).parents[1] / "cases" / "event_parties.tsv"
_TOGETHER = frozenset({"AGREE", "CONSULT", "COOPERATE"})
"""Types whose parties act together: which of them is named as source says nothing."""
_OF_NO_COUNTRY = frozenset({"IGO", "NGO", "MNC"})


class PartyCase(msgspec.Struct, frozen=True):
    """An event of a passage; countries are parted by blanks, `kind` is what makes them hard to tell."""

    id: str
    text: str
    trigger: str
    type: str
    source: str
    target: str
    kind: str
    state: str


@cache
def party_cases() -> tuple[PartyCase, ...]:
    lines = [line for line in _TABLE.read_text(encoding="utf-8").split("\n") if line and line[0] != "#"]
    return tuple(PartyCase(**row) for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def readings() -> dict[str, Reading]:
    texts = list(dict.fromkeys(case.text for case in party_cases()))
    return dict(zip(texts, Reader().read_many(map(report_from_text, texts)), strict=True))


def faults_of(case: PartyCase) -> tuple[str, ...]:
    """Name what is wrong: the event, its type, source or target; of several events at the trigger the best counts."""
    reading = readings()[case.text]
    start = case.text.index(case.trigger)
    told = (start, start + len(case.trigger))
    events = [event for event in reading.events if any(overlap(m.trigger, told) for m in event.mentions)]
    faults = [_faults(case, event, reading) for event in events]
    return min(faults, key=lambda found: ("type" in found, len(found)), default=("event",))


def _faults(case: PartyCase, event: Event, reading: Reading) -> tuple[str, ...]:
    sources, targets = _countries(event.sources, reading), _countries(event.targets, reading)
    wanted = set(case.source.split()), set(case.target.split())
    if case.type in _TOGETHER:
        sources, targets, wanted = sources | targets, set(), (wanted[0] | wanted[1], set())
    right = {"type": event.type == case.type, "source": sources == wanted[0], "target": targets == wanted[1]}
    return tuple(part for part, is_right in right.items() if not is_right)


def _countries(ids: Sequence[str], reading: Reading) -> set[str]:
    actors = [actor for actor in reading.actors if actor.id in ids]
    return {c for a in actors if (c := a.country or (a.sector if a.sector in _OF_NO_COUNTRY else None))}


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(c, id=c.id, marks=pytest.mark.xfail(strict=True, reason=c.state) if c.state else ())
        for c in party_cases()
    ],
)
def test_an_event_has_its_parties(case: PartyCase) -> None:
    assert faults_of(case) == ()


def test_the_table_is_whole() -> None:
    cases = party_cases()
    assert len({case.id for case in cases}) == len(cases) >= 300
    assert len({case.type for case in cases}) == 16
    assert all(case.text.count(case.trigger) == 1 for case in cases)


def _figures() -> Iterator[str]:
    """Yield the shares, and what is wrong."""
    wrong = {case.id: set(faults_of(case)) for case in party_cases()}
    found = [faults for faults in wrong.values() if "event" not in faults]
    for what, part, of in (
        ("events found", found, wrong),
        ("of these with their type", [f for f in found if "type" not in f], found),
        ("with their source", [f for f in found if "source" not in f], found),
        ("with their target", [f for f in found if "target" not in f], found),
        ("with both", [f for f in found if not f & {"source", "target"}], found),
        ("all right", [f for f in wrong.values() if not f], wrong),
    ):
        yield f"{len(part):5} of {len(of)}  {100 * len(part) / len(of):5.1f} %  {what}"
    yield from (f"  {c.id} ({c.kind}): {', '.join(sorted(wrong[c.id]))}" for c in party_cases() if wrong[c.id])


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in _figures())
