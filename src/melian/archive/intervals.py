"""Stretches of time as people ask for them: `1995-01..1997-12`, `1995`, `2026-03-12..`."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from melian.errors import BadQuestion

_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class Interval:
    """Whole days, both ends included; None is an open end."""

    start: date | None = None
    end: date | None = None


def interval_of(words: str | None) -> Interval:
    """Read an interval; its ends are years, months or days, and either may be left out.

    Raises:
        BadQuestion: It is no interval, or ends before it begins.
    """
    if words is None:
        return Interval()
    first, dots, last = words.strip().partition("..")
    if not dots:
        last = first
    if not (first or last):
        raise _refusal(words)
    interval = Interval(_end_of(first, words)[0], _end_of(last, words)[1])
    if interval.start is not None and interval.end is not None and interval.end < interval.start:
        raise BadQuestion(
            f"The interval {words[:60]!r} ends before it begins", "the earlier end first", "Turn it round"
        )
    return interval


def _end_of(words: str, whole: str) -> tuple[date | None, date | None]:
    if not words:
        return None, None
    match = _DAY.fullmatch(words)
    if match is None or not words.isascii():
        raise _refusal(whole)
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        assert year is not None
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if day is None:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return date(year, month, day), date(year, month, day)
    except ValueError as error:  # calendar's own error is a ValueError too
        raise _refusal(whole) from error


def _refusal(words: str) -> BadQuestion:
    return BadQuestion(
        f"The interval {words[:60]!r} cannot be read",
        "two years, months or days with two dots between, such as 1995-01..1997-12, 1995 or 2026-03-12..",
        "Correct it",
    )
