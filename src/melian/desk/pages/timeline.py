"""Events over time, narrowed as the page of events is."""

from __future__ import annotations

from datetime import date

import msgspec

from melian.desk.charts import draw_timeline, stretch_of
from melian.desk.choice import Choice, address, choice_of
from melian.desk.counted import Period
from melian.desk.desk import Desk
from melian.desk.pages.events import chosen_of
from melian.desk.pages.page import Page, Query, table_of

_DAYS_FOR_WEEKS, _DAYS_FOR_MONTHS = 70, 800
_DAYS_FOR_YEARS = 366 * 30


class Reach(msgspec.Struct, frozen=True, kw_only=True):
    """From when to when, and how many have no day."""

    first: date | None = None
    last: date | None = None
    without: int = 0


class PeriodLine(msgspec.Struct, frozen=True, kw_only=True):
    """A period with its counts by quad class, and the address of its events."""

    between: str
    counts: tuple[int, int, int, int]
    address: str


class TimelineView(msgspec.Struct, frozen=True, kw_only=True):
    """The timeline."""

    choice: Choice
    unit: str
    reach: Reach
    periods: tuple[Period, ...]
    lines: tuple[PeriodLine, ...]
    chosen: tuple[tuple[str, str, str], ...]
    total: int


def show_timeline(desk: Desk, query: Query) -> Page:
    """Show how many events fall in each period."""
    choice = choice_of(query)
    questions = desk.questions()
    reach = questions.about("days", Reach, choice)
    unit = unit_for(reach.first, reach.last)
    periods = questions.ask("timeline", Period, choice, unit=unit)
    counts: dict[date, list[int]] = {}
    for row in periods:
        counts.setdefault(row.period, [0, 0, 0, 0])[row.quad - 1] += row.events
    lines = []
    for period, found in counts.items():
        between = stretch_of(period, unit)
        to = address("/events", choice, between=between)
        lines.append(PeriodLine(between=between, counts=(found[0], found[1], found[2], found[3]), address=to))
    view = TimelineView(
        choice=choice,
        unit=unit,
        reach=reach,
        periods=tuple(periods),
        lines=tuple(lines),
        chosen=tuple(chosen_of(choice, "/timeline")),
        total=sum(row.events for row in periods),
    )
    columns, rows = table_of(periods, Period)
    charts: dict[str, object] = {"timeline": draw_timeline(periods, unit, choice)} if periods else {}
    return Page("timeline.html.jinja", "Timeline", view, columns, rows, charts)


def unit_for(first: date | None, last: date | None) -> str:
    """Choose a period so that a chart has some dozens of points."""
    days = (last - first).days if first and last else 0
    for most, unit in ((_DAYS_FOR_WEEKS, "day"), (_DAYS_FOR_MONTHS, "week"), (_DAYS_FOR_YEARS, "month")):
        if days <= most:
            return unit
    return "year"
