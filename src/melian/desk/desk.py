"""What the pages stand on: an archive with its index, pasted readings, and saved queries."""

from __future__ import annotations

import os
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Lock

from melian.archive import Archive
from melian.archive.durable import explain_failure
from melian.archive.limits import Limits
from melian.desk.choice import Choice
from melian.desk.indexing.build import build_index
from melian.desk.indexing.index import Index
from melian.desk.questions import Counted, Questions
from melian.desk.readings import Pasted
from melian.desk.saved import SavedQueries
from melian.errors import MelianError
from melian.records import Reading

_WHOLE = Limits(memory="4GB", seconds=None)
_QUERIES = Limits(memory="512MB", seconds=10.0)


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
        self.doing = ""
        self._cache_folder = cache_folder
        self._archive = Archive(folder, _WHOLE) if folder is not None else None
        self._asked = Archive(folder, _QUERIES) if folder is not None else None
        # A slow query of the user's must not hold up the pages.
        self._lock, self._query_lock, self._begin_lock = Lock(), Lock(), Lock()
        self._questions: Future[Questions] | None = None

    @property
    def archive(self) -> Archive | None:
        """The archive; its answers are given one at a time."""
        return self._archive

    def begin(self) -> None:
        """Load the reader and make the index, behind the first page's back."""
        self.pasted.begin_loading()
        # The first pages may be asked for at the same moment, from several threads.
        with self._begin_lock:
            if self._archive is not None and self._questions is None:
                self._questions = ThreadPoolExecutor(1, thread_name_prefix="index").submit(self._open_index)

    def questions(self) -> Questions:
        """Give the questions to the archive's index.

        Raises:
            NoArchive: The desk has no archive.
            NotReady: It is being made.
        """
        if self._archive is None:
            raise NoArchive(
                "This desk has no archive", "an archive for this page", "Start it with one: melian desk FOLDER"
            )
        self.begin()
        assert self._questions is not None
        if not self._questions.done():
            raise NotReady(self.doing)
        return self._questions.result()

    def wait(self) -> None:
        """Wait until the index is there."""
        self.begin()
        if self._questions is not None:
            self._questions.result()

    def reading(self, report: str) -> Reading:
        """Give a report's reading out of the archive.

        Raises:
            NotThere: The archive has no such report.
        """
        self.questions()
        assert self._archive is not None
        with self._lock:
            try:
                return self._archive.reading(report)
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

        self.questions()
        assert self._asked is not None
        with self._query_lock:
            answer = self._asked.sql(sql, most=most)
        return answer.column_names, list(table_rows(answer))

    def _open_index(self) -> Questions:
        assert self._archive is not None
        self.doing = "Looking at the archive"

        def note(words: str) -> None:
            self.doing = words

        try:
            with self._lock:
                folder = build_index(self._archive, self._cache_folder, note)
        except OSError as error:
            raise explain_failure(error, self._cache_folder) from error
        self.doing = "Opening the index"
        # The first chart and the first count take longer than all that follow; they are not the user's.
        import altair  # noqa: F401

        questions = Questions(Index(folder))
        questions.ask("facets", Counted, Choice())
        return questions


def usual_cache_folder() -> Path:
    """Give the folder in which this system keeps what can be made again."""
    if sys.platform == "win32":
        root = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        root = Path.home() / "Library" / "Caches"
    else:
        root = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(root) / "melian" / "desk"
