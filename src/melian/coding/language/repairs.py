"""Repairs of the parse, where grammar alone shows that the parser is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from melian.knowledge.cues import cues_by_lemma

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_COURTESIES = frozenset({"Mr", "Mrs", "Ms", "Dr", "Mr.", "Mrs.", "Ms.", "Dr."})
_PERFORMING = frozenset({"accuse", "demand", "condemn", "threaten", "praise", "promise"})


_PREFIXES = frozenset({"ex", "vice", "sub"})
"""Words that make one word with the noun behind their hyphen."""


def repair(doc: Doc) -> None:
    """Repair a parse in place; sentences stay as they are."""
    _repair_prefixes(doc)
    _repair_auxiliaries(doc)
    _repair_coordination(doc)
    _repair_places(doc)


def _repair_prefixes(doc: Doc) -> None:
    """Hang a prefix, and what stands before it, on its noun: "Peru's ex-president", "the Turkish vice-consul"."""
    for prefix in doc[:-2]:
        hyphen, noun = doc[prefix.i + 1], doc[prefix.i + 2]
        if prefix.lower_ not in _PREFIXES or hyphen.text != "-" or prefix.whitespace_ or hyphen.whitespace_:
            continue
        if prefix.head.i == noun.i or not noun.text.isalpha() or noun.sent.start > prefix.i:
            continue
        over = prefix.head if prefix.head.i not in {prefix.i, hyphen.i} else None
        if over is None or noun.i in {over.i, *(t.i for t in over.ancestors)}:
            continue
        for before in list(prefix.lefts):
            before.head = noun
        noun.head, noun.dep_ = over, prefix.dep_
        for part, dep in ((prefix, "amod"), (hyphen, "punct")):
            part.head, part.dep_ = noun, dep
        if noun.pos_ not in {"NOUN", "PROPN"}:
            noun.pos_, noun.tag_ = "NOUN", "NN"


def _repair_places(doc: Doc) -> None:
    """Hang a place on its preposition, and not on a name behind it: "In Tehran Mr X was met"."""
    for token in doc:
        if token.dep_ != "compound" or token.ent_type_ != "GPE" or token.left_edge.i == 0:
            continue
        if token.head.ent_type_ != "PERSON" and token.nbor(1).text not in _COURTESIES:
            continue
        before = doc[token.left_edge.i - 1]
        is_open = before.dep_ == "prep" and not any(c.dep_ == "pobj" for c in before.children)
        if is_open and token.head.dep_ in _SUBJECTS:
            token.head = before
            token.dep_ = "pobj"


def _repair_auxiliaries(doc: Doc) -> None:
    """Hang the subject of an auxiliary on its verb."""
    for token in doc:
        if (
            token.dep_ in _SUBJECTS
            and token.head.dep_ in {"aux", "auxpass"}
            and token.head.head.pos_ in {"VERB", "AUX"}
        ):
            token.head = token.head.head


def _repair_coordination(doc: Doc) -> None:
    """Hang a verb that is joined to the wrong clause on the clause of saying above it.

    In "X insists that the plane did not cross and accused Y", a finite verb without a subject can't share "did" with
    "cross"; in "X said two soldiers had died and accused Y", a verb of accusing is not what the dead did. Both are X's.
    So is what follows a clause between commas: "X closed the border, days after gunmen shot a ranger, and accused Y".
    """
    for token in doc:
        if token.dep_ != "conj" or token.tag_ not in _FINITE or token.pos_ != "VERB":
            continue
        first = token.head
        if first.pos_ not in {"VERB", "AUX"} or any(c.dep_ in _SUBJECTS for c in token.children):
            continue
        joining = [c for c in first.children if c.dep_ == "cc" and first.i < c.i < token.i]
        above = _saying_above(first)
        if above is None and _is_between_commas(first, joining) and first.head.tag_ == token.tag_:
            _hang(token, joining, first.head)
            continue
        if above is None or above.i > first.i:
            continue
        row = cues_by_lemma().get((token.lemma_.lower(), "v"))
        mismatched = first.tag_ in {"VB", "VBN", "VBG"} and any(c.dep_ in {"aux", "auxpass"} for c in first.children)
        performs = row is not None and row.act in _PERFORMING and token.tag_ == above.tag_
        if (mismatched and _is_plain(token)) or performs:
            _hang(token, joining, above)


def _hang(verb: Token, joining: Sequence[Token], above: Token) -> None:
    for child in joining:
        child.head = above
    verb.head = above


def _is_between_commas(clause: Token, joining: Sequence[Token]) -> bool:
    """Tell whether an adverbial clause behind its main verb begins behind a comma, and ends at one before an "and"."""
    if clause.dep_ != "advcl" or clause.head.i > clause.i or not joining:
        return False
    first, doc = clause.left_edge, clause.doc
    return first.i > 0 and doc[first.i - 1].lower_ == "," and doc[joining[0].i - 1].lower_ == ","


def _saying_above(verb: Token) -> Token | None:
    """Find the verb whose content clause this is, over coordination."""
    for _ in range(4):
        if (
            verb.dep_ == "ccomp"
            and verb.head.pos_ in {"VERB", "AUX"}
            and any(c.dep_ in _SUBJECTS for c in verb.head.children)
        ):
            return verb.head
        if verb.dep_ != "conj":
            return None
        verb = verb.head
    return None


def _is_plain(verb: Token) -> bool:
    return not any(c.dep_ in {"aux", "auxpass"} for c in verb.children)
