"""ICEWS: one row a pair of actors, twenty columns, CAMEO; events between equals stand twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from melian.exports.attributed import attributed_cells
from melian.exports.cameo import Dyad, dyads_of
from melian.exports.delimited import list_cell, tab_line
from melian.exports.layouts import Layout, Row, no_day
from melian.exports.sentences import sentence_number, sentence_starts
from melian.exports.told import Told, whole_number
from melian.knowledge.vocabularies.cameo import cameo_roles
from melian.knowledge.vocabularies.country_codes import country_codes, country_names
from melian.records import Actor, Where

COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City",
    "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip


def layout() -> Layout:
    """Give the format: tabs, a line of names, `NA` where nothing is known."""
    return Layout(columns=COLUMNS, has_header=True, line=tab_line, missing="NA", rows=rows_of, lack=_lack)


def rows_of(events: Iterable[Told], has_attribution: bool) -> Iterator[Row]:
    """Give one row a pair of source and target, numbered in a row within one event."""
    for told in events:
        report = told.reading.report
        first = whole_number(report.id, told.event.id)
        sentence = _sentence(told)
        for number, dyad in enumerate(_whole_dyads(told)):
            row = _row(told, dyad, first + number, sentence)
            yield [*row, *attributed_cells(told)] if has_attribution else row


def _sentence(told: Told) -> int | None:
    mentions = told.event.mentions
    return sentence_number(sentence_starts(told.reading.report), mentions[0].trigger[0]) if mentions else None


def _row(told: Told, dyad: Dyad, ident: int, sentence: int | None) -> Row:
    report = told.reading.report
    return [
        ident,
        told.day.isoformat() if told.day is not None else None,
        *_side(dyad.source),
        dyad.coded.name,
        dyad.coded.code,
        dyad.coded.goldstein,
        *_side(dyad.target),
        whole_number(report.id),
        sentence,
        report.outlet,
        *_place(told.event.place),
    ]


def _side(actor: Actor | None) -> Row:
    if actor is None:
        return [None, None, None]
    country = name_in_icews(actor.country)
    sectors = cameo_roles()[actor.sector].icews if actor.sector is not None else ()
    # Bodies without a proper name bear their country's: "foreign ministry (Sudan)".
    wants_country = (
        actor.kind not in ("person", "state") and country is not None and f" {country} " not in f" {actor.name} "
    )
    name = country if actor.kind == "state" and country is not None else actor.name
    return [f"{name} ({country})" if wants_country else name, list_cell(sectors, ","), country]


def name_in_icews(country: str | None) -> str | None:
    """Give ICEWS's name of a country; the code itself where no table has it."""
    if country is None:
        return None
    row = country_codes().get(country)
    return (row.icews if row is not None else None) or country_names().get(country, country)


def _place(place: Where | None) -> Row:
    if place is None or place.country is None:
        return [None] * 6  # Seas and lands over borders have no column.
    kind = place.precision
    return [
        place.name if kind == "city" else None,
        place.name if kind == "district" else None,
        place.name if kind in ("province", "region") else place.admin1,
        name_in_icews(place.country),
        place.lat,
        place.lon,
    ]


def _whole_dyads(told: Told) -> Iterator[Dyad]:
    return (dyad for dyad in dyads_of(told) if dyad.source is not None and dyad.target is not None)


def _lack(told: Told) -> str | None:
    return no_day(told) or (None if next(_whole_dyads(told), None) else "no pair of a source and a target")
