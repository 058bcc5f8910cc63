"""Parquet files, written batch by batch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyarrow import Schema

BATCH = 10_000


def write_parquet(rows: Iterable[Mapping[str, Any]], schema: Schema, file: IO[bytes], batch: int = BATCH) -> int:
    """Write rows to a Parquet file; no more than a batch of them is held.

    Args:
        rows: The rows, by name of column.
        schema: The columns.
        file: Where to.
        batch: How many rows make a group.

    Returns:
        How many rows were written. A file without rows has its columns all the same.
    """
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    written = 0
    ongoing = iter(rows)
    with ParquetWriter(file, schema, compression="zstd") as writer:
        while part := list(islice(ongoing, batch)):
            writer.write_batch(pa.RecordBatch.from_pylist(part, schema=schema))
            written += len(part)
    return written
