"""Which events go into a flat format, and what their ids lead to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from hashlib import blake2b
from typing import Literal

import msgspec

from melian.exports.visible import excerpt
from melian.records import Actor, Claim, Event, Reading, Statement

ClaimChoice = Literal["asserted", "all"]
AUTHOR = "author"
REVIEW = "review"
"""The stage of the reasons that people give."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
# Whole numbers above 2**53 lose digits in R and in spreadsheets; the room left is for the rows of one event.
_MOST = 2**53 - 2**20


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """One event of one reading, with what its ids lead to.

    Attributes:
        reading: The reading that it stands in.
        event: The event.
        sources: Its sources; ids that lead nowhere are passed over.
        targets: Its targets, likewise.
        claims: What is claimed of it, in order.
        speakers: Who makes each of the claims: "author", a name, or empty where the speaker stays open.
        is_disputed: A dispute is about it, or about its claims.
    """

    reading: Reading
    event: Event
    sources: tuple[Actor, ...]
    targets: tuple[Actor, ...]
    claims: tuple[Claim, ...]
    speakers: tuple[str, ...]
    is_disputed: bool

    @property
    def day(self) -> date | None:
        """The first known day of the event; else the day of publication; None where neither is known."""
        when = self.event.date
        days = (when.start, when.end) if when is not None else ()
        return next((day for text in (*days, self.reading.report.published) if (day := read_day(text))), None)

    @property
    def is_asserted(self) -> bool:
        """Whether the author or at least one voice says that it happened."""
        return any(asserts(claim) for claim in self.claims)

    @property
    def corrected(self) -> str | None:
        """What a person did to the event, in a word; None where nobody judged it."""
        rules = (one.rule for one in self.reading.reasons if (one.record, one.stage) == (self.event.id, REVIEW))
        return next((rule.partition(" ")[0] for rule in rules), None)

    @property
    def sentence(self) -> str:
        """The sentence of its first mention, empty where it has none."""
        mentions = self.event.mentions
        return excerpt(self.reading.report.text, mentions[0].sentence) if mentions else ""

    def words_for(self, actor: Actor) -> str:
        """Give the report's own words for an actor: those nearest the event, the name where there are none."""
        text = self.reading.report.text
        inside = (
            span
            for mention in self.event.mentions
            for span in actor.mentions
            if mention.sentence[0] <= span[0] < mention.sentence[1]
        )
        span = next(inside, actor.mentions[0] if actor.mentions else None)
        return (excerpt(text, span) if span is not None else "") or actor.name


def tell_events(reading: Reading) -> Iterator[Told]:
    """Give every event of a reading with what its ids lead to, in order."""
    actors = {actor.id: actor for actor in reading.actors}
    statements = {statement.id: statement for statement in reading.statements}
    disputed_claims = {claim for dispute in reading.disputes for side in dispute.sides for claim in side.claims}
    disputed_events = {dispute.about for dispute in reading.disputes}
    by_event: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in reading.claims:
        by_event[claim.event].append(claim)
    for event in reading.events:
        claims = tuple(by_event[event.id])
        yield Told(
            reading=reading,
            event=event,
            sources=tuple(actors[ident] for ident in event.sources if ident in actors),
            targets=tuple(actors[ident] for ident in event.targets if ident in actors),
            claims=claims,
            speakers=tuple(_speaker(claim, statements, actors) for claim in claims),
            is_disputed=event.id in disputed_events or any(claim.id in disputed_claims for claim in claims),
        )


def asserts(claim: Claim) -> bool:
    """Tell whether a claim says that the event happened or goes on: not denied, not only told, not yet to come."""
    return (
        claim.polarity == "positive"
        and claim.certainty in ("certain", "probable")
        and claim.tense in ("past", "present")
    )


def read_day(text: str | None) -> date | None:
    """Read `YYYY-MM-DD`; None for anything else, a partial date among it."""
    if text is None or not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def whole_number(*parts: str) -> int:
    """Make a whole number from text, the same from run to run, for formats whose ids are numbers."""
    digest = blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") % _MOST


def _speaker(claim: Claim, statements: dict[str, Statement], actors: dict[str, Actor]) -> str:
    if claim.holder == AUTHOR:
        return AUTHOR
    statement = statements.get(claim.holder)
    actor = actors.get(statement.speaker) if statement is not None and statement.speaker is not None else None
    return actor.name if actor is not None else ""
