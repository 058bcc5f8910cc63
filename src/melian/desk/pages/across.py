"""What is disputed between the reports: the list, and one dispute with all who take a side."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from melian.desk.choice import address
from melian.desk.desk import Desk, NotThere
from melian.desk.pages.linked import (
    Account,
    Across,
    Holder,
    LinkedFigure,
    accounts_of,
    are_linked,
    disputes_of,
    figures_of,
    holder_of,
    holders_of,
    key_of,
)
from melian.desk.pages.page import Page, Query, number_of, stretch, table_of
from melian.desk.questions import Questions
from melian.exports.wording import name_type

ON_A_PAGE = 30
TITLES = {
    "contradiction": ("+ Says that it is so", "− Says that it is not so"),
    "figures": ("One figure", "Another figure"),
    "blame": ("Lays it at one door", "Lays it at the other"),
}


class Reported(msgspec.Struct, frozen=True, kw_only=True):
    """A dispute of one report that is part of the one across reports."""

    report: str
    dispute: str
    outlet: str | None = None
    proposition: str | None = None


class AcrossListView(msgspec.Struct, frozen=True, kw_only=True):
    """The list of what is disputed between the reports."""

    q: str
    kind: str
    kinds: dict[str, str]
    are_linked: bool
    total: int
    disputes: tuple[Across, ...]
    previous: str
    following: str


class AcrossView(msgspec.Struct, frozen=True, kw_only=True):
    """A dispute between reports."""

    report: str
    event: str
    dispute: Across
    about: str
    kind: str
    sides: tuple[tuple[str, tuple[Holder, ...]], ...]
    silent: tuple[Holder, ...]
    reported: tuple[Reported, ...]


def show_across_list(desk: Desk, query: Query, kinds: dict[str, str]) -> Page:
    """Show what is disputed between the reports, what was told last first."""
    kind, q, number = query.get("kind", ""), query.get("q", "").strip()[:200], number_of(query, "page")
    count, skip = stretch(query, number, ON_A_PAGE)
    questions = desk.questions()
    found = questions.ask("disputes", Across, across=True, linked="", kind=kind, q=q, count=count, skip=skip)
    total = found[0].all if found else 0
    kept = {"across": "yes", "kind": kind, "q": q}
    view = AcrossListView(
        q=q,
        kind=kind,
        kinds=kinds,
        are_linked=are_linked(desk),
        total=total,
        disputes=tuple(found),
        previous=address("/disputes", **kept, page=number - 1) if number > 1 else "",
        following=address("/disputes", **kept, page=number + 1) if number * ON_A_PAGE < total else "",
    )
    columns, rows = table_of(found, Across)
    return Page("across_list.html.jinja", "Disputes between reports", view, columns[:-1], [row[:-1] for row in rows])


def show_across(desk: Desk, query: Query, kinds: dict[str, str]) -> Page:
    """Show one dispute between reports: each side's words, speakers and outlets, and who told it first."""
    report, event, kind = (query.get(name, "") for name in ("report", "event", "kind"))
    questions = desk.questions()
    key = key_of(questions, report, event)
    linked = (key.linked if key is not None else None) or ""
    found = disputes_of(questions, linked, kind) if linked else []
    if not found:
        raise NotThere(
            f"Nothing of this kind is disputed between the reports about event {event[:40]!r}",
            "a dispute of the page of disputes",
            "Look there; links may have been made again since",
        )
    one = found[0]
    accounts = accounts_of(questions, linked)
    parties = [", ".join(name for name in side if name) for side in (one.source_names, one.target_names)]
    view = AcrossView(
        report=report,
        event=event,
        dispute=one,
        about=f"{' → '.join(party for party in parties if party) or 'someone'}: {name_type(one.type)}",
        kind=kinds[one.kind],
        sides=tuple(zip(TITLES[one.kind], _sides(questions, one, accounts), strict=True)),
        silent=holders_of(accounts, "not said") if one.kind == "contradiction" else (),
        reported=tuple(questions.ask("disputes_in", Reported, linked=linked, kind=kind)),
    )
    rows = [
        [title, holder.who, words, place.outlet, place.published]
        for title, holders in view.sides
        for holder in holders
        for words in holder.words or ("",)
        for place in holder.told or ()
    ]
    columns = ("side", "who", "words", "outlet", "published")
    return Page("across.html.jinja", "Dispute between reports", view, columns, rows)


def _sides(questions: Questions, one: Across, accounts: list[Account]) -> tuple[tuple[Holder, ...], ...]:
    """Give the holders of each side; who takes one only by what a single report sets against each other is named."""
    stances = ("assert", "deny") if one.kind == "contradiction" else ("", "")
    figures = figures_of(questions, one.linked) if one.kind == "figures" else []
    return tuple(
        holders_of(accounts, stance) or tuple(_named(names, accounts, figures))
        for stance, names in zip(stances, (one.asserted_by, one.denied_by), strict=True)
    )


def _named(labels: Iterable[str | None] | None, accounts: list[Account], figures: list[LinkedFigure]) -> list[Holder]:
    """Find for each label of a side the words and the reports that belong to it."""
    found = []
    for label in labels or ():
        own = [a for a in accounts if label in (a.holder_label, a.holder_name) and a.stance in ("assert", "deny")]
        numbers = {figure.report for figure in figures if label == f"{figure.holder_label}: {figure.figure}"}
        own = own or [account for account in accounts if account.report in numbers]
        if own:
            found.append(msgspec.structs.replace(holder_of(own), who=label or "somebody"))
        else:
            found.append(Holder(who=label or "somebody", words=(), told=(), voices=0, first_told=None))
    return found
