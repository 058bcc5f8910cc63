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
from melian.knowledge.gazetteer.outlets import home_of, outlets
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


@pytest.mark.parametrize(
    ("outlet", "url", "home"),
    [
        ("Dawn", None, "PAK"),
        ("dawn.com", None, "PAK"),
        (None, "https://www.dawn.com/news/1", "PAK"),
        ("The Irish Times", None, "IRL"),
        (None, "https://news.example.co.uk/a?b", "GBR"),
        (None, "https://example.ng/", "NGA"),
        (None, "https://example.tv/", None),
        (None, "https://example.com/", None),
        ("Reuters", None, None),
        (None, "http://[", None),
        (None, "not an address", None),
        ("", "", None),
    ],
)
def test_outlets_have_a_home(outlet, url, home):
    assert home_of(outlet, url) == home


def test_outlets_name_known_countries_and_themselves():
    known = {row.id for row in country_points()}
    for outlet in outlets():
        assert outlet.country in known
        assert outlet.names[0] in outlet.example
        assert home_of(outlet.names[0]) == home_of(None, f"https://{outlet.domains[0]}/x") == outlet.country


@pytest.mark.parametrize(("word", "name"), [("texans", "Texas"), ("abkhaz", "Abkhazia"), ("sri lankan", "Sri Lanka")])
def test_people_lead_to_their_land(word, name):
    assert adjective_entries()[word].name == name


def test_divisions_and_districts_have_identifiers():
    assert all(division.geonameid for division in divisions())
    lines = files("melian.knowledge.gazetteer").joinpath("cities.txt").read_text(encoding="utf-8").splitlines()
    districts = [cells for cells in (line.split("\t") for line in lines) if cells[4] == "D"]
    assert len(districts) > 30_000
    assert sum(bool(cells[5]) for cells in districts) > 0.98 * len(districts)


def test_a_land_that_is_a_division_has_its_identifier():
    of_name = {(d.country, fold_name(name)): d.geonameid for d in divisions() for name in d.names}
    for region in regions():
        if region.geonameid and (region.country, fold_name(region.name)) in of_name:
            assert region.geonameid == of_name[region.country, fold_name(region.name)], region.id
