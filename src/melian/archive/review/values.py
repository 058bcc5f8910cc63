"""Values as people write them, checked and made records again."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import get_args

from melian.archive.intervals import interval_of
from melian.archive.review.anchors import kind_of
from melian.archive.review.written import (
    CODED,
    NOBODY,
    turned,
    values_of,
    write_content,
    write_date,
    write_parties,
    write_party,
    write_place,
)
from melian.errors import BadQuestion, BadReview
from melian.records import (
    REVIEWED_FIELDS,
    Act,
    Actor,
    Dispute,
    DisputeKind,
    Event,
    EventType,
    Precision,
    Reading,
    ReviewedField,
    Sector,
    Span,
    Statement,
    When,
    Where,
    content_id,
)

_COUNTRY = re.compile(r"[A-Z]{3}")


def checked_value(reading: Reading, record: Event | Statement | Dispute, field: ReviewedField, words: str) -> str:
    """Check the right value that somebody gives for a field, and write it as it is kept.

    Raises:
        BadReview: The record has no such field, or the value is none.
    """
    kind = kind_of(record)
    if field not in REVIEWED_FIELDS[kind] or field == "record":
        known = ", ".join(name for name in REVIEWED_FIELDS[kind] if name != "record")
        raise BadReview(f"The field {field!r} of a {kind} cannot be corrected", f"one of {known}")
    if field in ("sources", "targets", "speaker"):
        parties = read_parties(words, reading)
        if field == "speaker" and len(parties) > 1:
            raise BadReview("A statement has one speaker", "one party, or none", "Leave the others out")
        return write_parties(parties)
    if field == "direction":
        direction = values_of(reading, record).get("direction")
        if direction is None:
            raise BadReview("The event has neither source nor target", "parties to turn round", "Name them")
        return turned(direction)
    if field == "date":
        return write_date(read_date(words))
    if field == "place":
        return write_place(read_place(words, reading))
    if field == "content":
        return write_content(read_content(words, reading.report.text))
    if field == "modes":
        assert isinstance(record, Event)
        return ", ".join(read_modes(words, record.type)) or NOBODY
    return read_choice(field, words)


def read_parties(words: str, reading: Reading) -> tuple[Actor, ...]:
    """Read parties, parted by semicolons: actors of the report as they are written, or others.

    Raises:
        BadReview: A party has no name, or codes that are none.
    """
    if words.strip() in ("", NOBODY):
        return ()
    return tuple(_read_party(" ".join(part.split()), reading) for part in words.split(";"))


def read_date(words: str) -> When | None:
    """Read a date: a year, month or day, or two of them with two dots between.

    Raises:
        BadReview: It is none.
    """
    if words.strip() in ("", NOBODY):
        return None
    try:
        days = interval_of(words)
    except BadQuestion as error:
        raise BadReview(error.found.replace("interval", "date"), error.expected, error.do) from error
    return When(
        start=days.start.isoformat() if days.start else None,
        end=days.end.isoformat() if days.end else None,
        precision=_precision(days.start, days.end),
        basis="stated",
    )


def read_place(words: str, reading: Reading) -> Where | None:
    """Read a place: one of the report's as it is written, else one of the gazetteer, else a name alone.

    Raises:
        BadReview: It has no name.
    """
    from melian.knowledge.gazetteer import entries_named, fold_name

    words = " ".join(words.split())
    if words in ("", NOBODY):
        return None
    for known in reading.places:
        if write_place(known) == words:
            return known
    name, codes = _coded(words)
    country = next((code for code in codes if _COUNTRY.fullmatch(code)), None)
    number = next((int(code) for code in codes if code.isdecimal()), None)
    fitting = [
        entry
        for entry in entries_named(fold_name(name))
        if country in (None, entry.country) and number in (None, entry.geonameid)
    ]
    if not fitting:
        return Where(name=name, country=country, geonameid=number)
    best = max(fitting, key=lambda entry: (entry.is_main, entry.population))
    return Where(
        name=best.name,
        country=best.country,
        admin1=best.admin1,
        geonameid=best.geonameid,
        lat=best.lat,
        lon=best.lon,
        precision=best.precision,
    )


def read_content(words: str, text: str) -> tuple[Span, ...]:
    """Read spans such as "113-168; 180-200", in characters of the report's text.

    Raises:
        BadReview: One is no span, or lies outside the text.
    """
    spans: list[Span] = []
    for part in words.split(";"):
        ends = re.fullmatch(r"\s*(\d{1,9})\s*-\s*(\d{1,9})\s*", part, re.ASCII)
        span = (int(ends[1]), int(ends[2])) if ends else (0, 0)
        if not 0 <= span[0] < span[1] <= len(text):
            raise BadReview(
                f"{part.strip()[:40]!r} is no span of the report",
                f"its first character and the one behind its last, such as 113-168, up to {len(text)}",
                "Correct it; several spans are parted by semicolons",
            )
        spans.append(span)
    return tuple(sorted(spans))


def read_modes(words: str, kind: str) -> tuple[str, ...]:
    """Read modes, parted by commas.

    Raises:
        BadReview: The type has no such mode.
    """
    if words.strip() in ("", NOBODY):
        return ()
    allowed = modes_of(kind)
    found = tuple(dict.fromkeys(part.strip().lower() for part in words.split(",")))
    for mode in found:
        if mode not in allowed:
            raise BadReview(f"{kind} has no mode {mode[:40]!r}", f"one of {', '.join(allowed) or 'none'}", "Correct it")
    return found


def modes_of(kind: str) -> tuple[str, ...]:
    """Give the modes of a type by the ontology."""
    from melian.knowledge.ontology import modes

    return tuple(mode.name for mode in modes() if mode.type == kind)


def read_choice(field: ReviewedField, words: str) -> str:
    """Read a type, an act or a kind of dispute.

    Raises:
        BadReview: It is none.
    """
    choices: dict[str, tuple[str, ...]] = {
        "type": get_args(EventType),
        "act": get_args(Act),
        "kind": get_args(DisputeKind),
    }
    found = words.strip().upper() if field == "type" else words.strip().lower()
    if found not in choices[field]:
        raise BadReview(f"There is no {field} {words.strip()[:40]!r}", f"one of {', '.join(choices[field])}")
    return found


def _read_party(words: str, reading: Reading) -> Actor:
    written = {write_party(actor).casefold(): actor for actor in reversed(reading.actors)}
    if words.casefold() in written:
        return written[words.casefold()]
    name, codes = _coded(words)
    if not codes and _COUNTRY.fullmatch(name.upper()) and (known := _country_name(name.upper())):
        name, codes = known, [name.upper()]
    country = next((code for code in codes if _COUNTRY.fullmatch(code) and _country_name(code)), None)
    sector = next((code for code in codes if code != country and code in get_args(Sector)), None)
    if unknown := [code for code in codes if code not in (country, sector)]:
        raise BadReview(
            f"{unknown[0][:40]!r} is no code of a country or a sector",
            "a country of ISO 3166-1 alpha-3 and a sector of PLOVER, such as [KEN MIL]",
            "Correct it",
        )
    is_state = country is not None and sector is None and name == _country_name(country)
    return Actor(
        id=content_id("a", "review", name, country, sector),
        name=name,
        kind="state" if is_state else "unknown",
        country=country,
        sector=sector,  # type: ignore[arg-type]
    )


def _coded(words: str) -> tuple[str, list[str]]:
    match = CODED.fullmatch(words)
    name, codes = (match["name"], match["codes"].upper().split()) if match else (words, [])
    if not name or len(name) > 200:
        raise BadReview(f"{words[:40]!r} has no name", "a name, and its codes in brackets", "Write it out")
    return name, codes


def _country_name(code: str) -> str | None:
    from melian.knowledge.countries import countries

    return next((country.name for country in countries() if country.id == code), None)


def _precision(start: date | None, end: date | None) -> Precision:
    if start is None or end is None:
        return "open"
    if start == end:
        return "day"
    if (start.month, start.day, end) == (1, 1, date(start.year, 12, 31)):
        return "year"
    if start.day == 1 and end.year == start.year and end.month == start.month and (end + timedelta(1)).day == 1:
        return "month"
    return "week" if start.weekday() == 0 and end - start == timedelta(6) else "open"
