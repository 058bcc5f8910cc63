"""Reports that are pasted or dropped, and their readings, which live as long as the desk does."""

from __future__ import annotations

import re
from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import TYPE_CHECKING

from melian.errors import BadReport
from melian.records import Reading, Report
from melian.settings import Settings

if TYPE_CHECKING:
    from melian.coding.coder import Coder

LARGEST_TEXT = 100_000
"""Characters of a pasted report: what is read while somebody waits."""
_MOST_WORDS = 30_000
"""Words and marks of a pasted report: prose of that length has fewer; a mark takes as long as a word."""
_MOST_TAGS = 20_000
_KEPT = 50
_WORD = re.compile(r"\w+|[^\w\s]")


class Pasted:
    """Reads one report at a time, with a reader that is loaded when the desk opens."""

    def __init__(self, settings: Settings | None = None) -> None:
        self._settings = settings or Settings()
        self._loading: Future[Coder] | None = None
        self._lock, self._begin_lock = Lock(), Lock()
        self._kept: OrderedDict[str, Reading] = OrderedDict()
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="reader")

    def begin_loading(self) -> None:
        """Load the models while the first page is looked at."""
        with self._begin_lock:
            self._loading = self._loading or self._worker.submit(self._load)

    def read(self, report: Report) -> Reading:
        """Read a report and keep the reading under the report's id."""
        self.begin_loading()
        assert self._loading is not None
        coder = self._loading.result()
        with self._lock:
            reading = coder.read_report(report)
            self._kept[report.id] = reading
            self._kept.move_to_end(report.id)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return reading

    def find(self, report: str) -> Reading | None:
        """Give the reading of a pasted report; None where it is not there any more."""
        return self._kept.get(report)

    def newest(self) -> list[Reading]:
        """Give the readings, the last one first."""
        return list(reversed(self._kept.values()))

    def _load(self) -> Coder:
        from melian.coding.coder import Coder
        from melian.intake import report_from_text

        coder = Coder(self._settings)
        # The first report takes longer than all that follow; it is not the user's.
        coder.read_report(report_from_text("Chad recalled its ambassador from Khartoum, officials said on Thursday."))
        return coder


def report_of(text: str, published: str | None, outlet: str | None, title: str | None) -> Report:
    """Make a report of pasted words.

    Raises:
        BadReport: It is too long for the desk, or nothing that can be read.
    """
    from melian.intake import report_from_text

    if len(text) > LARGEST_TEXT:
        raise BadReport(
            "too-long",
            f"This text has {len(text):,} characters",
            f"at most {LARGEST_TEXT:,} on this page",
            "Read it with melian read FILE",
        )
    words = sum(1 for _ in _WORD.finditer(text))
    if words > _MOST_WORDS:
        raise BadReport(
            "too-long",
            f"This text has {words:,} words and marks",
            f"at most {_MOST_WORDS:,} on this page",
            "Leave out what is not prose, or read it with melian read FILE",
        )
    return report_from_text(text, published=published, outlet=outlet, title=title)


def report_of_file(content: bytes, published: str | None, outlet: str | None, title: str | None) -> Report:
    """Make a report of a dropped file: plain text, or a saved web page.

    Raises:
        BadReport: It is too long, has more tags than any article, or is nothing that can be read.
    """
    from melian.intake import IntakeOptions
    from melian.intake.page import is_page, read_page
    from melian.intake.text import decode_bytes

    if not is_page(content[:65_536]):
        return report_of(decode_bytes(content).text, published, outlet, title)
    tags = content.count(b"<")
    if tags > _MOST_TAGS:
        raise BadReport(
            "too-many-tags",
            f"This page has {tags:,} tags",
            f"at most {_MOST_TAGS:,} on this page",
            "Paste the article's words instead, or read the page with melian read FILE",
        )
    return read_page(content, IntakeOptions(published=published, outlet=outlet, largest_report=LARGEST_TEXT))
