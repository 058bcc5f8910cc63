"""Who speaks: the subject of a verb of saying, and the words of his that stand nearest to the cue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.coding.actors.coreference import is_expletive
from melian.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from melian.coding.statements.attribution import Attribution

_RELATIVE = frozenset({"who", "which", "that", "whom"})
_INHERITING = frozenset({"conj", "xcomp", "advcl", "pcomp", "dep"})
_NOBODY = frozenset({"there", "this", "what", "that"})
_TRAILING = frozenset({",", ";", ":", "-", "—", "–", "--", '"', "“", "''", "``"})


def speaker_of(verb: Token, depth: int = 0) -> Token | None:
    """Find who says what a verb of saying tells, over coordination, control, participles and relative clauses."""
    is_passive = False
    for child in verb.children:
        dep = child.dep_
        if dep == "nsubj":
            is_nobody = child.lower_ in _NOBODY and not _is_relative(child, verb)
            return None if is_nobody or is_expletive(child) else child
        if dep == "expl":
            return None
        if dep == "agent":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
        is_passive = is_passive or dep in {"nsubjpass", "auxpass"}
    if verb.dep_ == "advcl" and verb.tag_ == "VBN":
        return None  # "Asked whether he would go, he …": somebody else asked.
    if is_passive or depth > 4:
        return None
    if verb.dep_ in {"acl", "relcl"}:
        return verb.head if verb.tag_ == "VBG" else None
    if verb.dep_ in _INHERITING and verb.head.pos_ in {"VERB", "AUX"}:
        head = verb.head
        if verb.dep_ == "xcomp":
            controller = next((c for c in head.children if c.dep_ == "dobj" and c.i < verb.i), None)
            if controller is not None:
                return controller
        if verb.dep_ == "advcl" and any(child.dep_ == "nsubjpass" for child in head.children):
            return None
        return speaker_of(head, depth + 1)
    if verb.dep_ == "pcomp" and verb.head.head.pos_ in {"VERB", "AUX"}:
        return speaker_of(verb.head.head, depth + 1)
    return None


def _is_relative(subject: Token, verb: Token) -> bool:
    return verb.dep_ == "relcl" and subject.lower_ in _RELATIVE


def _is_circumstance(child: Token, speaker: Token) -> bool:
    """Tell whether a phrase behind a comma says when or where and not who."""
    if (
        child.i < speaker.i
        or child.dep_ not in {"prep", "advmod"}
        or child.lower_ in {"including", "such", "like", "of"}
    ):
        return False
    return speaker.doc[child.left_edge.i - 1].text == ","


def speaker_span(speaker: Token, a: Attribution) -> Span:
    """Give the speaker's words: the whole phrase with appositions, without the cue and the content."""
    doc = speaker.doc
    start, end = speaker.left_edge.i, speaker.right_edge.i + 1
    if a.verb is not None:
        if speaker.i < a.verb < end:
            end = min(end, a.cue[0] if a.cue else a.verb)
        if start <= a.verb < speaker.i:
            start = a.verb + 1
    for child in speaker.children:
        if child.i > speaker.i and child.dep_ in {"punct", "cc"} and child.text in {"—", "--", ";", ":"}:
            end = min(end, child.i)
        elif _is_circumstance(child, speaker):
            # "Rubio, in the closing days of the campaign, claimed": when, not who.
            end = min(end, child.left_edge.i)
    for piece_start, piece_end in a.content:
        if piece_start > speaker.idx:
            while end > speaker.i + 1 and doc[end - 1].idx >= piece_start:
                end -= 1
        elif piece_end <= speaker.idx:
            while start < speaker.i and doc[start].idx < piece_end:
                start += 1
    while end > speaker.i + 1 and (doc[end - 1].is_space or doc[end - 1].text in _TRAILING):
        end -= 1
    while start < speaker.i and (doc[start].is_space or doc[start].is_punct):
        start += 1
    if end < len(doc) and doc[end].text == "," and any(doc[i].text == "," for i in range(speaker.i, end)):
        # The comma that closes an apposition belongs to the phrase that the first one opens.
        end += 1
    return doc[start].idx, doc[end - 1].idx + len(doc[end - 1])
