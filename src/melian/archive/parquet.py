"""Tables as Parquet files that are small: what is alike lies together, in the form that suits its kind."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from melian.archive.durable import digest_of
from melian.archive.ledger import StoredFile

if TYPE_CHECKING:
    import pyarrow as pa

COMPRESSION = "zstd"
LEVEL = 19
"""Of 22: a fiftieth smaller than 15, at some milliseconds a report, a fraction of what reading it takes."""

_PAGE = 8 << 20
_BOUNDED = ("reading", "published")
"""Columns of which each group of rows says between what they lie."""
_GROUP_ROWS, _GROUP_BYTES = 1 << 18, 128 << 20
_ENCODINGS = {"number": "DELTA_BINARY_PACKED", "small": "BYTE_STREAM_SPLIT", "day": "BYTE_STREAM_SPLIT"}
_PLAIN = frozenset({"id", "prose", "bytes", "flag", "node"})
"""Kinds of which hardly a value comes again: zstd alone makes them smaller than a dictionary does."""


def write_table(
    path: Path, columns: Mapping[str, str], schema: pa.Schema, parts: Iterable[pa.Table], level: int = LEVEL
) -> int:
    """Write a table, part by part, and wait until it is on the disk.

    Args:
        path: The file.
        columns: The table's columns and what is in them.
        schema: Of the same columns.
        parts: Rows with at least these columns; few are held at a time.
        level: How hard zstd tries.

    Returns:
        How many rows there were.

    Raises:
        OSError: It could not be written.
    """
    from pyarrow.parquet import ParquetWriter

    rows = 0
    with path.open("wb") as file:
        with ParquetWriter(
            file, schema, compression=COMPRESSION, compression_level=level, data_page_size=_PAGE,
            dictionary_pagesize_limit=_PAGE, use_dictionary=_listed(columns), column_encoding=_encoded(columns),
            write_statistics=[name for name in _BOUNDED if name in columns], store_schema=False,
        ) as parquet:  # fmt: skip
            for group in _gathered(parts, schema):
                parquet.write_table(group, row_group_size=_GROUP_ROWS)
                rows += group.num_rows
        file.flush()
        os.fsync(file.fileno())
    return rows


def stored_file(path: Path) -> StoredFile:
    """Describe a finished file."""
    return StoredFile(name=path.name, size=path.stat().st_size, digest=digest_of(path))


def _gathered(parts: Iterable[pa.Table], schema: pa.Schema) -> Iterator[pa.Table]:
    """Yield large parts: each has a dictionary of its own."""
    import pyarrow as pa

    held: list[pa.Table] = []
    for part in parts:
        if part.num_rows:
            held.append(part.select(schema.names).cast(schema))
        if sum(one.num_rows for one in held) >= _GROUP_ROWS or sum(one.nbytes for one in held) >= _GROUP_BYTES:
            yield pa.concat_tables(held)
            held = []
    if held:
        yield pa.concat_tables(held)


def _encoded(columns: Mapping[str, str]) -> dict[str, str]:
    return {path: _ENCODINGS[kind] for path, kind in _leaves(columns) if kind in _ENCODINGS}


def _listed(columns: Mapping[str, str]) -> list[str]:
    """Name the columns that are put into a dictionary."""
    return [path for path, kind in _leaves(columns) if kind not in _ENCODINGS and kind not in _PLAIN]


def _leaves(columns: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, kind in columns.items():
        if kind in {"spans", "furniture"}:
            yield from ((f"{name}.list.element.{end}", "small") for end in ("start", "length"))
        if kind == "furniture":
            yield f"{name}.list.element.kind", "text"
        elif kind == "texts":
            yield f"{name}.list.element", "text"
        elif kind != "spans":
            yield name, kind
