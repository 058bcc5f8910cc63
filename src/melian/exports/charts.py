"""Charts of an archive's answers as Altair objects, to be shown, changed and saved in a notebook.

Each takes an Arrow table that `melian.Archive` has given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any

from melian.errors import BadQuestion, MissingExtra
from melian.exports.land import land_polygons
from melian.exports.periods import Unit, next_period, period_of
from melian.exports.visible import show_line

if TYPE_CHECKING:
    import altair as alt
    import pyarrow as pa

QUADS = {1: "cooperation in words", 2: "cooperation in deeds", 3: "conflict in words", 4: "conflict in deeds"}
_COLOURS = ["#56b4e9", "#0072b2", "#e69f00", "#b84a00"]
"""After Okabe and Ito: they can be told apart by people who do not see red and green apart."""


def chart_events(events: pa.Table, by: Unit = "month") -> alt.Chart:
    """Draw how many events there were when, by quad class. Events whose first day is not known are left out.

    Args:
        events: What `archive.events()` gives.
        by: What one bar counts.

    Raises:
        MissingExtra: Altair is not installed.
        BadQuestion: The table is not of events.
    """
    vega = _altair()
    counts: Counter[tuple[str, date, int]] = Counter(
        ("", period_of(row["first_day"], by), row["quad"])
        for row in _rows(events, "first_day", "quad")
        if row["first_day"] is not None
    )
    bars = _bars(vega, _stacked(counts, by, has_two_sides=False), "events")
    chart: alt.Chart = bars.properties(width=640, height=260)
    return chart


def chart_standing(events: pa.Table) -> alt.Chart:
    """Draw according to whom events happened, type by type: asserted, claimed, disputed, denied, foreseen.

    Args:
        events: What `archive.events()` gives.

    Raises:
        MissingExtra: Altair is not installed.
        BadQuestion: The table is not of events.
    """
    vega = _altair()
    order = ["asserted", "claimed", "disputed", "denied", "foreseen"]
    rows = [{"type": row["type"], "standing": row["standing"]} for row in _rows(events, "type", "standing")]
    chart: alt.Chart = (
        vega.Chart(vega.Data(values=rows))
        .mark_bar()
        .encode(
            x=vega.X("count():Q", title="events"),
            y=vega.Y("type:N", sort="-x", title=None),
            color=vega.Color("standing:N", sort=order, title=None),
            tooltip=["type:N", "standing:N", "count():Q"],
        )
        .properties(width=480)
    )
    return chart


def chart_dyads(dyads: pa.Table, by: Unit = "month") -> alt.Chart:
    """Draw what passed between countries, a panel for each pair: cooperation upward, conflict downward.

    Args:
        dyads: What `archive.dyads(by)` gives.
        by: The same as was asked for there.

    Raises:
        MissingExtra: Altair is not installed.
        BadQuestion: The table is not of dyads.
    """
    vega = _altair()
    counts: Counter[tuple[str, date, int]] = Counter()
    for row in _rows(dyads, "period", "source", "target", "quad", "told"):
        pair = show_line(f"{row['source']} → {row['target']}", 40)
        counts[pair, period_of(row["period"], by), row["quad"]] += row["told"]
    bars = _bars(vega, _stacked(counts, by, has_two_sides=True), "conflict | cooperation")
    chart: alt.Chart = bars.encode(row=vega.Row("pair:N", title=None)).properties(width=640, height=120)
    return chart


def chart_places(events: pa.Table) -> alt.LayerChart:
    """Draw where events were, on the world's land without borders. A country stays a country: its mark is a square.

    Args:
        events: What `archive.events()` gives, with `lat` and `lon`; ask `SELECT * FROM events` for them.

    Raises:
        MissingExtra: Altair is not installed.
        BadQuestion: The table has no places.
    """
    vega = _altair()
    rows = [
        {
            "place": show_line(row["place"] or "", 80),
            "lat": row["lat"],
            "lon": row["lon"],
            "known": "country or region" if row["place_precision"] in (None, "country", "region") else "place",
        }
        for row in _rows(events, "place", "lat", "lon", "place_precision")
        if row["lat"] is not None and row["lon"] is not None
    ]
    land = {"type": "MultiPolygon", "coordinates": [[ring] for ring in land_polygons()]}
    ground = vega.Chart(vega.Data(values=[{"type": "Feature", "geometry": land}])).mark_geoshape(fill="#e4e4e0")
    points = (
        vega.Chart(vega.Data(values=rows))
        .transform_aggregate(events="count()", groupby=["place", "lat", "lon", "known"])
        .mark_point(filled=True, opacity=0.7, color=_COLOURS[3])
        .encode(
            longitude="lon:Q",
            latitude="lat:Q",
            size=vega.Size("events:Q", title="events"),
            shape=vega.Shape(
                "known:N", scale=vega.Scale(domain=["place", "country or region"], range=["circle", "square"])
            ),
            tooltip=["place:N", "known:N", "events:Q"],
        )
    )
    # Plane rings on a plane: no ring is taken for the rest of the globe.
    layers: alt.LayerChart = vega.layer(ground, points).project(type="identity", reflectY=True)
    return layers.properties(width=720, height=360)


def _stacked(
    counts: Mapping[tuple[str, date, int], int], by: Unit, *, has_two_sides: bool
) -> Iterable[dict[str, str | int]]:
    """Give each bar with its ends, the quad classes upon one another; conflict goes down where there are two sides."""
    heights: Counter[tuple[str, date, bool]] = Counter()
    for (pair, period, quad), number in sorted(counts.items()):
        is_down = has_two_sides and quad > 2
        low = heights[pair, period, is_down]
        heights[pair, period, is_down] = low + number
        sign = -1 if is_down else 1
        yield {
            "pair": pair,
            "from": period.isoformat(),
            "to": next_period(period, by).isoformat(),
            "low": sign * low,
            "high": sign * (low + number),
            "class": QUADS.get(quad, ""),
            "events": number,
        }


def _bars(vega: Any, rows: Iterable[dict[str, str | int]], title: str) -> Any:  # noqa: ANN401 - Altair's, if it is there
    """Draw bars from day to day. The axis is in UTC: elsewhere a browser would show the day before."""
    return (
        vega.Chart(vega.Data(values=list(rows)))
        .mark_bar()
        .encode(
            x=vega.X("from:T", title=None, scale=vega.Scale(type="utc")),
            x2="to:T",
            y=vega.Y("low:Q", title=title),
            y2="high:Q",
            color=vega.Color("class:N", scale=vega.Scale(domain=list(QUADS.values()), range=_COLOURS), title=None),
            tooltip=["from:N", "class:N", "events:Q"],
        )
    )


def _rows(table: pa.Table, *names: str) -> list[dict[str, Any]]:
    missing = [name for name in names if name not in table.column_names]
    if missing:
        raise BadQuestion(
            f"The table has no column {missing[0]!r}",
            f"a table of the archive with {', '.join(names)}",
            "Ask archive.events(), archive.dyads(), or archive.sql('SELECT * FROM events') for all columns",
        )
    return list(table.select(list(names)).to_pylist())


def _altair() -> Any:  # noqa: ANN401 - the module, which may be missing
    try:
        return import_module("altair")
    except ImportError as error:
        raise MissingExtra(
            "Charts are drawn by Altair, which is not installed", "the extra notebook", "pip install melian[notebook]"
        ) from error
