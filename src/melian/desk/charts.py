"""Charts as Vega-Lite, drawn by Altair. Colours are names of the style sheet's, so that they fit light and dark."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from melian.desk.choice import QUADS, Choice, address
from melian.exports.visible import show_line
from melian.exports.wording import name_country

if TYPE_CHECKING:
    from melian.desk.counted import Figure, Passed, Period, Place

Chart = dict[str, Any]
WORLD = "/assets/vendor/countries-110m.json"
_COLOURS = [f"var(--quad-{quad})" for quad in QUADS]
_MOST_BARS, _MOST_DAYS = 60, 12
_DAYS_BY_DAY, _DAYS_BY_MONTH, _DAYS_BY_YEAR = 150, 1_200, 30_000
_HEIGHT = 260
_LEAST_PERIODS = 10
_ROWS = "rows"
_ANTARCTICA = "010"


def stretch_of(period: date, unit: str) -> str:
    """Write a period as an address has it: a year, a month, a day, or a week from day to day."""
    if unit == "week":
        return f"{period.isoformat()}..{(period + timedelta(days=6)).isoformat()}"
    return period.isoformat()[: {"year": 4, "month": 7, "day": 10}[unit]]


def draw_timeline(periods: Sequence[Period], unit: str, choice: Choice) -> Chart:
    """Draw how many events fall in each period, the quad classes upon one another."""
    heights: dict[date, int] = {}
    rows = []
    for row in periods:
        low = heights.get(row.period, 0)
        heights[row.period] = low + row.events
        rows.append(
            _bar(row.period, unit, row.quad, row.events, low, low + row.events)
            | {"address": address("/events", choice, between=stretch_of(row.period, unit), quad=row.quad)}
        )
    return _bars(rows + _ends(sorted(heights), unit), (0, max(heights.values(), default=1)))


def draw_dyad(passed: Sequence[Passed], source: str, target: str, unit: str) -> Chart:
    """Draw what one country did and said to another: cooperation upward, conflict downward.

    The scales are those of both directions, so that two charts can be compared.
    """
    heights: dict[tuple[str, date, bool], int] = {}
    rows = []
    for row in passed:
        if row.period is None:
            continue
        is_conflict = row.quad >= 3
        key = (row.source, row.period, is_conflict)
        low = heights.get(key, 0)
        high = heights[key] = low + row.events
        if (row.source, row.target) != (source, target):
            continue
        sign = -1 if is_conflict else 1
        to = address("/events", source=source, target=target, quad=row.quad, between=stretch_of(row.period, unit))
        bar = _bar(row.period, unit, row.quad, row.events, sign * low, sign * high)
        rows.append(bar | {"disputed": row.disputed, "address": to})
    ups = max((height for (_, _, is_conflict), height in heights.items() if not is_conflict), default=1)
    downs = max((height for (_, _, is_conflict), height in heights.items() if is_conflict), default=1)
    ends = _ends(sorted(period for _, period, _ in heights), unit)
    return _bars(rows + ends, (-downs, ups), height=200)


def draw_places(
    places: Iterable[Place], choice: Choice | None = None, *, has_borders: bool, height: int = 460
) -> Chart:
    """Draw places on the coasts of the world: a circle as large as its events are many, a square a whole country."""
    rows = [
        {
            "place": show_line(place.place, 80),
            "country": name_country(place.country) or "",
            "lat": place.lat,
            "lon": place.lon,
            "events": place.events,
            "disputed": place.disputed,
            "drawn as": "a country, no place in it" if place.precision == "country" else "a place",
            "address": address("/events", choice, at=place.place, country=place.country or "") if choice else "",
        }
        for place in places
    ]
    # The middle of the world as the places have it: a single one is looked at closely.
    one = rows[0] if len(rows) == 1 else None
    projection: Chart = {"type": "naturalEarth1"}
    if one is not None:
        projection = {"type": "mercator", "center": [one["lon"], one["lat"]], "scale": 420}
    form = _map_form(has_borders=has_borders, is_one=one is not None, height=height)
    return form | {"projection": projection, "datasets": {_ROWS: rows}}


@cache
def _map_form(*, has_borders: bool, is_one: bool, height: int) -> Chart:
    """Draw a map without its places: it is the same for every page, and takes longer than all the rest of one."""
    import altair as alt

    land = (
        alt.Chart(alt.topo_feature(WORLD, "countries"))
        .transform_filter(f"datum.id !== '{_ANTARCTICA}'")
        .mark_geoshape(fill="var(--land)", stroke="var(--coast)" if has_borders else "var(--land)", strokeWidth=0.6)
    )
    points = (
        alt.Chart(alt.NamedData(_ROWS))
        .mark_point(filled=True, opacity=0.75, color="var(--accent)", stroke="var(--paper)", strokeWidth=0.5)
        .encode(
            longitude="lon:Q",
            latitude="lat:Q",
            size=alt.Size("events:Q", legend=None, scale=alt.Scale(range=[160, 160] if is_one else [24, 700])),
            shape=alt.Shape(
                "drawn as:N",
                legend=None,
                scale=alt.Scale(domain=["a place", "a country, no place in it"], range=["circle", "square"]),
            ),
            tooltip=["place:N", "country:N", "events:Q", "disputed:Q", "drawn as:N"],
        )
    )
    sea = alt.ViewBackground(fill="var(--sea)", stroke=None)
    return _finished(alt.layer(land, points, view=sea), (), height)


def draw_figures(figures: Sequence[Figure]) -> Chart:
    """Draw the figures that reports give, by the day of the report; an open end is an arrow."""
    import altair as alt

    rows = [
        {
            "published": figure.published or None,
            "low": figure.low if figure.low is not None else figure.high,
            "high": figure.high if figure.high is not None else figure.low,
            "what": figure.what,
            "figure": figure.words,
            "outlet": show_line(figure.outlet, 60),
            "report": show_line(figure.report, 60),
        }
        for figure in figures
    ]
    days = sorted({figure.published for figure in figures if figure.published})
    # Few days are named one by one: hours between them are nothing that a report tells.
    axis = alt.Axis(format="%-d %B %Y", labelOverlap=True)
    if 0 < len(days) <= _MOST_DAYS:
        axis = alt.Axis(format="%-d %B %Y", labelOverlap=True, values=[_named_day(day) for day in days])
    base = alt.Chart(alt.NamedData(_ROWS)).encode(
        x=alt.X("published:T", title="day of the report", scale=alt.Scale(type="utc", padding=30), axis=axis),
        tooltip=["figure:N", "outlet:N", "report:N"],
    )
    points = base.mark_point(filled=True, size=80, color="var(--accent)").encode(
        y=alt.Y("low:Q", title="people"), shape=alt.Shape("what:N", title=None)
    )
    return _finished(base.mark_rule(color="var(--accent)").encode(y="low:Q", y2="high:Q") + points, rows, 200)


def draw_answer(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> Chart | None:
    """Draw an answer whose first column are days or names and whose last is a number; None for other tables."""
    import altair as alt

    if not (len(columns) >= 2 and 2 <= len(rows) <= 5_000):
        return None
    numbers = [row[-1] for row in rows if row[-1] is not None]
    if not numbers or not all(isinstance(number, int | float) and not isinstance(number, bool) for number in numbers):
        return None
    firsts = [row[0] for row in rows if row[0] is not None]
    values = [{"x": _plain(row[0]), "y": row[-1]} for row in rows]
    title_x, title_y = show_line(columns[0], 60), show_line(columns[-1], 60)
    tooltip = [alt.Tooltip("x:N", title=title_x), alt.Tooltip("y:Q", title=title_y)]
    # Vega-Lite's own writing of a short scale makes 1.0 of one event.
    counted = alt.Axis(labelExpr="format(datum.value, ',')", tickCount=8, labelOverlap=True)
    y = alt.Y("y:Q", title=title_y, axis=counted)
    if firsts and all(isinstance(first, date) for first in firsts):
        chart = alt.Chart(alt.NamedData(_ROWS)).mark_line(point=True, color="var(--accent)")
        x = alt.X("x:T", title=title_x, scale=alt.Scale(type="utc"))
        return _finished(chart.encode(x=x, y=y, tooltip=tooltip), values, _HEIGHT)
    if len(rows) > _MOST_BARS or len(columns) > 2:
        return None
    chart = alt.Chart(alt.NamedData(_ROWS)).mark_bar(color="var(--accent)")
    across = alt.Y("x:N", title=title_x, sort=None)
    return _finished(
        chart.encode(y=across, x=alt.X("y:Q", title=title_y, axis=counted), tooltip=tooltip),
        values,
        22 * len(rows) + 40,
    )


def _bar(period: date, unit: str, quad: int, events: int, low: int, high: int) -> dict[str, object]:
    return {
        "start": _moment(period),
        "end": _moment(_end_of(period, unit)),
        "low": low,
        "high": high,
        "class": QUADS[quad],
        "events": events,
        "when": stretch_of(period, unit),
    }


def _ends(days: Sequence[date], unit: str) -> list[dict[str, object]]:
    """Make a bar without height at either end: two directions are equally long, and a single period fills no chart."""
    if not days:
        return []
    step = (_end_of(days[0], unit) - days[0]).days
    first, last = days[0].toordinal(), days[-1].toordinal()
    missing = max(0, _LEAST_PERIODS - (last - first) // step - 1)
    before, after = first - step * (missing // 2), last + step * (missing - missing // 2)
    bounds = (max(before, date.min.toordinal()), min(after, date.max.toordinal() - 400))
    return [_bar(date.fromordinal(day), unit, 1, 0, 0, 0) for day in (bounds[0], max(bounds[1], last))]


def _bars(rows: list[dict[str, object]], ys: tuple[int, int], height: int = _HEIGHT) -> Chart:
    import altair as alt

    chart = (
        alt.Chart(alt.NamedData(_ROWS))
        .mark_rect(stroke="var(--paper)", strokeWidth=0.5)
        .encode(
            x=alt.X(
                "start:T",
                title=None,
                scale=alt.Scale(type="utc"),
                axis=_axis(rows),
            ),
            x2="end:T",
            y=alt.Y(
                "low:Q",
                title="events",
                scale=alt.Scale(domain=list(ys), nice=True),
                axis=alt.Axis(labelExpr="format(abs(datum.value), ',')", tickMinStep=1, tickCount=5),
            ),
            y2="high:Q",
            color=alt.Color(
                "class:N",
                title=None,
                scale=alt.Scale(domain=list(QUADS.values()), range=_COLOURS),
                legend=alt.Legend(orient="top", columns=2, symbolType="square", labelLimit=300),
            ),
            tooltip=["when:N", "class:N", "events:Q"],
        )
    )
    return _finished(chart, rows, height)


def _axis(rows: Sequence[Mapping[str, object]]) -> Any:  # noqa: ANN401 - Altair's
    """Write the year at every tick, which is not told else: with days, with months, or alone, by how long it all is."""
    import altair as alt

    days = [number for row in rows if isinstance(number := row["start"], int)]
    reach = (max(days, default=0) - min(days, default=0)) / 86_400_000
    # One tick a month or a year, so that none stands twice; of centuries they would be too many.
    bounds = (("", _DAYS_BY_DAY), ("month", _DAYS_BY_MONTH), ("year", _DAYS_BY_YEAR))
    every = next((unit for unit, most in bounds if reach <= most), "")
    ticks: dict[str, Any] = {"tickCount": every} if every else {}
    pattern = "%-d %b %Y" if reach <= _DAYS_BY_DAY else "%b %Y" if reach <= _DAYS_BY_MONTH else "%Y"
    return alt.Axis(labelExpr=f"utcFormat(datum.value, '{pattern}')", labelOverlap=True, **ticks)


def _named_day(day: str) -> Any:  # noqa: ANN401 - Altair's
    import altair as alt

    year, month, number = map(int, day.split("-"))
    return alt.DateTime(year=year, month=month, date=number, utc=True)


def _moment(day: date) -> int:
    """Count milliseconds as charts do, from the first day of 1970."""
    return (day - date(1970, 1, 1)).days * 86_400_000


def _end_of(period: date, unit: str) -> date:
    if unit in ("day", "week"):
        return period + timedelta(days=1 if unit == "day" else 7)
    later = period + timedelta(days=366 if unit == "year" else 31)
    return later.replace(day=1, month=1 if unit == "year" else later.month)


def _plain(cell: object) -> object:
    return cell.isoformat() if isinstance(cell, date) else show_line(str(cell), 60)


def _finished(chart: Any, rows: Sequence[Mapping[str, object]], height: int) -> Chart:  # noqa: ANN401 - any kind
    drawn: Mapping[str, Any] = chart.properties(width="container", height=height).to_dict()
    # The page gives fonts and colours; Altair's own are of no use there. Rows are put in behind its back: it would hold
    # each of them against the schema of Vega-Lite.
    kept = {name: part for name, part in drawn.items() if name not in ("config", "$schema")}
    return kept | {"datasets": {_ROWS: list(rows)}}
