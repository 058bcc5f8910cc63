"""Who does what a word tells, as the words around it say: its subject, "by", "US attacks", "carried out attacks"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from melian.coding.claims.disputes.told import Told
from melian.coding.claims.edges import governor_for

if TYPE_CHECKING:
    from spacy.tokens import Token

LIGHT = "light.v"
"""Row of the verbs whose object tells the deed: "carried out an attack"."""
_BEFORE = frozenset({"poss", "amod", "compound", "nmod"})
_CODE = 3
"""Letters of a country's code; other sides are ids of actors."""


def are_of_other_doers(one: Token | None, other: Token | None, told: Told) -> bool:
    """Tell whether two words for a deed name doers of two sides, one of them a country."""
    if one is None or other is None:
        return False
    ours, theirs = sides_doing(one, told), sides_doing(other, told)
    is_known = any(len(side) == _CODE for side in ours | theirs)
    return bool(ours) and bool(theirs) and not ours & theirs and is_known


def sides_doing(word: Token, told: Told) -> frozenset[str]:
    """Give the sides of who does what a word tells; empty where words near it name nobody."""
    return frozenset(side for doer in _doers(word) for side in told.side_of(doer))


def _doers(word: Token) -> Iterator[Token]:
    for child in word.children:
        if any(c.lower_ == "no" for c in child.children):
            continue  # "No patrol crossed" names nobody.
        if child.dep_ == "nsubj" or (child.dep_ in _BEFORE and word.pos_ == "NOUN"):
            yield child
            yield from (owner for owner in child.children if owner.dep_ == "poss")
        elif child.dep_ == "agent" or (child.lower_ == "by" and child.dep_ == "prep"):
            yield from child.children
    verb = word.head
    if word.dep_ == "dobj" and (row := governor_for(verb, "np")) is not None and row.id == LIGHT:
        yield from (child for child in verb.children if child.dep_ == "nsubj")
