"""Is everything there and whole? What is broken, and what to do."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from melian.archive.abridging import stored_schema
from melian.archive.asking import unreadable
from melian.archive.columns import COLUMNS
from melian.archive.durable import digest_of, explain_failure, settle_folder
from melian.archive.layout import Layout
from melian.archive.ledger import Entry, entry_name, entry_paths, read_entry, read_ledger
from melian.archive.limits import Limits
from melian.archive.marks import Making, content_of
from melian.archive.rebuilding import rebuild
from melian.archive.review.corrections_file import read_corrections
from melian.archive.review.samples import read_sample, sample_names
from melian.archive.rows import Row, Rows
from melian.archive.stored import StrayRows, rows_of_readings
from melian.archive.views import open_history, question
from melian.archive.writer import Writer
from melian.errors import BadArchive, MelianError

_AGAIN = "Run melian archive verify FOLDER --set-aside, then the add again: it reads what is missing"
_ENTRY_AGAIN = f"{_AGAIN}. If it was a removal, remove the reports again"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    Attributes:
        what: What was found.
        do: What to do about it.
        entry: The ledger's file that it belongs to, None where no shard is broken.
    """

    what: str
    do: str
    entry: str | None = None


def verify(layout: Layout) -> Iterator[Finding]:
    """Check every entry, file, hash, row and reading. Nothing is changed.

    Yields:
        What is wrong; nothing where all is well.
    """
    entries: list[Entry] = []
    broken: list[Finding] = []
    for path in entry_paths(layout):
        try:
            entry = read_entry(path)
        except BadArchive as error:
            broken.append(Finding(error.found, _ENTRY_AGAIN, path.name))
        else:
            entries += [entry] if entry is not None else []
    yield from broken
    replaced = {number for entry in entries for number in entry.replaces}
    counting = [entry for entry in entries if entry.folder is not None and entry.number not in replaced]
    numbers: Counter[int] = Counter()
    for entry in counting:
        for what in _faults(layout, entry, numbers):
            broken.append(Finding(f"Shard {entry.folder}: {what}", _AGAIN, entry_name(entry.number)))
            yield broken[-1]
    if not broken:
        yield from _doubled(layout, numbers)
    yield from _leftovers(layout, {entry.folder for entry in counting})
    yield from _review_faults(layout)


def set_aside(writer: Writer, names: set[str]) -> None:
    """Take broken shards out of the archive; they are kept in its folder `set-aside`.

    Args:
        writer: Who holds the archive.
        names: Files of the ledger, as findings name them.

    Raises:
        BadArchive: They cannot be moved.
    """
    layout = writer.layout
    try:
        layout.set_aside.mkdir(exist_ok=True)
        for name in sorted(names):
            # The entry goes first: from then on its shard is a left-over and no error.
            os.replace(layout.ledger / name, layout.set_aside / name)
            settle_folder(layout.ledger)
            for folder in layout.shards.glob(f"{name.removesuffix('.json')}-*"):
                os.replace(folder, layout.set_aside / folder.name)
    except OSError as error:
        raise explain_failure(error, layout.root) from error


def _faults(layout: Layout, entry: Entry, numbers: Counter[int]) -> Iterator[str]:
    folder = layout.shards / str(entry.folder)
    is_whole = True
    if {stored.name for stored in entry.files} != {f"{table}.parquet" for table in COLUMNS}:
        yield "its entry does not name the files of a shard"
        return
    for stored in entry.files:
        try:
            size, digest = (folder / stored.name).stat().st_size, digest_of(folder / stored.name)
        except OSError as error:
            yield f"{stored.name} cannot be read: {error.strerror or error}"
            is_whole = False
            continue
        if (size, digest) != (stored.size, stored.digest):
            yield f"{stored.name} has {size:,} bytes with another hash than the {stored.size:,} that were written"
            is_whole = False
    if is_whole:
        yield from _row_faults(layout, entry, numbers)


def _row_faults(layout: Layout, entry: Entry, numbers: Counter[int]) -> Iterator[str]:
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    folder, is_readable = layout.shards / str(entry.folder), True
    for table in COLUMNS:
        try:
            with ParquetFile(folder / f"{table}.parquet") as file:
                if file.metadata.num_rows != entry.rows.get(table):
                    yield f"{table}.parquet has {file.metadata.num_rows} rows and not {entry.rows.get(table)}"
                if missing := set(stored_schema(table).names) - set(file.schema_arrow.names):
                    yield f"{table}.parquet lacks the column {sorted(missing)[0]}"
                    is_readable = False
        except (ArrowException, OSError) as error:
            yield f"{table}.parquet cannot be read: {str(error)[:200]}"
            is_readable = False
    if is_readable:
        try:
            for key, rows in rows_of_readings(folder):
                numbers[int(str(key["reading"]))] += 1
                yield from _reading_faults(key, rows)
        except (ArrowException, OSError, StrayRows) as error:
            yield str(error)[:200]


def _reading_faults(key: Row, rows: Rows) -> Iterator[str]:
    try:
        reading = rebuild(key, rows)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        yield f"reading {key['reading']} cannot be decoded: {str(error)[:200]}"
        return
    version = Making(produced_by=reading.produced_by, code=str(key["code"])).version
    found = (reading.report.id, content_of(reading.report), version)
    if found != (key["report"], key["content"], key["version"]):
        yield f"reading {key['reading']} is not of the report and version that its row names"


def _doubled(layout: Layout, numbers: Counter[int]) -> Iterator[Finding]:
    import duckdb

    numbered = [number for number, times in numbers.items() if times > 1]
    if numbered:
        yield Finding(f"{len(numbered)} readings stand in two shards, such as number {numbered[0]}", _AGAIN)
    try:
        rows = open_history(layout, read_ledger(layout), Limits()).sql(question("doubled")).fetchall()
    except duckdb.Error as error:
        raise unreadable(error) from error
    if rows:
        yield Finding(
            f"{len(rows)} reports were read twice by the same version, such as {rows[0][0][:60]!r}",
            "Run melian archive compact FOLDER --drop-superseded: the newest reading of each stays",
        )


def _review_faults(layout: Layout) -> Iterator[Finding]:
    try:
        read_corrections(layout)
        for name in sample_names(layout):
            read_sample(layout, name)
    except MelianError as error:
        yield Finding(error.found, error.do)


def _leftovers(layout: Layout, folders: set[str | None]) -> Iterator[Finding]:
    lost = [path.name for path in layout.shards.iterdir() if path.name not in folders] if layout.shards.exists() else []
    if lost:
        yield Finding(
            f"{len(lost)} shards are not in the ledger, such as {lost[0]}: an interrupted run left them",
            "Nothing is lost: the next add or compact clears them",
        )
