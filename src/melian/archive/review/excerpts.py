"""A record with everything that it names: taken out of a reading, and put back into one that lacks it."""

from __future__ import annotations

from msgspec.structs import replace

from melian.records import Claim, Dispute, Excerpt, Reading, ReviewedKind, Statement


def excerpt_of(reading: Reading, kind: ReviewedKind, record: str) -> Excerpt:
    """Take a record out of a reading, with the actors, claims and statements that it rests on."""
    disputes = tuple(one for one in reading.disputes if kind == "dispute" and one.id == record)
    events = {record} if kind == "event" else {one.about for one in disputes}
    claims = tuple(claim for claim in reading.claims if claim.event in events)
    holders = {claim.holder for claim in claims} | {h for one in disputes for side in one.sides for h in side.holders}
    statements = _with_parents(reading, holders | ({record} if kind == "statement" else set()))
    kept = tuple(event for event in reading.events if event.id in events)
    named = {actor for event in kept for actor in (*event.sources, *event.targets)}
    named |= {actor for one in statements for actor in (one.speaker, *one.via) if actor is not None}
    return Excerpt(
        actors=tuple(actor for actor in reading.actors if actor.id in named),
        statements=statements,
        events=kept,
        claims=claims,
        disputes=disputes,
    )


def put_back(reading: Reading, excerpt: Excerpt) -> Reading:
    """Add the records of an excerpt that a reading lacks. Ids are made from content: the same id is the same record."""
    actors = {one.id for one in reading.actors}
    statements = {one.id for one in reading.statements}
    events = {one.id for one in reading.events}
    claims = {one.id for one in reading.claims}
    disputes = {one.id for one in reading.disputes}
    return replace(
        reading,
        actors=(*reading.actors, *(one for one in excerpt.actors if one.id not in actors)),
        statements=(*reading.statements, *(one for one in excerpt.statements if one.id not in statements)),
        events=(*reading.events, *(one for one in excerpt.events if one.id not in events)),
        claims=(*reading.claims, *(one for one in excerpt.claims if one.id not in claims)),
        disputes=(*reading.disputes, *(one for one in excerpt.disputes if one.id not in disputes)),
    )


def without(reading: Reading, kind: ReviewedKind, record: str) -> Reading:
    """Take a record that is none out of a reading, and with it what cannot be without it.

    What a rejected statement was said to hold falls to whoever tells it: the statement that it stood in, or the report.
    """
    if kind == "dispute":
        return replace(reading, disputes=tuple(one for one in reading.disputes if one.id != record))
    if kind == "event":
        gone = {claim.id for claim in reading.claims if claim.event == record}
        left = [one for one in reading.disputes if one.about != record]
        return replace(
            reading,
            events=tuple(event for event in reading.events if event.id != record),
            claims=tuple(claim for claim in reading.claims if claim.event != record),
            disputes=_standing_disputes(left, gone, set()),
        )
    owner = next((one.parent for one in reading.statements if one.id == record), None)
    moved = {claim.id for claim in reading.claims if claim.holder == record}
    return replace(
        reading,
        statements=tuple(
            replace(one, parent=owner) if one.parent == record else one
            for one in reading.statements
            if one.id != record
        ),
        claims=_claims_told_by(reading.claims, record, owner or "author"),
        disputes=_standing_disputes(reading.disputes, moved, {record}),
    )


def _claims_told_by(claims: tuple[Claim, ...], record: str, owner: str) -> tuple[Claim, ...]:
    events = {claim.event for claim in claims if claim.holder == record}
    own = {claim.event for claim in claims if claim.holder == owner and claim.certainty != "uncommitted"}
    kept: list[Claim] = []
    for claim in claims:
        if claim.holder == record:
            # Where the owner says something of the event itself, that stays.
            kept += [replace(claim, holder=owner)] if claim.event not in own else []
        elif not (claim.holder == owner and claim.event in events - own):
            kept.append(claim)
    return tuple(kept)


def _standing_disputes(
    disputes: list[Dispute] | tuple[Dispute, ...], claims: set[str], holders: set[str]
) -> tuple[Dispute, ...]:
    """Give the disputes that still have two sides without these claims and holders."""
    kept = []
    for one in disputes:
        sides = tuple(
            replace(
                side,
                holders=tuple(holder for holder in side.holders if holder not in holders),
                claims=tuple(claim for claim in side.claims if claim not in claims),
            )
            for side in one.sides
        )
        sides = tuple(new for old, new in zip(one.sides, sides, strict=True) if new.holders or not old.holders)
        if sides == one.sides or len(sides) > 1:
            kept.append(replace(one, sides=sides))
    return tuple(kept)


def _with_parents(reading: Reading, wanted: set[str]) -> tuple[Statement, ...]:
    by_id: dict[str, Statement] = {one.id: one for one in reading.statements}
    found: dict[str, Statement] = {}
    waiting = [one for one in reading.statements if one.id in wanted]
    while waiting:
        one = waiting.pop()
        if one.id not in found:
            found[one.id] = one
            waiting += [by_id[one.parent]] if one.parent in by_id else []
    return tuple(one for one in reading.statements if one.id in found)
