"""Readings as one web page that needs nothing else: no network, no server, and no script to be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from melian.exports.marking import Mark, Piece, cut_pieces, mark_reading
from melian.exports.single_page import render_single_page
from melian.exports.visible import excerpt, show_controls, show_line
from melian.exports.wording import (
    Lookup,
    describe_actor,
    describe_claims,
    describe_count,
    describe_dispute,
    describe_parties,
    describe_type,
    describe_when,
    describe_where,
    marks_of,
    name_report,
)
from melian.records import Reading

SWITCHES = (
    ("content", "what is said"),
    ("speaker", "speakers"),
    ("cue", "cues"),
    ("event", "events"),
    ("actor", "actors"),
    ("place", "places"),
    ("date", "dates"),
)
"""The layers of marks that a reader can hide, and their names."""
# Lines that are shorter on average are lines of a wrapped text, not paragraphs.
_SHORTEST_PARAGRAPH = 100
_LABELLED = {"content": "", "event": "", "actor": " quiet", "place": " quiet", "date": " quiet"}


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stretch of the shown text.

    Attributes:
        text: The words, controls made visible.
        classes: Style classes of the marks over it; "" for bare text.
        records: Anchors of the records it belongs to.
        target: The anchor that it links to; "" where it is no link.
        anchor: Its own anchor, where a mark begins.
        before: Brackets that open here.
        after: Labels of the marks that end here, each with its style class.
        is_last: A paragraph ends here, and the text itself leaves no blank line.
    """

    text: str
    classes: str = ""
    records: str = ""
    target: str = ""
    anchor: str = ""
    before: str = ""
    after: tuple[tuple[str, str], ...] = ()
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One record in the side column.

    Attributes:
        anchor: Its anchor.
        label: Its number, such as `E1`.
        record: Its id, "" for records without one.
        title: Who and what.
        notes: Further lines.
        marks: Warnings such as "disputed".
        links: Anchors in the text, each with its words.
    """

    anchor: str
    label: str
    record: str
    title: str
    notes: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One reading, ready for the template.

    Attributes:
        anchor: Its anchor.
        title: The report's title.
        facts: Outlet, date and so on.
        stretches: The text.
        groups: The side column: a heading and its entries.
        made: What made the reading.
    """

    anchor: str
    title: str
    facts: tuple[str, ...]
    stretches: tuple[Stretch, ...]
    groups: tuple[tuple[str, tuple[Entry, ...]], ...]
    made: str


def render_page(readings: Sequence[Reading]) -> str:
    """Write one self-contained HTML page over the readings, with a list of contents where there are several.

    Report text stays text: it is escaped, and the page forbids every script and style but its own by their hashes.
    """
    sheets = [lay_out(reading, f"r{number}") for number, reading in enumerate(readings, 1)]
    title = sheets[0].title if len(sheets) == 1 else f"{len(sheets)} reports"
    return render_single_page(
        "page.html.jinja", "page.css", "page.js", sheets=sheets, title=title, switches=SWITCHES, why=""
    )


def lay_out(reading: Reading, prefix: str) -> Sheet:
    """Lay one reading out: its text in stretches, its records in groups.

    Args:
        reading: The reading.
        prefix: Begins every anchor, so that several readings can stand on one page.
    """
    lookup = Lookup(reading)
    report = reading.report
    marks = mark_reading(reading)
    anchors: dict[Mark, str] = {}
    ends = _paragraph_ends(report.text)
    stretches = tuple(
        replace(_stretch(piece, report.text, prefix, anchors), is_last=piece.span[1] in ends)
        for piece in cut_pieces(len(report.text), marks, ends)
    )
    links: dict[str, list[tuple[str, str]]] = {}
    for mark in marks:
        if mark.label and mark in anchors:
            words = show_line(excerpt(report.text, mark.span), 60) or "…"
            links.setdefault(mark.label, []).append((anchors[mark], words))
    groups = tuple(
        (heading, tuple(_linked(entries, prefix, links)))
        for heading, entries in (
            ("What happened", _event_entries(lookup)),
            ("Who said what", _statement_entries(lookup)),
            ("What is disputed", _dispute_entries(lookup)),
            ("Who is who", _actor_entries(lookup)),
            ("Where", _place_entries(lookup)),
            ("When", _date_entries(lookup)),
        )
    )
    by = reading.produced_by
    return Sheet(
        anchor=prefix,
        title=name_report(report) or "(empty report)",
        facts=tuple(
            show_line(fact, 200)
            for fact in (
                report.outlet,
                f"published {report.published}" if report.published else "date of publication not known",
                report.url,
                f"report {report.id}",
                *report.warnings,
            )
            if fact
        ),
        stretches=stretches,
        groups=groups,
        made=show_line(f"Read by Melian {by.melian} with {by.model}, knowledge {by.knowledge}", 300),
    )


def _paragraph_ends(text: str) -> frozenset[int]:
    """Give the ends of lines that are whole paragraphs, in texts that have no blank lines between them."""
    lines = text.count("\n") + 1
    if "\n\n" in text.strip("\n") or len(text) < _SHORTEST_PARAGRAPH * lines:
        return frozenset()
    return frozenset(at for at, char in enumerate(text, 1) if char == "\n" and at < len(text))


def _stretch(piece: Piece, text: str, prefix: str, anchors: dict[Mark, str]) -> Stretch:
    words = show_controls(excerpt(text, piece.span))
    if not piece.marks:
        return Stretch(text=words)
    anchor = f"{prefix}-t{piece.span[0]}"
    anchors.update(dict.fromkeys(piece.opening, anchor))
    narrow = [mark for mark in piece.marks if mark.label and mark.layer != "content"]
    return Stretch(
        text=words,
        classes=" ".join(dict.fromkeys(mark.layer for mark in piece.marks)),
        records=" ".join(dict.fromkeys(f"{prefix}-{mark.label}" for mark in piece.marks if mark.label)),
        target=f"{prefix}-{narrow[-1].label}" if narrow else "",
        anchor=anchor if piece.opening else "",
        before="[" * sum(mark.layer == "content" for mark in piece.opening),
        after=tuple(
            dict.fromkeys(
                (f"]{mark.label}" if mark.layer == "content" else mark.label, mark.layer + _LABELLED[mark.layer])
                for mark in piece.closing
                if mark.layer in _LABELLED
            )
        ),
    )


def _linked(entries: Iterator[Entry], prefix: str, links: dict[str, list[tuple[str, str]]]) -> Iterator[Entry]:
    for entry in entries:
        yield Entry(
            anchor=f"{prefix}-{entry.label}",
            label=entry.label,
            record=entry.record,
            title=entry.title,
            notes=tuple(note for note in entry.notes if note),
            marks=entry.marks,
            links=tuple(dict.fromkeys(links.get(entry.label, ()))),
        )


def _event_entries(lookup: Lookup) -> Iterator[Entry]:
    for number, event in enumerate(lookup.reading.events, 1):
        facts = (
            describe_when(event.date) if event.date else "",
            describe_where(event.place) if event.place else "",
            describe_count(event.dead, "dead") if event.dead else "",
            describe_count(event.injured, "injured") if event.injured else "",
        )
        yield Entry(
            anchor="",
            label=f"E{number}",
            record=show_line(event.id, 40),
            title=describe_parties(event, lookup),
            notes=(describe_type(event), " · ".join(fact for fact in facts if fact), describe_claims(event, lookup)),
            marks=tuple(marks_of(event, lookup)),
        )


def _statement_entries(lookup: Lookup) -> Iterator[Entry]:
    for number, statement in enumerate(lookup.reading.statements, 1):
        actor = lookup.actors.get(statement.speaker or "")
        inside = f", inside {show_line(statement.parent, 40)}" if statement.parent else ""
        yield Entry(
            anchor="",
            label=f"S{number}",
            record=show_line(statement.id, 40),
            title=lookup.speaker_of(statement),
            notes=(
                describe_actor(actor) if actor else "",
                f"{statement.act}, {statement.kind}{inside}",
                f"via {lookup.names_of(statement.via)}" if statement.via else "",
            ),
        )


def _dispute_entries(lookup: Lookup) -> Iterator[Entry]:
    numbers = {statement.id: f" (S{number})" for number, statement in enumerate(lookup.reading.statements, 1)}
    for number, dispute in enumerate(lookup.reading.disputes, 1):
        sides = []
        for k, side in enumerate(dispute.sides):
            for holder in side.holders:
                if k and holder in dispute.sides[0].holders:
                    continue  # They charge each other in one breath.
                words = lookup.words_of_holder(holder, side)
                verb = "asserts" if side.stance == "assert" else "denies"
                who = lookup.holder_of(holder, side) + numbers.get(holder, "")
                sides.append(f"{verb}: {who}" + (f" — “{words}”" if words else ""))
        yield Entry(
            anchor="",
            label=f"X{number}",
            record=show_line(dispute.id, 40),
            title=describe_dispute(dispute, lookup),
            notes=(f"“{show_line(dispute.proposition, 400)}”", *sides),
        )


def _actor_entries(lookup: Lookup) -> Iterator[Entry]:
    for number, actor in enumerate(lookup.reading.actors, 1):
        yield Entry(
            anchor="",
            label=f"A{number}",
            record=show_line(actor.id, 40),
            title=show_line(actor.name, 120),
            notes=(describe_actor(actor),),
        )


def _place_entries(lookup: Lookup) -> Iterator[Entry]:
    for number, place in enumerate(lookup.reading.places, 1):
        yield Entry(
            anchor="",
            label=f"P{number}",
            record="",
            title=describe_where(place),
            notes=(place.precision or "not in the gazetteer",),
        )


def _date_entries(lookup: Lookup) -> Iterator[Entry]:
    for number, expression in enumerate(lookup.reading.dates, 1):
        when = expression.when
        yield Entry(
            anchor="",
            label=f"D{number}",
            record="",
            title=describe_when(when),
            notes=(f"{expression.kind}, to the {when.precision}, {when.basis}",),
        )
