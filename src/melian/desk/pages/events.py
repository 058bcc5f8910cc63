"""Events, narrowed by facets and words."""

from __future__ import annotations

import msgspec

from melian.desk.choice import STANDINGS, Choice, address, choice_of
from melian.desk.desk import Desk
from melian.desk.pages.page import EventLine, Page, Query, stretch, table_of
from melian.desk.questions import Counted
from melian.exports.wording import name_country, name_type

ON_A_PAGE = 50
_FACETS = {
    "standing": "According to whom",
    "type": "What happened",
    "source": "Who did it",
    "target": "To whom",
    "country": "In which country",
    "at": "At which place",
    "between": "When",
    "holder": "Who says so, or denies it",
    "outlet": "Told by",
}


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """A value of a facet, how many events have it, and where choosing or leaving it leads."""

    value: str
    label: str
    events: int
    address: str
    is_chosen: bool


class Facet(msgspec.Struct, frozen=True, kw_only=True):
    """One facet with its most frequent values."""

    name: str
    title: str
    values: tuple[Value, ...]
    chosen: str = ""


class EventsView(msgspec.Struct, frozen=True, kw_only=True):
    """The page of events."""

    choice: Choice
    total: int
    events: tuple[EventLine, ...]
    facets: tuple[Facet, ...]
    chosen: tuple[tuple[str, str, str], ...]
    previous: str
    following: str
    first: int
    last: int


def show_events(desk: Desk, query: Query) -> Page:
    """Show the events that are asked for, with counts by facet."""
    choice = choice_of(query)
    questions = desk.questions()
    counted = questions.ask("facets", Counted, msgspec.structs.replace(choice, page=1))
    total = next((row.events for row in counted if row.facet == "all"), 0)
    count, skip = stretch(query, choice.page, ON_A_PAGE)
    events = questions.ask("events", EventLine, choice, count=count, skip=skip)
    view = EventsView(
        choice=choice,
        total=total,
        events=tuple(events),
        facets=tuple(facet_of(name, title, choice, counted) for name, title in _FACETS.items()),
        chosen=tuple(chosen_of(choice, "/events")),
        previous=address("/events", choice, page=choice.page - 1) if choice.page > 1 else "",
        following=address("/events", choice, page=choice.page + 1) if skip + len(events) < total else "",
        first=skip + 1 if events else 0,
        last=skip + len(events),
    )
    columns, rows = table_of(events, EventLine)
    return Page("events.html.jinja", "Events", view, columns, rows)


def facet_of(name: str, title: str, choice: Choice, counted: list[Counted], path: str = "/events") -> Facet:
    """Lay one facet out: each value leads to the page narrowed by it, the chosen one back."""
    values = []
    for row in counted:
        if row.facet != name or row.value is None:
            continue
        is_chosen = getattr(choice, name) == row.value
        to = address(path, choice, **{name: "" if is_chosen else row.value})
        values.append(
            Value(value=row.value, label=label_of(name, row.value), events=row.events, address=to, is_chosen=is_chosen)
        )
    if name == "standing":
        values.sort(key=lambda value: STANDINGS.index(value.value))
    return Facet(name=name, title=title, values=tuple(values), chosen=getattr(choice, name))


def chosen_of(choice: Choice, path: str) -> list[tuple[str, str, str]]:
    """List what a page is narrowed to: a heading, the value in words, and the address without it."""
    titles = {**_FACETS, "q": "Words", "quad": "Class"}
    return [
        (title, label_of(name, getattr(choice, name)), address(path, choice, **{name: ""}))
        for name, title in titles.items()
        if getattr(choice, name)
    ]


def label_of(name: str, value: str) -> str:
    """Say a facet's value in words."""
    if name == "type":
        return name_type(value)
    if name in ("source", "target", "country") and len(value) == 3 and value.isupper():
        return name_country(value) or value
    return value
