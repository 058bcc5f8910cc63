"""What a shard's files leave out, since other columns say it, and how it is put back.

A record names another of its reading by its place there, which takes a tenth of the room of its id. Words that stand in
the text, and a sentence that is the event's own, are not written again. In SQL the files `kept_….sql` put it back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from melian.archive.columns import COLUMNS, schema_of_columns
from melian.archive.rows import Row, Rows

if TYPE_CHECKING:
    import pyarrow as pa

_NAMED = {
    ("mentions", "event"): "events", ("claims", "event"): "events", ("claims", "holder"): "statements",
    ("statements", "speaker"): "actors",
}  # fmt: skip
"""Columns that name a record of another table."""
_AUTHOR = "author"
_NONE_OF_THEM = -1
_IDS = {"events": "event", "statements": "statement", "actors": "actor"}
_REPEATED = {
    "mentions": {"sentence_start": "sentence_start", "sentence_length": "sentence_length"},
    "claims": {"span_start": "sentence_start", "span_length": "sentence_length"},
}
"""Columns that are left out where those of the record's event say the same."""
_OWN = {"dates": {"date_start": "start", "date_length": "length"}}
"""Columns that are left out where others of the same row say the same."""


def stored_columns(table: str) -> dict[str, str]:
    """Give the columns of a table's files and what is in them."""
    return {
        f"{name}_nth" if (table, name) in _NAMED else name: "small" if (table, name) in _NAMED else kind
        for name, kind in COLUMNS[table].items()
    }


@cache
def stored_schema(table: str) -> pa.Schema:
    """Give the Arrow schema of a table's files."""
    return schema_of_columns(stored_columns(table))


def abridged(rows: Rows) -> dict[str, list[Row]]:
    """Leave out of rows what their files need not hold.

    Args:
        rows: Rows of every table, of one reading or of many.
    """
    places = {
        table: {(row["reading"], row[one]): row["nth"] for row in reversed(rows[table])} for table, one in _IDS.items()
    }
    events = {(row["reading"], row["event"]): row for row in rows["events"]}
    texts = {row["reading"]: row["text"] for row in rows["reports"]}
    short = {table: list(found) for table, found in rows.items()}
    for table, columns in _REPEATED.items():
        short[table] = [_without(row, events.get((row["reading"], row["event"]), {}), columns) for row in rows[table]]
    for table, columns in _OWN.items():
        short[table] = [_without(row, row, columns) for row in rows[table]]
    short["actors"] = [
        {**row, "name": None} if row["name"] == _first_words(row, texts.get(row["reading"])) else row
        for row in rows["actors"]
    ]
    for (table, column), other in _NAMED.items():
        short[table] = [_by_place(row, column, places[other]) for row in short[table]]
    return short


def spelled_out(rows: Rows) -> dict[str, Sequence[Row]]:
    """Put back what the rows of one reading left out.

    Args:
        rows: Its rows in the tables that are read.
    """
    text = next((row["text"] for row in rows["reports"]), None)
    full: dict[str, Sequence[Row]] = dict(rows)
    full["actors"] = [
        row if row["name"] is not None else {**row, "name": _first_words(row, text)} for row in rows["actors"]
    ]
    for (table, column), other in _NAMED.items():
        ids = [row[_IDS[other]] for row in rows[other]]
        full[table] = [_by_id(row, column, ids) for row in full[table]]
    events = {row["event"]: row for row in rows["events"]}
    for table, columns in _REPEATED.items():
        full[table] = [_with(row, events.get(row["event"], {}), columns) for row in full[table]]
    for table, columns in _OWN.items():
        full[table] = [_with(row, row, columns) for row in full[table]]
    return full


def _without(row: Row, other: Row, columns: Mapping[str, str]) -> Row:
    if any(row[name] != other.get(same) for name, same in columns.items()):
        return row
    return {**row, **dict.fromkeys(columns)}


def _with(row: Row, other: Row, columns: Mapping[str, str]) -> Row:
    if any(row[name] is not None for name in columns):
        return row
    return {**row, **{name: other.get(same) for name, same in columns.items()}}


def _by_place(row: Row, column: str, places: Mapping[tuple[object, object], object]) -> Row:
    named = row[column]
    place = None if named is None or named == _AUTHOR else places.get((row["reading"], named), _NONE_OF_THEM)
    return {**{name: value for name, value in row.items() if name != column}, f"{column}_nth": place}


def _by_id(row: Row, column: str, ids: Sequence[object]) -> Row:
    place = row[f"{column}_nth"]
    if isinstance(place, int):
        return {**row, column: ids[place] if 0 <= place < len(ids) else None}
    return {**row, column: _AUTHOR if column == "holder" else None}


def _first_words(row: Row, text: object) -> str | None:
    mentions = row.get("mentions")
    if not isinstance(text, str) or not isinstance(mentions, list) or not mentions:
        return None
    start, length = mentions[0]["start"], mentions[0]["length"]
    return text[start : start + length] if start >= 0 <= length else None
