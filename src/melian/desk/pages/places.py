"""The map: where events are, narrowed as the page of events is."""

from __future__ import annotations

import msgspec

from melian.desk.charts import draw_places
from melian.desk.choice import Choice, address, choice_of
from melian.desk.counted import Place
from melian.desk.desk import Desk
from melian.desk.pages.events import chosen_of
from melian.desk.pages.page import Page, Query, table_of

_LISTED = 50


class PlacesView(msgspec.Struct, frozen=True, kw_only=True):
    """The map."""

    choice: Choice
    has_borders: bool
    places: tuple[Place, ...]
    listed: tuple[tuple[Place, str], ...]
    without: int
    chosen: tuple[tuple[str, str, str], ...]


def show_places(desk: Desk, query: Query) -> Page:
    """Show where the events are that are asked for."""
    choice = choice_of(query)
    has_borders = query.get("borders") == "shown"
    places = desk.questions().ask("places", Place, choice)
    drawn = [place for place in places if place.lat is not None and place.lon is not None]
    view = PlacesView(
        choice=choice,
        has_borders=has_borders,
        places=tuple(places),
        listed=tuple((place, address_of_place(place, choice)) for place in places[:_LISTED]),
        without=sum(place.events for place in places if place.lat is None or place.lon is None),
        chosen=tuple(chosen_of(choice, "/map")),
    )
    columns, rows = table_of(places, Place)
    charts: dict[str, object] = {"map": draw_places(drawn, choice, has_borders=has_borders)} if drawn else {}
    return Page("map.html.jinja", "Map", view, columns, rows, charts)


def address_of_place(place: Place, choice: Choice) -> str:
    """Write the address of the events at a place."""
    return address("/events", choice, at=place.place, country=place.country or "")
