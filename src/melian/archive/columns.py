"""The tables of a shard and their columns. A field may be added; none may change its meaning."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

_KEY = {"reading": "number", "nth": "small"}
_PLACE = {
    "place": "text", "place_country": "text", "admin1": "text", "geonameid": "entry", "lat": "measure",
    "lon": "measure", "place_precision": "text", "place_start": "small", "place_length": "small",
    "place_confidence": "measure",
}  # fmt: skip
_DATE = {
    "first_day": "day", "last_day": "day", "date_value": "text", "date_precision": "text", "date_basis": "text",
    "date_start": "small", "date_length": "small",
}  # fmt: skip
_RECORD = {"record_kind": "text", "record_nth": "small", "record": "text"}

COLUMNS: dict[str, dict[str, str]] = {
    "readings": {
        "reading": "number", "report": "id", "melian": "text", "model": "text", "knowledge": "text",
        "settings": "text", "code": "text", "version": "text", "content": "id", "exact": "bytes",
    },
    "reports": {
        "reading": "number", "title": "prose", "outlet": "text", "url": "prose", "published": "day", "language": "text",
        "dateline_place": "text", "dateline_date": "text", "dateline_start": "small", "dateline_length": "small",
        "characters": "small", "text": "prose", "furniture": "furniture", "warnings": "texts",
    },
    "actors": {
        **_KEY, "actor": "id", "name": "prose", "kind": "text", "country": "text", "sector": "text", "office": "text",
        "unnamed": "flag", "mentions": "spans",
    },
    "statements": {
        **_KEY, "statement": "id", "speaker": "id", "speaker_name": "text", "speaker_country": "text",
        "speaker_sector": "text", "speaker_start": "small", "speaker_length": "small", "cue_lemma": "text",
        "cue_start": "small", "cue_length": "small", "act": "text", "kind": "text", "content": "spans", "via": "texts",
        "parent": "text", "confidence": "measure",
    },
    "events": {
        **_KEY, "event": "id", "type": "text", "ontology": "text", "plover": "text", "modes": "texts",
        "contexts": "texts", "quad": "small", "intensity": "measure", "sources": "texts", "source_names": "texts",
        "source_countries": "texts", "targets": "texts", "target_names": "texts", "target_countries": "texts",
        **_DATE, **_PLACE, "dead_low": "number", "dead_high": "number", "dead_start": "small", "dead_length": "small",
        "injured_low": "number", "injured_high": "number", "injured_start": "small", "injured_length": "small",
        "confidence": "measure", "sentence_start": "small", "sentence_length": "small", "standing": "text",
    },
    "mentions": {
        **_KEY, "event": "id", "trigger_start": "small", "trigger_length": "small", "sentence_start": "small",
        "sentence_length": "small",
    },
    "claims": {
        **_KEY, "claim": "id", "event": "id", "holder": "id", "polarity": "text", "certainty": "text",
        "tense": "text", "span_start": "small", "span_length": "small",
    },
    "disputes": {**_KEY, "dispute": "id", "about": "text", "kind": "text", "proposition": "prose"},
    "sides": {
        "reading": "number", "dispute": "text", "place": "small", "stance": "text", "holders": "texts",
        "claims": "texts",
    },
    "dates": {**_KEY, "start": "small", "length": "small", "kind": "text", **_DATE},
    "places": {**_KEY, **_PLACE},
    "absences": {**_KEY, **_RECORD, "field": "text", "reason": "text"},
    "reasons": {
        **_KEY, **_RECORD, "stage": "text", "rule": "text", "rows": "texts", "spans": "spans", "score": "measure",
    },
    "rejects": {"reject": "id", "source": "text", "record": "number", "reason": "text", "message": "prose"},
}  # fmt: skip
"""Each table's columns and what is in them. `reading` says whose row it is, `nth` its place in the reading; ids hold
within a report. A span is its start and its length: its words are not stored again beside the text."""


@cache
def schema_of(table: str) -> pa.Schema:
    """Give the Arrow schema of a table."""
    return schema_of_columns(COLUMNS[table])


def schema_of_columns(columns: Mapping[str, str]) -> pa.Schema:
    """Give the Arrow schema of columns and what is in them."""
    import pyarrow as pa

    span = [("start", pa.int32()), ("length", pa.int32())]
    kinds = {
        "text": pa.string(), "id": pa.string(), "prose": pa.string(), "number": pa.int64(), "entry": pa.int64(),
        "small": pa.int32(),
        "measure": pa.float64(), "flag": pa.bool_(), "day": pa.date32(), "bytes": pa.binary(),
        "texts": pa.list_(pa.string()), "spans": pa.list_(pa.struct(span)),
        "furniture": pa.list_(pa.struct([("kind", pa.string()), *span])),
    }  # fmt: skip
    return pa.schema([(name, kinds[kind]) for name, kind in columns.items()])
