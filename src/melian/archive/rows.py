"""One reading to the rows of its tables, from which `rebuilding` makes the same reading again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from melian.archive.columns import COLUMNS
from melian.records import (
    Absence,
    Actor,
    Claim,
    Count,
    Dispute,
    Event,
    Mention,
    Reading,
    Reason,
    Span,
    Statement,
    TimeExpression,
    When,
    Where,
)

Row = dict[str, object]
Rows = Mapping[str, Sequence[Row]]
Named = dict[str, tuple[str, int]]
"""Where the record of each id stands: its kind, and its place among those of its kind."""

_LARGEST, _LARGEST_SMALL = 2**63 - 1, 2**31 - 1


def rows_of(reading: Reading, number: int) -> dict[str, list[Row]]:
    """Make the rows of every table but that of the readings themselves.

    Args:
        reading: What was taken from a report.
        number: The reading's number in the archive.
    """
    actors = {actor.id: actor for actor in reading.actors}
    named, own = _named(reading), own_spans(reading)
    tables: dict[str, Iterable[Row]] = {
        "reports": [_report(reading)],
        "actors": map(_actor, reading.actors),
        "statements": (_statement(one, actors) for one in reading.statements),
        "events": (_event(event, actors) for event in reading.events),
        "mentions": (_mention(event, mention) for event in reading.events for mention in event.mentions),
        "claims": map(_claim, reading.claims),
        "disputes": map(_dispute, reading.disputes),
        "sides": (
            {"dispute": one.id, "place": place, "stance": side.stance}
            | {"holders": list(side.holders), "claims": list(side.claims)}
            for one in reading.disputes
            for place, side in enumerate(one.sides)
        ),
        "dates": map(_time, reading.dates),
        "places": map(_place, reading.places),
        "absences": (_absence(one, named) for one in reading.absences),
        "reasons": (_reason(one, named, own) for one in reading.reasons),
    }
    return {
        table: [dict.fromkeys(COLUMNS[table]) | {"reading": number, "nth": nth} | row for nth, row in enumerate(rows)]
        for table, rows in tables.items()
    }


def own_spans(reading: Reading) -> dict[str, Span]:
    """Give the words that each record has of its own: most reasons rest on them, and do not name them again."""
    triggers = {event.id: event.mentions[0].trigger for event in reading.events if event.mentions}
    return (
        {claim.id: triggers.get(claim.event, claim.span) for claim in reading.claims}
        | triggers
        | {one.id: one.cue.span for one in reading.statements if one.cue is not None}
        | {actor.id: actor.mentions[0] for actor in reading.actors if actor.mentions}
    )


def day_of(value: str | None) -> date | None:
    """Read a whole day; None for a partial date."""
    try:
        return date.fromisoformat(value) if value is not None and len(value) == 10 else None
    except ValueError:
        return None


def writable(text: str) -> str:
    """Replace lone surrogates, which Parquet cannot hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _named(reading: Reading) -> Named:
    found: Named = {}
    kinds: dict[str, Sequence[Actor | Statement | Event | Claim | Dispute]] = {
        "actor": reading.actors, "statement": reading.statements, "event": reading.events, "claim": reading.claims,
        "dispute": reading.disputes,
    }  # fmt: skip
    for kind, records in kinds.items():
        for nth, record in enumerate(records):
            found.setdefault(record.id, (kind, nth))
    return found


def _report(reading: Reading) -> Row:
    report = reading.report
    return {
        "title": _or_none(report.title),
        "outlet": _or_none(report.outlet),
        "url": _or_none(report.url),
        "published": day_of(report.published),
        "language": report.language,
        "dateline_place": _or_none(report.dateline.place),
        "dateline_date": _or_none(report.dateline.date),
        **_span("dateline", report.dateline.span),
        "characters": len(report.text),
        "text": writable(report.text),
        "furniture": [{"kind": one.kind, **_start_and_length(one.span)} for one in report.furniture],
        "warnings": list(report.warnings),
    }


def _actor(actor: Actor) -> Row:
    return {
        "actor": actor.id,
        "name": writable(actor.name),
        "kind": actor.kind,
        "country": actor.country,
        "sector": actor.sector,
        "office": _or_none(actor.office),
        "unnamed": actor.unnamed,
        "mentions": _spans(actor.mentions),
    }


def _statement(one: Statement, actors: dict[str, Actor]) -> Row:
    speaker = actors.get(one.speaker or "")
    return {
        "statement": one.id,
        "speaker": one.speaker,
        "speaker_name": writable(speaker.name) if speaker else None,
        "speaker_country": speaker.country if speaker else None,
        "speaker_sector": speaker.sector if speaker else None,
        **_span("speaker", one.speaker_span),
        "cue_lemma": writable(one.cue.lemma) if one.cue else None,
        **_span("cue", one.cue.span if one.cue else None),
        "act": one.act,
        "kind": one.kind,
        "content": _spans(one.content),
        "via": list(one.via),
        "parent": one.parent,
        "confidence": one.confidence,
    }


def _event(event: Event, actors: dict[str, Actor]) -> Row:
    return {
        "event": event.id,
        "type": event.type,
        "ontology": event.ontology,
        "plover": event.plover,
        "modes": list(event.modes),
        "contexts": list(event.contexts),
        "quad": event.quad,
        "intensity": event.intensity,
        **_parties("source", event.sources, actors),
        **_parties("target", event.targets, actors),
        **_date(event.date),
        **_place(event.place),
        **_count("dead", event.dead),
        **_count("injured", event.injured),
        "confidence": event.confidence,
        **_span("sentence", event.mentions[0].sentence if event.mentions else None),
    }


def _parties(role: str, ids: Sequence[str], actors: dict[str, Actor]) -> Row:
    known = [actors[one] for one in ids if one in actors]
    return {
        f"{role}s": list(ids),
        f"{role}_names": [writable(actor.name) for actor in known],
        f"{role}_countries": list(dict.fromkeys(actor.country for actor in known if actor.country)),
    }


def _date(when: When | None) -> Row:
    if when is None:
        return {}
    return {
        "first_day": day_of(when.start),
        "last_day": day_of(when.end),
        "date_value": _or_none(when.value),
        "date_precision": when.precision,
        "date_basis": when.basis,
        **_span("date", when.span),
    }


def _place(where: Where | None) -> Row:
    if where is None:
        return {}
    return {
        "place": writable(where.name),
        "place_country": where.country,
        "admin1": _or_none(where.admin1),
        "geonameid": _capped(where.geonameid),
        "lat": where.lat,
        "lon": where.lon,
        "place_precision": where.precision,
        **_span("place", where.span),
        "place_confidence": where.confidence,
    }


def _count(what: str, count: Count | None) -> Row:
    if count is None:
        return {}
    return {f"{what}_low": _capped(count.low), f"{what}_high": _capped(count.high), **_span(what, count.span)}


def _mention(event: Event, mention: Mention) -> Row:
    return {"event": event.id, **_span("trigger", mention.trigger), **_span("sentence", mention.sentence)}


def _claim(claim: Claim) -> Row:
    return {
        "claim": claim.id,
        "event": claim.event,
        "holder": claim.holder,
        "polarity": claim.polarity,
        "certainty": claim.certainty,
        "tense": claim.tense,
        **_span("span", claim.span),
    }


def _dispute(one: Dispute) -> Row:
    return {"dispute": one.id, "about": one.about, "kind": one.kind, "proposition": writable(one.proposition)}


def _time(one: TimeExpression) -> Row:
    return {**_start_and_length(one.span), "kind": one.kind, **_date(one.when)}


def _absence(one: Absence, named: Named) -> Row:
    return {**_record(one.record, named), "field": writable(one.field), "reason": writable(one.reason)}


def _reason(one: Reason, named: Named, own: Mapping[str, Span]) -> Row:
    is_own = one.spans == (own.get(one.record),)
    return {
        **_record(one.record, named),
        "stage": writable(one.stage),
        "rule": writable(one.rule),
        "rows": [writable(row) for row in one.rows],
        "spans": None if is_own else _spans(one.spans),
        "score": one.score,
    }


def _record(record: str, named: Named) -> Row:
    """Name a record by its place, which takes less room than its id; by its id where it is none of the reading."""
    if record not in named:
        return {"record": writable(record)}
    kind, nth = named[record]
    return {"record_kind": kind, "record_nth": nth}


def _span(what: str, span: Span | None) -> Row:
    if span is None:
        return {}
    return {f"{what}_{name}": number for name, number in _start_and_length(span).items()}


def _spans(spans: Iterable[Span]) -> list[dict[str, int]]:
    return [_start_and_length(span) for span in spans]


def _start_and_length(span: Span) -> dict[str, int]:
    start, end = span
    return {"start": _cut(start, _LARGEST_SMALL), "length": _cut(end - start, _LARGEST_SMALL)}


def _capped(number: int | None) -> int | None:
    return None if number is None else _cut(number, _LARGEST)


def _cut(number: int, most: int) -> int:
    """Cut a number to what a column holds: a report may write any number of noughts."""
    return max(-most, min(number, most))


def _or_none(text: str | None) -> str | None:
    return None if text is None else writable(text)
