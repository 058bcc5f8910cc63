"""The first page: a box for a report, and what the archive holds."""

from __future__ import annotations

from datetime import date

import msgspec

from melian.desk.choice import Choice
from melian.desk.desk import Desk, NotReady
from melian.desk.pages.events import Value, facet_of
from melian.desk.pages.page import EventLine, Page, Query
from melian.desk.questions import Counted
from melian.desk.readings import LARGEST_TEXT
from melian.exports.wording import name_report


class Overview(msgspec.Struct, frozen=True, kw_only=True):
    """How much is in the archive."""

    reports: int
    events: int
    statements: int
    disputes: int
    outlets: int
    first: date | None = None
    last: date | None = None


class PastedLine(msgspec.Struct, frozen=True, kw_only=True):
    """A pasted report that is still there."""

    report: str
    title: str
    events: int


class HomeView(msgspec.Struct, frozen=True, kw_only=True):
    """The first page."""

    has_archive: bool
    doing: str
    overview: Overview | None
    standings: tuple[Value, ...]
    types: tuple[Value, ...]
    newest: tuple[EventLine, ...]
    pasted: tuple[PastedLine, ...]
    most: int = LARGEST_TEXT


def show_home(desk: Desk, query: Query) -> Page:
    """Show the box, the pasted reports and, as soon as its index is there, the archive."""
    pasted = tuple(
        PastedLine(
            report=reading.report.id,
            title=name_report(reading.report),
            events=len(reading.events),
        )
        for reading in desk.pasted.newest()
    )
    doing, overview = "", None
    standings: tuple[Value, ...] = ()
    types: tuple[Value, ...] = ()
    newest: tuple[EventLine, ...] = ()
    if desk.has_archive:
        try:
            questions = desk.questions()
        except NotReady as error:
            doing = str(error)
        else:
            overview = questions.about("overview", Overview)
            counted = questions.ask("facets", Counted, Choice())
            standings = facet_of("standing", "", Choice(), counted).values
            types = facet_of("type", "", Choice(), counted).values
            newest = tuple(questions.ask("events", EventLine, Choice(), count=5, skip=0))
    view = HomeView(
        has_archive=desk.has_archive,
        doing=doing,
        overview=overview,
        standings=standings,
        types=types,
        newest=newest,
        pasted=pasted,
    )
    rows = [[value.value, value.events] for value in (*standings, *types)]
    return Page("home.html.jinja", "Desk", view, ("what", "events"), rows)
