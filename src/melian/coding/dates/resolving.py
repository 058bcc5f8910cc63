"""From what the words say to an interval of days, given the date they lean on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from melian.coding.dates import calendar_forms as forms
from melian.coding.dates.amounts import DAYS_OF, MONTHS_OF, duration_value
from melian.coding.dates.leaning import Leaning
from melian.coding.dates.meaning import Meaning
from melian.coding.dates.resolved import Resolved
from melian.coding.dates.spans_of_days import Days, days_after, easter_of, same_day
from melian.knowledge.dates import feasts
from melian.records import Basis


@dataclass(frozen=True, slots=True)
class Anchors:
    """The dates that expressions lean on.

    Attributes:
        published: The day of publication, None where unknown.
        text: The date that stands last before the expression, with its precision.
        sentence: The day that the same sentence names.
        leaning: Whether the verb speaks of the past or the future.
        is_behind_since: The word before is "since".
    """

    published: date | None = None
    text: Resolved | None = None
    sentence: Days | None = None
    leaning: Leaning = "past"
    is_behind_since: bool = False


def resolve(meaning: Meaning, anchors: Anchors) -> Resolved:
    """Resolve one meaning. Never a guess: where the anchor is missing, the interval stays empty."""
    found = _resolve(meaning, anchors)
    if found.start and found.end and found.start > found.end:
        found = Resolved(found.value)
    if anchors.is_behind_since and found.start and meaning.kind in ("date", "time"):
        return replace(found, end=None, precision="open")
    return found


def _resolve(meaning: Meaning, anchors: Anchors) -> Resolved:
    published = anchors.published
    base = published
    text = anchors.text
    if meaning.form == "range":
        return _range(meaning, anchors)
    if meaning.form in ("fixed", "impossible"):
        return Resolved(meaning.value)
    if meaning.form == "open":
        return _open(meaning, published)
    if meaning.form in ("clock", "part"):
        return _time(meaning, anchors)
    if meaning.form == "then":
        return replace(text, basis="relative") if text else Resolved("XXXX-XX-XX")
    if meaning.form == "feast":
        return _feast(meaning, anchors)
    if meaning.from_text and text and text.start and text.end:
        base = text.end if (meaning.amount or 0) > 0 or (meaning.shift or 0) > 0 else text.start
    if meaning.form == "ago" and meaning.from_text and text and text.precision in ("month", "year"):
        return _coarse_ago(meaning, text, base)
    if meaning.form == "calendar":
        return forms.calendar(meaning, published, anchors.leaning)
    if meaning.form == "weekday":
        return _with_part(meaning, forms.weekday(meaning, base, anchors.leaning))
    if meaning.form == "unit":
        return _with_part(meaning, forms.unit(meaning, base, anchors.leaning))
    if meaning.form == "ago":
        return _ago(meaning, base)
    return _past(meaning, base)


def _open(meaning: Meaning, published: date | None) -> Resolved:
    """Now, lately and soon: open towards the side that the words leave open."""
    basis: Basis = "relative" if published else "unknown"
    start = published if meaning.value in ("PRESENT_REF", "FUTURE_REF") else None
    end = published if meaning.value in ("PRESENT_REF", "PAST_REF") else None
    return Resolved(meaning.value, "open", basis, start, end)


def _with_part(meaning: Meaning, found: Resolved) -> Resolved:
    if meaning.clock and found.value:
        return replace(found, value=found.value + meaning.clock)
    if meaning.part is None or found.value is None:
        return found
    part = meaning.part if meaning.part.startswith("T") else f"T{meaning.part}"
    return replace(found, value=found.value + part.replace("TDAWN", "TMO"))


def _time(meaning: Meaning, anchors: Anchors) -> Resolved:
    """A time of day belongs to the day that its sentence names, else to the day of publication."""
    days = anchors.sentence
    if days is None and anchors.text and anchors.text.precision == "day" and anchors.text.start:
        days = (anchors.text.start, anchors.text.start)
    if days is None and anchors.published:
        days = (anchors.published, anchors.published)
    suffix = meaning.clock or ""
    if meaning.part:
        suffix = (
            meaning.part if meaning.part.startswith("T") else "TMO" if meaning.part == "DAWN" else f"T{meaning.part}"
        )
    if days is None:
        return Resolved(f"XXXX-XX-XX{suffix}", "day")
    return Resolved(days[0].isoformat() + suffix, "day", "relative", *days)


def _range(meaning: Meaning, anchors: Anchors) -> Resolved:
    first, last = meaning.first, meaning.last
    if first is None or last is None:
        return Resolved(None)
    end = _resolve(last, anchors)
    if (
        first.form == "calendar" and first.year is None and end.end and last.year is None and first.year_shift is None
    ) or (first.form == "weekday" and end.end):
        anchors = replace(anchors, published=end.end, leaning="past")
    start = _resolve(first, anchors)
    value = f"{start.value}/{end.value}"
    if not (start.start and end.end) or start.start > end.end:
        return Resolved(value, end.precision)
    basis: Basis = "stated" if start.basis == end.basis == "stated" else "relative"
    return Resolved(value, end.precision, basis, start.start, end.end)


def _feast(meaning: Meaning, anchors: Anchors) -> Resolved:
    row = next(row for row in feasts() if row.id == meaning.feast)
    year = meaning.year
    if year is None and meaning.year_shift is not None and anchors.published:
        year = anchors.published.year + meaning.year_shift
    if row.rule == "open":
        if year and 1 <= year <= 9999:
            basis: Basis = "stated" if meaning.year else "relative"
            return Resolved(f"{year:04}", "year", basis, date(year, 1, 1), date(year, 12, 31))
        return Resolved("XXXX")
    if not row.rule.startswith("easter"):
        month, day = (int(part) for part in row.rule.split("-"))
        plain = replace(meaning, form="calendar", month=month, day=day)
        return forms.calendar(plain, anchors.published, anchors.leaning)
    years = [year] if year else []
    if not years and anchors.published:
        years = [anchors.published.year + n for n in (-1, 0, 1)]
    sundays = [easter_of(each) for each in years]
    days = [found for sunday in sundays if sunday and (found := days_after(sunday, int(row.rule[6:])))]
    if not days:
        return Resolved(f"{year:04}" if year else "XXXX")
    chosen = days[0]
    if not year and anchors.published:
        past = [day for day in days if day <= anchors.published]
        ahead = [day for day in days if day >= anchors.published]
        chosen = (ahead or past)[0] if anchors.leaning == "future" else (past or ahead)[-1]
    return Resolved(chosen.isoformat(), "day", "stated" if meaning.year else "relative", chosen, chosen)


def _coarse_ago(meaning: Meaning, text: Resolved, base: date | None) -> Resolved:
    """A year before a month is a month, two years after a year is a year."""
    unit, amount = meaning.unit or "D", meaning.amount
    if amount is None or base is None or unit not in MONTHS_OF or abs(amount) > 1000 or text.start is None:
        return _ago(meaning, base)
    months = round(amount * MONTHS_OF[unit])
    moved = same_day(text.start, months)
    if moved is None:
        return Resolved("XXXX")
    if text.precision == "year" and months % 12 == 0:
        return forms.stated(Meaning("calendar", year=moved.year), "relative")
    return forms.stated(Meaning("calendar", year=moved.year, month=moved.month), "relative")


def _ago(meaning: Meaning, base: date | None) -> Resolved:
    """So many units before or after the base: a day, or the week, month or year around it."""
    unit, amount = meaning.unit or "D", meaning.amount
    if amount is None:
        return _open(replace(meaning, value="PAST_REF"), base if not meaning.from_text else None)
    if base is None:
        blank = {"M": "XXXX-XX", "Y": "XXXX", "E": "XXX", "W": "XXXX-WXX"}.get(unit, "XXXX-XX-XX")
        return Resolved(blank, forms.FINENESS.get(unit, "day"))
    if unit in ("TH", "TM", "TS"):
        hours = abs(amount) / {"TH": 1, "TM": 60, "TS": 3600}[unit]
        days = round(amount / 24) if hours >= 24 and unit == "TH" else 0
        return forms.day(days_after(base, days) if abs(days) < 10**6 else None, "relative")
    if abs(amount) > 100_000:
        return Resolved("PAST_REF" if amount < 0 else "FUTURE_REF")
    if unit in DAYS_OF:
        moved = days_after(base, round(amount * DAYS_OF[unit]))
    else:
        moved = same_day(base, round(amount * MONTHS_OF.get(unit, 1)))
    if moved is None:
        return Resolved("PAST_REF" if amount < 0 else "FUTURE_REF")
    if unit in ("D", "N"):
        return forms.day(moved, "relative")
    if amount != int(amount):
        return forms.unit_around(moved, "M" if unit == "Y" else "W" if unit == "M" else "D", "relative")
    return forms.unit_around(moved, "W" if unit in ("W", "2W") else unit, "relative")


def _past(meaning: Meaning, base: date | None) -> Resolved:
    """The past three weeks: from so long before the base to it."""
    unit, amount, shift = meaning.unit or "D", meaning.amount or 1, meaning.shift or -1
    value = duration_value(unit, amount)
    if base is None or amount > 100_000:
        return Resolved(value, forms.FINENESS.get(unit, "day"))
    if unit in MONTHS_OF:
        other = same_day(base, round(shift * amount * MONTHS_OF[unit]))
    else:
        other = days_after(
            base, round(shift * amount * DAYS_OF.get(unit, 7 if unit == "WE" else 1 if amount >= 24 else 0))
        )
        other = base if unit in ("TH", "TM", "TS") and unit != "TH" else other
        if unit == "TH":
            other = days_after(base, shift * -(-int(amount) // 24))
    if other is None:
        return Resolved(value)
    start, end = (other, base) if other <= base else (base, other)
    return Resolved(value, forms.FINENESS.get(unit, "day"), "relative", start, end)
