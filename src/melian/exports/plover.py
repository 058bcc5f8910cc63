"""PLOVER JSON: one object an event, as the manual's chapter on data fields has it."""

from __future__ import annotations

import msgspec

from melian.exports.attributed import date_rest
from melian.exports.told import Told
from melian.exports.visible import excerpt
from melian.knowledge.vocabularies.country_codes import country_codes, country_names
from melian.records import Actor, Count, Where, plover_type

_RESOLUTIONS = {"site": 5, "city": 4, "district": 3, "province": 2, "country": 1}
_INTERNATIONAL = frozenset({"IGO", "NGO", "ISM", "IMG", "MNC"})


class Entity(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One actor or recipient in PLOVER's terms."""

    code: str | None = None
    sector: str | None = None
    entity_text: str
    identifier_text: str
    office: str | None = None


class Location(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The place of an event in PLOVER's terms."""

    extracted_place: str | None = None
    resolved_place: str
    geonameid: int | None = None
    lat: float | None = None
    lon: float | None = None
    city: str | None = None
    district: str | None = None
    province: str | None = None
    country: str | None = None
    country_code: str | None = None
    resolution: int | None = None


class CiteInfo(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where the report was published."""

    citation: str
    url: str | None = None
    title: str | None = None
    language: str
    publication: str | None = None
    coder: str
    codebook: str = "PLOVER 2024-02"
    version: str


class Attribution(msgspec.Struct, frozen=True, kw_only=True):
    """One claim of the event. PLOVER has no such field; it allows further named ones."""

    holder: str
    speaker: str
    polarity: str
    certainty: str
    tense: str


class PloverEvent(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One event in PLOVER's fields."""

    id: str
    date: str
    enddate: str | None = None
    actor: tuple[Entity, ...]
    recipient: tuple[Entity, ...] = ()
    event: tuple[str, ...]
    mode: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    quad_code: int
    event_scale: float
    event_loc: Location | None = None
    event_text: tuple[str, ...] = ()
    text_info: tuple[dict[str, int], ...] = ()
    size: dict[str, int | str] = {}
    cite_info: CiteInfo
    claims: tuple[Attribution, ...] = ()
    disputed: bool | None = None
    corrected: str | None = None
    date_precision: str | None = None
    date_basis: str | None = None
    ontology: str | None = None
    ontology_type: str | None = None


def plover_line(told: Told, has_attribution: bool) -> bytes:
    """Write one event as one line of PLOVER JSON. It needs a day; see `Told.day`."""
    return msgspec.json.encode(event_of(told, has_attribution)) + b"\n"


def event_of(told: Told, has_attribution: bool) -> PloverEvent:
    """Put one event into PLOVER's fields. The manual wants an actor: without one, an unidentified one stands."""
    event, report = told.event, told.reading.report
    day = told.day.isoformat() if told.day is not None else ""
    end = event.date.end if event.date is not None and event.date.start is not None else None
    sentences = tuple(dict.fromkeys(mention.sentence for mention in event.mentions))
    precision, basis = date_rest(told)
    unknown = Entity(sector="UNK", entity_text="", identifier_text="")
    return PloverEvent(
        id=whole(f"{report.id}-{event.id}"),
        date=day,
        enddate=whole(end) if end and end != day else None,
        actor=tuple(_entity(told, actor) for actor in told.sources) or (unknown,),
        recipient=tuple(_entity(told, actor) for actor in told.targets),
        event=(plover_type(event),),
        mode=tuple(whole(mode) for mode in event.modes),
        context=tuple(whole(context) for context in event.contexts),
        quad_code=event.quad,
        event_scale=event.intensity,
        event_loc=_location(told, event.place) if event.place is not None else None,
        event_text=tuple(whole(excerpt(report.text, sentence)) for sentence in sentences),
        text_info=tuple({"start": start, "end": end} for start, end in sentences),
        size={
            name: size
            for name, count in (("dead", event.dead), ("injured", event.injured))
            if (size := _size(count)) is not None
        },
        cite_info=CiteInfo(
            citation=whole(report.id),
            url=_maybe(report.url),
            title=_maybe(report.title),
            language=whole(report.language),
            publication=_maybe(report.outlet),
            coder="Melian",
            version=told.reading.produced_by.melian,
        ),
        claims=_claims(told) if has_attribution else (),
        disputed=told.is_disputed if has_attribution else None,
        corrected=told.corrected if has_attribution else None,
        date_precision=precision if has_attribution else None,
        date_basis=basis if has_attribution else None,
        ontology=event.ontology,
        ontology_type=event.type if event.ontology is not None else None,
    )


def whole(text: str) -> str:
    """Make text that UTF-8 can hold: lone surrogates become U+FFFD."""
    return text if text.isascii() else "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)


def _maybe(text: str | None) -> str | None:
    return whole(text) if text is not None else None


def _entity(told: Told, actor: Actor) -> Entity:
    row = country_codes().get(actor.country or "")
    code = (row.plover or row.id) if row is not None else _maybe(actor.country)
    return Entity(
        code=code or (actor.sector if actor.sector in _INTERNATIONAL else None),
        sector=actor.sector,
        entity_text=whole(told.words_for(actor)),
        identifier_text=whole(actor.name),
        office=_maybe(actor.office),
    )


def _location(told: Told, place: Where) -> Location:
    name, kind = whole(place.name), place.precision
    country = country_names().get(place.country, place.country) if place.country else None
    return Location(
        extracted_place=whole(excerpt(told.reading.report.text, place.span)) if place.span is not None else None,
        resolved_place=name,
        geonameid=place.geonameid,
        lat=place.lat,
        lon=place.lon,
        city=name if kind == "city" else None,
        district=name if kind == "district" else None,
        province=name if kind == "province" else _maybe(place.admin1),
        country=_maybe(country),
        country_code=_maybe(place.country),
        resolution=_RESOLUTIONS.get(kind) if kind else None,
    )


def _size(count: Count | None) -> int | str | None:
    """Give a number, or a range as ISO 8601-2 writes one with an open end: "3.." is at least three."""
    if count is None or (count.low is None and count.high is None):
        return None
    if count.low == count.high and count.low is not None:
        return count.low
    return f"{'' if count.low is None else count.low}..{'' if count.high is None else count.high}"


def _claims(told: Told) -> tuple[Attribution, ...]:
    return tuple(
        Attribution(
            holder=whole(claim.holder),
            speaker=whole(speaker),
            polarity=claim.polarity,
            certainty=claim.certainty,
            tense=claim.tense,
        )
        for claim, speaker in zip(told.claims, told.speakers, strict=True)
    )
