"""Intervals of whole days: weeks, months, seasons and their parts. Functions are total: None beyond the calendar."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

Days = tuple[date, date]

SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def day_of(year: int, month: int, day: int) -> Days | None:
    """Give one day, or None where the calendar has no such day."""
    if not (1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    made = date(year, month, day)
    return made, made


def days_after(day: date, count: int) -> date | None:
    """Go forward (or back) by days."""
    if not 1 <= day.toordinal() + count <= date.max.toordinal():
        return None
    return day + timedelta(days=count)


def week_of(day: date) -> Days | None:
    """Give Monday to Sunday around a day (ISO 8601)."""
    first = days_after(day, -day.weekday())
    last = days_after(day, 6 - day.weekday())
    return (first, last) if first and last else None


def weekend_of(day: date) -> Days | None:
    """Give the Saturday and Sunday of a day's week."""
    week = week_of(day)
    return (week[1] - timedelta(days=1), week[1]) if week else None


def months_of(year: int, month: int, count: int = 1) -> Days | None:
    """Give whole months; `month` may lie outside 1 to 12 and carries into the year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    last_year, last_month = year + (month + count - 2) // 12, (month + count - 2) % 12 + 1
    if not (1 <= year <= 9999 and 1 <= last_year <= 9999):
        return None
    return date(year, month, 1), date(last_year, last_month, calendar.monthrange(last_year, last_month)[1])


def years_of(year: int, count: int = 1) -> Days | None:
    """Give whole years."""
    return months_of(year, 1, 12 * count)


def season_of(year: int, season: str) -> Days | None:
    """Give a northern season by its three months; winter begins in the December of its year."""
    return months_of(year, SEASON_MONTH[season], 3)


def same_day(day: date, months: int) -> date | None:
    """Go forward by months and keep the day, cut to the month's length."""
    month = months_of(day.year, day.month + months)
    if month is None:
        return None
    return month[0].replace(day=min(day.day, month[1].day))


def easter_of(year: int) -> date | None:
    """Compute western Easter Sunday.

    Reference: the anonymous Gregorian algorithm (Meeus, Jones and Butcher).
    """
    if not 1583 <= year <= 9999:
        return None
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def orthodox_easter_of(year: int) -> date | None:
    """Compute Easter Sunday of the eastern churches, in the Gregorian calendar.

    Reference: Meeus, Astronomical Algorithms, chapter 8 (Julian Easter).
    """
    if not 1583 <= year <= 9999:
        return None
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return days_after(date(year, month, day + 1), year // 100 - year // 400 - 2)


def islamic_day(year: int, month: int, day: int) -> date | None:
    """Give the Gregorian day of a day of the Islamic calendar by the tabular (civil) reckoning.

    Reference: Reingold and Dershowitz, Calendrical Calculations, chapter 7.
    """
    ordinal = day + 29 * (month - 1) + month // 2 + 354 * (year - 1) + (3 + 11 * year) // 30 + 227_014
    return date.fromordinal(ordinal) if 1 <= ordinal <= date.max.toordinal() else None


def narrow(days: Days, edge: str) -> Days:
    """Cut an interval to its early, mid or late third, or to its start or end (a month of a year, else a third)."""
    first, last = days
    length = (last - first).days + 1
    if length < 3:
        return days
    if length >= 365 and edge in ("start", "end"):
        return (first, first + timedelta(days=30)) if edge == "start" else (last - timedelta(days=30), last)
    if length in (365, 366) and first.month == 1:
        cuts = [date(first.year, 5, 1), date(first.year, 9, 1)]
    elif first.day == 1 and 28 <= length <= 31:
        cuts = [first.replace(day=11), first.replace(day=21)]
    elif 3652 <= length <= 3653:
        cuts = [date(first.year + 4, 1, 1), date(first.year + 7, 1, 1)]
    else:
        cuts = [first + timedelta(days=length // 3), first + timedelta(days=2 * length // 3)]
    if edge in ("early", "start"):
        return first, cuts[0] - timedelta(days=1)
    if edge == "mid":
        return cuts[0], cuts[1] - timedelta(days=1)
    return cuts[1], last
