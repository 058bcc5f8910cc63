"""Who speaks by where the words stand that name him, where the parser goes wrong: "…, a guard in Ahvaz cautioned"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
_TELLING = frozenset({"VBD", "VBZ", "VBP"})
_LONGEST = 14


def speaker_beside(doc: Doc, verb: Token, said: Span) -> Token | None:
    """Find who speaks between what is said and a verb of saying behind it, or right behind that verb.

    Args:
        doc: The parse.
        verb: The verb of saying.
        said: The last of what is said, in code points.
    """
    if said[1] > verb.idx or verb.tag_ not in _TELLING:
        return None
    first = verb.i
    while first > verb.sent.start and doc[first - 1].idx >= said[1]:
        first -= 1
    between = [t for t in doc[first : verb.i] if not (t.is_punct or t.is_space)]
    if not between:
        nouns = (t for t in doc[verb.i + 1 : verb.i + _LONGEST] if t.pos_ in _NOUNS)
        return next((t for t in nouns if t.left_edge.i == verb.i + 1), None)
    if len(between) > _LONGEST or any(t.pos_ in {"VERB", "AUX"} for t in between):
        return None
    nouns_there = [t for t in between if t.pos_ in _NOUNS]
    return next((t for t in nouns_there if t.left_edge.i == between[0].i), None)
