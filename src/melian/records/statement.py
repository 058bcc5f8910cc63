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


_ENOUGH = 6
_LONGEST = 300
_RELATIVE = ("that ", "which ", "whom ", "who ")
_EDGES = ",;:.!?\n—–("


def quotable(text: str, statement: Statement) -> tuple[Span, ...]:
    """Give what a reader would quote of a statement.

    A few words of content say little by themselves: of "an attack that Chad blamed on Sudan" the content is "Sudan".
    They are given with their speaker and cue.

    Args:
        text: The report's text.
        statement: One of its statements.

    Returns:
        The contents, or one stretch that holds them.
    """
    content, cue = statement.content, statement.cue
    if cue is None or statement.kind == "direct" or sum(len(text[s:e].split()) for s, e in content) > _ENOUGH:
        return content
    if len(content) == 1 and text[slice(*content[0])].lower().startswith("that "):
        return content
    parts = (*content, cue.span, *((statement.speaker_span,) if statement.speaker_span else ()))
    start, end = min(s for s, _ in parts), max(e for _, e in parts)
    if text[start:end].lower().startswith(_RELATIVE):
        start = max(text.rfind(mark, 0, start) for mark in _EDGES) + 1
        start += len(text[start:end]) - len(text[start:end].lstrip())
    if end - start > _LONGEST or "\n" in text[start:end]:
        return content
    return ((start, end),)
