"""What an expression of time says by itself, before any other date is known."""

from __future__ import annotations

from typing import Literal

import msgspec

from melian.records import TimeKind

Form = Literal[
    "calendar",
    "weekday",
    "unit",
    "ago",
    "past",
    "fixed",
    "open",
    "clock",
    "part",
    "then",
    "feast",
    "anniversary",
    "dayalone",
    "range",
    "fiscal",
    "offset",
]

Beginning = tuple[int, int, bool]
"""How fiscal years lie: month and day of the first day, and whether a year names the one that begins in it."""


class Meaning(msgspec.Struct, frozen=True):
    """The parts that the words give; what is None is to be found from the anchor.

    Attributes:
        form: How to resolve it.
        kind: date, time, duration or set.
        year: Year in words.
        year_shift: "next year" in "October of next year".
        month: 1 to 12.
        day: Day of the month.
        weekday: 1 (Monday) to 7.
        season: SP, SU, FA or WI.
        quarter: 1 to 4.
        half: 1 or 2.
        span_years: 10 or 100 for decades and centuries; `year` is the first year.
        edge: early, mid, late, start, end, earlier or later.
        unit: D, W, WE, M, Q, Y, E (decade), C, 2W, TH, TM, TS.
        amount: How many units; None where the words leave it open. Of an anniversary, which one it is.
        spread: Fewest and most units, where the words leave their number open.
        shift: -1, 0 or 1 in "last", "this" and "next".
        from_text: Anchored on the date before it in the text, not on the publication.
        part: MO, AF, NI … of the day.
        clock: "T10:30".
        value: The value where the words fix it.
        feast: Id of a feast.
        beginnings: How fiscal years may lie: one where the text says it or names a country, else all that there are.
        is_spelt_out: The words themselves tell when the fiscal year begins or ends.
        last: The second end of a range, or what an offset is counted from; the first is in `first`.
        first: The first end of a range.
    """

    form: Form
    kind: TimeKind = "date"
    year: int | None = None
    year_shift: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    season: str | None = None
    quarter: int | None = None
    half: int | None = None
    span_years: int = 1
    edge: str | None = None
    unit: str | None = None
    amount: float | None = None
    spread: tuple[int, int] | None = None
    shift: int | None = None
    from_text: bool = False
    part: str | None = None
    clock: str | None = None
    value: str | None = None
    feast: str | None = None
    beginnings: tuple[Beginning, ...] = ()
    is_spelt_out: bool = False
    first: Meaning | None = None
    last: Meaning | None = None


def part_of_clock(part: str) -> str:
    """Write a part of the day as what stands behind the day in its value: "TNI", "T12:00"; dawn is of the morning."""
    return part if part.startswith("T") else "TMO" if part == "DAWN" else f"T{part}"
