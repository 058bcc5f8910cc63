"""The one who writes to an archive: holds its lock, finishes shards, takes reports out."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from melian.archive.columns import COLUMNS
from melian.archive.durable import explain_failure, settle_folder
from melian.archive.layout import find_archive, make_archive
from melian.archive.ledger import Entry, EntryKind, Snapshot, append_entry, read_ledger
from melian.archive.lock import held
from melian.archive.marks import hash_of
from melian.archive.shard import Shard


class Writer:
    """Writes to an archive while no other does. Use it as a context.

    Args:
        folder: The archive's folder.
        is_new_allowed: Make the archive where there is none.
        is_repair: Open it although its ledger may be broken, and clear nothing.

    Raises:
        ArchiveInUse: Another run is writing.
        BadArchive: The folder is no archive, or cannot be written.
    """

    def __init__(self, folder: str | Path, *, is_new_allowed: bool = False, is_repair: bool = False) -> None:
        self.layout = make_archive(Path(folder)) if is_new_allowed else find_archive(Path(folder))
        self._is_repair = is_repair
        self._stack = ExitStack()
        self._last = 0

    def __enter__(self) -> Self:
        self._stack.enter_context(held(self.layout.lock))
        try:
            if not self._is_repair:
                self._last = max(self.snapshot().next_number - 1, *self._numbers_set_aside())
                self._clear_leftovers()
        except BaseException:
            self._stack.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def snapshot(self) -> Snapshot:
        """Give what counts now."""
        return read_ledger(self.layout)

    def take_number(self) -> int:
        """Give a number that no entry has had in this run."""
        self._last += 1
        return self._last

    def begin_part(self, key: str, number: int) -> Path:
        """Make an empty folder for a shard that is being written.

        Raises:
            BadArchive: It cannot be made.
        """
        try:
            self.layout.parts.mkdir(exist_ok=True)
            # A worker that outlives its run by a moment writes under that run's own name.
            folder = self.layout.parts / f"{number:08d}-{key[:16]}-{os.getpid()}"
            folder.mkdir()
            return folder
        except OSError as error:
            raise explain_failure(error, self.layout.root) from error

    def commit(self, shard: Shard, *, kind: EntryKind = "shard", replaces: Iterable[int] = ()) -> Entry:
        """Make a written shard count: move it to its place, then write its entry.

        Raises:
            BadArchive: It cannot be moved or its entry cannot be written; then it does not count.
        """
        name = f"{shard.number:08d}-{shard.key[:16]}"
        entry = Entry(
            number=shard.number,
            kind=kind,
            key=shard.key,
            folder=name,
            files=shard.files,
            rows=dict(shard.rows),
            replaces=tuple(replaces),
            columns=hash_of(COLUMNS),
        )
        try:
            os.rename(shard.folder, self.layout.shards / name)
            settle_folder(self.layout.shards)
            append_entry(self.layout, entry)
        except OSError as error:
            raise explain_failure(error, self.layout.root) from error
        return entry

    def remove(self, reports: Iterable[str]) -> Entry:
        """Take reports out, with everything that came of them. Their bytes are gone after a compaction.

        Raises:
            BadArchive: It cannot be written.
        """
        entry = Entry(number=self.take_number(), kind="removal", removed=tuple(reports))
        try:
            append_entry(self.layout, entry)
        except OSError as error:
            raise explain_failure(error, self.layout.root) from error
        return entry

    def forget_replaced(self) -> None:
        """Delete the files of entries for which a compaction stands in."""
        self._clear_leftovers()

    def _numbers_set_aside(self) -> list[int]:
        return [0, *(int(path.stem) for path in self.layout.set_aside.glob("[0-9]*.json") if path.stem.isdigit())]

    def _clear_leftovers(self) -> None:
        """Delete what an interrupted run left: parts, shards without an entry, entries that are replaced."""
        snapshot = self.snapshot()
        numbers = {entry.number for entry in snapshot.entries}
        folders = {entry.folder for entry in snapshot.shards}
        try:
            # Entries first: an entry without its shard would be an error, a shard without its entry is a left-over.
            for path in self.layout.ledger.iterdir():
                if path.suffix != ".json" or path.name[0] == "." or int(path.stem) not in numbers:
                    path.unlink()
            settle_folder(self.layout.ledger)
            for path in self.layout.shards.iterdir():
                if path.name not in folders:
                    shutil.rmtree(path)
            if self.layout.parts.exists():
                for path in self.layout.parts.iterdir():
                    # A worker of the run that was killed may be writing its last file; what is left goes next time.
                    shutil.rmtree(path, ignore_errors=True)
        except OSError as error:
            raise explain_failure(error, self.layout.root) from error
