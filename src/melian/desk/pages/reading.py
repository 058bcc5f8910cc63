"""One report with its marks, and why a record of it is there."""

from __future__ import annotations

from urllib.parse import urlencode

import msgspec

from melian.desk.desk import Desk, NotThere
from melian.desk.pages.page import Page, Query
from melian.exports.explained import explain
from melian.exports.page import SWITCHES, Sheet, lay_out
from melian.exports.record_search import UnknownRecord
from melian.records import Reading


class ReadingView(msgspec.Struct, frozen=True, kw_only=True):
    """A report's page."""

    reading: Reading
    is_pasted: bool


class SheetView(msgspec.Struct, frozen=True, kw_only=True):
    """What the template of the annotated page needs."""

    sheet: Sheet
    switches: tuple[tuple[str, str], ...]
    why: str
    is_pasted: bool
    report: str
    has_nothing: bool


class WhyView(msgspec.Struct, frozen=True, kw_only=True):
    """Why a record is there: a line of what it is, and headings with their lines."""

    report: str
    record: str
    what: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    back: str


def show_report(desk: Desk, query: Query) -> Page:
    """Show a report of the archive, or a pasted one."""
    ident = query.get("id", "")
    reading, is_pasted = find_reading(desk, ident)
    columns = ("event", "type", "sources", "targets", "first_day", "last_day", "place", "words")
    names = {actor.id: actor.name for actor in reading.actors}
    text = reading.report.text
    rows = [
        [
            event.id,
            event.type,
            [names.get(actor, actor) for actor in event.sources],
            [names.get(actor, actor) for actor in event.targets],
            event.date.start if event.date else None,
            event.date.end if event.date else None,
            event.place.name if event.place else None,
            text[slice(*event.mentions[0].sentence)] if event.mentions else None,
        ]
        for event in reading.events
    ]
    title = reading.report.title or "A report"
    return Page("report.html.jinja", title, ReadingView(reading=reading, is_pasted=is_pasted), columns, rows)


def sheet_of(view: ReadingView) -> SheetView:
    """Lay a reading out for the template."""
    reading = view.reading
    return SheetView(
        sheet=lay_out(reading, "r"),
        switches=SWITCHES,
        why="/why?" + urlencode({"report": reading.report.id}) + "&record=",
        is_pasted=view.is_pasted,
        report=reading.report.id,
        has_nothing=not (reading.events or reading.statements),
    )


def show_why(desk: Desk, query: Query) -> Page:
    """Say why a record is there."""
    report, record = query.get("report", ""), query.get("record", "")
    reading, _ = find_reading(desk, report)
    try:
        what, sections = explain(reading, record)
    except UnknownRecord as error:
        raise NotThere(error.found, error.expected, error.do) from error
    view = WhyView(
        report=report,
        record=record,
        what=what.plain,
        sections=tuple((heading, tuple(line.plain for line in lines)) for heading, lines in sections),
        back="/report?" + urlencode({"id": report}),
    )
    rows = [[heading, line] for heading, lines in view.sections for line in lines]
    return Page("why.html.jinja", "Why is this here?", view, ("heading", "line"), rows)


def find_reading(desk: Desk, report: str) -> tuple[Reading, bool]:
    """Find the reading of a pasted report, or else of one of the archive; say whether it is a pasted one.

    Raises:
        NotThere: There is no such report.
    """
    pasted = desk.pasted.find(report)
    if pasted is not None:
        return pasted, True
    if not desk.has_archive:
        raise NotThere(
            "This report is not on the desk any more",
            "a report that was pasted since the desk was started",
            "Paste it again on the first page",
        )
    return desk.reading(report), False
