"""The tables of a shard and their columns. A field may be added; none may change its meaning."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

_KEY = {"reading": "number", "report": "text"}

COLUMNS: dict[str, dict[str, str]] = {
    "readings": {
        **_KEY, "outlet": "text", "published": "day", "melian": "text", "model": "text", "knowledge": "text",
        "settings": "text", "code": "text", "version": "text", "content": "text", "json": "bytes",
    },
    "reports": {
        **_KEY, "title": "text", "outlet": "text", "url": "text", "published": "day", "language": "text",
        "dateline_place": "text", "dateline_date": "text", "characters": "number", "text": "text", "warnings": "texts",
    },
    "actors": {
        **_KEY, "actor": "text", "name": "text", "kind": "text", "country": "text", "sector": "text", "office": "text",
        "unnamed": "flag", "mentions": "spans",
    },
    "statements": {
        **_KEY, "statement": "text", "speaker": "text", "speaker_name": "text", "speaker_country": "text",
        "speaker_sector": "text", "speaker_words": "text", "cue": "text", "cue_lemma": "text", "act": "text",
        "kind": "text", "words": "text", "content": "spans", "via": "texts", "parent": "text", "confidence": "measure",
    },
    "events": {
        **_KEY, "event": "text", "type": "text", "modes": "texts", "contexts": "texts", "quad": "number",
        "intensity": "measure", "sources": "texts", "source_names": "texts", "source_countries": "texts",
        "targets": "texts", "target_names": "texts", "target_countries": "texts", "first_day": "day",
        "last_day": "day", "date_value": "text", "date_precision": "text", "date_basis": "text", "place": "text",
        "place_country": "text", "admin1": "text", "geonameid": "number", "lat": "measure", "lon": "measure",
        "place_precision": "text", "dead_low": "number", "dead_high": "number", "injured_low": "number",
        "injured_high": "number", "confidence": "measure", "words": "text",
    },
    "mentions": {
        **_KEY, "event": "text", "trigger_start": "number", "trigger_end": "number", "trigger": "text",
        "sentence_start": "number", "sentence_end": "number", "sentence": "text",
    },
    "claims": {
        **_KEY, "claim": "text", "event": "text", "holder": "text", "polarity": "text", "certainty": "text",
        "tense": "text", "span_start": "number", "span_end": "number", "words": "text",
    },
    "disputes": {**_KEY, "dispute": "text", "about": "text", "kind": "text", "proposition": "text"},
    "sides": {
        **_KEY, "dispute": "text", "place": "number", "stance": "text", "holders": "texts", "claims": "texts",
    },
    "rejects": {"reject": "text", "source": "text", "record": "number", "reason": "text", "message": "text"},
}  # fmt: skip
"""Each table's columns and what is in them. `reading` and `report` say whose row it is; ids hold within a report."""


@cache
def schema_of(table: str) -> pa.Schema:
    """Give the Arrow schema of a table."""
    import pyarrow as pa

    span = pa.struct([("start", pa.int64()), ("end", pa.int64())])
    kinds = {
        "text": pa.string(), "number": pa.int64(), "measure": pa.float64(), "flag": pa.bool_(), "day": pa.date32(),
        "bytes": pa.binary(), "texts": pa.list_(pa.string()), "spans": pa.list_(span),
    }  # fmt: skip
    return pa.schema([(name, kinds[kind]) for name, kind in COLUMNS[table].items()])
