"""One shard: a folder of Parquet files, one a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from melian.archive.abridging import abridged, stored_columns, stored_schema
from melian.archive.columns import COLUMNS, schema_of
from melian.archive.durable import settle_folder
from melian.archive.ledger import ROOM, StoredFile
from melian.archive.marks import Making, Rejected, content_of
from melian.archive.parquet import LEVEL, stored_file, write_table
from melian.archive.rebuilding import exact_form
from melian.archive.rows import Row, Rows, rows_of, writable
from melian.archive.standing import with_standing
from melian.records import Reading


@dataclass(frozen=True, slots=True)
class Shard:
    """A shard that is written and not yet in the ledger.

    Attributes:
        folder: Where it lies.
        key: Hash of what went in.
        number: The entry that it will be.
        files: Its files.
        rows: How many rows each table has.
    """

    folder: Path
    key: str
    number: int
    files: tuple[StoredFile, ...]
    rows: Mapping[str, int]


def write_shard(
    folder: Path, key: str, number: int, readings: Sequence[Reading], rejects: Sequence[Rejected], making: Making
) -> Shard:
    """Write the tables of a shard and wait until they are on the disk.

    Args:
        folder: An empty folder.
        key: Hash of what went in.
        number: The number of the entry that the shard will be.
        readings: At most `ROOM` of them, each of another report.
        rejects: What gave no reading.
        making: What made the readings.

    Raises:
        OSError: It could not be written.
        ValueError: There are more readings than a shard holds.
    """
    if len(readings) > ROOM:
        raise ValueError(f"a shard holds {ROOM} readings, not {len(readings)}")
    tables: dict[str, list[Row]] = {table: [] for table in COLUMNS}
    for place, reading in enumerate(readings):
        row_number = number * ROOM + place
        found = rows_of(reading, row_number)
        tables["readings"].append(reading_row(reading, row_number, making.code, making.version, found))
        for table, rows in found.items():
            tables[table] += rows
    tables["rejects"] = [_reject_row(reject) for reject in rejects]
    return write_tables(folder, key, number, tables)


def write_tables(folder: Path, key: str, number: int, tables: Mapping[str, list[Row]], level: int = LEVEL) -> Shard:
    """Write the rows of a shard's tables.

    Args:
        folder: An empty folder.
        key: Hash of what went in.
        number: The number of the entry that the shard will be.
        tables: The rows of every table.
        level: How hard zstd tries.

    Raises:
        OSError: It could not be written.
    """
    import pyarrow as pa

    told = [pa.Table.from_pylist(tables[table], schema=schema_of(table)) for table in ("events", "claims", "disputes")]
    columns = {
        table: pa.Table.from_pylist(rows, schema=stored_schema(table)) for table, rows in abridged(tables).items()
    } | {"events": with_standing(*told)}
    for table, rows in columns.items():
        write_table(folder / f"{table}.parquet", stored_columns(table), stored_schema(table), [rows], level)
    settle_folder(folder)
    files = tuple(stored_file(folder / f"{table}.parquet") for table in columns)
    return Shard(folder, key, number, files, {table: rows.num_rows for table, rows in columns.items()})


def reading_row(reading: Reading, number: int, code: str, version: str, rows: Rows) -> Row:
    """Make a reading's row among the readings.

    Args:
        reading: The reading.
        number: Its number in the archive.
        code: Hash of the code that made it.
        version: One word for all that made it.
        rows: Its rows in every other table.
    """
    by = reading.produced_by
    key: Row = {
        "reading": number,
        "report": writable(reading.report.id),
        "melian": by.melian,
        "model": by.model,
        "knowledge": by.knowledge,
        "settings": by.settings,
        "code": code,
        "version": version,
        "content": content_of(reading.report),
    }
    return {**key, "exact": exact_form(reading, key, rows)}


def _reject_row(reject: Rejected) -> Row:
    return {
        "reject": reject.mark,
        "source": writable(reject.source),
        "record": reject.record,
        "reason": writable(reject.reason),
        "message": writable(reject.message),
    }
