"""POLECAT: one row an event, forty columns, lists with semicolons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from melian.exports.attributed import attributed_cells
from melian.exports.delimited import aligned_cell, list_cell, tab_line
from melian.exports.layouts import Layout, Row, no_day
from melian.exports.told import Told
from melian.exports.visible import excerpt
from melian.knowledge.vocabularies.country_codes import country_codes, country_names
from melian.records import Actor, Where, plover_type

COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title",
    "Actor Name Raw", "Wikipedia Actor ID",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors",
    "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID",
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename",
    "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations",
    "Language", "Version",
)  # fmt: skip
_QUADS = {
    1: "VERBAL COOPERATION", 2: "MATERIAL COOPERATION", 3: "VERBAL CONFLICT", 4: "MATERIAL CONFLICT",
}  # fmt: skip
_FEATURES = {"city": "PPL", "district": "ADM2", "province": "ADM1", "country": "PCLI"}


def layout() -> Layout:
    """Give the format: tabs, a line of names, empty cells where nothing is known."""
    return Layout(columns=COLUMNS, has_header=True, line=tab_line, rows=rows_of, lack=no_day)


def rows_of(events: Iterable[Told], has_attribution: bool) -> Iterator[Row]:
    """Give one row an event."""
    for told in events:
        row = row_of(told)
        yield [*row, *attributed_cells(told)] if has_attribution else row


def row_of(told: Told) -> Row:
    """Lay one event out."""
    event, report = told.event, told.reading.report
    mode = event.modes[0] if event.modes else None
    return [
        "_".join((f"{report.id}-{event.id}", plover_type(event), *((mode,) if mode else ()))),
        told.day.isoformat() if told.day is not None else None,
        plover_type(event),
        mode,
        event.intensity,
        _QUADS[event.quad],
        list_cell(event.contexts),
        *_side(told, told.sources),
        *_side(told, told.targets),
        *_place(told, event.place),
        report.outlet,
        report.published,
        list_cell(actor.name for actor in told.reading.actors if actor.kind == "person"),
        list_cell(actor.name for actor in told.reading.actors if actor.kind == "organisation"),
        list_cell(place.name for place in told.reading.places),
        report.language,
        f"Melian {told.reading.produced_by.melian}",
    ]


def _side(told: Told, actors: tuple[Actor, ...]) -> Row:
    codes = [country_codes().get(actor.country or "") for actor in actors]
    sectors = list(dict.fromkeys(actor.sector for actor in actors if actor.sector))
    return [
        aligned_cell(actor.name for actor in actors),
        list_cell(country_names().get(actor.country, actor.country) for actor in actors if actor.country),
        list_cell(str(row.cow) for row in codes if row is not None and row.cow is not None),
        sectors[0] if sectors else None,
        list_cell(sectors[1:]),
        list_cell(actor.office for actor in actors),
        aligned_cell(told.words_for(actor) for actor in actors),
        None,
    ]


def _place(told: Told, place: Where | None) -> Row:
    if place is None:
        return [None] * 10
    kind = place.precision
    return [
        place.name,
        place.name if kind == "city" else None,
        place.name if kind == "district" else None,
        place.name if kind == "province" else place.admin1,
        country_names().get(place.country, place.country) if place.country else None,
        place.lat,
        place.lon,
        place.geonameid,
        excerpt(told.reading.report.text, place.span) if place.span is not None else None,
        _FEATURES.get(kind) if kind else None,
    ]
