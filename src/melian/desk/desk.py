"""What the pages stand on: an archive with its index, people who review it, pasted readings, and saved queries."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from melian.archive.review.queue import Review
from melian.desk.opened import Opened, link_reports, open_archive
from melian.desk.questions import Questions
from melian.desk.readings import Pasted
from melian.desk.reviewed import Reviewed
from melian.desk.saved import SavedQueries
from melian.errors import MelianError
from melian.records import Reading

_MOMENT = 1.0
"""Seconds for which a page waits for a newer index, where the last one took no longer."""
_REST = 5
"""An index is not made anew unasked before so many times its own making have passed."""


class NotReady(Exception):
    """The index is being made."""


class NotThere(MelianError):
    """A page about something that is not in the archive."""


class NoArchive(MelianError):
    """A page over an archive, where the desk was opened without one."""


class Desk:
    """The archive, if there is one, and what was pasted.

    Args:
        folder: The archive's folder; None for a desk over pasted reports alone.
        cache_folder: Where indexes and saved queries lie.

    Raises:
        BadArchive: There is no archive in the folder, or a file of it cannot be read.
    """

    def __init__(self, folder: Path | None, cache_folder: Path, pasted: Pasted | None = None) -> None:
        self.pasted = pasted or Pasted()
        self.saved = SavedQueries(cache_folder / "queries.json")
        self.doing = self.failed = ""
        self._folder, self._cache_folder = folder, cache_folder
        self._reviewed = Reviewed(folder) if folder is not None else None
        # A slow query of the user's must not hold up the pages.
        self._query_lock, self._begin_lock = Lock(), Lock()
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="index")
        self._opened: Future[Opened] | None = None
        self._coming: Future[Opened] | None = None
        self._took, self._made = 0.0, 0.0

    @property
    def has_archive(self) -> bool:
        """Tell whether there is an archive, so that the pages over it are offered."""
        return self._folder is not None

    @property
    def folder(self) -> Path:
        """The archive's folder.

        Raises:
            NoArchive: The desk has no archive.
        """
        if self._folder is None:
            raise _no_archive()
        return self._folder

    def begin(self) -> None:
        """Load the reader and make the index, behind the first page's back."""
        self.pasted.begin_loading()
        # The first pages may be asked for at the same moment, from several threads.
        with self._begin_lock:
            if self._folder is not None and self._opened is None:
                self._opened = self._worker.submit(self._open)

    def questions(self) -> Questions:
        """Give the questions to the archive's index.

        Raises:
            NoArchive: The desk has no archive.
            NotReady: It is being made.
        """
        return self._current().questions

    def wait(self) -> None:
        """Wait until the index is there, and until it is up to date where that was asked for."""
        self.begin()
        for one in (self._opened, self._coming):
            if one is not None:
                wait([one])
        if self._opened is not None:
            self._opened.result()

    def refresh(self, seconds: float, *, has_to_link: bool = False) -> None:
        """Make the index of what the archive holds now. The lists show the old one until then.

        Args:
            seconds: Wait so long for it, so that a small archive is up to date when the next page is asked for.
            has_to_link: Link the reports first that are new.
        """
        self._current()
        with self._begin_lock:
            self.failed = ""
            coming = self._coming = self._worker.submit(self._open, has_to_link=has_to_link)
        wait([coming], timeout=seconds)

    def keep_up(self) -> None:
        """Begin a new index where the archive holds more than the last one; a small archive's is there at once."""
        if not self.changes() or self.is_refreshing() or self.failed:
            return
        if time.monotonic() - self._made >= _REST * self._took:
            self.refresh(_MOMENT if self._took < _MOMENT else 0.0)

    def is_refreshing(self) -> bool:
        """Tell whether the index is being made anew."""
        self._take_over()
        return self._coming is not None

    def changes(self) -> list[str]:
        """Name what has come to the archive since the index was made; nothing while the first one is made."""
        opened = self._opened
        if self._reviewed is None or opened is None or not opened.done() or opened.exception() is not None:
            return []
        return self._current().changes(self._reviewed.state())

    @contextmanager
    def reviewing(self) -> Iterator[Review]:
        """Hold the reviewers' place for a moment: one at a time.

        Raises:
            NoArchive: The desk has no archive.
        """
        with self.reviewed().held() as review:
            yield review

    def reviewed(self) -> Reviewed:
        """Give what people say of the archive's records.

        Raises:
            NoArchive: The desk has no archive.
        """
        if self._reviewed is None:
            raise _no_archive()
        return self._reviewed

    def reading(self, report: str) -> Reading:
        """Give a report's reading out of the archive, with all that people said of it up to now.

        Raises:
            NotThere: The archive has no such report.
        """
        try:
            return self.reviewed().corrected(report).reading
        except KeyError:
            raise NotThere(
                f"The archive has no report {report[:60]!r}", "a report's id", "Look for it on the page of reports"
            ) from None

    def query(self, sql: str, most: int) -> tuple[list[str], list[list[object]]]:
        """Answer the user's SQL within limits: names of columns, and rows.

        Raises:
            BadQuestion: It is wrong, does more than read, or uses more than the limits allow.
        """
        from melian.exports.answers import table_rows

        asked = self._current().asked
        with self._query_lock:
            answer = asked.sql(sql, most=most)
        return answer.column_names, list(table_rows(answer))

    def _current(self) -> Opened:
        if self._folder is None:
            raise _no_archive()
        self.begin()
        self._take_over()
        assert self._opened is not None
        if not self._opened.done():
            raise NotReady(self.doing)
        return self._opened.result()

    def _take_over(self) -> None:
        """Put a new index in the place of the old one as soon as it is there; one that failed leaves the old."""
        with self._begin_lock:
            coming = self._coming
            if coming is None or not coming.done():
                return
            self._coming = None
            error = coming.exception()
            if error is None:
                self._opened = coming
            elif isinstance(error, MelianError):
                self.failed = str(error)
            else:
                raise error

    def _open(self, *, has_to_link: bool = False) -> Opened:
        def note(words: str) -> None:
            self.doing = words

        if has_to_link:
            note("Linking the reports")
            link_reports(self.folder)
        began = time.monotonic()
        opened = open_archive(self.folder, self._cache_folder, note)
        self._made = time.monotonic()
        self._took = self._made - began
        return opened


def _no_archive() -> NoArchive:
    return NoArchive("This desk has no archive", "an archive for this page", "Start it with one: melian desk FOLDER")


def usual_cache_folder() -> Path:
    """Give the folder in which this system keeps what can be made again."""
    if sys.platform == "win32":
        root = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        root = Path.home() / "Library" / "Caches"
    else:
        root = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(root) / "melian" / "desk"
