"""From an archive to its index: tables are copied through Arrow, words are listed, and the folder appears whole."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import closing
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from melian.archive import Archive
from melian.archive.limits import Limits
from melian.archive.state import State
from melian.desk.indexing.search import add_words, create_search

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

TABLES = (
    "events", "pairs", "holders", "statements", "reports", "actors", "disputes", "links", "linked_events",
    "linked_accounts", "linked_figures", "linked_disputes",
)  # fmt: skip
_LAID_OUT_ANEW = {"events", "pairs", "holders", "disputes", "links", "linked_events", "linked_disputes"}
"""Tables that are copied to be laid out otherwise, and not kept as they come."""
TABLES_FILE, WORDS_FILE = "tables.duckdb", "words.sqlite"
_MEMORY = "3GB"
_ASKED_OFTEN = ("linked_accounts", "figures")
"""Views between reports on which several tables rest."""
_BATCH = 20_000
_REPORTS_AT_ONCE = 5_000
Progress = Callable[[str], None]


def build_index(archive: Archive, state: State, cache_folder: Path, progress: Progress) -> Path:
    """Make the index of an archive, or find the one that was made of the same state.

    Args:
        archive: The archive.
        state: What it was made of when it was opened.
        cache_folder: Where indexes lie; those of other states of the archive are deleted.
        progress: Is told in words what is being done.

    Returns:
        The folder of the index.

    Raises:
        OSError: It cannot be written.
        BadArchive: A file of the archive cannot be read.
    """
    place = cache_folder / archive_mark(archive)
    folder = place / state_mark(archive, state)
    if folder.is_dir():
        return folder
    place.mkdir(parents=True, exist_ok=True)
    part = place / f"part-{os.getpid()}"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    try:
        if archive.is_linked:
            progress("Working out who says what of each happening")
        # What does not fit into memory lies there for a while.
        with TemporaryDirectory(prefix="spill-", dir=part) as spill:
            whole = _opened_whole(archive, spill)
            _write_tables(whole, part / TABLES_FILE, spill, progress)
            _write_words(whole, part, progress)
            del whole
        for old in place.iterdir():
            if old != part and not old.name.startswith("part-"):
                shutil.rmtree(old, ignore_errors=True)
        os.rename(part, folder)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return folder


def archive_mark(archive: Archive) -> str:
    """Give a name for the archive's folder."""
    return blake2b(str(archive.folder).encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()


def state_mark(archive: Archive, state: State) -> str:
    """Give a name for what the archive holds, what people say of it, and how it is indexed."""
    rows = archive.sql("SELECT count(*), max(reading), bit_xor(hash(reading, report, version, content)) FROM readings")
    digest = blake2b(repr((rows.to_pylist(), state.corrections, state.links, state.decisions)).encode(), digest_size=8)
    for name in (*(f"tables/{table}" for table in (*TABLES, "texts") if table != "disputes"), "after"):
        digest.update(_sql(name).encode())
    return digest.hexdigest()


def _opened_whole(archive: Archive, spill: str) -> Archive:
    """Open an archive to be read whole; what many tables rest on is worked out once."""
    limits = Limits(memory=_MEMORY, seconds=None, spill=spill)
    return Archive(archive.folder, limits, worked_out=_ASKED_OFTEN if archive.is_linked else ())


def _write_tables(archive: Archive, path: Path, spill: str, progress: Progress) -> None:
    import duckdb

    with closing(duckdb.connect(str(path), config={"temp_directory": spill, "memory_limit": _MEMORY})) as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.execute("CREATE SCHEMA copied")
        # Tables come in order and are read in order.
        for number, table in enumerate(TABLES, 1):
            progress(f"Copying {table} ({number} of {len(TABLES)})")
            rows = archive.disputes() if table == "disputes" else archive.sql(_sql(f"tables/{table}"))
            connection.register("rows", rows)
            name = f"copied.{table}" if table in _LAID_OUT_ANEW else table
            connection.execute(f"CREATE TABLE {name} AS SELECT * FROM rows")  # noqa: S608 - our own names
            connection.unregister("rows")
            del rows
        progress("Sorting names and pairs of countries")
        for statement in connection.extract_statements(_sql("after")):
            connection.execute(statement)
        connection.execute("CHECKPOINT")


def _write_words(archive: Archive, folder: Path, progress: Progress) -> None:
    import duckdb

    with (
        closing(duckdb.connect(str(folder / TABLES_FILE), read_only=True)) as tables,
        closing(create_search(folder / WORDS_FILE)) as search,
    ):
        progress("Listing the words of events")
        sentences = (
            "concat_ws(' ', words, array_to_string(source_names, ' '), array_to_string(target_names, ' '), place)"
        )
        for kind, words in (("events", sentences), ("statements", "words")):
            asked = tables.execute(f"SELECT id, {words} FROM {kind}")  # noqa: S608 - our own names
            while rows := asked.fetchmany(_BATCH):
                add_words(search, kind, rows)  # type: ignore[arg-type]
        for first, last, count in _stretches(tables):
            progress(f"Listing the words of reports ({count:,} so far)")
            numbers = dict(
                tables.execute(
                    "SELECT reading, id FROM reports WHERE reading BETWEEN ? AND ?", [first, last]
                ).fetchall()
            )
            texts = archive.sql(_sql("tables/texts"), {"first": first, "last": last + 1})
            pairs = zip(texts["reading"].to_pylist(), texts["words"].to_pylist(), strict=True)
            add_words(search, "reports", ((numbers[reading], words) for reading, words in pairs if reading in numbers))
        search.commit()


def _stretches(tables: DuckDBPyConnection) -> list[tuple[int, int, int]]:
    """Cut the readings into stretches of a few thousand reports: first, last, and how many came before."""
    return tables.execute(
        "SELECT min(reading), max(reading), part * $size FROM "
        "(SELECT reading, (row_number() OVER (ORDER BY reading) - 1) // $size AS part FROM reports) "
        "GROUP BY part ORDER BY part",
        {"size": _REPORTS_AT_ONCE},
    ).fetchall()


@cache
def _sql(name: str) -> str:
    return (files("melian.desk") / "indexing" / f"{name}.sql").read_text(encoding="utf-8")
