"""The gazetteer: countries, divisions, cities, regions and single sites of the world, found by name.

Cities, divisions and identifiers come from GeoNames (geonames.org, CC BY 4.0); `training/knowledge/build_gazetteer.py`
builds the files.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache, lru_cache
from typing import Literal

import msgspec

from melian.knowledge.countries import countries
from melian.knowledge.gazetteer.fold import fold_name
from melian.knowledge.gazetteer.store import city_lines
from melian.knowledge.table import rows_of
from melian.records import PlacePrecision

__all__ = [
    "CountryPoint",
    "Division",
    "Entry",
    "People",
    "PlaceWords",
    "Region",
    "Written",
    "adjective_countries",
    "adjective_entries",
    "country_entry",
    "country_points",
    "division_entry",
    "divisions",
    "entries_named",
    "fold_name",
    "name_key",
    "place_words",
    "regions",
    "written_forms",
]  # fmt: skip

EntryKind = Literal["country", "capital", "city", "district", "division", "region", "site"]
_PRECISION: dict[EntryKind, PlacePrecision] = {
    "country": "country", "capital": "city", "city": "city", "district": "district", "division": "province",
    "region": "region", "site": "site",
}  # fmt: skip


class CountryPoint(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One country or territory: its codes, GeoNames id and a point near its middle (degrees north and east)."""

    id: str
    iso2: str
    name: str
    geonameid: int
    lat: float
    lon: float
    population: int = 0
    example: str
    provenance: str


class Region(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One sea, river, range, continent, land or site. `country` is empty where it lies in several or in none."""

    id: str
    name: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...] = ()
    kind: Literal["sea", "river", "range", "continent", "land", "site"]
    precision: Literal["region", "site"]
    lat: float
    lon: float
    country: str | None = None
    geonameid: int | None = None
    example: str
    provenance: str


class Division(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One first-level division. `id` is the two-letter country and GeoNames' code: `SY.07`."""

    id: str
    name: str
    names: tuple[str, ...]
    country: str
    geonameid: int | None = None
    lat: float
    lon: float
    population: int = 0
    example: str
    provenance: str


class People(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The adjectives and nouns for the people of a first-level division; `id` is the division's code."""

    id: str
    words: tuple[str, ...]
    example: str
    provenance: str


class PlaceWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One group of words that tell a place name from an actor's, or one kind of place from another."""

    id: str
    words: tuple[str, ...]
    meaning: str
    example: str
    provenance: str


class Written(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A short form of a city, as it is written, and the city's name folded."""

    id: str
    name: str
    example: str
    provenance: str


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One place that a name can stand for.

    Attributes:
        name: The gazetteer's name.
        kind: What it is.
        country: ISO 3166-1 alpha-3, None for what lies in several countries or in none.
        division: Code of the first-level division, such as `SY.07`; a division's own code for itself.
        admin1: Name of that division.
        geonameid: GeoNames id, None where it is not known.
        lat: Degrees north.
        lon: Degrees east.
        population: People, 0 where it is not known.
        is_main: The name is the entry's own and no other spelling.
    """

    name: str
    kind: EntryKind
    country: str | None
    division: str | None = None
    admin1: str | None = None
    geonameid: int | None = None
    lat: float
    lon: float
    population: int = 0
    is_main: bool = True

    @property
    def precision(self) -> PlacePrecision:
        """The kind in the words of the record."""
        return _PRECISION[self.kind]


@cache
def country_points() -> tuple[CountryPoint, ...]:
    """Load the point of every country."""
    return rows_of("gazetteer/country_points.tsv", CountryPoint)


@cache
def regions() -> tuple[Region, ...]:
    """Load every region and site."""
    return rows_of("gazetteer/regions.tsv", Region)


@cache
def divisions() -> tuple[Division, ...]:
    """Load every first-level division."""
    return rows_of("gazetteer/divisions.tsv", Division)


@cache
def place_words(group: str) -> frozenset[str]:
    """Give the words of one group of `words.tsv`, such as "motion verbs".

    Raises:
        KeyError: There is no such group.
    """
    groups = {row.id: frozenset(row.words) for row in rows_of("gazetteer/words.tsv", PlaceWords)}
    return groups[group]


@cache
def written_forms() -> dict[str, str]:
    """Map the short forms of cities, as they are written ("L.A."), to the cities' folded names."""
    return {row.id: row.name for row in rows_of("gazetteer/written.tsv", Written)}


def name_key(name: str) -> str:
    """Give the key by which a name is looked up: that of the city for a short form, else the folded name."""
    return written_forms().get(name) or fold_name(name)


@cache
def adjective_countries() -> dict[str, str]:
    """Map each folded adjective and noun for a people ("turkish", "turks") to its country."""
    return {
        fold_name(word): row.id for row in countries() if row.until is None for word in (*row.adjectives, *row.people)
    }


@cache
def adjective_entries() -> dict[str, Entry]:
    """Map each folded adjective and noun for a people to the country, region or division that it comes from."""
    found = {
        fold_name(word): _division_entries()[people.id]
        for people in rows_of("gazetteer/peoples.tsv", People)
        for word in people.words
    }
    found |= {fold_name(word): _region_entry(region) for region in regions() for word in region.adjectives}
    for word, country in adjective_countries().items():
        entry = country_entry(country)
        if entry is not None:
            found[word] = entry
    return found


def country_entry(country: str) -> Entry | None:
    """Give a country's own entry by its ISO 3166-1 alpha-3 code."""
    return _country_entries().get(country)


def division_entry(code: str) -> Entry | None:
    """Give a division's own entry by its code, such as `US.IL`."""
    return _division_entries().get(code)


@lru_cache(maxsize=8_192)
def entries_named(key: str) -> tuple[Entry, ...]:
    """Give every place that a folded name can stand for, in the order countries, regions, divisions, cities.

    Args:
        key: A name folded by `fold_name`.

    Returns:
        An empty tuple where the gazetteer knows no such name.
    """
    found = list(_small_tables().get(key, ()))
    for cells in city_lines(key):
        main, name, iso2, code, kind, identifier, lat, lon, population = cells
        division = _division_entries().get(f"{iso2}.{code}")
        found.append(
            Entry(
                name=name or main.title(),
                kind="capital" if kind == "K" else "district" if kind == "D" else "city",
                country=_alpha3().get(iso2),
                division=f"{iso2}.{code}",
                admin1=division.name if division else None,
                geonameid=int(identifier) if identifier else None,
                lat=int(lat) / 1000,
                lon=int(lon) / 1000,
                population=int(population),
                is_main=main == key,
            )
        )
    return tuple(found)


@cache
def _alpha3() -> dict[str, str]:
    return {row.iso2: row.id for row in country_points()}


@cache
def _country_entries() -> dict[str, Entry]:
    return {
        row.id: Entry(
            name=row.name,
            kind="country",
            country=row.id,
            geonameid=row.geonameid,
            lat=row.lat,
            lon=row.lon,
            population=row.population,
        )
        for row in country_points()
    }


@cache
def _division_entries() -> dict[str, Entry]:
    return {
        row.id: Entry(
            name=row.name,
            kind="division",
            country=row.country,
            division=row.id,
            admin1=row.name,
            geonameid=row.geonameid,
            lat=row.lat,
            lon=row.lon,
            population=row.population,
        )
        for row in divisions()
    }


def _region_entry(region: Region) -> Entry:
    return Entry(
        name=region.name,
        kind=region.precision,
        country=region.country,
        geonameid=region.geonameid,
        lat=region.lat,
        lon=region.lon,
    )


@cache
def _small_tables() -> dict[str, tuple[Entry, ...]]:
    named: defaultdict[str, list[Entry]] = defaultdict(list)
    by_code = _country_entries()
    for point in country_points():
        named[fold_name(point.name)].append(by_code[point.id])
    for country in countries():
        entry = by_code.get(country.id)
        if entry is not None and country.until is None:
            for name in country.names:
                named[fold_name(name)].append(entry)
    for region in regions():
        here = _region_entry(region)
        for name in region.names:
            named[fold_name(name)].append(here)
    for division in divisions():
        for name in division.names:
            named[fold_name(name)].append(_division_entries()[division.id])
    return {key: tuple({id(entry): entry for entry in entries}.values()) for key, entries in named.items()}
