"""The tables of links. All of them are derived: they can be thrown away and made again."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

_LINK = {"score": "measure", "reason": "text", "with_report": "text"}

LINKS: dict[str, dict[str, str]] = {
    "voice_texts": {
        "reading": "number", "report": "text", "published": "day", "node": "node", "is_short": "flag",
        "marks": "marks",
    },
    "voice_pairs": {"one": "node", "other": "node", "score": "measure", "reason": "text"},
    "voice_groups": {"node": "node", "part": "node", "chosen": "node"},
    "voice_links": {"reading": "number", "report": "text", "voice": "text", **_LINK},
    "tellings": {
        "reading": "number", "report": "text", "event": "text", "type": "text", "sources": "texts", "targets": "texts",
        "is_dated": "flag", "grain": "text", "begins": "day", "ends": "day", "place": "number", "lat": "measure",
        "lon": "measure", "names": "texts", "words": "texts", "triggers": "texts", "context": "texts",
        "sketch": "nodes", "is_decided": "flag", "node": "node",
    },
    "event_pairs": {"one": "node", "other": "node", "score": "measure", "reason": "text"},
    "event_groups": {"node": "node", "part": "node", "chosen": "node"},
    "event_links": {
        "reading": "number", "report": "text", "event": "text", "linked": "text", **_LINK, "with_event": "text",
    },
    "linked_events": {
        "linked": "text", "type": "text", "modes": "texts", "quad": "number", "intensity": "measure",
        "source_countries": "texts", "source_names": "texts", "target_countries": "texts", "target_names": "texts",
        "first_day": "day", "last_day": "day", "date_precision": "text", "place": "text", "place_country": "text",
        "geonameid": "number", "standing": "text", "reports": "number", "voices": "number", "outlets": "number",
        "first_published": "day", "first_report": "text", "first_outlet": "text", "dead_low": "number",
        "dead_high": "number", "words": "text",
    },
    "identities": {
        "name": "text", "kind": "text", "country": "text", "identity": "text", "full_name": "text", "reports": "number",
        "score": "measure", "reason": "text",
    },
    "offices": {
        "office": "text", "country": "text", "identity": "text", "full_name": "text", "first_day": "day",
        "last_day": "day", "reports": "number", "voices": "number",
    },
    "outlet_countries": {"outlet": "text", "country": "text"},
}  # fmt: skip
"""Each table's columns and what is in them. A node is a hash of what is compared; `one` and `other` are two nodes."""


KEYS: dict[str, tuple[str, ...]] = {
    "voice_texts": ("reading",), "voice_pairs": ("one", "other"), "voice_groups": ("node",),
    "voice_links": ("reading",), "tellings": ("reading", "event"),
    "event_pairs": ("one", "other"), "event_groups": ("node",), "event_links": ("reading", "event"),
    "linked_events": ("linked",),
}  # fmt: skip
"""What tells rows apart in the tables of which only what changed is written. The others are written whole."""


@cache
def schema_of_links(table: str, *, is_layer: bool = False) -> pa.Schema:
    """Give the Arrow schema of a table of links.

    Args:
        table: Its name.
        is_layer: Whether it holds what changed, where `gone` says that a row is no more.
    """
    import pyarrow as pa

    kinds = {
        "text": pa.string(), "number": pa.int64(), "measure": pa.float64(), "flag": pa.bool_(), "day": pa.date32(),
        "node": pa.uint64(), "nodes": pa.list_(pa.uint64()), "texts": pa.list_(pa.string()),
        "marks": pa.list_(pa.uint32()),
    }  # fmt: skip
    gone = {"gone": "flag"} if is_layer and table in KEYS else {}
    return pa.schema([(name, kinds[kind]) for name, kind in {**LINKS[table], **gone}.items()])
