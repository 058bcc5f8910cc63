"""How well an entry of the gazetteer fits a name in its report."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from melian.coding.places.candidates import is_inside
from melian.knowledge.gazetteer import Entry, fold_name

_EARTH = 6371.0
_CELL = 3.0
_UNTOLD = 0.7
"""Namings that a short report leaves open: one alone is no whole."""
_HALF_NEAR = 80.0
_LEAST = 1e-6
_DIVIDING = frozenset({"division", "district"})


class Weights(msgspec.Struct, frozen=True):
    """What counts how much. A million inhabitants count six, a thousand count three."""

    country: float = 8.0
    region: float = 7.0
    site: float = 6.0
    district: float = -1.4
    capital: float = 1.5
    other_spelling: float = -1.5
    other_vowels: float = -0.5
    division: float = -0.8
    seat: float = -1.5
    called_so: float = 1.2
    hinted: float = 3.5
    nearly_hinted: float = 2.1
    unhinted_country: float = -4.0
    namesake: float = -2.5
    inside: float = 7.0
    holding: float = 7.0
    named_country: float = 3.0
    named_seat: float = 1.5
    own_country: float = 1.5
    named_division: float = 1.8
    shared_division: float = 1.5
    near: float = 3.0
    county: float = 3.0
    dateline: float = 0.8
    home: float = 1.0
    sharpness: float = 0.9


WEIGHTS = Weights()
_WITHOUT_VOWELS = str.maketrans("", "", "aeiouy")


class Point(msgspec.Struct, frozen=True):
    """Where a name may lie, in which first-level division, and how likely that is, 0 to 1."""

    key: str
    lat: float
    lon: float
    chance: float
    division: str | None = None


class Points:
    """Points of a report, found by cells of three degrees so that long lists stay quick.

    Args:
        points: The points.
    """

    def __init__(self, points: Iterable[Point]) -> None:
        self._cells: dict[tuple[int, int], list[Point]] = {}
        for point in points:
            self._cells.setdefault(_cell(point.lat, point.lon), []).append(point)

    def around(self, lat: float, lon: float) -> Iterator[Point]:
        """Give the points of the cell of a place and of the eight around it."""
        north, east = _cell(lat, lon)
        for row in (north - 1, north, north + 1):
            for column in (east - 1, east, east + 1):
                yield from self._cells.get((row, column), ())


def _cell(lat: float, lon: float) -> tuple[int, int]:
    return int(lat // _CELL), int(lon // _CELL)


class Shares(msgspec.Struct, frozen=True):
    """How often each country or division is named, and by how much one name itself added to that.

    Attributes:
        counted: How often each is named.
        total: The sum.
        own: What one name added, which is left out.
    """

    counted: Mapping[str, float]
    total: float
    own: Mapping[str, float]

    def of(self, name: str | None) -> float:
        """Give the root of one's part in the whole, 0 to 1, so that a minor part still counts."""
        if not name or name not in self.counted:
            return 0.0
        count = self.counted[name] - self.own.get(name, 0.0)
        total = self.total - sum(self.own.values())
        return math.sqrt(min(1.0, count / (total + _UNTOLD))) if count > _LEAST and total > _LEAST else 0.0


class Surroundings(msgspec.Struct, frozen=True):
    """What the rest of a report tells about one name.

    Attributes:
        countries: The countries' shares in the report.
        divisions: The first-level divisions' shares.
        named: Divisions that the report names.
        points: The other places of the report, by cells of the map.
        dateline: Country of the dateline.
        home: Country of the outlet.
    """

    countries: Shares
    divisions: Shares
    named: frozenset[str]
    points: Points
    dateline: str | None
    home: str | None


def distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Give the distance of two points (degrees north, degrees east) in kilometres along the ground."""
    north_a, east_a, north_b, east_b = map(math.radians, (*a, *b))
    half = math.sin((north_b - north_a) / 2) ** 2
    half += math.cos(north_a) * math.cos(north_b) * math.sin((east_b - east_a) / 2) ** 2
    return 2 * _EARTH * math.asin(min(1.0, math.sqrt(half)))


def score_entry(
    entry: Entry,
    key: str,
    options: Sequence[Entry],
    holding: Sequence[Entry],
    hints: frozenset[str],
    around: Surroundings,
    weights: Weights,
) -> float:
    """Score one entry that a name can stand for; only the differences between entries mean something.

    Args:
        entry: The entry.
        key: The name, folded.
        options: All entries that the name can stand for.
        holding: What stands behind the name's comma ("Springfield, Illinois").
        hints: Kinds of place that the words beside the name tell.
        around: The rest of the report.
        weights: What counts how much.
    """
    score = _score_alone(entry, key, options, weights)
    kind = "city" if entry.kind == "capital" else entry.kind
    if hints:
        if kind in hints:
            score += weights.hinted
        elif kind in _DIVIDING and not hints.isdisjoint(_DIVIDING):
            # Italy's provinces are its second level, Kenya's counties its first.
            score += weights.nearly_hinted
        elif entry.kind == "country":
            score += weights.unhinted_country
    if any(is_inside(entry, place) for place in holding):
        score += weights.inside
    elif options[0].kind == "country" and entry.kind not in ("country", "region"):
        # Georgia is a state as well as a country; China, Texas, is seldom meant.
        is_rival = entry.kind == "division" and entry.country != options[0].country
        score += weights.namesake * (not is_rival)
    if entry.country is not None:
        share = around.countries.of(entry.country)
        score += (weights.own_country if entry.kind == "country" else weights.named_country) * share
        score += weights.named_seat * share * (entry.kind == "capital")
        score += weights.dateline * (entry.country == around.dateline)
        score += weights.home * (entry.country == around.home)
    if entry.kind not in ("country", "division") and entry.division is not None:
        score += weights.named_division * (entry.division in around.named)
        score += weights.shared_division * around.divisions.of(entry.division)
    if entry.kind == "city" and entry.admin1 is not None and fold_name(entry.admin1) == key:
        score += weights.called_so
    if entry.kind not in ("country", "region"):
        score += weights.near * _nearness(entry, key, around.points)
    return score


def _score_alone(entry: Entry, key: str, options: Sequence[Entry], weights: Weights) -> float:
    people = math.log10(entry.population + 10)
    if entry.kind == "country":
        return weights.country
    if entry.kind == "region":
        return weights.region
    if entry.kind == "site":
        return weights.site
    if entry.kind in ("division", "district"):
        has_seat = any(
            other.division == entry.division
            and other.kind in ("city", "capital")
            and (entry.kind == "district" or other.population > 20_000)
            for other in options
        )
        own = weights.division if entry.kind == "division" else weights.district
        return people + own + weights.seat * has_seat
    if entry.is_main:
        return people + weights.capital * (entry.kind == "capital")
    is_near = _consonants(fold_name(entry.name)) == _consonants(key)
    return people + (weights.other_vowels if is_near else weights.other_spelling)


def _consonants(name: str) -> str:
    """Leave out the vowels behind the first letter: spellings of one name, as Janīn and Jenin, share what is left."""
    return name[:1] + name[1:].translate(_WITHOUT_VOWELS)


def _nearness(entry: Entry, key: str, points: Points) -> float:
    """Tell, 0 to 1, how likely it is that some other name's place lies close by."""
    best: dict[str, float] = {}
    for point in points.around(entry.lat, entry.lon):
        if point.key != key:
            apart = distance((entry.lat, entry.lon), (point.lat, point.lon))
            best[point.key] = max(best.get(point.key, 0.0), point.chance / (1 + apart / _HALF_NEAR))
    return 1 - math.prod(1 - near for near in best.values())
