"""The small words at one word: negation, auxiliaries, hedges, and the tense they make."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from melian.coding.claims.conditions import is_conditional, opener_of
from melian.knowledge.factuality import Modifier, modifiers_by_word
from melian.records import Tense

if TYPE_CHECKING:
    from spacy.tokens import Token

_VERBAL = frozenset({"VERB", "AUX"})
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "attr"})
_BEFORE_NOUNS = frozenset({"amod", "compound", "nmod", "advmod"})
_PAST = frozenset({"was", "were", "did", "had", "'d", "’d"})
_PERFECT = frozenset({"have", "has", "had", "'ve", "’ve"})
_NOT_ONLY = frozenset({"only", "just", "merely", "simply", "least"})
_ANY = frozenset({"a", "an", "any", "one", "single", "even"})
"""Words after "not" that deny the whole: "not a single prisoner"."""
_ASKING = frozenset({"WP", "WRB", "WDT", "WP$"})
_NOBODY = frozenset({"nobody", "none", "nothing"})
_TOWARDS = frozenset({"on", "at", "to", "against", "from", "with", "upon"})
"""Prepositions of those to whom something is done: "fired on nobody"."""
_ANYTHING_BUT = frozenset({"doubt", "longer"})


class Words(msgspec.Struct):
    """What the small words say.

    Attributes:
        is_negated: An odd number of negative words stands here.
        negating: Ids of the rows of the negative words.
        deciding: Rows of auxiliaries, adverbs, adjectives and determiners, in order.
        tense: The tense that the verb form shows, None where it shows none.
        is_perfect: A perfect auxiliary stands here.
        is_would: The auxiliary is "would".
        is_question: The clause is a question, or a condition that stands alone.
        is_conditional: The clause depends on a condition.
    """

    is_negated: bool = False
    negating: list[str] = msgspec.field(default_factory=list)
    deciding: list[Modifier] = msgspec.field(default_factory=list)
    tense: Tense | None = None
    is_perfect: bool = False
    is_would: bool = False
    is_question: bool = False
    is_conditional: bool = False


def read_words(node: Token, below: Token | None) -> Words:
    """Read the small words at a word.

    Args:
        node: The word.
        below: The next word on the way down; what is negative about it is read when it is reached.
    """
    if node.pos_ in _VERBAL:
        return _of_verb(node, below)
    words = Words()
    rows = modifiers_by_word()
    for child in node.children:
        if below is not None and child.i == below.i:
            continue
        low = child.lower_
        if child.dep_ in {"det", "neg", "predet", "preconj"} or (child.dep_ == "advmod" and low in {"not", "no"}):
            row = rows.get((low, "det")) or (rows.get((low, "adv")) if child.dep_ == "neg" else None)
            if row is not None and not _is_not_only(child):
                words.is_negated = not words.is_negated
                words.negating.append(row.id)
        elif child.dep_ in _BEFORE_NOUNS and child.i < node.i:
            row = rows.get((low, "adj")) or rows.get((low, "adv"))
            if (row is not None and row.effect != "not") or (row is not None and row.role == "adj"):
                words.deciding.append(row)
    return words


def _of_verb(node: Token, below: Token | None) -> Words:
    words = Words()
    rows = modifiers_by_word()
    has_auxiliary = False
    first = ""
    subject_at = -1
    for child in node.children:
        dep, low = child.dep_, child.lower_
        if dep in {"aux", "auxpass"}:
            has_auxiliary = has_auxiliary or low != "to"
            first = first or (low if low != "to" else "")
            if (low in _PERFECT and node.tag_ in {"VBN", "VBD"}) or low == "been":
                words.is_perfect = True
            row = rows.get((low, "aux"))
            if row is not None:
                words.deciding.append(rows.get((low, "aux+have"), row) if _has_have(node, child) else row)
                words.is_would = words.is_would or low in {"would", "'d", "’d"}
        elif dep == "neg" or (dep == "advmod" and low in {"never", "not"}):
            if not _is_not_only(child):
                words.is_negated = not words.is_negated
                words.negating.append("never.adv")
        elif dep in {"advmod", "npadvmod", "preconj"} or (dep == "cc" and child.i < node.i):
            row = rows.get((low, "adv"))
            if row is not None:
                if row.effect != "not" or not _is_not_only(child):
                    words.deciding.append(row)
            elif low == "longer" and any(c.lower_ == "no" for c in child.children):
                words.is_negated = not words.is_negated
                words.negating.append("no.det")
        elif dep in _ARGUMENTS:
            if dep.startswith("nsubj"):
                subject_at = child.i
            if (below is None or child.i != below.i) and _is_negative(child):
                words.is_negated = not words.is_negated
                words.negating.append("no.det")
        elif dep == "prep" and low in _TOWARDS and any(c.lower_ in _NOBODY for c in child.children):
            words.is_negated = not words.is_negated
            words.negating.append("no.det")
    words.tense = _tense(node, first, has_auxiliary)
    if first == "could" and words.is_negated:
        words.tense = "past"
    if node.dep_ == "ROOT" and node.tag_ == "VB" and subject_at >= 0 and not has_auxiliary:
        words.tense = "future"  # The language of headlines: "France to withdraw its troops".
    # "If only Gabon had freed him": a condition that stands alone leaves open what it tells, as a question does.
    words.is_question = _is_question(node, subject_at) or (node.dep_ == "ROOT" and _is_if(node))
    words.is_conditional = is_conditional(node)
    return words


def _has_have(verb: Token, modal: Token) -> bool:
    """Tell whether "have" stands behind a modal: "must have attacked"."""
    return verb.tag_ in {"VBN", "VBD"} and any(
        c.dep_ == "aux" and c.i > modal.i and c.lower_ in _PERFECT for c in verb.children
    )


def _is_negative(noun: Token) -> bool:
    """Tell whether a phrase denies: "no troops", "none of them", "nobody"; "no doubt" does not."""
    if noun.lemma_.lower() in _ANYTHING_BUT:
        return False
    row = modifiers_by_word().get((noun.lower_, "det"))
    if row is not None:
        return True
    for child in noun.children:
        if child.dep_ in {"det", "neg", "preconj"} and (child.lower_, "det") in modifiers_by_word():
            return True
        if child.dep_ == "nummod" and any(c.lower_ == "not" for c in child.children):
            return True  # "Not one prisoner".
        if child.lower_ == "not" and child.i + 1 < noun.i and noun.doc[child.i + 1].lower_ in _ANY:
            return True
    return False


def _is_if(clause: Token) -> bool:
    row = opener_of(clause)
    return row is not None and row.effect == "condition"


def _is_not_only(word: Token) -> bool:
    """Tell whether "not" denies nothing: "not only", "whether or not"."""
    before, behind = word.i - 1, word.i + 1
    if before >= 1 and word.doc[before].lower_ == "or" and word.doc[before - 1].lower_ == "whether":
        return True
    return behind < len(word.doc) and word.doc[behind].lower_ in _NOT_ONLY


def _tense(verb: Token, first: str, has_auxiliary: bool) -> Tense | None:
    if has_auxiliary:
        if first in _PAST or first in _PERFECT:
            return "past"
        if first in {"is", "are", "am", "'s", "’s", "'re", "’re", "'m", "’m", "do", "does"}:
            return "past" if first in {"'s", "’s"} and verb.tag_ == "VBN" else "present"
        return None
    if verb.tag_ in {"VBD", "VBN"}:
        return "past"
    return "present" if verb.tag_ in {"VBZ", "VBP"} else None


def _is_question(verb: Token, subject_at: int) -> bool:
    """Tell whether a main clause asks if something is so; "who attacked the town?" takes the attack for granted."""
    if verb.dep_ not in {"ROOT", "ccomp", "conj"}:
        return False
    asks = False
    for child in verb.children:
        if (
            child.i < verb.i
            and (child.pos_ not in _VERBAL or child.dep_ == "aux")
            and any(c.tag_ in _ASKING for c in child.subtree)
        ):
            return False
        asks = asks or (child.dep_ == "punct" and child.text == "?" and child.i > max(verb.i, subject_at))
    return asks
