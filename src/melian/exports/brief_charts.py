"""The drawings of a brief, as numbers for a template of SVG: bars over time, and places on a map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from math import sqrt
from typing import Literal

import msgspec

from melian.exports.dossier import Counted
from melian.exports.land import UNITS_A_DEGREE
from melian.exports.periods import Unit, next_period, period_of

WIDTH, HEIGHT = 720, 180
_LEFT, _MIDDLE, _LABEL = 34, 90, 60
_MOST_DAYS, _MOST_WEEKS = 62, 430
"""Longer stretches are counted by the week, still longer ones by the month: bars must not grow too thin to see."""
_MARGIN, _LEAST_SPAN = 4.0, 24.0


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """One period's bar, up for cooperation or down for conflict."""

    x: float
    y: float
    width: float
    height: float
    kind: Literal["cooperation", "conflict"]
    about: str


class Chart(msgspec.Struct, frozen=True, kw_only=True):
    """Bars over time.

    Attributes:
        unit: What one bar counts.
        bars: From left to right.
        labels: Places on the axis, each with its words.
        top: The number at the height of the tallest bar.
        undated: How many events have no day that is known finely enough.
    """

    unit: Unit
    bars: tuple[Bar, ...]
    labels: tuple[tuple[float, str], ...]
    top: int
    undated: int


class Dot(msgspec.Struct, frozen=True, kw_only=True):
    """One place: where, how large, whether only the country is known."""

    x: float
    y: float
    radius: float
    is_country: bool
    about: str


class Map(msgspec.Struct, frozen=True, kw_only=True):
    """A cut of the world: its frame in units of the land's outline, dots, and events without a place."""

    frame: tuple[float, float, float, float]
    dots: tuple[Dot, ...]
    unplaced: int


def draw_chart(counted: Sequence[Counted]) -> Chart | None:
    """Draw how much happened when; None where nothing is dated."""
    days = [one.first for one in counted if one.first is not None and one.last is not None]
    if not days:
        return None
    length = (max(days) - min(days)).days
    unit: Unit = "day" if length <= _MOST_DAYS else "week" if length <= _MOST_WEEKS else "month"
    counts: Counter[tuple[date, bool]] = Counter()
    for one in counted:
        if one.first is not None and one.last is not None and period_of(one.first, unit) == period_of(one.last, unit):
            counts[period_of(one.first, unit), one.is_conflict] += 1
    if not counts:
        return None
    periods = _periods(min(day for day, _ in counts), max(day for day, _ in counts), unit)
    step = (WIDTH - _LEFT) / len(periods)
    top = max(counts.values())
    bars = []
    for place, period in enumerate(periods):
        for is_conflict in (False, True):
            number = counts[period, is_conflict]
            if number:
                height = (_MIDDLE - 16) * number / top
                bars.append(
                    Bar(
                        x=round(_LEFT + place * step, 2),
                        y=round(_MIDDLE if is_conflict else _MIDDLE - height, 2),
                        width=round(max(step - 1, step * 0.7), 2),
                        height=round(height, 2),
                        kind="conflict" if is_conflict else "cooperation",
                        about=f"{period.isoformat()}: {number} of {'conflict' if is_conflict else 'cooperation'}",
                    )
                )
    every = max(1, -(-len(periods) // 8))
    labels = tuple(
        (round(_LEFT + place * step, 2), period.isoformat()[:7] if unit == "month" else period.isoformat())
        for place, period in enumerate(periods)
        if place % every == 0 and _LEFT + place * step < WIDTH - _LABEL
    )
    return Chart(unit=unit, bars=tuple(bars), labels=labels, top=top, undated=len(counted) - counts.total())


def draw_map(counted: Sequence[Counted]) -> Map | None:
    """Draw where it happened; None where no place is known. A country stays a country: its dot is hollow."""
    counts: Counter[tuple[float, float, bool, str]] = Counter()
    for one in counted:
        if one.lat is not None and one.lon is not None and abs(one.lat) <= 90 and abs(one.lon) <= 180:
            counts[one.lat, one.lon, one.is_country, one.place] += 1
    if not counts:
        return None
    frame = _frame([(lat, lon) for lat, lon, _, _ in counts])
    # Dots are as large on a small cut as on the whole world.
    unit = frame[2] / WIDTH
    most = max(counts.values())
    dots = tuple(
        Dot(
            x=round((lon + 180) * UNITS_A_DEGREE, 2),
            y=round((90 - lat) * UNITS_A_DEGREE, 2),
            radius=round(unit * (4 + 12 * sqrt(number / most)), 2),
            is_country=is_country,
            about=f"{place}: {number}",
        )
        for (lat, lon, is_country, place), number in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )
    return Map(frame=frame, dots=dots, unplaced=len(counted) - counts.total())


def _periods(first: date, last: date, unit: Unit) -> list[date]:
    periods = [first]
    while periods[-1] < last:
        periods.append(next_period(periods[-1], unit))
    return periods


def _frame(points: Iterable[tuple[float, float]]) -> tuple[float, float, float, float]:
    """Give x, y, width and height around all points, twice as wide as high."""
    lats, lons = zip(*points, strict=True)
    middle = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
    height = max(max(lats) - min(lats) + 2 * _MARGIN, (max(lons) - min(lons) + 2 * _MARGIN) / 2, _LEAST_SPAN)
    height = min(height, 180.0)
    top = min(max(90 - middle[0] - height / 2, 0.0), 180 - height)
    left = min(max(middle[1] + 180 - height, 0.0), 360 - 2 * height)
    return tuple(round(part * UNITS_A_DEGREE, 2) for part in (left, top, 2 * height, height))
