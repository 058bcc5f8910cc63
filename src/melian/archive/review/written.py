"""The values of fields as people write them: a type, parties with their country and sector, days, a place, spans."""

from __future__ import annotations

import re
from collections.abc import Iterable

from melian.records import Actor, Dispute, Event, Reading, ReviewedField, Span, Statement, When, Where

NOBODY = "none"
"""How an empty field is written."""
CODED = re.compile(r"(?P<name>.*?)\s*\[(?P<codes>[^\[\]]*)\]")
"""A name with its codes in brackets."""
_MARKS = str.maketrans("[];", "(),")


def values_of(reading: Reading, record: Event | Statement | Dispute) -> dict[ReviewedField, str]:
    """Write the fields of a record that can be judged, without "record" itself."""
    actors = {actor.id: actor for actor in reading.actors}
    if isinstance(record, Event):
        sources = [actors[one] for one in record.sources if one in actors]
        targets = [actors[one] for one in record.targets if one in actors]
        # Where nobody is named there is nothing to turn round.
        direction: dict[ReviewedField, str] = (
            {"direction": f"{_side(sources)} → {_side(targets)}"} if sources or targets else {}
        )
        return {
            "type": record.type,
            "modes": ", ".join(record.modes) or NOBODY,
            "sources": write_parties(sources),
            "targets": write_parties(targets),
            **direction,
            "date": write_date(record.date),
            "place": write_place(record.place),
        }
    if isinstance(record, Statement):
        speaker = actors.get(record.speaker or "")
        return {
            "speaker": write_parties([speaker] if speaker else []),
            "content": write_content(record.content),
            "act": record.act,
        }
    return {"kind": record.kind}


def write_party(actor: Actor) -> str:
    """Write an actor: "Kenyan jets [KEN MIL]", "Somalia [SOM]", "gunmen"."""
    codes = " ".join(code for code in (actor.country, actor.sector) if code)
    name = " ".join(actor.name.translate(_MARKS).split())
    return f"{name} [{codes}]" if codes else name


def write_parties(actors: Iterable[Actor]) -> str:
    """Write actors with semicolons between them."""
    return "; ".join(write_party(actor) for actor in actors) or NOBODY


def write_date(when: When | None) -> str:
    """Write a date: "2026-05-05", "2026-04-27..2026-05-03", "2026-05-05.." where its end is open."""
    if when is None:
        return NOBODY
    if when.start is None and when.end is None:
        return when.value or "not known"
    return when.start or "" if when.start == when.end else f"{when.start or ''}..{when.end or ''}"


def write_place(where: Where | None) -> str:
    """Write a place: "Kismayo [SOM 55671]", with the country and the GeoNames id where they are known."""
    if where is None:
        return NOBODY
    codes = " ".join(str(code) for code in (where.country, where.geonameid) if code is not None)
    name = " ".join(where.name.translate(_MARKS).split())
    return f"{name} [{codes}]" if codes else name


def write_content(spans: Iterable[Span]) -> str:
    """Write spans: "113-168; 180-200"."""
    return "; ".join(f"{start}-{end}" for start, end in spans) or NOBODY


def comparable(field: ReviewedField, value: str | None) -> str | None:
    """Write a value so that two people who mean the same have the same: parties by their codes where they have any.

    Returns:
        None for a record that is none, which has no values.
    """
    if value is None or field not in ("sources", "targets", "speaker", "place"):
        return value
    parts = [CODED.fullmatch(part.strip()) or part.strip() for part in value.split(";")]
    if field == "place":
        return ";".join(sorted(part.casefold() if isinstance(part, str) else part["name"].casefold() for part in parts))
    return ";".join(sorted({part.casefold() if isinstance(part, str) else part["codes"] for part in parts}))


def turned(direction: str) -> str:
    """Turn a direction round: "KEN → SOM" becomes "SOM → KEN"."""
    source, _, target = direction.partition(" → ")
    return f"{target} → {source}"


def _side(actors: Iterable[Actor]) -> str:
    return "+".join(sorted({actor.country or write_party(actor) for actor in actors})) or NOBODY
