"""Plain sentences of news give their event, with type, mode and countries; other news gives none.

The tables are tests/cases/plain_news.tsv and tests/cases/no_events.tsv. Run this file as a program for the shares and
for what is wrong: `PYTHONPATH=tests python tests/events/test_plain_news.py`. With the name of a gold file of events
behind it, it counts its passages without events in which the reader finds one.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec
import pytest

from melian import Reader
from melian.evaluation.events import GoldEvents
from melian.intake import report_from_text
from melian.records import Event, Reading

pytestmark = pytest.mark.model
_CASES = Path(__file__).parents[1] / "cases"
_TOGETHER = frozenset({"AGREE", "CONSULT", "COOPERATE"})
"""Types whose parties act together: which of them is named as source says nothing."""


class PlainCase(msgspec.Struct, frozen=True):
    """A sentence and its one event; countries are parted by blanks, `mode` is empty where none is shown."""

    id: str
    text: str
    type: str
    mode: str
    source: str
    target: str
    state: str


class OtherCase(msgspec.Struct, frozen=True):
    """A passage without events."""

    id: str
    about: str
    text: str
    state: str


@cache
def plain_cases() -> tuple[PlainCase, ...]:
    return tuple(PlainCase(**row) for row in _rows("plain_news.tsv"))


@cache
def other_cases() -> tuple[OtherCase, ...]:
    return tuple(OtherCase(**row) for row in _rows("no_events.tsv"))


def _rows(name: str) -> list[dict[str, str]]:
    lines = [line for line in (_CASES / name).read_text(encoding="utf-8").split("\n") if line and line[0] != "#"]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def readings() -> dict[str, Reading]:
    cases = (*plain_cases(), *other_cases())
    reports = [report_from_text(case.text) for case in cases]
    return dict(zip((case.id for case in cases), Reader().read_many(reports), strict=True))


def faults_of(case: PlainCase) -> tuple[str, ...]:
    """Name what is wrong with the event that is nearest to the one told."""
    reading = readings()[case.id]
    if not reading.events:
        return ("event",)
    return min((_faults(case, event, reading) for event in reading.events), key=lambda f: ("type" in f, len(f)))


def _faults(case: PlainCase, event: Event, reading: Reading) -> tuple[str, ...]:
    country = {actor.id: actor.country for actor in reading.actors}
    sources, targets = ({c for i in ids if (c := country[i])} for ids in (event.sources, event.targets))
    wanted = set(case.source.split()), set(case.target.split())
    if case.type in _TOGETHER:
        sources, targets, wanted = sources | targets, set(), (wanted[0] | wanted[1], set())
    right = {
        "type": event.type == case.type,
        "mode": not case.mode or case.mode in event.modes,
        "source": sources == wanted[0],
        "target": targets == wanted[1],
    }
    return tuple(part for part, is_right in right.items() if not is_right)


def _params(cases: tuple[PlainCase, ...] | tuple[OtherCase, ...]) -> list[object]:
    return [
        pytest.param(c, id=c.id, marks=pytest.mark.xfail(strict=True, reason=c.state) if c.state else ()) for c in cases
    ]


@pytest.mark.parametrize("case", _params(plain_cases()))
def test_a_plain_sentence_gives_its_event(case: PlainCase) -> None:
    assert faults_of(case) == ()


@pytest.mark.parametrize("case", _params(other_cases()))
def test_other_news_gives_no_event(case: OtherCase) -> None:
    assert [event.type for event in readings()[case.id].events] == []


def test_the_tables_are_whole() -> None:
    ids = [case.id for case in (*plain_cases(), *other_cases())]
    assert len(set(ids)) == len(ids)
    assert len({case.type for case in plain_cases()}) == 16
    assert len(plain_cases()) >= 120
    assert len(other_cases()) >= 60


def _share(part: int, whole: int, what: str) -> str:
    return f"{part:5} of {whole}  {100 * part / whole:5.1f} %  {what}"


def _figures() -> Iterator[str]:
    """Yield the shares of the two tables, and what is wrong."""
    wrong = {case.id: set(faults_of(case)) for case in plain_cases()}
    typed = [faults for faults in wrong.values() if not faults & {"event", "type"}]
    yield _share(len(typed), len(wrong), "plain sentences with their type")
    yield _share(sum(not faults & {"source", "target"} for faults in typed), len(wrong), "with type and both sides")
    yield _share(sum(not faults for faults in typed), len(wrong), "with mode as well")
    yield from (f"  {c.id}: {', '.join(sorted(wrong[c.id]))}: {c.text}" for c in plain_cases() if wrong[c.id])
    told = [case for case in other_cases() if readings()[case.id].events]
    yield _share(len(told), len(other_cases()), "passages of other news with an event")
    for case in told:
        yield f"  {case.id}: {', '.join(event.type for event in readings()[case.id].events)}: {case.text}"


def _false_in(path: Path) -> Iterator[str]:
    """Yield the passages of a gold file that have no event and are told to have one, and their share."""
    lines = path.read_text(encoding="utf-8").splitlines()
    gold = [record for line in lines if not (record := msgspec.json.decode(line, type=GoldEvents)).expected]
    found = list(Reader().read_many([report_from_text(record.text) for record in gold]))
    told = [(record, reading.events) for record, reading in zip(gold, found, strict=True) if reading.events]
    yield from (f"  {record.id}: {', '.join(event.type for event in events)}" for record, events in told)
    yield _share(len(told), len(gold), "passages without events that are told to hold one")


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in (_false_in(Path(sys.argv[1])) if sys.argv[1:] else _figures()))
