"""Feasts and anniversaries: days that come again every year."""

from __future__ import annotations

from datetime import date

import msgspec
from msgspec.structs import replace

from melian.coding.dates import calendar_forms as forms
from melian.coding.dates.leaning import Leaning
from melian.coding.dates.meaning import Meaning
from melian.coding.dates.resolved import Resolved
from melian.coding.dates.spans_of_days import Days, days_after, easter_of, islamic_day, orthodox_easter_of
from melian.knowledge.dates import Feast, feasts, time_limit
from melian.records import Basis

_OF_YEAR = 354
"""Days of the shorter Islamic year."""


class Named(msgspec.Struct, frozen=True):
    """A date beside an anniversary.

    Attributes:
        meaning: What its words say.
        is_same_day: It is the anniversary's own day ("on 3 May, the anniversary of the raid"); else what it is of.
        resolved: What it leads to.
    """

    meaning: Meaning
    is_same_day: bool
    resolved: Resolved


def feast(meaning: Meaning, anchor: date | None, leaning: Leaning) -> Resolved:
    """Resolve a feast in its year, or the nearest one by the verb's leaning; open where the calendar is not known."""
    row = next(row for row in feasts() if row.id == meaning.feast)
    year = meaning.year
    if year is None and meaning.year_shift is not None and anchor:
        year = anchor.year + meaning.year_shift
    basis: Basis = "stated" if meaning.year else "relative"
    if row.rule == "open":
        if year and 1 <= year <= 9999:
            return Resolved(f"{year:04}", "year", basis, date(year, 1, 1), date(year, 12, 31))
        return Resolved("XXXX")
    if row.rule[:2].isdigit():
        month, day = (int(part) for part in row.rule.split("-"))
        return forms.calendar(replace(meaning, form="calendar", month=month, day=day), anchor, leaning)
    years = [year] if year else [anchor.year + n for n in (-1, 0, 1)] if anchor else []
    times = [days for each in years for days in _times_of(row, each)]
    if not times:
        return Resolved(f"{year:04}" if year else "XXXX")
    start, end = times[0] if year or not anchor else _nearest(times, anchor, leaning)
    value = start.isoformat() if start == end else f"{start.isoformat()}/{end.isoformat()}"
    return Resolved(value, "day" if (end - start).days < 4 else "month", basis, start, end)


def _times_of(row: Feast, year: int) -> list[Days]:
    """Give the days of a movable feast in a year; an Islamic one may come twice, or not at all."""
    kind, rest = row.rule[:6], row.rule[6:]
    if kind == "easter" or row.rule.startswith("orthodox"):
        sunday = easter_of(year) if kind == "easter" else orthodox_easter_of(year)
        day = days_after(sunday, int(rest if kind == "easter" else row.rule[8:])) if sunday else None
        last = days_after(day, row.days - 1) if day else None
        return [(day, last)] if day and last else []
    month, number = (int(part) for part in rest.split("-"))
    # The month begins when the crescent is seen, which differs by country.
    margin = time_limit("sighting")
    found: list[Days] = []
    about = int((year - 622) * 365.2425 / (_OF_YEAR + 11 / 30))
    for islamic in range(max(about - 1, 1), about + 3):
        first = islamic_day(islamic, month, number)
        start = days_after(first, -margin) if first else None
        end = days_after(first, row.days - 1 + margin) if first else None
        if first and start and end and first.year == year:
            found.append((start, end))
    return found


def _nearest(times: list[Days], anchor: date, leaning: Leaning) -> Days:
    behind = [days for days in times if days[0] <= anchor]
    ahead = [days for days in times if days[1] >= anchor]
    return (ahead or behind)[0] if leaning == "future" else (behind or ahead)[-1]


def anniversary(meaning: Meaning, named: Named | None, anchor: date | None, leaning: Leaning) -> Resolved:
    """Resolve an anniversary by the date beside it; nothing is known of one that stands alone."""
    if named is None:
        return Resolved("XXXX-XX-XX")
    if named.is_same_day:
        return replace(named.resolved, basis="relative")
    day = named.meaning
    year = day.year + int(meaning.amount) if day.year and meaning.amount else None
    if year is None and not (day.month and day.day):
        return Resolved("XXXX-XX-XX")
    again = Meaning("calendar", year=year, month=day.month, day=day.day)
    if year is None:
        return forms.calendar(again, anchor, leaning)
    return forms.stated(again, "relative") if 1 <= year <= 9999 else Resolved("XXXX-XX-XX")
