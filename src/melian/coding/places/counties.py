"""Towns and the counties that hold them: "Paris" beside "Henry County" is the one in Tennessee."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from melian.coding.places.scoring import Point, Points, distance
from melian.knowledge.gazetteer import Entry

_INSIDE = 40.0
"""Kilometres from the middle of a county within which its towns lie; a county of the middle size reaches 30."""
_MOST = 40
"""Counties of one report that are looked at, so that lists of hundreds stay quick."""


def partners(options: Mapping[str, Sequence[Entry]]) -> dict[str, dict[Entry, float]]:
    """Find the entries that have a partner under another name of the report: a town its county, a county its town.

    That one of the counties of a name lies around one of the places of another name is hardly ever chance; the more
    entries of one name have a partner, the less it tells.

    Args:
        options: What each name of the report, folded, can stand for.

    Returns:
        For each name the entries that have a partner, each with a share that sums to one.
    """
    counties = {key: those for key, entries in options.items() if (those := _counties(key, entries))}
    if not counties:
        return {}
    points = Points(
        Point(key, entry.lat, entry.lon, 1.0, entry.division)
        for key, those in list(counties.items())[:_MOST]
        for entry in those
    )
    found: defaultdict[str, set[Entry]] = defaultdict(set)
    around: set[Point] = set()
    for key, entries in options.items():
        if key not in counties:
            near = {entry: points_near for entry in entries if (points_near := _around(key, entry, points))}
            found[key].update(near)
            around.update(point for points_near in near.values() for point in points_near)
    for key, those in counties.items():
        found[key].update(e for e in those if Point(key, e.lat, e.lon, 1.0, e.division) in around)
    return {key: dict.fromkeys(those, 1 / len(those)) for key, those in found.items() if those}


def county_of(key: str, options: Sequence[Entry], chosen: Mapping[str, Entry]) -> Entry | None:
    """Find the county that a bare name is short for: "DeKalb" in a report of DeKalb County, where no town is called so.

    Args:
        key: The name, folded.
        options: What it can stand for.
        chosen: What the names of the report, folded, were taken to be.
    """
    county = next((chosen[f"{key} {noun}"] for noun in ("county", "parish") if f"{key} {noun}" in chosen), None)
    if county is None or county.kind != "district":
        return None
    is_town = any(entry.kind in ("city", "capital") and entry.division == county.division for entry in options)
    return None if is_town else county


def _counties(key: str, entries: Sequence[Entry]) -> list[Entry]:
    """Give a name's counties, if it says that it is one's."""
    if key.rsplit(" ", 1)[-1] not in {"county", "parish", "counties"}:
        return []
    return [entry for entry in entries if entry.kind == "district"]


def _around(key: str, entry: Entry, points: Points) -> list[Point]:
    """Give the counties of other names around a town: that DeKalb lies in DeKalb County tells nothing."""
    if entry.kind not in ("city", "capital") or entry.division is None:
        return []
    return [
        point
        for point in points.around(entry.lat, entry.lon)
        if point.division == entry.division
        and point.key.rsplit(" ", 1)[0] != key
        and distance((entry.lat, entry.lon), (point.lat, point.lon)) <= _INSIDE
    ]
