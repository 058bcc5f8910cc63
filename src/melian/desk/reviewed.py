"""What people say of the archive's records, as it stands at this moment and not when the desk was opened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from melian.archive.layout import find_archive
from melian.archive.review.correcting import Corrected, correct_reading
from melian.archive.review.queue import Review
from melian.archive.state import State, state_of
from melian.records import Correction


class Reviewed:
    """The machine's readings with the corrections in them, report by report.

    Args:
        folder: The archive.

    Raises:
        BadArchive: There is no archive, or it cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self._folder, self._layout = folder, find_archive(folder)
        self._lock = Lock()
        self._state = self.state()
        self._review = Review(folder)
        self._known: tuple[str, dict[str, list[Correction]]] = ("", {})

    def state(self) -> State:
        """Look at what the archive is made of now."""
        return state_of(self._layout)

    @contextmanager
    def held(self) -> Iterator[Review]:
        """Hold the reviewers' place, over the reports that are there now."""
        with self._lock:
            now = self.state()
            if now.reports != self._state.reports:
                self._state, self._review = now, Review(self._folder)
            yield self._review

    def corrected(self, report: str) -> Corrected:
        """Give a report's reading as people corrected it.

        Raises:
            KeyError: The archive has no such report.
        """
        with self.held() as review:
            reading = review.reading(report)
            return correct_reading(reading, self._corrections(review).get(report, []))

    def corrections(self, report: str) -> list[Correction]:
        """Give what people said of a report's records, undone answers among them."""
        with self.held() as review:
            return self._corrections(review).get(report, [])

    def _corrections(self, review: Review) -> dict[str, list[Correction]]:
        mark = self.state().corrections
        if mark != self._known[0]:
            found: dict[str, list[Correction]] = {}
            for one in review.corrections():
                found.setdefault(one.anchor.report, []).append(one)
            self._known = (mark, found)
        return self._known[1]
