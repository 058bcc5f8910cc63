"""Where events are, in sentences written for the project: tests/cases/event_places.tsv."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from reading_claims import events_told_by, readings_of

_TABLE = Path(__file__).parents[1] / "cases" / "event_places.tsv"
pytestmark = pytest.mark.model
_LINES = [line for line in _TABLE.read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")]
ROWS = list(csv.DictReader(_LINES, delimiter="\t", quoting=csv.QUOTE_NONE))


def _case(row):
    marks = [] if row["state"] == "met" else [pytest.mark.xfail(reason=row["state"], strict=True)]
    return pytest.param(row, id=f"{row['word']} in {row['text']}"[:70], marks=marks)


@pytest.mark.parametrize("row", [_case(row) for row in ROWS])
def test_case(row):
    reading = readings_of({other["text"]: other["text"] for other in ROWS})[row["text"]]
    events = events_told_by(row["word"], reading)
    assert events
    place = events[0].place
    if row["place"] == "-":
        assert place is None
        assert [a for a in reading.absences if (a.record, a.field) == (events[0].id, "place")]
        return
    assert place is not None
    assert place.name == row["place"]
    assert (place.country or "") == row["country"]
    if row["precision"] or not row["country"]:
        assert (place.precision or "") == row["precision"]
    if place.precision:
        assert [r for r in reading.reasons if (r.record, r.stage) == (events[0].id, "places")]
    else:
        assert [a for a in reading.absences if (a.record, a.field) == (events[0].id, "place")]
