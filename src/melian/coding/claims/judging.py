"""Whether a text presents something as happened: one walk from the root of the clause down to the word."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from melian.coding.claims.edges import Edge, edge_between, has_own_past, has_subject, is_presupposed
from melian.coding.claims.words import read_words
from melian.knowledge.factuality import Effect
from melian.records import Certainty, Polarity, Tense

if TYPE_CHECKING:
    from spacy.tokens import Token

RANK: dict[Certainty, int] = {"certain": 0, "probable": 1, "possible": 2, "uncommitted": 3}
_VERBAL = frozenset({"VERB", "AUX"})
_PRESENT = frozenset({"VBP", "VBZ"})
_OF_STATEMENTS = frozenset({"nsubj", "nsubjpass", "aux", "auxpass", "expl", "csubj", "mark"})
_OWN = frozenset({"nsubj", "nsubjpass", "aux", "auxpass", "expl", "neg"})
_DEEPEST = 60
_PAST_DEEDS = frozenset({"report", "accusation", "denial", "factive", "semifactive", "concession", "part"})
"""Kinds of words whose gerund tells what was done before: "accused of bombing"."""


class Judgement(msgspec.Struct, frozen=True):
    """What a text says of one happening.

    Attributes:
        polarity: Whether it happened.
        certainty: How sure; "uncommitted" where the words do not say.
        tense: When, seen from the report.
        rows: Ids of the rows of the factuality tables that decided.
        is_part: What is said is that somebody had, or had not, a part in it.
    """

    polarity: Polarity = "positive"
    certainty: Certainty = "certain"
    tense: Tense = "past"
    rows: tuple[str, ...] = ()
    is_part: bool = False


class Stance(msgspec.Struct):
    """The stance on the way down the tree: what is said of the clause reached so far.

    Unreal is what stands under "would" or a condition, where a verb in the past tells of no past.
    """

    is_so: bool = True
    certainty: Certainty = "certain"
    tense: Tense | None = None
    is_part: bool = False
    is_told_in_past: bool = False
    is_unreal: bool = False
    rows: list[str] = msgspec.field(default_factory=list)

    def weaken(self, certainty: Certainty) -> None:
        """Lower the certainty; it never rises again on the way down."""
        if RANK[certainty] > RANK[self.certainty]:
            self.certainty = certainty

    def reset(self) -> None:
        """Take what follows for granted, whatever is said of the clause above."""
        self.is_so, self.certainty, self.tense = True, "certain", None

    def apply(self, effect: Effect, row: str) -> None:
        """Let a word of the tables decide."""
        self.rows.append(row)
        match effect:
            case "so":
                self.is_so = True
            case "not":
                self.is_so = False
            case "fact":
                self.reset()
            case "likely":
                self.is_so = True
                self.weaken("probable")
            case "unlikely":
                self.is_so = False
                self.weaken("probable")
            case "maybe" | "able":
                self.is_so = True
                self.weaken("possible")
            case "open":
                self.is_so = True
                self.weaken("uncommitted")
            case "wish":
                self.is_so, self.tense = True, "hypothetical"
            case "condition":
                # Of a condition nothing is said, however sure one is of what hangs on it.
                self.is_so, self.tense, self.is_unreal = True, "hypothetical", True
                self.certainty = "certain" if self.certainty in {"probable", "possible"} else self.certainty
            case "future":
                self.is_so = True
                self._set_future()
            case "planned":
                self.is_so = True
                self.weaken("probable")
                self._set_future()
            case "never":
                self.is_so = False
                self._set_future()
            case "part":
                self.is_part = True

    def _set_future(self) -> None:
        if self.tense != "hypothetical":
            self.tense = "future"


def judge(
    trigger: Token,
    start: Stance | None = None,
    is_inside: Callable[[Token], bool] | None = None,
    apart: Token | None = None,
) -> Judgement:
    """Judge what a text says of the happening that a word tells.

    Args:
        trigger: The word that tells it.
        start: What is said of the whole clause from outside, such as that it is denied.
        is_inside: Tells which tokens belong to the holder's words; the walk starts at the highest such ancestor.
        apart: A word below the trigger that does not decide about it: what is said, below a cue.
    """
    path = [trigger]
    while path[-1].head.i != path[-1].i and len(path) < _DEEPEST:
        if is_inside is not None and not is_inside(path[-1].head):
            break
        path.append(path[-1].head)
    path.reverse()
    stance = start or Stance()
    root = path[0]
    if _is_imperative(root):
        stance.tense = "hypothetical"
    for position, node in enumerate(path):
        below = path[position + 1] if position + 1 < len(path) else apart
        if position:
            _descend(stance, edge_between(path, position))
        if node.dep_ in {"prep", "agent", "mark", "dative"} and node.pos_ in {"ADP", "SCONJ"}:
            continue
        if below is None or below.dep_ != "conj" or _shares(node, below):
            _read(stance, node, below)
    tense: Tense = stance.tense or ("present" if trigger.tag_ in _PRESENT else "past")
    return Judgement(
        "positive" if stance.is_so else "negative",
        stance.certainty,
        tense,
        tuple(dict.fromkeys(stance.rows)),
        stance.is_part,
    )


def _descend(stance: Stance, edge: Edge) -> None:
    """Carry the stance over one edge of the tree."""
    if edge.kind == "stay":
        return
    if edge.governor is not None:
        row = edge.governor
        # "Would regret bombing it" and "is allegedly responsible for bombing it" grant no bombing.
        is_regretted = row.kind == "factive" and has_own_past(edge.child) and has_subject(edge.child)
        is_granted = row.if_so != "fact" or is_presupposed(edge.child) or is_regretted
        if not is_granted and stance.tense == "hypothetical":
            return
        if is_granted or stance.certainty != "uncommitted":
            stance.apply(row.if_so if stance.is_so else row.if_not, row.id)
        if row.kind in _PAST_DEEDS and edge.child.tag_ == "VBG" and stance.tense == "present":
            stance.tense = None  # "Faces accusations of arming the rebels".
        if edge.is_passive_hedge and stance.certainty == "uncommitted":
            stance.is_so = True
    elif edge.modifier is not None:
        row_of = edge.modifier
        is_granted = is_presupposed(edge.child) or (has_own_past(edge.child) and not stance.is_unreal)
        if row_of.effect == "fact" and stance.tense in {"hypothetical", "future"} and not is_granted:
            return
        stance.apply(row_of.effect, row_of.id)
    elif edge.kind == "granted":
        stance.reset()
    elif edge.kind == "past":
        if stance.tense in {"hypothetical", "future"} and not stance.is_unreal:
            stance.reset()
    elif edge.kind == "open":
        stance.is_so = True
        stance.weaken("uncommitted")
    elif edge.kind == "wish":
        stance.is_so, stance.tense = True, "hypothetical"
    stance.is_told_in_past = edge.is_told_in_past


def _read(stance: Stance, node: Token, below: Token | None) -> None:
    """Read what stands at one word itself: negation, auxiliaries, hedges, tense."""
    words = read_words(node, below)
    has_modal = any(row.role == "aux" for row in words.deciding)
    if words.is_negated:
        stance.is_so = not stance.is_so
        stance.rows += words.negating
    is_reported = stance.is_told_in_past and words.is_would and not words.is_perfect
    for row in words.deciding:
        # "Said it would attack" is what "will" was when it was said.
        effect = "future" if is_reported and row.effect == "wish" and row.role == "aux" else row.effect
        stance.is_unreal = stance.is_unreal or (effect == "wish" and row.role == "aux")
        if effect == "wish" and row.role == "aux" and not stance.is_so:
            stance.tense = "hypothetical"
            stance.rows.append(row.id)
        elif row.role == "adj" and not stance.is_so:
            stance.rows.append(row.id)  # "The planned meeting never took place."
        elif effect == "able" and words.is_negated:
            stance.rows.append(row.id)  # Who can not do a thing does not do it.
            if stance.tense is None:
                stance.tense = words.tense or "future"
        elif row.role in {"aux", "adv"} and effect in {"maybe", "able", "likely", "open", "future", "planned"}:
            is_so = stance.is_so
            stance.apply(effect, row.id)
            stance.is_so = is_so
            if row.role == "aux" and effect in {"maybe", "able"} and words.is_perfect:
                stance.tense = "past" if stance.tense != "hypothetical" else stance.tense
            elif row.role == "aux" and effect in {"maybe", "able"} and stance.tense is None:
                stance.tense = "future"
        elif effect == "not" and row.role in {"adv", "det"}:
            stance.is_so = not stance.is_so
            stance.rows.append(row.id)
        else:
            stance.apply(effect, row.id)
    if words.is_perfect and stance.tense == "future" and node.tag_ == "VBN" and not has_modal:
        stance.tense = "past"
    if words.is_question:
        stance.tense = "hypothetical"
    if words.is_conditional and (has_modal or stance.tense == "future" or words.tense in {None, "present"}):
        stance.tense = "hypothetical"
    if words.tense is not None and not has_modal and stance.tense not in {"hypothetical", "future"}:
        stance.tense = words.tense


def _shares(first: Token, second: Token) -> bool:
    """Tell whether what is joined shares auxiliaries and negation: "did not arrest or beat", "will meet and sign"."""
    has_or = False
    for child in first.children:
        has_or = has_or or (child.dep_ == "cc" and child.lower_ in {"or", "nor"})
    if first.pos_ not in _VERBAL or second.pos_ not in _VERBAL:
        return has_or
    if first.tag_ != second.tag_ or any(c.dep_ in _OWN for c in second.children):
        return False
    return has_or or first.tag_ in {"VB", "VBN", "VBG"}


def _is_imperative(root: Token) -> bool:
    """Tell whether a clause is a command: a bare verb in front without a subject, or "do not" before it."""
    if root.dep_ not in {"ROOT", "ccomp"} or root.tag_ != "VB":
        return False
    return all(c.dep_ == "aux" and c.lower_ == "do" for c in root.children if c.dep_ in _OF_STATEMENTS)
