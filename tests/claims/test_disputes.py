"""Disputes in passages written for the project: tests/cases/disputes.tsv."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest

from melian import Reader
from melian.records import Dispute, Reading, Report

_TABLE = Path(__file__).parents[1] / "cases" / "disputes.tsv"
pytestmark = pytest.mark.model


def _rows() -> list[dict[str, str]]:
    lines = [line for line in _TABLE.read_text(encoding="utf-8").split("\n") if line and line[0] != "#"]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


ROWS = _rows()


@cache
def _readings() -> dict[str, Reading]:
    reports = [Report(id=row["id"], text=row["text"], published="2024-05-10") for row in ROWS]
    return {reading.report.id: reading for reading in Reader().read_many(reports)}


def _marked() -> list[object]:
    return [
        pytest.param(row, id=row["id"], marks=[pytest.mark.xfail(reason=row["state"])] if row["state"] else [])
        for row in ROWS
    ]


def _side(dispute: Dispute, stance: str, reading: Reading) -> set[str | None]:
    countries = {actor.id: actor.country for actor in reading.actors}
    speakers = {s.id: countries.get(s.speaker or "") for s in reading.statements}
    holders = [holder for side in dispute.sides if side.stance == stance for holder in side.holders]
    return {holder if holder == "author" else speakers[holder] for holder in holders}


@pytest.mark.parametrize("row", _marked())
def test_dispute(row: dict[str, str]) -> None:
    reading = _readings()[row["id"]]
    if row["kind"] == "none":
        assert reading.disputes == ()
        return
    assert len(reading.disputes) == 1
    dispute = reading.disputes[0]
    assert dispute.kind == row["kind"]
    assert row["assert"] in _side(dispute, "assert", reading)
    assert row["deny"] in _side(dispute, "deny", reading)
