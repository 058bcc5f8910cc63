"""Statements: speaker, cue and content, possibly relayed, possibly nested."""

from __future__ import annotations

from typing import Literal

import msgspec

from melian.records.span import Span

StatementKind = Literal["direct", "indirect", "mixed"]
Act = Literal[
    "state", "confirm", "deny", "accuse", "demand", "promise", "threaten", "praise", "condemn", "express", "question"
]


class Cue(msgspec.Struct, frozen=True, kw_only=True):
    """The words that attribute: "said", "according to", "denied"."""

    span: Span
    lemma: str


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """One attribution.

    Attributes:
        id: Stable within the report.
        speaker: Id of the actor, None where the speaker stays open.
        speaker_span: The speaker's words nearest the cue, a pronoun if it is one; None where there are none.
        cue: None for a quotation that goes on without a cue.
        content: The attributed spans, in order.
        kind: Quoted through, not at all, or in part.
        act: What the speaker does by saying it.
        via: Ids of actors that relay it.
        parent: Id of the statement inside whose content this one stands.
        confidence: 0 to 1.
    """

    id: str
    speaker: str | None
    speaker_span: Span | None
    cue: Cue | None
    content: tuple[Span, ...]
    kind: StatementKind
    act: Act
    via: tuple[str, ...] = ()
    parent: str | None = None
    confidence: float = 0.5
