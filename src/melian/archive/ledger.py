"""The ledger: what is finished. A file that is not in it does not count; an entry appears whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from melian.archive.columns import COLUMNS
from melian.archive.durable import explain_failure, write_whole
from melian.archive.layout import Layout
from melian.archive.marks import hash_of
from melian.errors import BadArchive

_FOLDER = re.compile(r"\d+-\w+")
EntryKind = Literal["shard", "removal", "compaction"]
ROOM = 1 << 20
"""How many readings one shard may hold: a reading's number is its entry's, times this, plus its place in the shard."""


class StoredFile(msgspec.Struct, frozen=True, kw_only=True):
    """A Parquet file of a shard: its name, its bytes, and a hash of them."""

    name: str
    size: int
    digest: str


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was finished.

    Attributes:
        number: Entries are numbered upward; a later reading of a report stands in for an earlier one.
        kind: A shard of readings, a removal of reports, or a compaction that stands in for earlier entries.
        key: Hash of what went in: reports, settings, knowledge, model and code.
        folder: The shard's folder, None for a removal.
        files: The shard's files.
        rows: How many rows each table of the shard has.
        removed: Ids of the reports that a removal takes out.
        replaces: Numbers of the entries that a compaction stands in for.
        columns: Hash of the names of the shard's columns, which later versions may add to.
    """

    number: int
    kind: EntryKind
    key: str = ""
    folder: str | None = None
    files: tuple[StoredFile, ...] = ()
    rows: Mapping[str, int] = {}
    removed: tuple[str, ...] = ()
    replaces: tuple[int, ...] = ()
    columns: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The state of an archive at one moment: the entries that count, in order."""

    entries: tuple[Entry, ...]

    @property
    def shards(self) -> tuple[Entry, ...]:
        """The entries that hold readings."""
        return tuple(entry for entry in self.entries if entry.folder is not None)

    @property
    def removals(self) -> tuple[tuple[str, int], ...]:
        """Each removed report, and the number from which its readings would count again."""
        return tuple((report, entry.number * ROOM) for entry in self.entries for report in entry.removed)

    @property
    def next_number(self) -> int:
        """A number that no entry has."""
        return max((entry.number for entry in self.entries), default=0) + 1

    @property
    def is_of_this_version(self) -> bool:
        """Tell whether all shards have the columns of this version: then only one of them has to be asked for them."""
        return {entry.columns for entry in self.shards} <= {hash_of(COLUMNS)}

    def files_of(self, table: str, layout: Layout) -> list[str]:
        """Give the paths of a table's files."""
        return [str(layout.shards / str(entry.folder) / f"{table}.parquet") for entry in self.shards]


def read_ledger(layout: Layout) -> Snapshot:
    """Read which entries count.

    Raises:
        BadArchive: An entry cannot be read.
    """
    while True:
        read = [read_entry(path) for path in entry_paths(layout)]
        # Where an entry went away meanwhile, the one that stands in for it may be newer than the list of names.
        if None not in read:
            break
    found = {entry.number: entry for entry in read if entry is not None}
    replaced = {number for entry in found.values() for number in entry.replaces}
    return Snapshot(tuple(found[number] for number in sorted(found) if number not in replaced))


def entry_paths(layout: Layout) -> Iterator[Path]:
    """Yield the files of the ledger in order.

    Raises:
        BadArchive: The folder cannot be read.
    """
    try:
        yield from sorted(path for path in layout.ledger.iterdir() if path.suffix == ".json" and path.name[0] != ".")
    except OSError as error:
        raise explain_failure(error, layout.ledger) from error


def read_entry(path: Path) -> Entry | None:
    """Read one entry; None where a compaction has just taken it away.

    Raises:
        BadArchive: It is no entry.
    """
    try:
        entry = msgspec.json.decode(path.read_bytes(), type=Entry)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise explain_failure(error, path) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _broken(path, str(error)) from error
    if path.name != entry_name(entry.number) or (entry.folder is not None and _FOLDER.fullmatch(entry.folder) is None):
        raise _broken(path, "its name and its content differ")
    return entry


def append_entry(layout: Layout, entry: Entry) -> None:
    """Add an entry: from this moment it counts.

    Raises:
        OSError: It could not be written, and does not count.
    """
    write_whole(layout.ledger / entry_name(entry.number), msgspec.json.encode(entry) + b"\n")


def entry_name(number: int) -> str:
    """Give the name of an entry's file."""
    return f"{number:08d}.json"


def _broken(path: Path, why: str) -> BadArchive:
    return BadArchive(
        f"The ledger's entry {path} is broken: {why[:200]}",
        "what an add, a removal or a compaction writes",
        "Run melian archive verify FOLDER --set-aside, then the add again",
    )
