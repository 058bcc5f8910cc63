"""What the edge between two words of the tree does to what is said of the lower one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

import msgspec

from melian.coding.claims.conditions import is_inverted, modifier_at, opener_of
from melian.knowledge.cues import Commitment, cue_words
from melian.knowledge.factuality import Effect, Governor, Modifier, governors_by_frame, modifiers_by_word

if TYPE_CHECKING:
    from spacy.tokens import Token

Kind = Literal["stay", "keep", "granted", "past", "open", "wish"]
_VERBAL = frozenset({"VERB", "AUX"})
_POS = {"VERB": "v", "AUX": "v", "NOUN": "n", "PROPN": "n", "ADJ": "a", "ADV": "a"}
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both"})
_TOLD = {
    "asserts": "open", "denies": "open", "doubts": "open", "suggests": "open", "neutral": "open", "learns": "fact",
    "feels": "fact", "confirms": "likely", "wants": "wish", "asks": "wish", "promises": "future",
}  # fmt: skip
_KNOWN = frozenset({"recent", "latest", "previous", "earlier", "past", "former", "ongoing", "current", "existing"})
_LIVELY = frozenset({"no", "any", "a", "an", "another", "further", "more", "some", "new"})
_SCHEDULED = frozenset(
    {"meeting", "talk", "summit", "visit", "election", "conference", "negotiation", "vote", "trial", "referendum"}
)


class Edge(msgspec.Struct, frozen=True):
    """One step down.

    Attributes:
        child: The lower word.
        kind: "stay" at a word that shares its head's stance whole, "keep" it, take what follows for "granted", or
            where only the time above would speak against it ("past"), leave it "open", or make it a "wish".
        governor: The row of the upper word that decides.
        modifier: The row of a preposition or conjunction that decides.
        is_passive_hedge: "is said to have".
        is_told_in_past: The lower clause is told by a verb of saying in the past ("said it would").
    """

    child: Token
    kind: Kind = "keep"
    governor: Governor | None = None
    modifier: Modifier | None = None
    is_passive_hedge: bool = False
    is_told_in_past: bool = False


@cache
def _told() -> Mapping[str, Governor]:
    """Make governors of the cues that the table of governors does not name."""
    rows: dict[str, Governor] = {}
    for cue in cue_words():
        effect: Effect = _effect_of(cue.commitment)
        rows[f"{cue.lemma}.{cue.pos}"] = Governor(
            id=f"cues:{cue.id}", kind="report", lemmas=(cue.lemma,), pos=cue.pos if cue.pos != "p" else "n",
            frames=("that",),
            if_so=effect, if_not=effect if effect == "fact" else "open", example=cue.example, word="",
            provenance=cue.provenance,
        )  # fmt: skip
    return MappingProxyType(rows)


def _effect_of(commitment: Commitment) -> Effect:
    return _TOLD[commitment]  # type: ignore[return-value]


def edge_between(path: Sequence[Token], position: int) -> Edge:
    """Read the edge that leads to a word of a path.

    Args:
        path: Words from the top down.
        position: Of the lower word; a preposition between two words belongs to the edge of the lower one.
    """
    child, head = path[position], path[position - 1]
    dep = child.dep_
    if dep in {"prep", "agent", "dative", "mark"} and child.pos_ in {"ADP", "SCONJ"}:
        return Edge(child, "stay")
    if (head.dep_ in {"prep", "agent", "dative"} and head.pos_ in {"ADP", "SCONJ"}) or dep in {"pobj", "pcomp"}:
        governor_of = path[position - 2] if position >= 2 else None
        return _over_preposition(child, head, governor_of)
    if dep == "conj":
        return Edge(child, "keep")
    if dep in {"ccomp", "csubj", "csubjpass", "xcomp", "parataxis"}:
        return _to_clause(child, head)
    if dep == "advcl":
        return _to_adverbial(child, head)
    if dep in {"relcl", "acl"}:
        return _to_attribute(child, head)
    return _to_noun(child, head)


def is_presupposed(noun: Token) -> bool:
    """Tell whether a phrase takes its thing for granted: a definite article, a possessor, a name, "recent"."""
    if noun.pos_ == "PROPN":
        return True
    if noun.pos_ == "PRON" and noun.lower_ in _DEFINITE:
        return True
    is_definite = False
    for child in noun.children:
        if child.dep_ in {"det", "amod", "neg"} and child.lower_ in _LIVELY:
            return False
        if (
            (child.dep_ == "det" and child.lower_ in _DEFINITE)
            or child.dep_ == "poss"
            or (child.dep_ == "amod" and child.lower_ in _KNOWN)
        ):
            is_definite = True
    return is_definite


def has_own_past(clause: Token) -> bool:
    """Tell whether a clause says by its own verb that it is past: "when they attacked", "who had attacked"."""
    first = next((c for c in clause.children if c.dep_ in {"aux", "auxpass"}), None)
    if first is None:
        return clause.tag_ == "VBD"
    return first.tag_ == "VBD" or first.lower_ in {"has", "have"}


def has_subject(clause: Token) -> bool:
    """Tell whether the subject of a clause stands before its verb."""
    return any(c.dep_ in {"nsubj", "nsubjpass"} and c.i < clause.i for c in clause.children)


def governor_for(word: Token, frame: str) -> Governor | None:
    """Find the row that says what a word does to what hangs on it in a frame."""
    pos = _POS.get(word.pos_)
    if pos is None:
        return None
    rows = governors_by_frame()
    lemma = word.lemma_.lower()
    if pos == "v":
        for child in word.children:
            if child.dep_ == "prt" or (
                child.dep_ in {"advmod", "prep"} and child.lower_ in {"out", "off", "up", "ahead", "yet"}
            ):
                row = rows.get((f"{lemma}_{child.lower_}", pos, frame))
                if row is not None:
                    return row
            elif child.dep_ == "dobj":
                row = rows.get((f"{lemma}_{child.lemma_.lower()}", pos, frame))
                if row is not None:
                    return row
        if lemma == "take" and frame == "subj":
            return None
        row = rows.get((word.lower_, pos, frame))
        if row is not None:
            return row
    elif pos == "n" and word.dep_ == "dobj":
        row = rows.get((f"{word.head.lemma_.lower()}_{lemma}", "v", frame))
        if row is not None:
            return row
    row = rows.get((lemma, pos, frame))
    if row is None and frame in {"that", "quote"}:
        row = _told().get(f"{lemma}.{pos}")
    return row


def is_split_passive(verb: Token) -> bool:
    """Tell whether a question begins with "was" and says nothing of its subject but what hangs on it.

    "Was the ship seized?" may be parsed as a question about "the ship seized".
    """
    if verb.lemma_ != "be" or any(c.i < verb.i and c.dep_ != "cc" for c in verb.children):
        return False
    has_mark = any(c.text == "?" for c in verb.children)
    return has_mark and not any(c.dep_ in {"acomp", "attr", "prep", "advmod"} for c in verb.children)


def _over_preposition(child: Token, prep: Token, head: Token | None) -> Edge:
    if head is None:
        return Edge(child, "keep")
    word = prep.lower_
    modifier = modifier_at(prep, "prep")
    # "instead of attacking": the parser may hang the first word on the second.
    before = [modifiers_by_word().get((c.lower_, "prep")) for c in prep.children if c.dep_ == "advmod"]
    modifier = next((m for m in before if m is not None), modifier)
    row = _governing(head, child, word)
    if row is None and head.dep_ in {"dobj", "nsubjpass"}:
        of_verb = governor_for(head.head, word)  # "Bought rifles for an attack": what is bought is for it too.
        row = of_verb if of_verb is not None and of_verb.kind == "purpose" else None
    elif row is None and head.pos_ in _VERBAL:
        of_things = (governor_for(c, word) for c in head.children if c.dep_ == "dobj")  # "Found money for an attack".
        row = next((r for r in of_things if r is not None and r.kind == "purpose"), None)
    if row is not None and (modifier is None or word in modifier.words):
        return Edge(child, governor=row)
    if modifier is None and word == "of" and prep.head.dep_ in {"prep", "advmod"}:
        modifier = modifiers_by_word().get((prep.head.lower_, "prep"))
    if modifier is not None and not (word == "by" and prep.dep_ == "agent"):
        return Edge(child, modifier=modifier)
    if child.dep_ == "pcomp" or child.pos_ in _VERBAL:
        return Edge(child, "keep")
    return Edge(child, "granted" if is_presupposed(child) else "keep")


def _governing(head: Token, child: Token, frame: str) -> Governor | None:
    """Find the row for a word in a frame, one that asks for more of the lower word first."""
    row = governor_for(head, f"{frame}+ing") if child.tag_ == "VBG" else None
    if row is None and (child.lemma_.lower(), "n", "to") in governors_by_frame():
        is_try = governors_by_frame()[child.lemma_.lower(), "n", "to"].kind == "possibility"
        row = governor_for(head, f"{frame}+try") if is_try else None
    return row or governor_for(head, frame)


def _to_clause(child: Token, head: Token) -> Edge:
    if _is_apart(child, head):
        return Edge(child, "keep")
    if child.i < head.i:
        if is_inverted(head):
            return Edge(child, "granted")  # "They would have fled, had the rain not come."
        opened = opener_of(child)
        if opened is not None and opened.effect == "condition":
            return Edge(child, modifier=opened)
    if head.lemma_ == "do" and child.tag_ == "VB" and child.i > head.i:
        return Edge(child, "keep")  # "How many did Iran arrest?", where the parser takes "did" for the verb.
    told = head.tag_ in {"VBD", "VBN"}
    has_to = False
    asks = False
    for c in child.children:
        if c.dep_ == "aux" and c.lower_ == "to":
            has_to = True
        elif c.dep_ == "mark" and c.lower_ in {"whether", "if"}:
            asks = True
    if asks:
        asking = governor_for(head, "whether")
        if asking is not None and not has_to:
            return Edge(child, governor=asking)
        return Edge(child, modifier=modifiers_by_word()[("whether", "mark" if has_to else "ask")])
    frame = "to" if has_to else "ing" if child.tag_ == "VBG" and child.dep_ == "xcomp" else "that"
    row = governor_for(head, "bare") if frame == "that" and child.tag_ == "VB" and child.dep_ == "ccomp" else None
    row = row or governor_for(head, frame)
    if row is None and head.pos_ == "AUX" and frame == "that":
        # "It is likely that …": the adjective decides, not the copula.
        for c in head.children:
            if c.dep_ in {"acomp", "attr"}:
                row = governor_for(c, frame)
    elif head.lemma_ == "be":
        for c in head.children:
            if c.dep_ in {"acomp", "attr"}:
                row = governor_for(c, frame) or row
    if row is not None:
        hedged = frame == "to" and any(c.dep_ in {"auxpass", "nsubjpass"} for c in head.children)
        return Edge(child, governor=row, is_passive_hedge=hedged, is_told_in_past=told)
    if frame == "to":
        return Edge(child, "wish")
    if child.dep_ in {"ccomp", "parataxis"} and head.pos_ == "VERB":
        return Edge(child, "open" if child.dep_ == "ccomp" and child.i > head.i else "keep", is_told_in_past=told)
    return Edge(child, "keep")


def _is_apart(child: Token, head: Token) -> bool:
    """Tell whether a semicolon keeps a clause from what the parser hangs it on: "Kyiv says so; Moscow says no"."""
    return child.i < head.i and any(c.text == ";" and c.i < head.i for c in (*child.children, *head.children))


def _to_adverbial(child: Token, head: Token) -> Edge:
    has_to = False
    opened = opener_of(child)
    if opened is not None:
        return Edge(child, modifier=opened)
    has_that = False
    for c in child.children:
        has_to = has_to or (c.dep_ == "aux" and c.lower_ == "to")
        has_that = has_that or (c.dep_ == "mark" and c.lower_ == "that")
    if has_that and head.pos_ == "ADJ" and (row_of := governor_for(head, "that")) is not None:
        return Edge(child, governor=row_of)
    if has_to:
        row_of = governor_for(head, "to")
        return Edge(child, governor=row_of) if row_of is not None else Edge(child, "wish")
    if child.tag_ == "VBG" and not any(c.dep_ == "punct" and c.i > head.i for c in head.children if c.i < child.i):
        row_of = governor_for(head, "ing")  # "Ruled out sending troops", which the parser takes for a circumstance.
        if row_of is not None:
            return Edge(child, governor=row_of)
    is_bare = child.tag_ in {"VBG", "VBN"} and not any(c.dep_ in {"nsubj", "nsubjpass"} for c in child.children)
    return Edge(child, "keep" if is_bare else "granted")


def _to_attribute(child: Token, head: Token) -> Edge:
    has_to = any(c.dep_ == "aux" and c.lower_ == "to" for c in child.children)
    if has_to:
        row = governor_for(head, "to")
        if row is None and head.dep_ == "ROOT" and child.tag_ == "VB":
            row = governors_by_frame()["be", "v", "to"]  # The language of headlines: "French president to visit Cairo".
        return Edge(child, governor=row) if row is not None else Edge(child, "wish")
    if any(c.dep_ == "mark" for c in child.children):
        row = governor_for(head, "that")
        if row is not None:
            return Edge(child, governor=row, is_told_in_past=True)
    if child.tag_ == "VBN" and head.dep_ == "nsubj" and is_split_passive(head.head):
        return Edge(child, "keep")
    if child.dep_ == "relcl" and has_own_past(child):
        is_known = is_presupposed(head) or head.pos_ == "PROPN" or _is_bare_plural(head)
        return Edge(child, "granted" if is_known else "past")
    if child.dep_ == "acl" and child.tag_ in {"VBN", "VBG"}:
        return Edge(child, "granted" if is_presupposed(head) else "keep")
    return Edge(child, "keep" if not is_presupposed(head) and head.pos_ != "PROPN" else "granted")


def _is_bare_plural(noun: Token) -> bool:
    """Tell whether a noun has no article: "did not fire at farmers who marched" has farmers march, "at any" none."""
    return noun.tag_ == "NNS" and not any(child.dep_ in {"det", "neg", "amod"} for child in noun.children)


def _to_noun(child: Token, head: Token) -> Edge:
    """Read the edge from a verb to its subject or object, or from a noun to the noun before it."""
    dep = child.dep_
    if head.pos_ in _VERBAL:
        if dep in {"dobj", "nsubjpass", "attr", "oprd", "dative", "acomp"}:
            row = governor_for(head, "np")
            if row is not None and dep in {"dobj", "nsubjpass"}:
                return Edge(child, governor=row)
            if head.pos_ == "AUX" or head.lemma_ == "be":
                return Edge(child, "keep")
        elif dep == "nsubj":
            row = _governing(head, child, "subj")
            if row is not None:
                return Edge(child, governor=row)
            if child.lemma_.lower() in _SCHEDULED and not is_presupposed(child):
                return Edge(child, "keep")
        if child.pos_ in _VERBAL or is_split_passive(head):
            return Edge(child, "keep")
        return Edge(child, "granted" if is_presupposed(child) else "keep")
    if dep in {"compound", "nmod"} and head.pos_ in {"NOUN", "PROPN"}:
        row = governor_for(head, "np")
        return Edge(child, governor=row) if row is not None else Edge(child, "keep")
    if dep == "amod":
        return Edge(child, "granted")
    if dep in {"poss", "appos"}:
        return Edge(child, "granted")
    return Edge(child, "keep")
