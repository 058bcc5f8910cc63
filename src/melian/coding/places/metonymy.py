"""Tells whether the name of a country or capital stands for the ground or for its government."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from melian.knowledge.gazetteer import place_words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_WITH_MOTION = frozenset({"to", "toward", "towards", "through", "over", "via", "into"})
_SPARE = frozenset({"against", "on", "upon"})


def is_literal(doc: Doc, start: int, end: int, place_tokens: Collection[int], *, can_govern: bool = True) -> bool:
    """Tell whether a name stands where a place does: in, at, near, from; behind "border of"; object of "visit".

    Args:
        doc: The parse.
        start: First token of the name.
        end: Behind its last token.
        place_tokens: Every token that belongs to a place name, so that "Syria's Idlib" is known for what it is.
        can_govern: The name is that of a country or capital. Of others, only subjects are left out.
    """
    root = _root(doc, start, end)
    for _ in range(8):
        if root.dep_ not in ("conj", "appos") or root.head.i == root.i:
            break
        if root.dep_ == "appos" and root.head.i in place_tokens:
            return True
        root = root.head
    dep, head = root.dep_, root.head
    if not can_govern:
        return dep not in ("nsubj", "agent", "dative", "iobj")
    nouns, verbs = place_words("place nouns"), place_words("place verbs")
    if dep in ("poss", "compound", "nmod", "amod"):
        return head.i in place_tokens or head.lemma_.lower() in nouns or _is_followed_by_place(doc, end, place_tokens)
    if dep == "nsubjpass":
        return head.lemma_ in verbs
    if dep in ("dobj", "obj"):
        return head.lemma_ in verbs
    if dep in ("nsubj", "csubj", "agent", "dative", "iobj"):
        return False
    if dep == "pobj":
        return _is_place_behind(head, doc)
    return True


def is_venue(doc: Doc, start: int, end: int) -> bool:
    """Tell whether a capital's name only says where people meet: "the Astana talks"."""
    name = _root(doc, start, end)
    is_before = name.dep_ == "compound" and name.head.dep_ != "ROOT"  # "Astana talks of peace": a verb, mistaken.
    return is_before and name.head.lemma_.lower() in place_words("meeting nouns")


def _root(doc: Doc, start: int, end: int) -> Token:
    for i in range(start, end):
        if not start <= doc[i].head.i < end or doc[i].head.i == i:
            return doc[i]
    return doc[end - 1]


def _is_followed_by_place(doc: Doc, end: int, place_tokens: Collection[int]) -> bool:
    at = end + 1 if end < len(doc) and doc[end].tag_ == "POS" else end
    return at in place_tokens


def _is_place_behind(preposition: Token, doc: Doc) -> bool:
    word = preposition.lower_
    governor = preposition.head
    if governor.pos_ == "ADP":  # "from inside Syria", "out of Iraq"
        if governor.lower_ in ("out", "outside", "inside"):
            return True
        word, governor = (governor.lower_, governor.head) if word == "of" else (word, governor.head)
    lemma = governor.lemma_.lower()
    if word == "between":
        return lemma == "border"
    if word == "of":
        return lemma in place_words("place nouns") or governor.lower_ in place_words("direction words")
    if word == "from":
        return not ({lemma, governor.head.lemma_.lower()} & place_words("asking verbs")) or governor.pos_ == "PROPN"
    if word == "for":
        return lemma in place_words("departure verbs")
    if word in _WITH_MOTION:
        moving = place_words("motion verbs")
        return word == "into" or lemma in moving or (governor.pos_ == "NOUN" and governor.head.lemma_.lower() in moving)
    if word in _SPARE:
        return word != "against" and lemma in place_words("place verbs")
    return word in place_words("place prepositions")
