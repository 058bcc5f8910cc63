"""The list of reports."""

from __future__ import annotations

from datetime import date

import msgspec

from melian.desk.choice import address
from melian.desk.desk import Desk
from melian.desk.pages.page import Page, Query, stretch, table_of

_ON_A_PAGE = 50


class ReportLine(msgspec.Struct, frozen=True, kw_only=True):
    """A report as the list shows it."""

    report: str
    title: str | None = None
    outlet: str | None = None
    published: date | None = None
    characters: int = 0
    all: int = 0


class ReportsView(msgspec.Struct, frozen=True, kw_only=True):
    """The list of reports."""

    q: str
    outlet: str
    total: int
    reports: tuple[ReportLine, ...]
    previous: str
    following: str


def show_reports(desk: Desk, query: Query) -> Page:
    """Show the reports that hold the words asked for, the newest first."""
    q, outlet = query.get("q", "").strip()[:200], query.get("outlet", "").strip()[:200]
    page = query.get("page", "1")
    number = max(int(page), 1) if page.isascii() and page.isdecimal() and len(page) < 7 else 1
    questions = desk.questions()
    numbers = questions.index.search.find("reports", q) if q else None
    count, skip = stretch(query, number, _ON_A_PAGE)
    found = questions.ask("reports", ReportLine, outlet=outlet, found=numbers, count=count, skip=skip)
    total = found[0].all if found else 0
    view = ReportsView(
        q=q,
        outlet=outlet,
        total=total,
        reports=tuple(found),
        previous=address("/reports", q=q, outlet=outlet, page=number - 1) if number > 1 else "",
        following=address("/reports", q=q, outlet=outlet, page=number + 1) if number * _ON_A_PAGE < total else "",
    )
    columns, rows = table_of(found, ReportLine)
    return Page("reports.html.jinja", "Reports", view, columns[:-1], [row[:-1] for row in rows])
