"""From gold texts to readings: the one place where an evaluation meets the reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Protocol

from melian.errors import BadReport
from melian.records import Reading, Report, content_id

TOGETHER = 16
"""How many gold texts are handed to the reader at a time."""


class ReadsMany(Protocol):
    """What an evaluation needs of `melian.Reader`."""

    def read_many(self, reports: Iterable[Report]) -> Iterator[Reading]:
        """Read reports, in order."""


def report_of(text: str, published: str | None = None) -> Report:
    """Make a report of a gold text exactly as it stands, so that spans stay true."""
    return Report(id=content_id("r", text, published), text=text, published=published)


def readings_of(reader: ReadsMany, reports: Iterable[Report]) -> Iterator[Reading | None]:
    """Yield one reading a report, in order; None for a report that the reader refuses."""
    rest = iter(reports)
    while chunk := list(islice(rest, TOGETHER)):
        try:
            readings = list(reader.read_many(chunk))
        except BadReport:
            readings = []
        if len(readings) == len(chunk):
            yield from readings
        else:
            # One of them was refused: find out which by asking for each alone.
            yield from (_read_alone(reader, report) for report in chunk)


def _read_alone(reader: ReadsMany, report: Report) -> Reading | None:
    try:
        return next(iter(reader.read_many([report])), None)
    except BadReport:
        return None
