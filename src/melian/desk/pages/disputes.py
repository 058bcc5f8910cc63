"""Disputes: the list, and one dispute with its sides in two columns."""

from __future__ import annotations

from datetime import date
from typing import get_args

import msgspec

from melian.desk.choice import address
from melian.desk.desk import Desk, NotThere
from melian.desk.pages.across import show_across, show_across_list
from melian.desk.pages.event import cue_of
from melian.desk.pages.judged import JudgedView, judged_of
from melian.desk.pages.page import Page, Query, number_of, stretch, table_of
from melian.desk.pages.reading import find_reading
from melian.errors import BadQuestion
from melian.exports.wording import Lookup, describe_dispute, describe_parties, describe_type, name_report
from melian.records import Dispute, DisputeKind

_ON_A_PAGE = 30
KINDS = {"contradiction": "asserted and denied", "figures": "the figures differ", "blame": "each blames the other"}


class DisputeLine(msgspec.Struct, frozen=True, kw_only=True):
    """A dispute as the list shows it."""

    report: str
    dispute: str
    event: str | None = None
    kind: str
    type: str | None = None
    asserted_by: tuple[str | None, ...] | None = None
    denied_by: tuple[str | None, ...] | None = None
    proposition: str | None = None
    outlet: str | None = None
    published: date | None = None
    all: int = 0


class DisputesView(msgspec.Struct, frozen=True, kw_only=True):
    """The list of disputes."""

    q: str
    kind: str
    kinds: dict[str, str]
    total: int
    disputes: tuple[DisputeLine, ...]
    previous: str
    following: str


class Holding(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody on a side of a dispute: who, said how, in which words, and the statement's id."""

    who: str
    cue: str
    words: str
    record: str


class SideView(msgspec.Struct, frozen=True, kw_only=True):
    """A side: its stance in words, and those who take it."""

    stance: str
    title: str
    holdings: tuple[Holding, ...]


class DisputeView(msgspec.Struct, frozen=True, kw_only=True):
    """A dispute's page."""

    report: str
    dispute: str
    event: str
    about: str
    what: str
    kind: str
    proposition: str
    sides: tuple[SideView, ...]
    outlet: str
    published: str
    report_title: str
    judged: JudgedView
    is_pasted: bool
    here: str
    reviewer: str


def show_disputes(desk: Desk, query: Query) -> Page:
    """Show the disputes of the archive, the newest first."""
    kind, q = query.get("kind", ""), query.get("q", "").strip()[:200]
    if kind not in ("", *get_args(DisputeKind)):
        raise BadQuestion(f"There is no kind of dispute {kind[:40]!r}", f"one of {', '.join(get_args(DisputeKind))}")
    if query.get("across") == "yes":
        return show_across_list(desk, query, KINDS)
    number = number_of(query, "page")
    count, skip = stretch(query, number, _ON_A_PAGE)
    fitting = {"across": False, "linked": "", "kind": kind, "q": q}
    found = desk.questions().ask("disputes", DisputeLine, **fitting, count=count, skip=skip)
    total = found[0].all if found else 0
    view = DisputesView(
        q=q,
        kind=kind,
        kinds=KINDS,
        total=total,
        disputes=tuple(found),
        previous=address("/disputes", kind=kind, q=q, page=number - 1) if number > 1 else "",
        following=address("/disputes", kind=kind, q=q, page=number + 1) if number * _ON_A_PAGE < total else "",
    )
    columns, rows = table_of(found, DisputeLine)
    return Page("disputes.html.jinja", "Disputes", view, columns[:-1], [row[:-1] for row in rows])


def show_dispute(desk: Desk, query: Query) -> Page:
    """Show one dispute: each side in its own words. Named by an event, it is that of all reports."""
    report = query.get("report", "")
    if query.get("event"):
        return show_across(desk, query, KINDS)
    reading, is_pasted = find_reading(desk, report)
    dispute = next((one for one in reading.disputes if one.id == query.get("id")), None)
    if dispute is None:
        raise NotThere(
            f"This report has no dispute {query.get('id', '')[:40]!r}", "one of its disputes", "Look at the report"
        )
    lookup = Lookup(reading)
    event = lookup.events.get(dispute.about or "")
    view = DisputeView(
        report=report,
        dispute=dispute.id,
        event=event.id if event else "",
        about=f"{describe_parties(event, lookup)}: {describe_type(event)}" if event else "",
        what=describe_dispute(dispute, lookup),
        kind=KINDS[dispute.kind],
        proposition=dispute.proposition,
        sides=tuple(sides_of(dispute, lookup)),
        outlet=reading.report.outlet or "",
        published=reading.report.published or "",
        report_title=name_report(reading.report),
        judged=JudgedView() if is_pasted else judged_of(desk, report, "dispute", dispute.id),
        is_pasted=is_pasted,
        here=address("/dispute", report=report, id=dispute.id),
        reviewer=query.get("reviewer", ""),
    )
    rows = [[side.stance, holding.who, holding.cue, holding.words] for side in view.sides for holding in side.holdings]
    return Page("dispute.html.jinja", "Dispute", view, ("stance", "who", "cue", "words"), rows)


def sides_of(dispute: Dispute, lookup: Lookup) -> list[SideView]:
    """Give the sides in the order in which the reading has them: neither is first by rank."""
    sides = []
    for side in dispute.sides:
        words = {"assert": "Says that it is so", "deny": "Says that it is not so"}[side.stance]
        if dispute.kind == "figures":
            words = "One figure" if side.stance == "assert" else "Another figure"
        holdings = tuple(
            Holding(
                who=lookup.holder_of(holder, side),
                cue=cue_of(holder, lookup),
                words=lookup.words_of_holder(holder, side),
                record=holder,
            )
            for holder in side.holders
        )
        sides.append(SideView(stance=side.stance, title=words, holdings=holdings))
    return sides
