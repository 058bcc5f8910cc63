"""The readings of shards: rows of many tables, brought together reading by reading."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from melian.archive.abridging import spelled_out
from melian.archive.asking import unreadable
from melian.archive.columns import COLUMNS
from melian.archive.layout import Layout
from melian.archive.ledger import ROOM, Snapshot
from melian.archive.rebuilding import rebuild
from melian.archive.rows import Row, Rows
from melian.records import Reading

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

READ_TABLES = tuple(table for table in COLUMNS if table != "rejects")
"""The tables that a reading is made of, that of the readings first."""

_BATCH = 1_024


class StrayRows(ValueError):
    """Rows of a reading that is not among the readings."""


def readings_of(layout: Layout, snapshot: Snapshot, wanted: Collection[int]) -> Iterator[tuple[Row, Reading]]:
    """Yield readings in the order of their numbers, each with its row among the readings; few are held at a time.

    Args:
        layout: Where the archive lies.
        snapshot: Its state.
        wanted: Numbers of readings.

    Raises:
        BadArchive: A file is gone, or cannot be read.
    """
    from pyarrow import ArrowException

    numbered = {entry.number for entry in snapshot.shards if entry.kind == "shard"}
    homes = {number // ROOM for number in wanted}
    for entry in snapshot.shards:
        # What was compacted keeps its number, and lies in the one shard that stands in for its own.
        if entry.number in homes or (entry.kind == "compaction" and not homes <= numbered):
            try:
                for key, rows in rows_of_readings(layout.shards / str(entry.folder), wanted):
                    yield key, rebuild(key, rows)
            except (OSError, ArrowException, StrayRows, msgspec.DecodeError) as error:
                raise unreadable(error) from error


def rows_of_readings(folder: Path, wanted: Collection[int] | None = None) -> Iterator[tuple[Row, Rows]]:
    """Yield for each reading of a shard its row among the readings, and its rows in the other tables.

    Args:
        folder: The shard's.
        wanted: Numbers of readings, None for all of them.

    Raises:
        StrayRows: There are rows of no reading.
        OSError: A file is gone, or cannot be read.
        pyarrow.ArrowException: A file is broken.
    """
    chosen = None if wanted is None else frozenset(wanted)
    for key, rows in gathered({table: _rows(folder / f"{table}.parquet", chosen) for table in READ_TABLES}):
        yield key, spelled_out(rows)


def gathered(tables: Mapping[str, Iterable[Row]]) -> Iterator[tuple[Row, Rows]]:
    """Bring the rows of the tables together, reading by reading; each table is in the order of its readings.

    Raises:
        StrayRows: There are rows of no reading.
    """
    groups = {
        table: ((number, list(rows)) for number, rows in groupby(found, key=lambda row: row["reading"]))
        for table, found in tables.items()
        if table != "readings"
    }
    heads = {table: next(group, None) for table, group in groups.items()}
    for key in tables["readings"]:
        rows: dict[str, list[Row]] = {}
        for table, head in heads.items():
            if head is not None and head[0] == key["reading"]:
                rows[table] = head[1]
                heads[table] = next(groups[table], None)
            else:
                rows[table] = []
        yield key, rows
    for table, head in heads.items():
        if head is not None:
            raise StrayRows(f"{table}.parquet has rows of readings that the shard does not hold")


def _rows(path: Path, wanted: frozenset[int] | None) -> Iterator[Row]:
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow.parquet import ParquetFile

    numbers = None if wanted is None else pa.array(sorted(wanted), pa.int64())
    with ParquetFile(path) as file:
        groups = [n for n in range(file.num_row_groups) if wanted is None or _may_hold(file, n, wanted)]
        for batch in file.iter_batches(_BATCH, row_groups=groups):
            # Rows are in the order of their readings: behind the last one that is wanted there is none.
            if wanted and batch.num_rows and batch["reading"][0].as_py() > max(wanted):
                return
            chosen = batch if numbers is None else batch.filter(pc.is_in(batch["reading"], value_set=numbers))
            yield from chosen.to_pylist()


def _may_hold(file: ParquetFile, group: int, wanted: frozenset[int]) -> bool:
    """Tell by the bounds of a group of rows whether it may have a reading's; the numbers are its first column."""
    bounds = file.metadata.row_group(group).column(0).statistics
    return bounds is None or not bounds.has_min_max or any(bounds.min <= number <= bounds.max for number in wanted)
