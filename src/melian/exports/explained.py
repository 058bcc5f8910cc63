"""Why a record is in a reading: its stage and rule, the knowledge behind it, its words, and what touches it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from melian.exports.record_search import Record, find_record
from melian.exports.rules import meaning_of
from melian.exports.visible import excerpt, show_line
from melian.exports.wording import (
    Lookup,
    describe_actor,
    describe_claim,
    describe_dispute,
    describe_parties,
    describe_type,
    describe_when,
    describe_where,
)
from melian.records import Actor, Claim, Dispute, Event, Reading, Reason, Span, Statement


def render_explanation(reading: Reading, wanted: str) -> RenderableType:
    """Lay out why a record is there.

    Raises:
        UnknownRecord: No id begins with `wanted`, or several do.
    """
    title, sections = explain(reading, wanted)
    parts: list[RenderableType] = [title]
    for heading, lines in sections:
        parts += [
            Text(),
            Text(heading, style="bold underline"),
            *(Padding(line, (0, 0, 0, 2), expand=False) for line in lines),
        ]
    by = reading.produced_by
    parts += [Text(), Text(show_line(f"Melian {by.melian}, {by.model}, knowledge {by.knowledge}", 200), style="dim")]
    return Group(*parts)


def explain(reading: Reading, wanted: str) -> tuple[Text, list[tuple[str, list[Text]]]]:
    """Say why a record is there: what it is, and under each heading its lines; a heading without lines is left out.

    Raises:
        UnknownRecord: No id begins with `wanted`, or several do.
    """
    record = find_record(reading, wanted)
    lookup = Lookup(reading)
    title = Text(f"{type(record).__name__} ", style="bold")
    title.append(show_line(record.id, 40), style="bold")
    title.append(f": {_describe(record, lookup)}")
    sections = [
        ("Why it is there", list(_reasons(record, lookup))),
        ("Its words", list(_words(record, lookup))),
        ("What touches it", list(_neighbours(record, lookup))),
        ("What is missing, and why", list(_absences(record, reading))),
    ]
    return title, [(heading, lines) for heading, lines in sections if lines]


def find_row(reference: str) -> dict[str, str] | None:
    """Find the knowledge row that a reason names.

    Args:
        reference: `table:row`: the table's folder, its file name with or without ending, or both; and the row's id.

    Returns:
        The filled cells by column, or None where there is no such row.
    """
    table, _, row = reference.partition(":")
    for name, node in _tables(files("melian.knowledge"), ""):
        if f"/{table.removesuffix('.tsv')}/" not in f"/{name.removesuffix('.tsv')}/":
            continue
        lines = [line.split("\t") for line in node.read_text(encoding="utf-8").split("\n") if line and line[0] != "#"]
        for cells in lines[1:]:
            filled = {column: cell for column, cell in zip(lines[0], cells, strict=False) if cell.strip()}
            if filled.get("id", cells[0]) == row:
                return filled
    return None


def _describe(record: Record, lookup: Lookup) -> str:
    match record:
        case Actor():
            return f"{show_line(record.name, 120)} ({describe_actor(record)})"
        case Statement():
            return f"{lookup.speaker_of(record)}, {record.act}, {record.kind}, confidence {record.confidence:.2f}"
        case Event():
            return f"{describe_parties(record, lookup)}: {describe_type(record)}, confidence {record.confidence:.2f}"
        case Claim():
            facts = f"{record.polarity}, {record.certainty}, {record.tense}"
            return f"{describe_claim(record, lookup)} ({facts}), of event {show_line(record.event, 40)}"
        case Dispute():
            return describe_dispute(record, lookup)


def _reasons(record: Record, lookup: Lookup) -> Iterator[Text]:
    for reason in lookup.reading.reasons:
        if reason.record == record.id:
            yield from _reason(reason, lookup)


def _reason(reason: Reason, lookup: Lookup) -> Iterator[Text]:
    score = f", score {reason.score:.2f}" if reason.score is not None else ""
    rule = f"{show_line(reason.stage, 60)}: {show_line(reason.rule, 200)}{score}"
    meaning = meaning_of(reason)
    yield Text(f"• {show_line(meaning, 600)}" if meaning else f"• {rule}")
    if meaning:
        yield Text(f"  rule: {rule}", style="dim")
    for span in reason.spans:
        yield Text(f"  rests on “{show_line(excerpt(lookup.text, span), 300)}” {_place(span)}")
    for reference in reason.rows:
        row = find_row(reference)
        yield Text(f"  by the table row {show_line(reference, 80)}" + ("" if row else " (no such row in these tables)"))
        for column in ("example", "provenance"):
            if row and column in row:
                yield Text(f"    {column}: {show_line(row[column], 300)}", style="dim")


def _words(record: Record, lookup: Lookup) -> Iterator[Text]:
    for what, span in dict.fromkeys(_spans(record)):
        yield Text(f"• {what}: “{show_line(excerpt(lookup.text, span), 400)}” {_place(span)}")


def _spans(record: Record) -> Iterator[tuple[str, Span]]:
    match record:
        case Actor():
            yield from (("named", span) for span in record.mentions)
        case Statement():
            if record.speaker_span is not None:
                yield "speaker", record.speaker_span
            if record.cue is not None:
                yield "cue", record.cue.span
            yield from (("content", span) for span in record.content)
        case Event():
            for mention in record.mentions:
                yield "trigger", mention.trigger
                yield "in", mention.sentence
            for what, part in (
                ("date", record.date),
                ("place", record.place),
                ("dead", record.dead),
                ("injured", record.injured),
            ):
                if part is not None and part.span is not None:
                    yield what, part.span
        case Claim():
            yield "sentence", record.span
        case Dispute():
            return


def _neighbours(record: Record, lookup: Lookup) -> Iterator[Text]:
    reading = lookup.reading
    if isinstance(record, Event):
        if record.date:
            yield Text(f"• date: {describe_when(record.date)} ({record.date.basis}, to the {record.date.precision})")
        if record.place:
            yield Text(f"• place: {describe_where(record.place)} ({record.place.precision or 'not in the gazetteer'})")
        for claim in lookup.claims_of(record):
            yield Text(f"• claim {show_line(claim.id, 40)}: {describe_claim(claim, lookup)}")
    if isinstance(record, Statement):
        for claim in reading.claims:
            if claim.holder == record.id:
                event = lookup.events.get(claim.event)
                about = describe_type(event) if event else show_line(claim.event, 40)
                yield Text(f"• claim {show_line(claim.id, 40)}: {describe_claim(claim, lookup)}; {about}")
    if isinstance(record, Actor):
        for event in reading.events:
            for role, ids in (("source", event.sources), ("target", event.targets)):
                if record.id in ids:
                    yield Text(f"• {role} of event {show_line(event.id, 40)}: {describe_type(event)}")
        for statement in reading.statements:
            if record.id == statement.speaker or record.id in statement.via:
                role = "speaker" if record.id == statement.speaker else "relays"
                yield Text(f"• {role} of statement {show_line(statement.id, 40)}")
    if isinstance(record, Dispute):
        for side in record.sides:
            for holder in side.holders:
                words = lookup.words_of_holder(holder, side)
                yield Text(f"• {side.stance}: {lookup.holder_of(holder, side)} [{show_line(holder, 40)}] “{words}”")
    for dispute in reading.disputes:
        touched = {dispute.about} | {part for side in dispute.sides for part in (*side.holders, *side.claims)}
        if record.id in touched:
            yield Text(f"• dispute {show_line(dispute.id, 40)}: {describe_dispute(dispute, lookup)}")


def _absences(record: Record, reading: Reading) -> Iterator[Text]:
    for absence in reading.absences:
        if absence.record == record.id:
            yield Text(f"• {show_line(absence.field, 60)}: {show_line(absence.reason, 200)}")


def _tables(node: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for child in sorted(node.iterdir(), key=lambda item: item.name):
        if child.is_dir():
            yield from _tables(child, f"{prefix}{child.name}/")
        elif child.name.endswith(".tsv"):
            yield prefix + child.name, child


def _place(span: Span) -> str:
    return f"[{span[0]}, {span[1]})"
