"""Dated spans against gold that gives days in place of TIMEX3 values (TEI's when, from and to)."""

from __future__ import annotations

import re
from datetime import date

import msgspec

from melian.coding.dates.spans_of_days import Days, day_of, months_of, season_of, week_of, weekend_of, years_of
from melian.records import Span

Meant = tuple[Days, str]
"""The days that a value means, and its time of day (`T10:30`), "" where it has none."""

_CLOCK = re.compile(r"T[0-9]{2}:[0-9]{2}")


class DatedSpan(msgspec.Struct, frozen=True, kw_only=True):
    """One expression with the days it means: `when`, or `from` and `to`.

    What has other attributes only (`notBefore`, `notAfter`) means no certain days: it is not judged.

    Reference: TEI P5 Guidelines, section 13.3.7, Dates and Times.
    """

    span: Span
    when: str | None = None
    first: str | None = msgspec.field(default=None, name="from")
    last: str | None = msgspec.field(default=None, name="to")

    @property
    def meant(self) -> Meant | None:
        """The days it means, None where they are not certain."""
        if self.when is not None:
            return meant_by(self.when)
        return meant_by(f"{self.first}/{self.last}") if self.first and self.last else None


def meant_by(value: str) -> Meant | None:
    """Give the days that an ISO 8601 or TIMEX3 value means; None for lengths, repetitions and open values."""
    if "/" in value:
        first, _, last = value.partition("/")
        start, end = meant_by(first), meant_by(last)
        return ((start[0][0], end[0][1]), "") if start and end else None
    day, mark, rest = value.partition("T")
    clock = _CLOCK.match(mark + rest)
    days = _days_of(day)
    return (days, clock.group() if clock else "") if days else None


def _days_of(value: str) -> Days | None:
    parts = re.fullmatch(r"([0-9]{2,4})(?:-(W?)([0-9]{1,2}|SP|SU|FA|WI|Q[1-4]|H[12])(?:-([0-9]{1,2}|WE))?)?", value)
    if parts is None:
        return None
    year, rest, last = int(parts[1]), parts[3], parts[4]
    if len(parts[1]) < 4 or rest is None:
        count = 10 ** (4 - len(parts[1]))
        return years_of(year * count, count) if rest is None and year else None
    if parts[2]:
        try:
            monday = date.fromisocalendar(year, int(rest), 1)
        except ValueError:
            return None
        return weekend_of(monday) if last == "WE" else week_of(monday)
    if rest.isalpha():
        return season_of(year, rest)
    if not rest.isdigit():
        length = 3 if rest[0] == "Q" else 6
        return months_of(year, length * (int(rest[1]) - 1) + 1, length)
    if last == "WE" or not 1 <= int(rest) <= 12:
        return None
    return day_of(year, int(rest), int(last)) if last else months_of(year, int(rest))
