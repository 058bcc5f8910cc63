"""The draft of a reading, as the stages fill it in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from melian.knowledge.own_actors import NONE, OwnActors
from melian.records import (
    Absence,
    Actor,
    Claim,
    Dispute,
    Event,
    Reason,
    Report,
    Span,
    Statement,
    TimeExpression,
    Where,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from melian.coding.encoder.transformer import Encoded


class Quotation(msgspec.Struct, frozen=True):
    """A quoted stretch.

    Attributes:
        span: Code points from the opening mark to behind the closing mark (or to the end, where none closes it).
        inner: The words between the marks.
        depth: 0 for a quotation that stands in no other.
        is_continued: The quotation runs on from the paragraph before.
        is_closed: A closing mark ends it.
    """

    span: Span
    inner: Span
    depth: int = 0
    is_continued: bool = False
    is_closed: bool = True


class Naming(msgspec.Struct, frozen=True):
    """One phrase that leads, or could lead, to an actor.

    Attributes:
        start: First token.
        end: Behind the last token.
        head: The token that governs the phrase.
        actor: Position in `Draft.actors`' list of actors, None where the phrase stays open.
        is_pronoun: The phrase is a pronoun or a possessive ("its").
        others: Further actors, for "the two countries" and "both sides".
    """

    start: int
    end: int
    head: int
    actor: str | None
    is_pronoun: bool = False
    others: tuple[str, ...] = ()


class Draft(msgspec.Struct, frozen=True):
    """What is known of one report so far. Each stage adds its own fields and changes no other's.

    Attributes:
        report: The report, with its furniture marked.
        doc: The parse. Sentences are final; token offsets (`token.idx`) are code points of `report.text`. Headlines and
            lines in capitals were parsed, and stand in it, as sentences are written.
        coded: For each sentence of `doc.sents`, whether it is coded (False for furniture).
        quotations: Quoted stretches in order.
        dates: Time expressions in order.
        places: Place names in order, those that are metonyms for governments left out.
        place_bases: For the span of each place, what decided among the places of its name.
        encoded: Windows of the text, each with the vectors of its words.
        own: The user's table of actors.
        namings: Actor phrases in order of tokens.
        actors: The actors of the report.
        statements: In order of content.
        quoted_namings: Pronouns inside quotations, led to actors once the speakers are known.
        events: In order of the first mention.
        parties: Actors that only events name (what was shelled, who was freed), and those whose country they tell,
            which stand for the actors of the same ids.
        claims: In order of events.
        disputes: In order of events.
        absences: Why fields are empty.
        reasons: Why records are there.
    """

    report: Report
    doc: Doc | None = None
    coded: tuple[bool, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    dates: tuple[TimeExpression, ...] = ()
    places: tuple[Where, ...] = ()
    place_bases: Mapping[Span, str] = msgspec.field(default_factory=dict)
    encoded: tuple[Encoded, ...] = ()
    own: OwnActors = NONE
    namings: tuple[Naming, ...] = ()
    actors: tuple[Actor, ...] = ()
    statements: tuple[Statement, ...] = ()
    quoted_namings: tuple[Naming, ...] = ()
    events: tuple[Event, ...] = ()
    parties: tuple[Actor, ...] = ()
    claims: tuple[Claim, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    absences: tuple[Absence, ...] = ()
    reasons: tuple[Reason, ...] = ()
