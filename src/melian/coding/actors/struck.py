"""Who strikes whom: people whom a state's forces strike need not be of that state."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from melian.knowledge.ontology import word_classes

if TYPE_CHECKING:
    from spacy.tokens import Token

_DOWN = frozenset({"dobj", "nsubjpass", "pobj", "prep", "conj", "appos", "compound", "nmod"})
_ONTO = frozenset({"on", "against", "at", "of"})
_DOERS = frozenset({"nsubj", "poss", "amod", "compound", "nmod"})
_LENT = frozenset({"dobj", "pobj", "prep", "xcomp", "conj", "pcomp"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_VERBAL = frozenset({"VERB", "AUX"})


def is_struck_by(token: Token, other: Token) -> bool:
    """Tell whether the words over somebody say that another strikes him: "Turkish jets launched attacks on villagers".

    Args:
        token: The head of who is struck.
        other: A word that names the one who may strike, or his country.
    """
    blow = _blow_to(token)
    if blow is None or token.is_ancestor(other):
        return False
    above = set(_lending_subjects(blow))
    node = other
    while node.i not in above and node.head.i != node.i:
        if node.head.i in above:
            return node.dep_ in _DOERS or node.dep_ == "agent"
        if node.dep_ not in _DOERS and not (node.dep_ in {"pobj", "conj"} or node.head.dep_ == "agent"):
            return False
        node = node.head
    return False


def _lending_subjects(blow: Token) -> Iterator[int]:
    """Yield the places of a word and of those whose subject is its own: "launched attacks", "began to shell"."""
    node = blow
    yield node.i
    while node.dep_ in _LENT and node.head.i != node.i and not any(c.dep_ in _SUBJECTS for c in node.children):
        node = node.head
        yield node.i


def _blow_to(token: Token) -> Token | None:
    """Give the word of armed force that somebody is the object of: "shelled the convoy", "attacks on villagers"."""
    node = token
    while node.dep_ in _DOWN and node.head.i != node.i:
        over = node.head
        lemma = over.lemma_.lower()
        if over.pos_ in _VERBAL and (node.dep_ in {"dobj", "nsubjpass"} or node.lower_ in _ONTO):
            return over if lemma in word_classes()["armed_force"] else None
        if over.pos_ == "NOUN" and node.lower_ in _ONTO and lemma in word_classes()["attacks"]:
            return over
        node = over
    return None
