"""Passages whose events a careful reader dates: tests/cases/dated_events.jsonl.

An event's date is right if it holds all days from `from` to `until` and no day before `earliest` or after `latest`.
These two stand only where an honest reader may take a wider interval ("early 2014", "a few days ago"). `until` or
`latest` is null where the event goes on. `from` and `until` are null where nothing dates it; then no day may be given.

Run this file as a program for the share of each kind:
`PYTHONPATH=tests python tests/dates/test_dated_events.py`.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec
import pytest

from melian import Reader
from melian.intake import report_from_text
from melian.records import Event, Reading
from reading_claims import events_told_by

pytestmark = pytest.mark.model
_TABLE = Path(__file__).parents[1] / "cases" / "dated_events.jsonl"
FEWEST_PASSAGES = 200
Verdict = Literal["right", "the event is missed", "no date", "another date", "a date made up"]


class DatedEvent(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"first": "from"}):
    """One event, told at the trigger's words, and the days that the passage supports."""

    trigger: str
    first: str | None
    until: str | None
    earliest: str | msgspec.UnsetType | None = msgspec.UNSET
    latest: str | msgspec.UnsetType | None = msgspec.UNSET

    @property
    def is_undated(self) -> bool:
        return self.first is None and self.until is None


class Passage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A passage with its day of publication; `state` is empty where every event is dated rightly."""

    id: str
    text: str
    published: str | None
    kind: str
    events: tuple[DatedEvent, ...]
    state: str


@cache
def passages() -> tuple[Passage, ...]:
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    return tuple(msgspec.json.decode(line, type=Passage) for line in lines)


@cache
def readings() -> dict[str, Reading]:
    reports = [report_from_text(p.text, published=p.published) for p in passages()]
    return dict(zip((p.id for p in passages()), Reader().read_many(reports), strict=True))


def judge(wanted: DatedEvent, passage: Passage) -> Verdict:
    events = events_told_by(wanted.trigger, readings()[passage.id])
    verdicts = [judge_date(wanted, event) for event in events]
    return "right" if "right" in verdicts else verdicts[0] if verdicts else "the event is missed"


def judge_date(wanted: DatedEvent, event: Event) -> Verdict:
    start, end = (event.date.start, event.date.end) if event.date else (None, None)
    if wanted.is_undated:
        return "right" if start is None and end is None else "a date made up"
    if start is None and end is None:
        return "no date"
    earliest = wanted.first if wanted.earliest is msgspec.UNSET else wanted.earliest
    latest = wanted.until if wanted.latest is msgspec.UNSET else wanted.latest
    low, high = start or "0001-01-01", end or "9999-12-31"
    holds_core = low <= (wanted.first or "") and high >= (wanted.until or wanted.first or "")
    is_honest = low >= (earliest or "0001-01-01") and high <= (latest or "9999-12-31")
    return "right" if holds_core and is_honest else "another date"


def find_wrong(passage: Passage) -> str:
    """Say what is wrong with the first event that is not dated rightly, with nothing where all are."""
    return next((verdict for event in passage.events if (verdict := judge(event, passage)) != "right"), "")


def cases() -> list[object]:
    return [
        pytest.param(p, id=p.id, marks=pytest.mark.xfail(strict=True, reason=p.state) if p.state else ())
        for p in passages()
    ]


@pytest.mark.parametrize("passage", cases())
def test_passage_has_its_dates(passage: Passage) -> None:
    assert find_wrong(passage) == ""


def test_the_table_is_whole() -> None:
    assert len({passage.id for passage in passages()}) == len(passages()) >= FEWEST_PASSAGES
    for passage in passages():
        assert passage.events
        assert passage.state.partition(":")[0] in {"", "ours", "upstream", "never"}
        for event in passage.events:
            assert event.trigger in passage.text
            assert (event.first or "") <= (event.until or "9999")


if __name__ == "__main__":
    told: dict[str, Counter[str]] = {}
    for case in passages():
        for wanted_event in case.events:
            verdict = judge(wanted_event, case)
            for kind in (case.kind, "all"):
                told.setdefault(kind, Counter())[verdict] += 1
            if verdict != "right":
                dates = [
                    (e.date.start, e.date.end, e.date.value) if e.date else None
                    for e in events_told_by(wanted_event.trigger, readings()[case.id])
                ]
                print(case.id, "|", verdict, "|", wanted_event.trigger, "|", dates, "|", case.text)  # noqa: T201
    for kind, counts in told.items():
        total, missed = counts.total(), counts["the event is missed"]
        share = counts["right"] / max(total - missed, 1)
        print(f"{kind:16}{counts['right']:4} of {total:3}, {missed:3} missed: {share:.0%} of those found")  # noqa: T201
