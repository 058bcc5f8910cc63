"""Whole reports against what a careful reader takes from them: the one the project started from, and those of our own.

Floors stand in `floors.tsv` and only rise. Run this file as a program to see every miss:
`PYTHONPATH=tests python tests/acceptance/test_acceptance.py [part of a report's name]`.
"""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

import msgspec
import pytest

from acceptance.checking import Outcome, check_reading, missing_date, read_out
from acceptance.expectations import ExpectedDate, expectation_of
from melian import Reader, to_json
from melian.knowledge.table import parse_rows

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared" / "acceptance"
SEED = "000_200b1b657c7dc1f2"
SEED_DAY = "2015-12-03"

pytestmark = pytest.mark.model


class Floor(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a report reached: found of wanted; `forbidden` says why something wrong is still read, with its class."""

    id: str
    found: int
    wanted: int
    forbidden: str = ""


FLOORS = parse_rows((HERE / "floors.tsv").read_text(encoding="utf-8"), "floors.tsv", Floor)


@cache
def _reader() -> Reader:
    return Reader()


@cache
def _outcome(name: str) -> Outcome:
    want = expectation_of(HERE / "expected" / f"{name}.expected.json")
    text = (HERE / "reports" / f"{name}.txt").read_text(encoding="utf-8")
    return check_reading(_reader().read(text, published=want.published), _reader().read(text), want)


def test_every_report_has_its_expectations_and_its_floor() -> None:
    reports = {path.stem for path in (HERE / "reports").glob("*.txt")}
    assert reports == {path.name.removesuffix(".expected.json") for path in (HERE / "expected").iterdir()}
    assert reports == {floor.id for floor in FLOORS}


@pytest.mark.parametrize("floor", FLOORS, ids=lambda floor: floor.id)
def test_a_report_is_read_as_well_as_before(floor: Floor) -> None:
    outcome = _outcome(floor.id)
    assert outcome.wanted == floor.wanted, "the expectations changed: pin the floor anew"
    assert outcome.found >= floor.found, "\n".join([str(outcome), *outcome.misses])


@pytest.mark.parametrize(
    "floor",
    [
        pytest.param(
            floor,
            id=floor.id,
            marks=[pytest.mark.xfail(strict=True, reason=floor.forbidden)] if floor.forbidden else [],
        )
        for floor in FLOORS
    ],
)
def test_nothing_forbidden_is_read(floor: Floor) -> None:
    assert _outcome(floor.id).forbidden == ()


@pytest.mark.skipif(not SHARED.exists(), reason="the report the project started from is not beside the repository")
def test_the_first_report_is_read_in_full(tmp_path: Path) -> None:
    text = (SHARED / f"{SEED}.txt").read_text(encoding="utf-8")
    reading = tmp_path / "reading.json"
    reading.write_bytes(to_json(_reader().read(text, published=SEED_DAY)))
    checker = [sys.executable, str(SHARED / "check.py"), str(reading), str(SHARED / f"{SEED}.expected.json")]
    printed = subprocess.run(checker, capture_output=True, text=True, timeout=60, check=False).stdout
    assert printed.splitlines()[-1:] == ["found 27 of 27, must_not 0"], printed


@pytest.mark.skipif(not SHARED.exists(), reason="the report the project started from is not beside the repository")
def test_the_first_report_keeps_its_dates_open_where_its_day_is_unknown() -> None:
    text = (SHARED / f"{SEED}.txt").read_text(encoding="utf-8")
    wanted = msgspec.json.decode((SHARED / f"{SEED}.expected.json").read_bytes())
    undated, dated = read_out(_reader().read(text)), read_out(_reader().read(text, published=SEED_DAY))
    assert undated.reading.report.published is None
    misses = [missing_date(msgspec.convert(want, ExpectedDate), undated) for want in wanted["without_published"]]
    misses += [missing_date(msgspec.convert(want, ExpectedDate), dated) for want in wanted["dates"]]
    assert [miss for miss in misses if miss] == []
    assert {e.date.start for e in undated.reading.events if e.date} == {None}


def main(parts: list[str]) -> None:
    """Write every report's outcome and misses, those of debatable items in brackets."""
    for floor in FLOORS:
        if not parts or any(part in floor.id for part in parts):
            outcome = _outcome(floor.id)
            lines = [f"{floor.id}: {outcome} (floor {floor.found})", *(f"  - {miss}" for miss in outcome.misses)]
            lines += [*(f"  ! {wrong}" for wrong in outcome.forbidden), *(f"  ({m})" for m in outcome.optional_misses)]
            sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
