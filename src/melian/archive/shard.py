"""One shard: a folder of Parquet files, one a table."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from melian.archive.columns import COLUMNS, schema_of
from melian.archive.durable import digest_of, settle_folder
from melian.archive.ledger import ROOM, StoredFile
from melian.archive.marks import Making, Rejected, content_of
from melian.archive.rows import Row, day_of, rows_of, writable
from melian.records import Reading, to_json

COMPRESSION = "zstd"
_LEVEL = 9
"""Of 22: a seventh smaller than the usual 1, at a hundredth of the time that reading takes."""


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
        tables["readings"].append(_reading_row(reading, row_number, making))
        for table, rows in rows_of(reading, row_number).items():
            tables[table] += rows
    tables["rejects"] = [_reject_row(reject) for reject in rejects]
    files = tuple(_write_table(folder, table, rows) for table, rows in tables.items())
    settle_folder(folder)
    return Shard(folder, key, number, files, {table: len(rows) for table, rows in tables.items()})


def stored_file(path: Path) -> StoredFile:
    """Describe a finished file."""
    return StoredFile(name=path.name, size=path.stat().st_size, digest=digest_of(path))


def _write_table(folder: Path, table: str, rows: Iterable[Row]) -> StoredFile:
    import pyarrow as pa
    from pyarrow.parquet import write_table

    path = folder / f"{table}.parquet"
    with path.open("wb") as file:
        write_table(
            pa.Table.from_pylist(list(rows), schema=schema_of(table)),
            file,
            compression=COMPRESSION,
            compression_level=_LEVEL,
        )
        file.flush()
        os.fsync(file.fileno())
    return stored_file(path)


def _reading_row(reading: Reading, number: int, making: Making) -> Row:
    report, by = reading.report, reading.produced_by
    return {
        "reading": number,
        "report": writable(report.id),
        "outlet": writable(report.outlet) if report.outlet is not None else None,
        "published": day_of(report.published),
        "melian": by.melian,
        "model": by.model,
        "knowledge": by.knowledge,
        "settings": by.settings,
        "code": making.code,
        "version": making.version,
        "content": content_of(report),
        "json": to_json(reading),
    }


def _reject_row(reject: Rejected) -> Row:
    return {
        "reject": reject.mark,
        "source": writable(reject.source),
        "record": reject.record,
        "reason": writable(reject.reason),
        "message": writable(reject.message),
    }
