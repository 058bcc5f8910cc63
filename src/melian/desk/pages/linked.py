"""What an archive knows of the same event in several reports. Pages ask here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from melian.archive.layout import find_archive
from melian.archive.linking.decisions import decisions_of
from melian.desk.choice import address
from melian.desk.counted import Place
from melian.desk.desk import Desk
from melian.desk.pages.page import EventLine
from melian.desk.questions import Questions

MOST_TELLINGS = 60
"""Tellings that stand side by side on a page; the rest is counted."""
_MOST_WORDS, _MOST_DISPUTES = 3, 9


class LinkCount(msgspec.Struct, frozen=True, kw_only=True):
    """How much of the archive is linked."""

    links: int


class Key(msgspec.Struct, frozen=True, kw_only=True):
    """Where an event stands in the lists: its id, and the happening that it is of, if it is linked."""

    id: int
    linked: str | None = None
    happening: int | None = None


class LinkLine(msgspec.Struct, frozen=True, kw_only=True):
    """Why an event of a report belongs to a happening."""

    linked: str
    report: str
    event: str
    voice: str
    score: float | None = None
    reason: str | None = None
    with_report: str | None = None
    with_event: str | None = None


class LinkedEvent(msgspec.Struct, frozen=True, kw_only=True):
    """A happening, taken from all its tellings."""

    linked: str
    type: str
    modes: tuple[str, ...] = ()
    quad: int
    standing: str
    source_names: tuple[str | None, ...] = ()
    target_names: tuple[str | None, ...] = ()
    first_day: date | None = None
    last_day: date | None = None
    date_value: str | None = None
    place: str | None = None
    place_country: str | None = None
    reports: int
    voices: int
    outlets: int
    first_published: date | None = None
    first_report: str
    first_outlet: str | None = None
    dead_low: int | None = None
    dead_high: int | None = None
    words: str | None = None


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """What one holder says of a happening in one report."""

    report: str
    event: str
    holder: str
    holder_name: str
    holder_country: str | None = None
    holder_label: str
    identity: str
    stance: str
    voice: str
    outlet: str | None = None
    published: date | None = None
    words: str | None = None


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A report in which something is told."""

    report: str
    outlet: str | None
    published: date | None


class Holder(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who takes a stance on a happening: in which words, where it is told, and since when."""

    who: str
    words: tuple[str, ...]
    told: tuple[Source, ...]
    voices: int
    first_told: date | None


class LinkedFigure(msgspec.Struct, frozen=True, kw_only=True):
    """A number of people, and who gives it when."""

    what: str
    low: int | None = None
    high: int | None = None
    figure: str
    holder_name: str
    holder_label: str
    outlet: str | None = None
    published: date | None = None
    report: str


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """How one report tells a happening, and why it is held for the same."""

    line: EventLine
    link: LinkLine
    is_here: bool


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """A person's decision about a link."""

    id: str
    at: str
    by: str
    verdict: str
    left: str
    right: str
    why: str


class LinkedView(msgspec.Struct, frozen=True, kw_only=True):
    """A happening in all reports."""

    event: LinkedEvent
    told: tuple[Told, ...]
    left_out: int
    asserting: tuple[Holder, ...]
    denying: tuple[Holder, ...]
    silent: tuple[Holder, ...]
    foreseeing: tuple[Holder, ...]
    figures: tuple[LinkedFigure, ...]
    disputes: tuple[tuple[str, str], ...]
    places: tuple[Place, ...]


def are_linked(desk: Desk) -> bool:
    """Tell whether the reports of the archive have been linked."""
    return desk.questions().about("are_linked", LinkCount).links > 0


def key_of(questions: Questions, report: str, event: str) -> Key | None:
    """Find an event of a report; None where the lists have it not yet."""
    found = questions.ask("key", Key, report=report, event=event)
    return found[0] if found else None


def happening_of(desk: Desk, report: str, event: str) -> LinkedView | None:
    """Give what all reports tell of an event of one of them; None where it has not been linked yet."""
    questions = desk.questions()
    key = key_of(questions, report, event)
    if key is None or key.linked is None or key.happening is None:
        return None
    linked = key.linked
    links = questions.ask("links_of", LinkLine, linked=linked)
    found = questions.ask("linked_event", LinkedEvent, id=key.happening)
    by_place = {(link.report, link.event): link for link in links}
    lines = questions.ask("tellings", EventLine, linked=linked, count=MOST_TELLINGS)
    accounts = accounts_of(questions, linked)
    return LinkedView(
        event=found[0],
        told=tuple(
            Told(
                line=line, link=by_place[line.report, line.event], is_here=(line.report, line.event) == (report, event)
            )
            for line in lines
            if (line.report, line.event) in by_place
        ),
        left_out=len(links) - len(lines),
        asserting=holders_of(accounts, "assert"),
        denying=holders_of(accounts, "deny"),
        silent=holders_of(accounts, "not said"),
        foreseeing=holders_of(accounts, "foresee"),
        figures=tuple(figures_of(questions, linked)),
        disputes=tuple(
            (one.kind, address("/dispute", report=report, event=event, kind=one.kind))
            for one in disputes_of(questions, linked)
        ),
        places=tuple(questions.ask("places_told", Place, linked=linked)),
    )


class Across(msgspec.Struct, frozen=True, kw_only=True):
    """What is disputed between reports, with an event by which its page is found."""

    linked: str
    report: str
    event: str
    kind: str
    type: str
    source_names: tuple[str | None, ...] = ()
    target_names: tuple[str | None, ...] = ()
    asserted_by: tuple[str | None, ...] | None = None
    denied_by: tuple[str | None, ...] | None = None
    not_said_by: tuple[str | None, ...] | None = None
    asserting_voices: int = 0
    denying_voices: int = 0
    first_told: date | None = None
    first_told_by: str | None = None
    first_outlet: str | None = None
    is_settled: bool | None = None
    settled_on: date | None = None
    reports: int
    voices: int
    proposition: str | None = None
    all: int = 0


def accounts_of(questions: Questions, linked: str) -> list[Account]:
    """Give what everybody says of a happening."""
    return questions.ask("accounts", Account, linked=linked)


def disputes_of(questions: Questions, linked: str, kind: str = "") -> list[Across]:
    """Give what the reports dispute of a happening; of one kind, where that is named."""
    return questions.ask("disputes", Across, across=True, linked=linked, kind=kind, q="", count=_MOST_DISPUTES, skip=0)


def figures_of(questions: Questions, linked: str) -> list[LinkedFigure]:
    """Give the figures that are told of a happening."""
    return questions.ask("figures", LinkedFigure, linked=linked)


def holders_of(accounts: Iterable[Account], stance: str) -> tuple[Holder, ...]:
    """Gather accounts of one stance by who holds it: a minister in twenty reprints is one holder."""
    grouped: dict[str, list[Account]] = {}
    for one in accounts:
        if one.stance == stance:
            grouped.setdefault(one.identity, []).append(one)
    return tuple(holder_of(group) for group in grouped.values())


def holder_of(accounts: list[Account]) -> Holder:
    """Make one holder of the accounts that are theirs."""
    days = [one.published for one in accounts if one.published is not None]
    places = {one.report: Source(report=one.report, outlet=one.outlet, published=one.published) for one in accounts}
    return Holder(
        who=accounts[0].holder_label,
        words=tuple(list(dict.fromkeys(one.words for one in accounts if one.words))[:_MOST_WORDS]),
        told=tuple(places.values()),
        voices=len({one.voice for one in accounts}),
        first_told=min(days, default=None),
    )


def alike(desk: Desk, report: str, event: str, told: Iterable[Told] = ()) -> list[EventLine]:
    """Give events of other reports that may be the same happening: of the same type, day and countries.

    They are not linked: the reader has to judge.
    """
    known = {(one.line.report, one.line.event) for one in told}
    questions = desk.questions()
    key = key_of(questions, report, event)
    found = questions.ask("alike", EventLine, report=report, id=key.id) if key is not None else []
    return [line for line in found if (line.report, line.event) not in known]


def decisions_about(desk: Desk, events: Iterable[tuple[str, str]], reviewer: str = "") -> list[Decided]:
    """Give the decisions of people that stand and are about links of these events.

    What others say in a random order of links is kept from a reviewer who has not judged the same link: what is
    measured there is how far people agree who do not know of each other.
    """
    known, standing = set(events), decisions_of(find_archive(desk.folder))
    own = {frozenset({one.left, one.right}) for one in standing if one.by == reviewer}
    return [
        Decided(
            id=one.id,
            at=one.at,
            by=one.by,
            verdict=one.verdict,
            left="#".join(one.left),
            right="#".join(one.right),
            why=one.why,
        )
        for one in standing
        if one.about == "events"
        and {one.left, one.right} & known
        and not (one.seed and reviewer and frozenset({one.left, one.right}) not in own)
    ]
