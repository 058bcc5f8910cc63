"""Intervals made of other dates: before and after one, between two, so long from one."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

import msgspec

from melian.coding.dates.distances import ago
from melian.coding.dates.meaning import Meaning
from melian.records import When

_RANGE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}/[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DURATION = re.compile(r"P(T?)([0-9]+(?:\.[0-9]+)?)([SMHDWY])")


def bounded(when: When, word: str, anchor: date | None, *, is_future: bool) -> When:
    """Give the days before, after, until or by a date; what is over ends by the anchor, what is to come begins there.

    Args:
        when: The date.
        word: "before", "after", "until" or "by".
        anchor: The day that relative dates of the report lean on.
        is_future: Whether it is told as yet to come.
    """
    if when.start is None and when.end is None:
        return when
    told = anchor.isoformat() if anchor else None
    start: str | None
    end: str | None
    if word == "after":
        start, end = when.start, told if told and not is_future else None
        if start and end and end < start:
            end = None
    else:
        start, end = told if told and is_future else None, when.start if word == "before" else when.end or when.start
        if start and end and end < start:
            start = None
        if told and end and not is_future:
            end = min(end, told)
    if start is None and end is None:
        return When(start=None, end=None, precision="open", basis="unknown", value=when.value, span=when.span)
    value = f"{start or '..'}/{end or '..'}"
    return When(start=start, end=end, precision="open", basis=when.basis, value=value, span=when.span)


def between(first: When, last: When) -> When:
    """Give all days of two dates that are told together: "on Tuesday and Wednesday"."""
    if not (first.start and first.end and last.start and last.end):
        return first
    start, end = min(first.start, last.start), max(first.end, last.end)
    spans = [span for span in (first.span, last.span) if span]
    span = (min(start for start, _ in spans), max(end for _, end in spans)) if spans else None
    return msgspec.structs.replace(first, start=start, end=end, value=f"{start}/{end}", span=span)


def so_long_from(when: When, duration: str, way: Literal[-1, 1]) -> When | None:
    """Give the date that lies a duration before or behind another; None where either is open.

    Args:
        when: The date that it is counted from.
        duration: ISO 8601 (`P2D`).
        way: 1 for "two days after it", -1 for "two days before it".
    """
    parts = _DURATION.fullmatch(duration)
    if parts is None or not when.start or not when.end:
        return None
    meaning = Meaning("ago", unit=f"T{parts[3]}" if parts[1] else parts[3], amount=way * float(parts[2]))
    first, last = (ago(meaning, date.fromisoformat(day)) for day in (when.start, when.end))
    if first.start is None or last.end is None:
        return None
    value = first.value if first == last else f"{first.start.isoformat()}/{last.end.isoformat()}"
    return When(
        start=first.start.isoformat(),
        end=last.end.isoformat(),
        precision=first.precision if first == last else when.precision,
        basis="relative",
        value=value,
        span=when.span,
    )


def why_no_days(when: When) -> str | None:
    """Say why a date leads to no day; None where it does."""
    if when.start or when.end:
        return None
    if when.value and re.fullmatch(r"([0-9]{4}|XXXX)-[0-9]{2}-[0-9]{2}", when.value) and not _is_day(when.value):
        return "the calendar has no such day"
    if when.value and _RANGE.fullmatch(when.value) and when.value[:10] > when.value[11:]:
        return "it ends before it begins"
    return "its words name no full date, and nothing in the report gives the rest"


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value.replace("XXXX", "2000"))
    except ValueError:
        return False
    return True
