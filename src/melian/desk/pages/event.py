"""One event: its mentions, who says what of it, its figures, and what may be the same elsewhere."""

from __future__ import annotations

import msgspec

from melian.desk.charts import draw_figures, draw_places
from melian.desk.choice import address
from melian.desk.counted import Figure, Place
from melian.desk.desk import Desk, NotThere
from melian.desk.pages.judged import JudgedView, judged_of
from melian.desk.pages.linked import (
    Decided,
    LinkedFigure,
    LinkedView,
    alike,
    are_linked,
    decisions_about,
    happening_of,
)
from melian.desk.pages.page import EventLine, Page, Query
from melian.desk.pages.reading import find_reading
from melian.exports.visible import clamp, excerpt
from melian.exports.wording import (
    Lookup,
    describe_claim,
    describe_count,
    describe_parties,
    describe_type,
    describe_when,
    describe_where,
    marks_of,
    name_report,
)
from melian.records import Dispute, Event, Reading, Span


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence that tells the event: its words, cut where the trigger stands."""

    parts: tuple[tuple[str, bool], ...]


class Voice(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody holds of the event, in their words.

    Attributes:
        who: The holder.
        judgement: "denied by Russia" and the like.
        cue: The words that attribute it, such as "denied"; "" for the report itself.
        words: The holder's own words.
        stance: Whether they hold that it happened: "for", "against" or "open".
        record: The claim's id.
        statement: The holder's statement; "" for the report itself.
    """

    who: str
    judgement: str
    cue: str
    words: str
    stance: str
    record: str
    statement: str = ""


class EventView(msgspec.Struct, frozen=True, kw_only=True):
    """An event's page."""

    report: str
    event: str
    parties: str
    kind: str
    when: str
    where: str
    outlet: str
    published: str
    report_title: str
    marks: tuple[str, ...]
    tellings: tuple[Telling, ...]
    voices: tuple[Voice, ...]
    figures: tuple[Figure, ...]
    disputes: tuple[tuple[str, str], ...]
    missing: tuple[tuple[str, str], ...]
    alike: tuple[EventLine, ...]
    is_pasted: bool
    judged: JudgedView
    are_linked: bool
    linked: LinkedView | None
    decisions: tuple[Decided, ...]
    here: str
    reviewer: str


class RejectedView(msgspec.Struct, frozen=True, kw_only=True):
    """The page of an event that reviewers rejected."""

    report: str
    event: str
    judged: JudgedView
    here: str
    reviewer: str


def show_event(desk: Desk, query: Query) -> Page:
    """Show one event of one report, and what other reports tell alike."""
    report = query.get("report", "")
    reading, is_pasted = find_reading(desk, report)
    event = next((one for one in reading.events if one.id == query.get("id")), None)
    here = address("/event", report=report, id=query.get("id", ""))
    judged = JudgedView() if is_pasted else judged_of(desk, report, "event", query.get("id", ""))
    if event is None and judged.mark == "rejected":
        gone = RejectedView(
            report=report, event=query["id"], judged=judged, here=here, reviewer=query.get("reviewer", "")
        )
        return Page("rejected.html.jinja", "A rejected event", gone, status=404)
    if event is None:
        raise NotThere(
            f"This report has no event {query.get('id', '')[:40]!r}", "one of its events", "Look at the report"
        )
    lookup = Lookup(reading)
    linked = None if is_pasted else happening_of(desk, report, event.id)
    others = () if is_pasted else tuple(alike(desk, report, event.id, linked.told if linked else ()))
    own = _figures(event, reading)
    told = [_figure_told(figure) for figure in linked.figures] if linked else []
    figures = tuple(told) if len(told) > 1 else tuple(own)
    reviewer = query.get("reviewer", "")
    around = [(one.line.report, one.line.event) for one in linked.told] if linked else []
    view = EventView(
        report=report,
        event=event.id,
        parties=describe_parties(event, lookup),
        kind=describe_type(event),
        when=describe_when(event.date) if event.date else "",
        where=describe_where(event.place) if event.place else "",
        outlet=reading.report.outlet or "",
        published=reading.report.published or "",
        report_title=name_report(reading.report),
        marks=tuple(marks_of(event, lookup)),
        tellings=tuple(_telling(mention.sentence, mention.trigger, reading.report.text) for mention in event.mentions),
        voices=tuple(_voices(event, lookup)),
        figures=tuple(own),
        disputes=tuple(
            (address("/dispute", report=report, id=dispute.id), _about(dispute))
            for dispute in reading.disputes
            if dispute.about == event.id
        ),
        missing=tuple((one.field, one.reason) for one in reading.absences if one.record == event.id),
        alike=others,
        is_pasted=is_pasted,
        judged=judged,
        are_linked=not is_pasted and are_linked(desk),
        linked=linked,
        decisions=() if is_pasted else tuple(decisions_about(desk, [(report, event.id), *around], reviewer)),
        here=here,
        reviewer=reviewer,
    )
    charts: dict[str, object] = {}
    places = [place for place in (linked.places if linked else ()) if place.lat is not None and place.lon is not None]
    if not places and event.place and event.place.lat is not None and event.place.lon is not None:
        place = event.place
        places = [
            Place(place=place.name, country=place.country, precision=place.precision, lat=place.lat, lon=place.lon)
        ]
    if places:
        charts["map"] = draw_places(places, has_borders=False, height=220)
    if len(figures) > 1:
        charts["figures"] = draw_figures(figures)
    rows = [[voice.who, voice.judgement, voice.words] for voice in view.voices]
    return Page("event.html.jinja", view.parties, view, ("who", "judgement", "words"), rows, charts)


def _telling(sentence: Span, trigger: Span, text: str) -> Telling:
    start, end = clamp(sentence, len(text))
    low, high = max(trigger[0], start), min(max(trigger[1], start), end)
    parts = ((text[start:low], False), (text[low:high], True), (text[max(high, start) : end], False))
    return Telling(parts=tuple(part for part in parts if part[0]))


def _voices(event: Event, lookup: Lookup) -> list[Voice]:
    found = []
    for claim in lookup.claims_of(event):
        is_open = claim.certainty == "uncommitted" or claim.tense in ("future", "hypothetical")
        words = lookup.words_of_holder(claim.holder) or excerpt(lookup.text, claim.span)
        found.append(
            Voice(
                who=lookup.holder_of(claim.holder),
                judgement=describe_claim(claim, lookup),
                cue=cue_of(claim.holder, lookup),
                words=words,
                stance="open" if is_open else "for" if claim.polarity == "positive" else "against",
                record=claim.id,
                statement=claim.holder if claim.holder in lookup.statements else "",
            )
        )
    return found


def cue_of(holder: str, lookup: Lookup) -> str:
    """Cut the words that attribute a holder's statement: without "denied", what is denied reads as if it were so."""
    statement = lookup.statements.get(holder)
    return excerpt(lookup.text, statement.cue.span) if statement is not None and statement.cue is not None else ""


def _figures(event: Event, reading: Reading) -> list[Figure]:
    return [
        Figure(
            what=what,
            words=describe_count(count, what),
            report=reading.report.id,
            outlet=reading.report.outlet or "",
            published=reading.report.published or "",
            low=count.low,
            high=count.high,
        )
        for what, count in (("dead", event.dead), ("injured", event.injured))
        if count is not None
    ]


def _figure_told(figure: LinkedFigure) -> Figure:
    return Figure(
        what=figure.what,
        words=f"{figure.figure} {figure.what}, {figure.holder_name}",
        report=figure.report,
        outlet=figure.outlet or "",
        published=figure.published.isoformat() if figure.published else "",
        low=figure.low,
        high=figure.high,
    )


def _about(dispute: Dispute) -> str:
    return {"figures": "The figures differ", "blame": "Each blames the other"}.get(dispute.kind, "Asserted and denied")
