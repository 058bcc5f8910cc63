"""Days, weeks, months and years: choosing the one that is meant, and writing its value."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec.structs import replace

from melian.coding.dates.leaning import Leaning
from melian.coding.dates.meaning import Meaning
from melian.coding.dates.resolved import Resolved
from melian.coding.dates.spans_of_days import (
    Days,
    day_of,
    days_after,
    months_of,
    narrow,
    same_day,
    season_of,
    week_of,
    weekend_of,
    years_of,
)
from melian.records import Basis, Precision

FINENESS: dict[str, Precision] = {
    "D": "day", "N": "day", "W": "week", "WE": "week", "2W": "week", "M": "month", "Q": "season", "Y": "year",
    "E": "open", "C": "open",
}  # fmt: skip
_GRACE = timedelta(days=3)
_FAR, _NEAR = 290, 60
_NIGHT = "TNI"


def day(found: date | None, basis: Basis) -> Resolved:
    """Give one day."""
    return Resolved(found.isoformat(), "day", basis, found, found) if found else Resolved("XXXX-XX-XX", "day")


def unit_around(base: date, unit: str, basis: Basis) -> Resolved:
    """Give the day, week, weekend, month, quarter, year, decade or century around a day."""
    if unit in ("W", "WE"):
        days = week_of(base) if unit == "W" else weekend_of(base)
        year, week, _ = base.isocalendar()
        value = f"{year:04}-W{week:02}" + ("-WE" if unit == "WE" else "")
        return Resolved(value, "week", basis, *days) if days else Resolved("XXXX-WXX", "week")
    if unit == "M":
        return stated(Meaning("calendar", year=base.year, month=base.month), basis)
    if unit == "Q":
        return stated(Meaning("calendar", year=base.year, quarter=(base.month + 2) // 3), basis)
    if unit in ("Y", "E", "C"):
        years = {"Y": 1, "E": 10, "C": 100}[unit]
        return stated(Meaning("calendar", year=base.year - base.year % years, span_years=years), basis)
    return day(base, basis)


def _days(meaning: Meaning) -> Days | None:
    year = meaning.year
    if year is None:
        return None
    if meaning.month and meaning.day:
        return day_of(year, meaning.month, meaning.day)
    if meaning.month:
        return months_of(year, meaning.month) if 1 <= meaning.month <= 12 else None
    if meaning.season:
        return season_of(year, meaning.season)
    if meaning.quarter:
        return months_of(year, 3 * meaning.quarter - 2, 3)
    if meaning.half:
        return months_of(year, 6 * meaning.half - 5, 6)
    return years_of(year, meaning.span_years) if year >= 1 else None


def _value(meaning: Meaning) -> str:
    year = "XXXX" if meaning.year is None else f"{meaning.year:04}"
    if meaning.month and meaning.day:
        return f"{year}-{meaning.month:02}-{meaning.day:02}"
    if meaning.month:
        return f"{year}-{meaning.month:02}"
    if meaning.season:
        return f"{year}-{meaning.season}"
    if meaning.quarter:
        return f"{year}-Q{meaning.quarter}"
    if meaning.half:
        return f"{year}-H{meaning.half}"
    return year[: {1: 4, 10: 3, 100: 2}[meaning.span_years]]


def _precision(meaning: Meaning) -> Precision:
    edge = meaning.edge
    if meaning.day:
        return "day"
    if edge and edge not in ("earlier", "later"):
        if meaning.month:
            return "day" if edge.endswith(" D") else "week"
        if meaning.season or meaning.quarter or meaning.half:
            return "month"
        if meaning.span_years > 1:
            return "year"
        return "month" if edge in ("start", "end") else "season"
    if meaning.month:
        return "month"
    if meaning.season or meaning.quarter or meaning.half:
        return "season"
    return "year" if meaning.span_years == 1 else "open"


def _cut(days: Days, edge: str) -> Days:
    if edge.startswith(("first ", "last ")):
        side, amount, unit = edge.split()
        count = int(float(amount))
        if unit == "M":
            moved = same_day(days[0], count) if side == "first" else same_day(days[1] + timedelta(days=1), -count)
        else:
            step = count * (7 if unit == "W" else 1)
            moved = days_after(days[0], step) if side == "first" else days_after(days[1], 1 - step)
        if moved is None or not days[0] <= moved <= days[1]:
            return days
        return (days[0], moved - timedelta(days=1)) if side == "first" else (moved, days[1])
    if edge.startswith("nth "):
        _, number, unit = edge.split()
        length = 7 if unit == "W" else 1
        first = days_after(days[0], length * (int(number) - 1))
        if first is None or first > days[1]:
            return days
        return first, min(days[1], first + timedelta(days=length - 1))
    if edge in ("firsthalf", "secondhalf"):
        middle = days[0] + (days[1] - days[0]) / 2
        return (days[0], middle) if edge == "firsthalf" else (middle + timedelta(days=1), days[1])
    return narrow(days, edge)


def stated(meaning: Meaning, basis: Basis) -> Resolved:
    """Resolve a meaning whose year is known; an impossible day stays unresolved."""
    days = _days(meaning)
    if days is None:
        return Resolved(_value(meaning), _precision(meaning), "unknown")
    if meaning.edge and not meaning.day:
        days = _cut(days, meaning.edge)
    if meaning.unit == "W":
        return unit_around(days[0], "W", basis)
    value = _value(meaning)
    if meaning.kind == "time" and meaning.clock:
        value += meaning.clock
        if meaning.clock == _NIGHT:
            # A night goes over into the day behind; where the calendar ends, it ends with it.
            days = days[0], days_after(days[1], 1) or days[1]
    return Resolved(value, _precision(meaning), basis, *days)


def calendar(meaning: Meaning, anchor: date | None, leaning: Leaning) -> Resolved:
    """Resolve day, month, season, quarter or year; where no year is said, the nearest by the verb's leaning."""
    if meaning.year is not None:
        return stated(meaning, "stated")
    if anchor is None:
        return stated(meaning, "unknown")
    if meaning.year_shift is not None:
        return stated(replace(meaning, year=anchor.year + meaning.year_shift), "relative")
    choices: list[tuple[Days, Meaning]] = []
    for year in range(anchor.year - 5, anchor.year + 6):
        dated = replace(meaning, year=year)
        days = _days(dated)
        if days:
            choices.append((days, dated))
    if meaning.weekday:
        near = [c for c in choices if c[0][0].isoweekday() == meaning.weekday and abs((c[0][0] - anchor).days) < 400]
        choices = near or choices
    if not choices:
        return stated(meaning, "unknown")
    return stated(nearest(choices, meaning, anchor, leaning), "relative")


def nearest(choices: list[tuple[Days, Meaning]], meaning: Meaning, anchor: date, leaning: Leaning) -> Meaning:
    """Choose among years in order: "last", "this", "next", else the latest begun, or the next of a look ahead."""
    if meaning.shift == 0:
        return next((m for _, m in choices if m.year == anchor.year), choices[0][1])
    before = [m for days, m in choices if days[1] < anchor]
    after = [m for days, m in choices if days[0] > anchor]
    if meaning.shift == -1:
        return (before or [choices[0][1]])[-1]
    if meaning.shift == 1:
        return (after or [choices[-1][1]])[0]
    ahead = [(days, m) for days, m in choices if days[1] >= anchor]
    grace = _GRACE if meaning.day else timedelta(0)
    behind = [(days, m) for days, m in choices if days[0] - anchor <= grace]
    if not behind or not ahead:
        return (behind or ahead or choices)[0][1]
    to_come, gone = (ahead[0][0][0] - anchor).days, (anchor - behind[-1][0][1]).days
    is_future = leaning == "future" and (to_come < _FAR or gone > _NEAR)
    if leaning == "none":
        is_future = gone > _FAR and to_come < _NEAR
    return ahead[0][1] if is_future else behind[-1][1]


def day_alone(meaning: Meaning, text: Resolved | None, anchor: date | None, leaning: Leaning) -> Resolved:
    """Resolve "the 9th": of the month that the text named last, else the nearest one by the verb's leaning."""
    number = meaning.day or 1
    if text is not None and text.start and text.end and text.start.strftime("%Y%m") == text.end.strftime("%Y%m"):
        return stated(replace(meaning, form="calendar", year=text.start.year, month=text.start.month), "relative")
    months = [same_day(anchor.replace(day=1), step) for step in (-2, -1, 0, 1, 2)] if anchor else []
    days = [found[0] for first in months if first and (found := day_of(first.year, first.month, number))]
    behind = [each for each in days if anchor and each <= anchor]
    ahead = [each for each in days if anchor and each >= anchor]
    if not behind or not ahead:
        return Resolved(f"XXXX-XX-{number:02}", "day")
    return day(ahead[0] if leaning == "future" else behind[-1], "relative")


def weekday(meaning: Meaning, base: date | None, leaning: Leaning) -> Resolved:
    """Resolve a weekday: the latest on or before the base, or the next where the verb looks ahead."""
    number = meaning.weekday or 1
    if base is None:
        return Resolved(f"XXXX-WXX-{number}", "day")
    behind = (base.isoweekday() - number) % 7
    if meaning.unit == "W":
        step = number - base.isoweekday() + 7 * (meaning.shift or 0)
    elif meaning.from_text and meaning.shift == 0:
        step = -behind if behind <= 3 else 7 - behind
    elif meaning.shift == -1:
        step = -(behind or 7)
    elif meaning.shift == 1:
        step = 7 - behind
    elif meaning.shift == 0:
        step = number - base.isoweekday()
    elif leaning == "future":
        step = (7 - behind) % 7
    else:
        step = -behind
    return day(days_after(base, step), "relative")


def unit(meaning: Meaning, base: date | None, leaning: Leaning) -> Resolved:
    """Resolve "last week", "this year", "yesterday", "the weekend" and the parts of such units."""
    kind = meaning.unit or "D"
    unknown = {"W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX", "Y": "XXXX", "E": "XXX", "C": "XX"}
    if base is None:
        return Resolved(unknown.get(kind, "XXXX-XX-XX"), FINENESS.get(kind, "day"))
    amount = meaning.amount
    if amount is None:
        amount = 1 if leaning == "future" and kind == "WE" and base.weekday() == 6 else 0
        if leaning != "future" and kind == "WE" and base.weekday() < 5:
            amount = -1
    steps = int(amount)
    if kind in ("D", "N", "W", "WE"):
        moved = days_after(base, steps * (7 if kind in ("W", "WE") else 1))
    else:
        moved = same_day(base, steps * {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}.get(kind, 1))
    if moved is not None and meaning.year_shift is not None:
        moved = same_day(moved, 12 * meaning.year_shift)
    if moved is None:
        return Resolved(unknown.get(kind, "XXXX-XX-XX"), FINENESS.get(kind, "day"))
    if kind == "N":
        start = days_after(moved, -1)
        return Resolved(moved.isoformat(), "day", "relative", start, moved) if start else day(moved, "relative")
    return _with_edge(meaning, unit_around(moved, kind, "relative"), base)


def _with_edge(meaning: Meaning, found: Resolved, base: date) -> Resolved:
    edge = meaning.edge
    if edge is None or found.start is None or found.end is None or found.precision == "day":
        return found
    if edge.startswith("nth "):
        first, _ = _cut((found.start, found.end), edge)
        return day(first, "relative") if first > found.start or edge == "nth 1 D" else Resolved("XXXX-XX-XX", "day")
    if edge in ("earlier", "later"):
        if not found.start <= base <= found.end:
            return found
        return replace(found, end=base) if edge == "earlier" else replace(found, start=base)
    start, end = narrow((found.start, found.end), edge)
    finer: dict[Precision, Precision] = {
        "year": "month" if edge in ("start", "end") else "season",
        "month": "week",
        "week": "day",
    }
    return replace(found, start=start, end=end, precision=finer.get(found.precision, "year"))
