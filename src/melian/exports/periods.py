"""Days, weeks, months and years as stretches of a calendar. Weeks begin on Monday."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

Unit = Literal["day", "week", "month", "year"]


def period_of(day: date, unit: Unit) -> date:
    """Give the first day of the period in which a day lies."""
    if unit == "year":
        return day.replace(month=1, day=1)
    if unit == "month":
        return day.replace(day=1)
    # The first week of all began before the calendar does.
    return date.fromordinal(max(1, day.toordinal() - day.weekday())) if unit == "week" else day


def next_period(period: date, unit: Unit) -> date:
    """Give the first day of the period behind one; the last day of all where the calendar ends."""
    try:
        if unit == "year":
            return period.replace(year=period.year + 1)
        if unit == "month":
            return date(period.year + period.month // 12, period.month % 12 + 1, 1)
        return period + timedelta(days=7 if unit == "week" else 1)
    except (ValueError, OverflowError):
        return date.max
