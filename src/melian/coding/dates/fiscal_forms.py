"""Fiscal years and their quarters as days: one interval where it is known how they lie, else one that holds all."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec.structs import replace

from melian.coding.dates.calendar_forms import nearest
from melian.coding.dates.leaning import Leaning
from melian.coding.dates.meaning import Beginning, Meaning
from melian.coding.dates.resolved import Resolved
from melian.coding.dates.spans_of_days import Days, day_of, narrow, same_day
from melian.records import Basis, Precision

_YEARS_AROUND = 4


def fiscal(meaning: Meaning, anchor: date | None, leaning: Leaning) -> Resolved:
    """Resolve a fiscal year, half or quarter.

    Args:
        meaning: What the words say; `beginnings` are the ways in which the year may lie.
        anchor: The day of publication.
        leaning: Whether the verb speaks of the past or the future.

    Returns:
        The days. Where nothing tells whose fiscal year it is, they hold every one that it may be, and the precision is
        "open". The basis is "stated" where all stands in the words, "relative" where something was found elsewhere.
    """
    found = [dated for one in meaning.beginnings if (dated := _dated(meaning, one, anchor, leaning)) is not None]
    if not found:
        return Resolved(_value(meaning), _precision(meaning))
    days = min(each[0][0] for each in found), max(each[0][1] for each in found)
    labels = {each[1] for each in found}
    value = _value(replace(meaning, year=labels.pop() if len(labels) == 1 else None))
    is_stated = meaning.year is not None and (meaning.is_spelt_out or len(meaning.beginnings) > 1)
    basis: Basis = "stated" if is_stated else "relative"
    is_one = all(each[0] == found[0][0] for each in found)
    return Resolved(value, _precision(meaning) if is_one else "open", basis, *days)


def _dated(meaning: Meaning, one: Beginning, anchor: date | None, leaning: Leaning) -> tuple[Days, int] | None:
    """Give the days by one way in which the year may lie, and the year that names it."""
    year = meaning.year
    if year is None and anchor is not None and meaning.year_shift is not None:
        year = anchor.year + meaning.year_shift
    if year is None and anchor is not None:
        around = range(anchor.year - _YEARS_AROUND, anchor.year + _YEARS_AROUND + 1)
        if meaning.shift is not None:
            # "The third quarter of last fiscal year": the year is told by the whole of it.
            whole = [label for label in around if (days := _year(label, one)) and days[0] <= anchor]
            year = whole[-1] + meaning.shift if whole else None
        else:
            choices = [(days, replace(meaning, year=label)) for label in around if (days := _part(meaning, label, one))]
            year = nearest(choices, meaning, anchor, leaning).year if choices else None
    days = _part(meaning, year, one) if year is not None else None
    return (days, year) if days is not None and year is not None else None


def _year(label: int, one: Beginning) -> Days | None:
    month, day, names_first = one
    starts = label if names_first or (month, day) == (1, 1) else label - 1
    first = day_of(starts, month, day)
    return _months(first[0], 12) if first else None


def _part(meaning: Meaning, label: int, one: Beginning) -> Days | None:
    days = _year(label, one)
    if days is not None and (meaning.quarter or meaning.half):
        length = 3 if meaning.quarter else 6
        first = same_day(days[0], length * ((meaning.quarter or meaning.half or 1) - 1))
        days = _months(first, length) if first else None
    return narrow(days, meaning.edge) if days is not None and meaning.edge else days


def _months(first: date, count: int) -> Days | None:
    behind = same_day(first, count)
    return (first, behind - timedelta(days=1)) if behind else None


def _value(meaning: Meaning) -> str:
    part = f"-Q{meaning.quarter}" if meaning.quarter else f"-H{meaning.half}" if meaning.half else ""
    return f"FY{'XXXX' if meaning.year is None else f'{meaning.year:04}'}{part}"


def _precision(meaning: Meaning) -> Precision:
    is_part = bool(meaning.quarter or meaning.half)
    if meaning.edge:
        return "month" if is_part or meaning.edge in ("start", "end") else "season"
    return "season" if is_part else "year"
