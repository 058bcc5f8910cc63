"""Conditions: the words that open a clause, "if" and what stands for it, and what depends on it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from melian.knowledge.factuality import Modifier, Role, modifiers_by_word

if TYPE_CHECKING:
    from spacy.tokens import Token

_CLAUSES = frozenset({"advcl", "ccomp", "acl", "pcomp", "pobj"})
_OPENERS = frozenset({"mark", "advmod", "prep"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_INVERTED = frozenset({"had", "should", "were"})


def modifier_at(word: Token, role: Role) -> Modifier | None:
    """Find the row of a word, or of the longest phrase that begins or ends with it: "in case of", "as long as"."""
    rows = modifiers_by_word()
    doc, at = word.doc, word.i
    for phrase in _phrases_by_edge().get(word.lower_, ()):
        for start in (at - len(phrase) + 1, at):
            is_within = start >= 0 and start + len(phrase) <= len(doc)
            if is_within and all(doc[start + k].lower_ == part for k, part in enumerate(phrase)):
                row = rows.get(("_".join(phrase), role))
                if row is not None:
                    return row
    return rows.get((word.lower_, role))


@cache
def _phrases_by_edge() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Index the phrases of the table by their first and last words, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    phrases = {tuple(words.split("_")) for words, _ in modifiers_by_word() if "_" in words}
    for phrase in sorted(phrases, key=lambda phrase: (-len(phrase), phrase)):
        for edge in {phrase[0], phrase[-1]}:
            found.setdefault(edge, []).append(phrase)
    return {edge: tuple(own) for edge, own in found.items()}


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
