"""The tables of links. All of them are derived: they can be thrown away and made again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

_LINK = {"score": "measure", "reason": "text", "with_report": "text"}

LINKS: dict[str, dict[str, str]] = {
    "voice_texts": {"reading": "number", "report": "text", "published": "day", "node": "node", "is_short": "flag"},
    "voice_pairs": {"one": "node", "other": "node", "score": "measure", "reason": "text"},
    "voice_groups": {"node": "node", "part": "node", "chosen": "node"},
    "voice_links": {"reading": "number", "report": "text", "voice": "id", **_LINK},
    "event_pairs": {"one": "node", "other": "node", "score": "measure", "reason": "text"},
    "event_groups": {"node": "node", "part": "node", "chosen": "node"},
    "event_links": {
        "reading": "number", "event": "id", "node": "node", "is_decided": "flag", "linked": "id",
        **_LINK, "with_event": "id",
    },
    "linked_events": {
        "linked": "id", "type": "text", "modes": "texts", "quad": "number", "intensity": "measure",
        "source_countries": "texts", "source_names": "texts", "target_countries": "texts", "target_names": "texts",
        "first_day": "day", "last_day": "day", "date_precision": "text", "place": "text", "place_country": "text",
        "geonameid": "number", "standing": "text", "reports": "number", "voices": "number", "outlets": "number",
        "first_published": "day", "first_report": "text", "first_outlet": "text", "dead_low": "number",
        "dead_high": "number", "words_reading": "number", "words_start": "number", "words_length": "number",
    },
    "identities": {
        "name": "prose", "kind": "text", "country": "text", "identity": "id", "full_name": "prose", "reports": "number",
        "score": "measure", "reason": "text",
    },
    "offices": {
        "office": "text", "country": "text", "identity": "id", "full_name": "prose", "first_day": "day",
        "last_day": "day", "reports": "number", "voices": "number",
    },
    "outlet_countries": {"outlet": "text", "country": "text"},
}  # fmt: skip
"""Each table's columns and what is in them. A node is a hash of what is compared; `one` and `other` are two nodes.

What is compared, words and marks, is not stored: it is taken from the reports again where something new is near."""

TELLING = {
    "reading": "number", "report": "text", "event": "text", "type": "text", "sources": "texts", "targets": "texts",
    "is_dated": "flag", "grain": "text", "begins": "day", "ends": "day", "place": "number", "lat": "measure",
    "lon": "measure", "names": "texts", "words": "texts", "triggers": "texts", "context": "texts", "sketch": "nodes",
    "is_decided": "flag", "node": "node",
}  # fmt: skip
"""What is known of one telling of an event while it is compared; see `tellings.sql`."""

KEYS: dict[str, tuple[str, ...]] = {
    "voice_texts": ("reading",), "voice_pairs": ("one", "other"), "voice_groups": ("node",),
    "voice_links": ("reading",), "event_pairs": ("one", "other"), "event_groups": ("node",),
    "event_links": ("reading", "event"), "linked_events": ("linked",),
}  # fmt: skip
"""What tells rows apart in the tables of which only what changed is written. The others are written whole."""


def columns_of_links(table: str, *, is_layer: bool = False) -> dict[str, str]:
    """Give the columns of a table of links as they are written.

    Args:
        table: Its name.
        is_layer: Whether it holds what changed, where `gone` says that a row is no more.
    """
    return {**LINKS[table], **({"gone": "flag"} if is_layer and table in KEYS else {})}


def schema_of_links(columns: Mapping[str, str]) -> pa.Schema:
    """Give the Arrow schema of columns."""
    import pyarrow as pa

    kinds = {
        "text": pa.string(), "id": pa.string(), "prose": pa.string(), "number": pa.int64(), "measure": pa.float64(),
        "flag": pa.bool_(), "day": pa.date32(), "node": pa.uint64(),
        "nodes": pa.list_(pa.uint64()), "texts": pa.list_(pa.string()),
    }  # fmt: skip
    return pa.schema([(name, kinds[kind]) for name, kind in columns.items()])
