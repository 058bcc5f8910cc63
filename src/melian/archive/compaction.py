"""Many shards into one, without what was removed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from melian.archive.abridging import stored_columns, stored_schema
from melian.archive.asking import unreadable
from melian.archive.columns import COLUMNS
from melian.archive.durable import explain_failure, settle_folder
from melian.archive.ledger import Entry, Snapshot
from melian.archive.limits import Limits
from melian.archive.linking.generations import newest_generation
from melian.archive.linking.link import link
from melian.archive.marks import hash_of
from melian.archive.parquet import stored_file, write_table
from melian.archive.review.corrections_file import drop_corrections
from melian.archive.review.samples import drop_from_samples
from melian.archive.shard import Shard
from melian.archive.views import open_history
from melian.archive.writer import Writer

if TYPE_CHECKING:
    import pyarrow as pa

_BATCH = 4_096


def compact(writer: Writer, *, drops_superseded: bool = False, drops_rejects: bool = False) -> Entry | None:
    """Write every shard anew as one, and then delete the old ones.

    Readings keep their numbers. Until the new shard's entry is written the old ones count, from then on the new one.

    Args:
        writer: Who holds the archive.
        drops_superseded: Leave out readings that a newer version has replaced.
        drops_rejects: Leave out the rejects.

    Returns:
        The new entry; None where there was nothing to do.

    Raises:
        BadArchive: A file cannot be read, or the new ones cannot be written. Then nothing has changed.
    """
    snapshot = writer.snapshot()
    if not snapshot.entries or (len(snapshot.entries) == 1 and not (drops_superseded or drops_rejects)):
        return None
    kept = _kept_readings(writer, snapshot, drops_superseded=drops_superseded)
    numbers = kept["reading"].combine_chunks()
    key = hash_of("compaction", *(entry.number for entry in snapshot.entries), drops_superseded, drops_rejects)
    number = writer.take_number()
    folder = writer.begin_part(key, number)
    rows: dict[str, int] = {}
    try:
        for table in COLUMNS:
            tables = iter(()) if table == "rejects" and drops_rejects else _chosen(writer, snapshot, table, numbers)
            rows[table] = write_table(folder / f"{table}.parquet", stored_columns(table), stored_schema(table), tables)
        settle_folder(folder)
        files = tuple(stored_file(folder / f"{table}.parquet") for table in COLUMNS)
    except OSError as error:
        raise explain_failure(error, writer.layout.root) from error
    shard = Shard(folder, key, number, files, rows)
    entry = writer.commit(shard, kind="compaction", replaces=[old.number for old in snapshot.entries])
    writer.forget_replaced()
    left = set(kept["report"].to_pylist())
    removed = {report for report, _ in snapshot.removals if report not in left}
    if removed:
        drop_corrections(writer.layout, removed)
        drop_from_samples(writer.layout, removed)
    if newest_generation(writer.layout) is not None:
        # What was removed must be gone from the tables of links too.
        link(writer, is_whole=True)
    return entry


def _kept_readings(writer: Writer, snapshot: Snapshot, *, drops_superseded: bool) -> pa.Table:
    import duckdb

    states = "('current')" if drops_superseded else "('current', 'superseded')"
    try:
        connection = open_history(writer.layout, snapshot, Limits())
        return connection.sql(f"SELECT reading, report FROM history WHERE state IN {states}").to_arrow_table()  # noqa: S608 - our own words
    except duckdb.Error as error:
        raise unreadable(error) from error


def _chosen(writer: Writer, snapshot: Snapshot, table: str, kept: pa.Array) -> Iterator[pa.Table]:
    """Yield the rows that stay, in order, a batch at a time."""
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow.parquet import ParquetFile

    seen: set[str] = set()
    try:
        for path in snapshot.files_of(table, writer.layout):
            with ParquetFile(path) as file:
                for batch in file.iter_batches(batch_size=_BATCH):
                    if table == "rejects":
                        marks = batch["reject"].to_pylist()
                        is_kept = pa.array([not (mark in seen or seen.add(mark)) for mark in marks], pa.bool_())  # type: ignore[func-returns-value]
                    else:
                        is_kept = pc.is_in(batch["reading"], value_set=kept)
                    rows = pa.Table.from_batches([batch.filter(is_kept)])
                    # A shard of an earlier version lacks what was added since.
                    yield pa.concat_tables([stored_schema(table).empty_table(), rows], promote_options="permissive")
    except (pa.ArrowException, OSError) as error:
        raise unreadable(error) from error
