"""So long ago, so much later, in the last weeks: from a base and an amount to an interval."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from melian.coding.dates import calendar_forms as forms
from melian.coding.dates.amounts import DAYS_OF, MONTHS_OF, duration_value
from melian.coding.dates.meaning import Meaning
from melian.coding.dates.resolved import Resolved
from melian.coding.dates.spans_of_days import days_after, same_day
from melian.records import Basis

_HOURS = {"TH": 1, "TM": 60, "TS": 3600}
_FARTHEST = 100_000


def open_ended(meaning: Meaning, base: date | None) -> Resolved:
    """Resolve now, lately and soon: open towards the side that the words leave open.

    "In recent weeks" reaches as far back as the table says that a few weeks do.
    """
    basis: Basis = "relative" if base else "unknown"
    start = base if meaning.value in ("PRESENT_REF", "FUTURE_REF") else None
    end = base if meaning.value in ("PRESENT_REF", "PAST_REF") else None
    if base and meaning.spread and meaning.unit:
        far = moved(base, meaning.unit, meaning.spread[1] * (-1 if meaning.value == "PAST_REF" else 1))
        start, end = (far, base) if meaning.value == "PAST_REF" else (base, far)
    return Resolved(meaning.value, "open", basis, start, end)


def moved(base: date, unit: str, amount: float) -> date | None:
    """Go forward (or back) by units; what is less than a day stays on the day."""
    if abs(amount) > _FARTHEST:
        return None
    if unit in MONTHS_OF:
        return same_day(base, round(amount * MONTHS_OF[unit]))
    if unit in _HOURS:
        return days_after(base, int(amount / _HOURS[unit] / 24))
    return days_after(base, round(amount * DAYS_OF.get(unit, 7)))


def coarse_ago(meaning: Meaning, text: Resolved, base: date | None) -> Resolved:
    """A year before a month is a month, two years after a year is a year."""
    unit, amount = meaning.unit or "D", meaning.amount
    if amount is None or base is None or unit not in MONTHS_OF or abs(amount) > 1000 or text.start is None:
        return ago(meaning, base)
    months = round(amount * MONTHS_OF[unit])
    moved = same_day(text.start, months)
    if moved is None:
        return Resolved("XXXX")
    if text.precision == "year" and months % 12 == 0:
        return forms.stated(Meaning("calendar", year=moved.year), "relative")
    return forms.stated(Meaning("calendar", year=moved.year, month=moved.month), "relative")


def ago(meaning: Meaning, base: date | None) -> Resolved:
    """So many units before or after the base: a day, or the week, month or year around it."""
    unit, amount = meaning.unit or "D", meaning.amount
    if amount is None:
        return _vaguely_ago(meaning, base)
    if base is None:
        blank = {"M": "XXXX-XX", "Y": "XXXX", "E": "XXX", "W": "XXXX-WXX"}.get(unit, "XXXX-XX-XX")
        return Resolved(blank, forms.FINENESS.get(unit, "day"))
    if unit in _HOURS:
        hours = abs(amount) / _HOURS[unit]
        days = round(amount / 24) if hours >= 24 and unit == "TH" else 0
        return forms.day(days_after(base, days) if abs(days) < 10**6 else None, "relative")
    there = moved(base, unit, amount)
    if there is None:
        return Resolved("PAST_REF" if amount < 0 else "FUTURE_REF")
    if unit in ("D", "N"):
        return forms.day(there, "relative")
    if amount != int(amount):
        return forms.unit_around(there, "M" if unit == "Y" else "W" if unit == "M" else "D", "relative")
    return forms.unit_around(there, "W" if unit in ("W", "2W") else unit, "relative")


def _vaguely_ago(meaning: Meaning, base: date | None) -> Resolved:
    """Several weeks ago: between the fewest and the most that the word can mean."""
    is_behind = (meaning.shift or -1) < 0
    value = "PAST_REF" if is_behind else "FUTURE_REF"
    if base is None or meaning.spread is None:
        return open_ended(replace(meaning, value="PAST_REF", spread=None), base if not meaning.from_text else None)
    sign = -1 if is_behind else 1
    near, far = (moved(base, meaning.unit or "D", sign * count) for count in meaning.spread)
    start, end = (far, near) if is_behind else (near, far)
    return Resolved(value, "open", "relative", start, end)


def past(meaning: Meaning, base: date | None) -> Resolved:
    """The past three weeks: from so long before the base to it."""
    unit, amount, shift = meaning.unit or "D", meaning.amount or 1, meaning.shift or -1
    value = duration_value(unit, amount)
    there = moved(base, unit, shift * (-(-amount // 24) * 24 if unit == "TH" else amount)) if base else None
    if base is None or there is None:
        return Resolved(value, forms.FINENESS.get(unit, "day") if base is None else "open")
    start, end = (there, base) if there <= base else (base, there)
    return Resolved(value, forms.FINENESS.get(unit, "day"), "relative", start, end)
