"""Melian's own table of events, one row an event: flat for CSV, with lists in lists for Parquet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from melian.exports.attributed import attributed_cells
from melian.exports.delimited import aligned_cell, comma_line, list_cell
from melian.exports.layouts import Layout, Row, nothing
from melian.exports.plover import whole
from melian.exports.told import Told, read_day
from melian.records import Actor, Count

if TYPE_CHECKING:
    from pyarrow import Schema

COLUMNS = (
    "report", "event", "outlet", "url", "title", "language", "published", "type", "ontology",
    "plover", "modes", "contexts", "quad", "intensity", "sources", "source_countries", "source_sectors", "targets",
    "target_countries", "target_sectors",
    "date_start", "date_end", "date_precision", "date_basis", "place", "place_country", "admin1", "geonameid", "lat",
    "lon", "place_precision", "dead_low", "dead_high", "injured_low", "injured_high", "mentions", "sentence",
    "confidence",
)  # fmt: skip
_ATTRIBUTED = ("holder", "speaker", "polarity", "certainty", "tense", "disputed", "corrected")


def layout() -> Layout:
    """Give the format: CSV as RFC 4180 has it, a line of names, empty cells where nothing is known."""
    return Layout(columns=COLUMNS, has_header=True, line=comma_line, rows=rows_of, lack=nothing)


def rows_of(events: Iterable[Told], has_attribution: bool) -> Iterator[Row]:
    """Give one row an event; the n-th parts of the cells of one side are one actor."""
    for told in events:
        row = _row(told)
        # The table has the date's precision and basis of its own already.
        yield [*row, *attributed_cells(told)[: len(_ATTRIBUTED)]] if has_attribution else row


def nested_row(told: Told) -> dict[str, Any]:
    """Give one event with its lists, in the columns of `nested_schema`."""
    event, report, when, place = told.event, told.reading.report, told.event.date, told.event.place
    row: dict[str, Any] = {
        "report": report.id,
        "event": event.id,
        "outlet": report.outlet,
        "url": report.url,
        "title": report.title,
        "language": report.language,
        "published": read_day(report.published),
        "type": event.type,
        "ontology": event.ontology,
        "plover": event.plover,
        "modes": event.modes,
        "contexts": event.contexts,
        "quad": event.quad,
        "intensity": event.intensity,
        "sources": [_nested_actor(told, actor) for actor in told.sources],
        "targets": [_nested_actor(told, actor) for actor in told.targets],
        "date_start": read_day(when.start) if when is not None else None,
        "date_end": read_day(when.end) if when is not None else None,
        "date_precision": when.precision if when is not None else None,
        "date_basis": when.basis if when is not None else None,
        "place": place.name if place is not None else None,
        "place_country": place.country if place is not None else None,
        "admin1": place.admin1 if place is not None else None,
        "geonameid": place.geonameid if place is not None else None,
        "lat": place.lat if place is not None else None,
        "lon": place.lon if place is not None else None,
        "place_precision": place.precision if place is not None else None,
        "dead": _nested_count(event.dead),
        "injured": _nested_count(event.injured),
        "mentions": [
            {"trigger": list(mention.trigger), "sentence": list(mention.sentence)} for mention in event.mentions
        ],
        "sentence": told.sentence or None,
        "confidence": event.confidence,
        "disputed": told.is_disputed,
        "corrected": told.corrected,
        "claims": [
            {
                "holder": claim.holder,
                "speaker": speaker or None,
                "polarity": claim.polarity,
                "certainty": claim.certainty,
                "tense": claim.tense,
                "span": list(claim.span),
            }
            for claim, speaker in zip(told.claims, told.speakers, strict=True)
        ],
    }
    return {name: _encodable(value) for name, value in row.items()}


def nested_schema() -> Schema:
    """Give the columns of the Parquet table."""
    import pyarrow as pa

    text, span = pa.string(), pa.list_(pa.int64())
    actor = pa.struct(
        [("id", text), ("name", text), ("words", text), ("kind", text), ("country", text), ("sector", text),
         ("office", text), ("unnamed", pa.bool_())]
    )  # fmt: skip
    count = pa.struct([("low", pa.int64()), ("high", pa.int64())])
    claim = pa.struct(
        [("holder", text), ("speaker", text), ("polarity", text), ("certainty", text), ("tense", text), ("span", span)]
    )
    return pa.schema(
        [
            *((name, text) for name in ("report", "event", "outlet", "url", "title", "language")),
            ("published", pa.date32()),
            *((name, text) for name in ("type", "ontology", "plover")),
            ("modes", pa.list_(text)),
            ("contexts", pa.list_(text)),
            ("quad", pa.int8()),
            ("intensity", pa.float64()),
            ("sources", pa.list_(actor)),
            ("targets", pa.list_(actor)),
            ("date_start", pa.date32()),
            ("date_end", pa.date32()),
            *((name, text) for name in ("date_precision", "date_basis", "place", "place_country", "admin1")),
            ("geonameid", pa.int64()),
            ("lat", pa.float64()),
            ("lon", pa.float64()),
            ("place_precision", text),
            ("dead", count),
            ("injured", count),
            ("mentions", pa.list_(pa.struct([("trigger", span), ("sentence", span)]))),
            ("sentence", text),
            ("confidence", pa.float64()),
            ("disputed", pa.bool_()),
            ("corrected", text),
            ("claims", pa.list_(claim)),
        ]
    )


def _row(told: Told) -> Row:
    event, report, when, place = told.event, told.reading.report, told.event.date, told.event.place
    return [
        report.id,
        event.id,
        report.outlet,
        report.url,
        report.title,
        report.language,
        report.published,
        event.type,
        event.ontology,
        event.plover,
        list_cell(event.modes),
        list_cell(event.contexts),
        event.quad,
        event.intensity,
        *_side(told.sources),
        *_side(told.targets),
        *((when.start, when.end, when.precision, when.basis) if when is not None else [None] * 4),
        *(
            (place.name, place.country, place.admin1, place.geonameid, place.lat, place.lon, place.precision)
            if place is not None
            else [None] * 7
        ),
        *((event.dead.low, event.dead.high) if event.dead is not None else [None] * 2),
        *((event.injured.low, event.injured.high) if event.injured is not None else [None] * 2),
        len(event.mentions),
        told.sentence or None,
        event.confidence,
    ]


def _side(actors: tuple[Actor, ...]) -> Row:
    return [
        aligned_cell(actor.name for actor in actors),
        aligned_cell(actor.country for actor in actors),
        aligned_cell(actor.sector for actor in actors),
    ]


def _nested_actor(told: Told, actor: Actor) -> dict[str, Any]:
    return {
        "id": actor.id,
        "name": actor.name,
        "words": told.words_for(actor),
        "kind": actor.kind,
        "country": actor.country,
        "sector": actor.sector,
        "office": actor.office,
        "unnamed": actor.unnamed,
    }


def _nested_count(count: Count | None) -> dict[str, int | None] | None:
    return {"low": count.low, "high": count.high} if count is not None else None


_LARGEST = 2**63 - 1


def _encodable(value: Any) -> Any:  # noqa: ANN401 - cells, and lists and records of them
    """Make a value that Parquet can hold: text of UTF-8, whole numbers of 64 bits."""
    if isinstance(value, str):
        return whole(value)
    if isinstance(value, (list, tuple)):
        return [_encodable(part) for part in value]
    if isinstance(value, dict):
        return {name: _encodable(part) for name, part in value.items()}
    if isinstance(value, int) and not -_LARGEST <= value <= _LARGEST:
        return None
    return value
