"""Place names in sentences written for the project: tests/cases/places.tsv."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest

from melian.coding.language import load_language
from melian.coding.places import find_places
from melian.records import Report, Where, overlap
from melian.settings import Settings

_TABLE = Path(__file__).parents[1] / "cases" / "places.tsv"
pytestmark = pytest.mark.model


def _rows() -> list[dict[str, str]]:
    lines = [line for line in _TABLE.read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


ROWS = _rows()


@cache
def _read() -> dict[str, tuple[Where, ...]]:
    sentences = list(dict.fromkeys(row["sentence"] for row in ROWS))
    reports = [Report(id=str(n), text=sentence) for n, sentence in enumerate(sentences)]
    parsed = load_language(Settings().pipeline).parse(reports, Settings().batch_characters)
    return {one.report.text: find_places(one.doc) for one in parsed}


def _cases() -> list[object]:
    cases = []
    for row in ROWS:
        marks = [] if row["state"] == "met" else [pytest.mark.xfail(reason=row["state"], strict=True)]
        cases.append(pytest.param(row, id=f"{row['words']} in {row['sentence']}"[:70], marks=marks))
    return cases


@pytest.mark.parametrize("row", _cases())
def test_case(row):
    start = row["sentence"].index(row["words"])
    span = (start, start + len(row["words"]))
    places = _read()[row["sentence"]]
    if row["name"] == "-":
        assert not [place for place in places if place.span and overlap(place.span, span)]
        return
    found = [place for place in places if place.span == span]
    assert len(found) == 1
    if row["name"]:
        assert found[0].name == row["name"]
    if row["precision"]:
        assert found[0].precision == row["precision"]
    if row["country"] or (row["name"] and row["precision"]):
        assert (found[0].country or "") == row["country"]
    if row["geonameid"]:
        assert str(found[0].geonameid) == row["geonameid"]


def test_there_are_enough_cases():
    assert len(ROWS) >= 200
    assert len({(row["sentence"], row["words"]) for row in ROWS}) == len(ROWS)
