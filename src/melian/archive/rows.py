"""One reading to the rows of the flat tables. The whole reading is kept beside them, as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from melian.records import Actor, Count, Event, Reading, Span, Statement, When, Where

Row = dict[str, object]
_LARGEST = 2**63 - 1


def rows_of(reading: Reading, number: int) -> dict[str, list[Row]]:
    """Make the rows of every flat table.

    Args:
        reading: What was taken from a report.
        number: The reading's number in the archive.
    """
    key: Row = {"reading": number, "report": writable(reading.report.id)}
    text = reading.report.text
    actors = {actor.id: actor for actor in reading.actors}
    return {
        "reports": [key | _report(reading)],
        "actors": [key | _actor(actor) for actor in reading.actors],
        "statements": [key | _statement(one, text, actors) for one in reading.statements],
        "events": [key | _event(event, text, actors) for event in reading.events],
        "mentions": [key | row for event in reading.events for row in _mentions(event, text)],
        "claims": [
            key
            | {"claim": claim.id, "event": claim.event, "holder": claim.holder, "polarity": claim.polarity}
            | {"certainty": claim.certainty, "tense": claim.tense, "span_start": claim.span[0]}
            | {"span_end": claim.span[1], "words": _words(text, claim.span)}
            for claim in reading.claims
        ],
        "disputes": [
            key | {"dispute": one.id, "about": one.about, "kind": one.kind, "proposition": writable(one.proposition)}
            for one in reading.disputes
        ],
        "sides": [
            key
            | {"dispute": one.id, "place": place, "stance": side.stance}
            | {"holders": list(side.holders), "claims": list(side.claims)}
            for one in reading.disputes
            for place, side in enumerate(one.sides)
        ],
    }


def day_of(value: str | None) -> date | None:
    """Read a whole day; None for a partial date, which the reading itself keeps."""
    try:
        return date.fromisoformat(value) if value is not None and len(value) == 10 else None
    except ValueError:
        return None


def writable(text: str) -> str:
    """Replace lone surrogates, which Parquet cannot hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


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
        "characters": len(report.text),
        "text": writable(report.text),
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


def _statement(one: Statement, text: str, actors: dict[str, Actor]) -> Row:
    speaker = actors.get(one.speaker or "")
    return {
        "statement": one.id,
        "speaker": one.speaker,
        "speaker_name": writable(speaker.name) if speaker else None,
        "speaker_country": speaker.country if speaker else None,
        "speaker_sector": speaker.sector if speaker else None,
        "speaker_words": _words(text, one.speaker_span) if one.speaker_span else None,
        "cue": _words(text, one.cue.span) if one.cue else None,
        "cue_lemma": writable(one.cue.lemma) if one.cue else None,
        "act": one.act,
        "kind": one.kind,
        "words": " ".join(_words(text, span) for span in one.content),
        "content": _spans(one.content),
        "via": list(one.via),
        "parent": one.parent,
        "confidence": one.confidence,
    }


def _event(event: Event, text: str, actors: dict[str, Actor]) -> Row:
    return {
        "event": event.id,
        "type": event.type,
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
        "words": _words(text, event.mentions[0].sentence) if event.mentions else None,
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
    }


def _count(what: str, count: Count | None) -> Row:
    return {f"{what}_low": _capped(count.low), f"{what}_high": _capped(count.high)} if count is not None else {}


def _capped(number: int | None) -> int | None:
    """Cut a number to what a column holds: a report may write any number of noughts."""
    return None if number is None else max(-_LARGEST, min(number, _LARGEST))


def _mentions(event: Event, text: str) -> Iterator[Row]:
    for mention in event.mentions:
        yield {
            "event": event.id,
            "trigger_start": mention.trigger[0],
            "trigger_end": mention.trigger[1],
            "trigger": _words(text, mention.trigger),
            "sentence_start": mention.sentence[0],
            "sentence_end": mention.sentence[1],
            "sentence": _words(text, mention.sentence),
        }


def _spans(spans: Iterable[Span]) -> list[dict[str, int]]:
    return [{"start": start, "end": end} for start, end in spans]


def _words(text: str, span: Span) -> str:
    return writable(text[max(0, span[0]) : max(0, span[1])])


def _or_none(text: str | None) -> str | None:
    return None if text is None else writable(text)
