"""Conditions: the words that open a clause, "if" and what stands for it, and what depends on it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from melian.knowledge.factuality import Modifier, Role, modifiers_by_word

if TYPE_CHECKING:
    from spacy.tokens import Token

_CLAUSES = frozenset({"advcl", "ccomp", "acl", "pcomp", "pobj"})
_OPENERS = frozenset({"mark", "advmod", "prep"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_INVERTED = frozenset({"had", "should", "were"})
_LONGEST = 5
"""Words of the longest phrase in the table."""


def modifier_at(word: Token, role: Role) -> Modifier | None:
    """Find the row of a word, or of the longest phrase that begins or ends with it: "in case of", "as long as"."""
    rows = modifiers_by_word()
    if word.lower_ not in _edges_of_phrases():
        return rows.get((word.lower_, role))
    doc, at = word.doc, word.i
    for length in range(_LONGEST, 1, -1):
        for start in (at - length + 1, at):
            if start >= 0 and start + length <= len(doc):
                row = rows.get(("_".join(token.lower_ for token in doc[start : start + length]), role))
                if row is not None:
                    return row
    return rows.get((word.lower_, role))


@cache
def _edges_of_phrases() -> frozenset[str]:
    """Give the words that begin or end a phrase of the table; few words do, and most need no further look."""
    phrases = [words.split("_") for words, _ in modifiers_by_word() if "_" in words]
    return frozenset(edge for phrase in phrases for edge in (phrase[0], phrase[-1]))


def opener_of(clause: Token) -> Modifier | None:
    """Find the row of the word that opens a clause: "if", "after", or "had" and "should" before the subject."""
    for child in clause.children:
        if child.i < clause.i and child.dep_ in _OPENERS:
            row = modifier_at(child, "mark")
            if row is not None:
                return row
    return modifiers_by_word()[("if", "mark")] if clause.dep_ == "advcl" and is_inverted(clause) else None


def is_inverted(clause: Token) -> bool:
    """Tell whether a clause is a condition by its order: "had Syria attacked", "were China to attack"."""
    subject = next((child.i for child in clause.children if child.dep_ in _SUBJECTS), -1)
    auxiliary = next((c.i for c in clause.children if c.dep_ == "aux" and c.lower_ in _INVERTED), clause.i)
    is_verb_first = auxiliary < clause.i or clause.lower_ in _INVERTED
    return is_verb_first and auxiliary < subject and not any(c.text == "?" for c in clause.children)


def is_conditional(verb: Token) -> bool:
    """Tell whether what a verb tells depends on a condition: "will meet if the truce holds"."""
    for child in verb.children:
        if child.dep_ in {"advcl", "ccomp"} and _is_condition(child):
            return True
        if child.dep_ in {"prep", "advmod"}:
            below = [c for c in child.children if c.dep_ in _CLAUSES]
            if any(_is_condition(c) or any(_is_condition(d) for d in c.children if d.dep_ == "acl") for c in below):
                return True
            # "In the event of an attack": the phrase goes on below its first word.
            row = modifier_at(child, "prep")
            if row is not None and row.effect == "condition":
                return True
    return verb.dep_ == "ccomp" and verb.i < verb.head.i and is_inverted(verb.head)


def _is_condition(clause: Token) -> bool:
    row = opener_of(clause)
    return row is not None and row.effect == "condition"
