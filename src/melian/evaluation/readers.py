"""From gold texts to readings: the one place where an evaluation meets the reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Protocol

from melian.errors import BadReport
from melian.intake import report_from_text
from melian.intake.published import read_published
from melian.records import Reading, Report, content_id

TOGETHER = 16
"""How many gold texts are handed to the reader at a time."""


class ReadsMany(Protocol):
    """What an evaluation needs of `melian.Reader`."""

    def read_many(self, reports: Iterable[Report]) -> Iterator[Reading]:
        """Read reports, in order."""


def report_of(text: str, published: str | None = None) -> Report:
    """Make a report of a gold text whose every word counts: headings and datelines are not set apart.

    Args:
        text: The gold text, kept as it stands, so that spans stay true.
        published: Day of publication; left out where it cannot be read.
    """
    return Report(id=content_id("r", text, published), text=text, published=_day(published))


def timed_report_of(text: str, published: str | None = None) -> Report:
    """Make such a report; where no day of publication can be read, the text's own line of date gives it."""
    report = report_of(text, published)
    return report if report.published else report_of(text, article_of(text).dateline.date)


def article_of(text: str, published: str | None = None) -> Report:
    """Make a report of a gold text as intake would, with headings, datelines and the like set apart.

    A text that intake would refuse, shift, or set apart as a whole is taken as it stands: gold is never refused.
    """
    day = _day(published)
    try:
        report = report_from_text(text, published=day)
    except BadReport:
        return report_of(text, day)
    is_covered = [False] * len(text)
    for part in report.furniture:
        is_covered[slice(*part.span)] = [True] * (part.span[1] - part.span[0])
    if len(report.text) != len(text) or all(c or t.isspace() for c, t in zip(is_covered, text, strict=True)):
        return report_of(text, day)
    return report


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


def _day(published: str | None) -> str | None:
    try:
        return read_published(published)
    except BadReport:
        return None
