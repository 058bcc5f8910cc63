"""The gazetteer's files and their search."""

from __future__ import annotations

from importlib.resources import files

import pytest

from melian.errors import BadKnowledge
from melian.knowledge.gazetteer import (
    adjective_entries,
    country_points,
    divisions,
    entries_named,
    fold_name,
    place_words,
    regions,
)
from melian.knowledge.gazetteer.store import SortedLines


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Deir ez-Zor", "deir ez zor"),
        ("São Paulo", "sao paulo"),
        ("St. Louis", "saint louis"),
        ("U.S.", "us"),
        ("Sana'a", "sanaa"),
        ("Łódź", "lodz"),
        ("  ", ""),
        ("İzmir", "izmir"),
    ],
)
def test_names_fold(name, key):
    assert fold_name(name) == key
    assert fold_name(key) == key


@pytest.mark.parametrize("name", ["cities.txt", "aliases.txt"])
def test_files_are_sorted_by_their_key(name):
    lines = files("melian.knowledge.gazetteer").joinpath(name).read_bytes().split(b"\n")
    assert lines.pop() == b""
    keys = [line.split(b"\t", 1)[0] + b"\t" for line in lines]
    assert keys == sorted(keys)
    assert {line.count(b"\t") for line in lines} == ({8} if name == "cities.txt" else {2})


@pytest.mark.parametrize(
    ("name", "kind", "country"),
    [
        ("Belgrade", "capital", "SRB"),
        ("Kiev", "capital", "UKR"),
        ("New York", "city", "USA"),
        ("New York", "division", "USA"),
        ("Strait of Hormuz", "region", None),
        ("Serbia", "country", "SRB"),
        ("Panmunjom", "site", None),
        ("Boone County", "district", "USA"),
    ],
)
def test_names_are_found(name, kind, country):
    assert (kind, country) in {(entry.kind, entry.country) for entry in entries_named(fold_name(name))}


@pytest.mark.parametrize("key", ["", "\t", "\n", "belgrade\t", "zzzz zzzz", "\udcff", "a" * 5_000])
def test_strange_keys_find_nothing(key):
    assert entries_named(key) == ()


def test_first_and_last_line_are_found():
    store = SortedLines("cities.txt")
    lines = files("melian.knowledge.gazetteer").joinpath("cities.txt").read_bytes().strip().split(b"\n")
    for line in (lines[0], lines[-1]):
        cells = line.decode().split("\t")
        assert cells in store.starting_with(cells[0])


def test_a_missing_file_is_named():
    with pytest.raises(BadKnowledge, match=r"nowhere\.txt"):
        SortedLines("nowhere.txt")


def test_points_lie_on_earth():
    for row in (*country_points(), *regions(), *divisions()):
        assert -90 <= row.lat <= 90
        assert -180 <= row.lon <= 180


def test_rows_name_known_countries_and_carry_their_own_name():
    known = {row.id for row in country_points()}
    assert {row.country for row in (*regions(), *divisions()) if row.country} <= known
    for region in regions():
        assert region.names[0] == region.name
        assert region.name in region.example
    for division in divisions():
        assert division.name in division.example


def test_there_are_enough_rows():
    assert len(regions()) >= 150
    assert len(country_points()) >= 240
    assert "near" in place_words("place prepositions")
    assert adjective_entries()["turkish"].country == "TUR"
