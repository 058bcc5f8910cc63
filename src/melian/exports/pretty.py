"""A reading for the eye, in a terminal or a pipe. Nothing depends on colour."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from melian.exports.visible import clamp, excerpt, show_line
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
    name_country,
)
from melian.records import Actor, Event, Reading, Span, Statement, contains

_LONGEST_SENTENCE = 600


def render_pretty(reading: Reading) -> RenderableType:
    """Lay a reading out in words: what happened, who said what, what is disputed, who is who."""
    lookup = Lookup(reading)
    parts: list[RenderableType] = [*_header(reading)]
    for title, lines in (
        ("What happened", _events(lookup)),
        ("Who said what", _statements(lookup)),
        ("What is disputed", _disputes(lookup)),
        ("Who is who", _actors(lookup)),
    ):
        content = list(lines)
        parts += [Text(), Text(f"{title}", style="bold underline")]
        parts += content or [_inset(Text("Nothing found.", style="dim"))]
    return Group(*parts)


def _header(reading: Reading) -> Iterator[Text]:
    report = reading.report
    yield Text(show_line(report.title or _first_line(report.text), 200) or "(no title)", style="bold")
    dateline = ", ".join(show_line(part, 80) for part in (report.dateline.place, report.dateline.date) if part)
    facts = [
        show_line(report.outlet, 80) if report.outlet else "",
        show_line(report.published, 40) if report.published else "date of publication not known",
        f"dateline {dateline}" if dateline else "",
        *report.warnings,
    ]
    line = Text(" · ".join(fact for fact in facts if fact))
    line.append(f"  [{show_line(report.id, 40)}]", style="dim")
    yield line


def _events(lookup: Lookup) -> Iterator[RenderableType]:
    for event in lookup.reading.events:
        marks = marks_of(event, lookup)
        title = Text("• ")
        title.append(describe_parties(event, lookup), style="bold")
        title.append(f": {describe_type(event)}")
        if marks:
            title.append(f"  — {', '.join(marks)}", style="italic")
        yield _inset(_with_id(title, event.id))
        facts = [
            describe_when(event.date) if event.date else "",
            describe_where(event.place) if event.place else "",
            describe_count(event.dead, "dead") if event.dead else "",
            describe_count(event.injured, "injured") if event.injured else "",
        ]
        for line in (" · ".join(fact for fact in facts if fact), describe_claims(event, lookup)):
            if line:
                yield _inset(Text(line), 2)
        yield from _evidence(event, lookup)


def _evidence(event: Event, lookup: Lookup) -> Iterator[RenderableType]:
    sentences: dict[Span, list[Span]] = {}
    for mention in event.mentions:
        sentences.setdefault(mention.sentence, []).append(mention.trigger)
    for sentence, triggers in sentences.items():
        yield _inset(_quote(lookup.text, sentence, triggers), 2)


def _statements(lookup: Lookup) -> Iterator[RenderableType]:
    for statement in lookup.reading.statements:
        actor = lookup.actors.get(statement.speaker or "")
        title = Text("• ")
        name = lookup.speaker_of(statement)
        title.append(name, style="bold")
        told = (name_country(actor.country), actor.office) if actor else ()
        if about := [part for part in told if part and part[:4].casefold() not in name.casefold()]:
            title.append(f" ({', '.join(show_line(part, 80) for part in about)})")
        cue = f"“{show_line(excerpt(lookup.text, statement.cue.span), 60)}”, " if statement.cue else ""
        title.append(f": {cue}{statement.act}, {statement.kind}")
        if statement.via:
            title.append(f", via {lookup.names_of(statement.via)}")
        if statement.parent:
            title.append(f", inside {show_line(statement.parent, 40)}", style="dim")
        yield _inset(_with_id(title, statement.id))
        yield _inset(_content(statement, lookup), 2)


def _content(statement: Statement, lookup: Lookup) -> Text:
    words = [excerpt(lookup.text, span) for span in statement.content]
    return Text(f"| {show_line(' … '.join(words), _LONGEST_SENTENCE)}", style="dim")


def _disputes(lookup: Lookup) -> Iterator[RenderableType]:
    for dispute in lookup.reading.disputes:
        yield _inset(_with_id(Text(f"• {describe_dispute(dispute, lookup)}"), dispute.id))
        asserting = dispute.sides[0].holders if dispute.sides else ()
        if lookup.events.get(dispute.about or "") is None and not lookup.statements.keys() & asserting:
            yield _inset(Text(f"“{show_line(dispute.proposition, _LONGEST_SENTENCE)}”"), 2)
        for k, side in enumerate(dispute.sides):
            for holder in side.holders or ("author",):
                if k and holder in asserting:
                    continue  # They charge each other in one breath.
                line = Text(f"{'asserts' if side.stance == 'assert' else 'denies'}: ", style="italic")
                line.append(lookup.holder_of(holder, side), style="bold not italic")
                if words := lookup.words_of_holder(holder, side):
                    line.append(f" — “{words}”", style="dim not italic")
                yield _inset(line, 2)


def _actors(lookup: Lookup) -> Iterator[RenderableType]:
    of_note, mentioned = lookup.cast()
    alike: dict[tuple[str, str], list[Actor]] = {}
    for actor in of_note:
        alike.setdefault((show_line(actor.name, 120), describe_actor(actor)), []).append(actor)
    for (name, described), actors in alike.items():
        line = Text("• ")
        line.append(name, style="bold")
        line.append(f": {described}")
        number = sum(len(actor.mentions) for actor in actors)
        if number > 1:
            line.append(f" · named {number} times")
        yield _inset(_with_id(line, ", ".join(actor.id for actor in actors)))
    if mentioned:
        names = dict.fromkeys(show_line(actor.name, 40) for actor in mentioned)
        yield _inset(Text(f"Only mentioned: {'; '.join(names)}", style="dim"))


def _quote(text: str, sentence: Span, triggers: list[Span]) -> Text:
    """Quote a sentence with its triggers between angle marks, so that they stand out without colour too."""
    start, end = clamp(sentence, len(text))
    quote = Text("| ", style="dim")
    at = start
    for trigger in sorted(clamp(trigger, len(text)) for trigger in triggers):
        if trigger[0] < at or trigger[0] == trigger[1] or not contains((start, end), trigger):
            continue
        quote.append(_blanked(text[at : trigger[0]]))
        quote.append(f"«{_blanked(text[slice(*trigger)])}»", style="bold not dim")
        at = trigger[1]
    quote.append(_blanked(text[at:end]))
    if len(quote) > _LONGEST_SENTENCE:
        quote.truncate(_LONGEST_SENTENCE, overflow="ellipsis")
    return quote


def _blanked(words: str) -> str:
    """Show words on one line but keep the blanks at both ends."""
    if not words.strip():
        return " " if words else ""
    return f"{' ' if words[0].isspace() else ''}{show_line(words)}{' ' if words[-1].isspace() else ''}"


def _with_id(line: Text, record: str) -> Text:
    line.append(f"  [{show_line(record, 80)}]", style="dim")
    return line


def _first_line(text: str) -> str:
    return next((line for line in text.splitlines() if line.strip()), "")


def _inset(line: Text, steps: int = 1) -> Padding:
    return Padding(line, (0, 0, 0, 2 * steps), expand=False)
