"""Who is only charged with what a word tells: "blamed the rebels for the attack", "an attack blamed on the rebels"."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from melian.knowledge.factuality import governors_by_frame

if TYPE_CHECKING:
    from spacy.tokens import Token

_LAID = frozenset({"blame", "attribute", "ascribe", "impute", "pin"})
"""What lays a deed to somebody, named behind "on" or "to"."""
_BLAMING = frozenset({"blame", "accuse", "suspect"})
"""What lays it to its object."""
_AT = frozenset({"on", "to", "upon"})


def is_charged(trigger: Token) -> bool:
    """Tell whether somebody is charged with what a word tells: "blamed the rebels for the attack"."""
    above = trigger.head.head if trigger.dep_ in {"pobj", "pcomp"} else trigger.head
    row = governors_by_frame().get((above.lemma_.lower(), "v", "for"))
    return above.lemma_.lower() == "blame" or (row is not None and row.kind == "accusation")


def is_only_charged(word: Token, trigger: Token) -> bool:
    """Tell whether a clause about a deed lays it to whom a word names: "a raid that Chad blamed on Sudan killed two".

    It names nobody who did it, as far as whoever tells of the deed goes; the charge is told by its own verb.
    """
    steps = takewhile(lambda step: step.i != trigger.i and not step.is_ancestor(trigger), (word, *word.ancestors))
    return any(
        step.lower_ in _AT and step.head.lemma_.lower() in _LAID
        for step in steps
        if not step.head.is_ancestor(trigger) and step.head.i != trigger.i
    )


def is_blamed(word: Token, trigger: Token) -> bool:
    """Tell whether a verb lays a deed to whom a word names: "the cabinet blamed the army for the attack"."""
    while word.dep_ in {"conj", "appos"} and word.head.i != word.i:
        word = word.head
    verb = word.head
    is_accused = word.dep_ in {"dobj", "nsubjpass"} and verb.lemma_.lower() in _BLAMING
    return is_accused and verb.is_ancestor(trigger)
