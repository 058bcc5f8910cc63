"""The words of a cue: auxiliaries, adverbs, negation, particle, and the verbs that lead up to it ("went on to say")."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_BEFORE = frozenset({"aux", "auxpass", "neg", "prt"})
_LEADING = 4
_LEADERS = frozenset({"xcomp", "pcomp"})


def cue_span(verb: Token) -> tuple[int, int]:
    """Give the cue's tokens `[start, end)` where they stand side by side, a colon behind the verb included."""
    doc = verb.doc
    start, end = _before(verb), verb.i + 1
    for _ in range(3):
        leader = _leader(verb)
        if leader is None or start - leader.i > _LEADING:
            break
        verb = leader
        start = _before(verb)
    while end < len(doc) and doc[end].head.i == doc[end - 1].i and doc[end].dep_ in {"prt", "neg"}:
        end += 1
    if end < len(doc) and doc[end].text == ":":
        end += 1
    return start, end


def is_negated(verb: Token) -> bool:
    """Tell whether a verb is negated."""
    return any(child.dep_ == "neg" for child in verb.children)


def _before(verb: Token) -> int:
    parts = {
        child.i
        for child in verb.children
        if child.i < verb.i and (child.dep_ in _BEFORE or (child.dep_ == "advmod" and child.tag_ in {"RB", "RBR"}))
    }
    start = verb.i
    while start - 1 in parts and verb.doc[start - 1].lower_ not in {"when", "how", "why", "where", "so"}:
        start -= 1
    return start


def _leader(verb: Token) -> Token | None:
    """Find the verb above that has no other object: "declined to say", "began by saying"."""
    if verb.dep_ not in _LEADERS or any(c.dep_ == "nsubj" for c in verb.children):
        return None
    head = verb.head if verb.dep_ == "xcomp" else verb.head.head
    if head.pos_ != "VERB" or head.i > verb.i:
        return None
    if any(c.dep_ in {"dobj", "dative", "punct"} and head.i < c.i < verb.i for c in head.children):
        return None
    return head
