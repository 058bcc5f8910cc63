"""A reading as people corrected it. The machine's reading stays as it is."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from msgspec.structs import replace

from melian.archive.review.anchors import find_again, is_same_text, records_of
from melian.archive.review.excerpts import put_back, without
from melian.archive.review.settling import Mark, Settled, Vote, settle, standing
from melian.archive.review.values import (
    modes_of,
    read_choice,
    read_content,
    read_date,
    read_modes,
    read_parties,
    read_place,
)
from melian.archive.review.written import turned, values_of
from melian.errors import BadReview
from melian.records import (
    Actor,
    Correction,
    Dispute,
    Event,
    Reading,
    Reason,
    ReviewedField,
    ReviewedKind,
    Statement,
)

Key = tuple[ReviewedKind, str]
_PARTIES = ("sources", "targets")


class Corrected(msgspec.Struct, frozen=True, kw_only=True):
    """A reading with its corrections in it.

    Attributes:
        reading: The reading.
        marks: What people did to each record that they judged.
        homes: For each correction the id of the record that it is about now; None where it is found no more.
        settled: What counts for each judged record.
    """

    reading: Reading
    marks: dict[Key, Mark]
    homes: dict[str, str | None]
    settled: dict[Key, Settled]


def correct_reading(reading: Reading, corrections: Iterable[Correction]) -> Corrected:
    """Put the corrections of a report into its reading.

    A record that a person judged and that a later version does not find again is put back as it was judged.

    Args:
        reading: As the machine made it.
        corrections: Those of its report, in any order, undone ones among them.
    """
    homes: dict[str, str | None] = {}
    grouped: dict[Key, list[Correction]] = {}
    for one in standing(corrections):
        home = find_again(one.anchor, reading)
        if home is None and is_same_text(one.anchor, reading.report.text):
            reading = put_back(reading, one.excerpt)
            home = find_again(one.anchor, reading)
        homes[one.id] = home
        if home is not None:
            grouped.setdefault((one.anchor.kind, home), []).append(one)
    settled = {key: settle(group) for key, group in grouped.items()}
    for key, found in settled.items():
        if found.mark != "rejected":
            reading = _with_values(reading, key, found)
    for key, found in settled.items():
        if found.mark == "rejected":
            reading = without(reading, *key)
    marks = {key: found.mark for key, found in settled.items()}
    return Corrected(reading=reading, marks=marks, homes=homes, settled=settled)


def _with_values(reading: Reading, key: Key, settled: Settled) -> Reading:
    kind, ident = key
    changed: list[str] = []
    turn = settled.values.get("direction")
    # Who turns the direction and confirms the parties means these parties, the other way round.
    is_turned = turn is not None and turn.judgement.verdict == "correct"
    # In the order of the record's fields: a direction is turned before parties that are named outright.
    order: tuple[ReviewedField, ...] = (
        "type", "modes", "direction", "sources", "targets", "date", "place", "speaker", "content", "act", "kind",
    )  # fmt: skip
    record = next(one for one in records_of(reading, kind) if one.id == ident)
    now = values_of(reading, record)
    for field in order:
        vote = settled.values.get(field)
        if vote is None or vote.value is None or field not in now or now[field] == vote.value:
            continue
        if field in _PARTIES and vote.judgement.verdict == "confirm" and is_turned:
            continue
        try:
            reading = _with_value(reading, record, field, vote.value)
            changed.append(f"{field}: {now[field]} → {vote.value}")
        except BadReview as error:
            # What the tables no longer know must not keep the archive from opening; the correction itself is kept.
            changed.append(f"{field} stays {now[field]}: {error.found}")
        record = next(one for one in records_of(reading, kind) if one.id == ident)
        now = values_of(reading, record)
    return replace(reading, reasons=(*reading.reasons, _reason(ident, settled, changed)))


def _reason(ident: str, settled: Settled, changed: list[str]) -> Reason:
    votes: list[Vote] = sorted(settled.values.values(), key=lambda vote: vote.at)
    who = ", ".join(dict.fromkeys(f"{vote.reviewer} on {vote.at[:10]}" for vote in votes))
    what = f"; {'; '.join(changed)}" if changed else ""
    return Reason(record=ident, stage="review", rule=f"{settled.mark} by {who}{what}")


def _with_value(reading: Reading, record: Event | Statement | Dispute, field: ReviewedField, value: str) -> Reading:
    if isinstance(record, Event):
        return _with_event(reading, record, field, value)
    if isinstance(record, Statement):
        return _with_statement(reading, record, field, value)
    new = replace(record, kind=read_choice(field, value))
    return replace(reading, disputes=tuple(new if one.id == record.id else one for one in reading.disputes))


def _with_event(reading: Reading, event: Event, field: ReviewedField, value: str) -> Reading:
    new = event
    if field == "type":
        kind = read_choice(field, value)
        new = _rated(replace(event, type=kind, modes=tuple(mode for mode in event.modes if mode in modes_of(kind))))
    elif field == "modes":
        new = _rated(replace(event, modes=read_modes(value, event.type)))
    elif field == "direction":
        if turned(value) == values_of(reading, event).get("direction"):
            new = replace(event, sources=event.targets, targets=event.sources)
    elif field in ("sources", "targets"):
        reading, ids = _with_actors(reading, read_parties(value, reading))
        new = replace(event, **{field: ids})
    elif field == "date":
        new = replace(event, date=read_date(value) if _is_date(value) else event.date)
    elif field == "place":
        new = replace(event, place=read_place(value, reading))
    return replace(reading, events=tuple(new if one.id == event.id else one for one in reading.events))


def _with_statement(reading: Reading, statement: Statement, field: ReviewedField, value: str) -> Reading:
    new = statement
    if field == "speaker":
        reading, ids = _with_actors(reading, read_parties(value, reading))
        actor = next((one for one in reading.actors if ids and one.id == ids[0]), None)
        new = replace(statement, speaker=actor.id if actor else None, speaker_span=_nearest(actor, statement))
    elif field == "content":
        new = replace(statement, content=read_content(value, reading.report.text))
    elif field == "act":
        new = replace(statement, act=read_choice(field, value))
    return replace(reading, statements=tuple(new if one.id == statement.id else one for one in reading.statements))


def _with_actors(reading: Reading, actors: tuple[Actor, ...]) -> tuple[Reading, tuple[str, ...]]:
    known = {actor.id for actor in reading.actors}
    fresh = tuple(actor for actor in dict.fromkeys(actors) if actor.id not in known)
    return replace(reading, actors=(*reading.actors, *fresh)), tuple(dict.fromkeys(actor.id for actor in actors))


def _nearest(actor: Actor | None, statement: Statement) -> tuple[int, int] | None:
    """Give the mention of a speaker that stands nearest the cue, or the content where there is no cue."""
    if actor is None or not actor.mentions:
        return None
    at = statement.cue.span[0] if statement.cue is not None else min((s for s, _ in statement.content), default=0)
    return min(actor.mentions, key=lambda span: abs(span[0] - at))


def _rated(event: Event) -> Event:
    """Give an event the quad class and the intensity of its type and modes."""
    from melian.knowledge.ontology import event_kinds, modes

    kind = next(one for one in event_kinds() if one.id == event.type)
    named = [mode.score for mode in modes() if mode.type == event.type and mode.name in event.modes]
    scores = [score for score in named if score is not None]
    return replace(event, quad=kind.quad, intensity=max(scores, key=abs) if scores else kind.score)


def _is_date(value: str) -> bool:
    """Tell whether a value is a date that can be read; a partial one, which a person confirmed, stays as it is."""
    return value[:1].isdigit() or value.startswith("..") or value == "none"
