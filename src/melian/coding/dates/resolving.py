"""From what the words say to an interval of days, given the date they lean on."""

from __future__ import annotations

from datetime import date

import msgspec
from msgspec.structs import replace

from melian.coding.dates import calendar_forms as forms
from melian.coding.dates import distances
from melian.coding.dates.feasts import Named, anniversary, feast
from melian.coding.dates.fiscal_forms import fiscal
from melian.coding.dates.leaning import Leaning
from melian.coding.dates.meaning import Meaning, part_of_clock
from melian.coding.dates.resolved import Resolved
from melian.coding.dates.spans_of_days import Days
from melian.records import Basis


class Anchors(msgspec.Struct, frozen=True):
    """The dates that expressions lean on.

    Attributes:
        published: The day of publication, None where unknown.
        text: The date that stands last before the expression, with its precision.
        sentence: The day that the same sentence names.
        leaning: Whether the verb speaks of the past or the future.
        is_behind_since: The word before is "since".
        named: What an anniversary is said to be of, or the day beside it that it falls on.
    """

    published: date | None = None
    text: Resolved | None = None
    sentence: Days | None = None
    leaning: Leaning = "past"
    is_behind_since: bool = False
    named: Named | None = None


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
    if meaning.form == "offset":
        return _offset(meaning, anchors)
    if meaning.form == "fixed":
        return Resolved(meaning.value)
    if meaning.form == "open":
        return distances.open_ended(meaning, published)
    if meaning.form in ("clock", "part"):
        return _time(meaning, anchors)
    if meaning.form == "anniversary":
        return anniversary(meaning, anchors.named, published, anchors.leaning)
    if meaning.form == "dayalone":
        return forms.day_alone(meaning, text, published, anchors.leaning)
    if meaning.form == "then":
        return replace(text, basis="relative") if text else Resolved("XXXX-XX-XX")
    if meaning.form == "feast":
        return feast(meaning, published, anchors.leaning)
    if meaning.form == "fiscal":
        return fiscal(meaning, published, anchors.leaning)
    if meaning.from_text and text and text.start and text.end:
        base = text.end if (meaning.amount or 0) > 0 or (meaning.shift or 0) > 0 else text.start
    if meaning.form == "ago" and meaning.from_text and text and text.precision in ("month", "year"):
        return distances.coarse_ago(meaning, text, base)
    if meaning.form == "calendar":
        return forms.calendar(meaning, published, anchors.leaning)
    if meaning.form == "weekday":
        return _with_part(meaning, forms.weekday(meaning, base, anchors.leaning))
    if meaning.form == "unit":
        return _with_part(meaning, forms.unit(meaning, base, anchors.leaning))
    if meaning.form == "ago":
        return distances.ago(meaning, base)
    return distances.past(meaning, base)


def _with_part(meaning: Meaning, found: Resolved) -> Resolved:
    if meaning.clock and found.value:
        return replace(found, value=found.value + meaning.clock)
    if meaning.part is None or found.value is None:
        return found
    return replace(found, value=found.value + part_of_clock(meaning.part))


def _time(meaning: Meaning, anchors: Anchors) -> Resolved:
    """A time of day belongs to the day that its sentence names, else to the day of publication."""
    days = anchors.sentence
    if days is None and anchors.text and anchors.text.precision == "day" and anchors.text.start:
        days = (anchors.text.start, anchors.text.start)
    if days is None and anchors.published:
        days = (anchors.published, anchors.published)
    suffix = meaning.clock or ""
    if meaning.part:
        suffix = part_of_clock(meaning.part)
    if days is None:
        return Resolved(f"XXXX-XX-XX{suffix}", "day")
    return Resolved(days[0].isoformat() + suffix, "day", "relative", *days)


def _offset(meaning: Meaning, anchors: Anchors) -> Resolved:
    """Count from a day that the words name: "three days before Christmas", "a week from Monday"."""
    base = _resolve(meaning.last, anchors) if meaning.last is not None else Resolved(None)
    unit, amount = meaning.unit or "D", meaning.amount
    if base.start is None or base.precision != "day" or amount is None:
        return Resolved("XXXX-XX-XX", "day")
    if unit == "D" or (meaning.last is not None and meaning.last.form == "weekday"):
        return forms.day(distances.moved(base.start, unit, amount), "relative")
    return distances.ago(replace(meaning, form="ago"), base.start)


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
