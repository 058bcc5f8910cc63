"""What statements assert: firmly or only supposed, in a clause or not, and whether another denies it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from melian.coding.claims.disputes.doers import are_of_other_doers
from melian.coding.claims.disputes.figures import are_of_other_days
from melian.coding.claims.disputes.sayings import WISHING, Saying, root_of, turns_down_a_wish
from melian.coding.claims.disputes.told import Told
from melian.coding.claims.edges import is_presupposed
from melian.coding.claims.scene import inside
from melian.knowledge.factuality import denial_words
from melian.records import Claim, Event, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_DOING, _DONE_TO = frozenset({"nsubj", "agent"}), frozenset({"dobj", "nsubjpass"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_SUPPOSED = frozenset({"relcl", "acl", "amod", "compound"})
"""Words before a noun, and clauses behind it."""
_CLAUSAL = frozenset({"relcl", "acl"})
_AGAINST_DEEDS = frozenset({"oppose", "refuse", "rule out"})
"""What is opposed is not said to be untrue."""
_PLACING = frozenset({"in", "at", "near", "over", "off", "around", "outside", "on"})
_SETTLED = frozenset({"town", "city", "village", "province", "district", "region", "camp", "port", "island", "suburb"})


def holders_of(event: Event, told: Told) -> Iterator[str]:
    """Yield who firmly asserts that an event happened: "author" or ids of statements."""
    for claim in told.claims_of(event.id):
        firm = claim.certainty in {"certain", "probable"} and claim.tense in {"past", "present"}
        if claim.polarity == "positive" and firm and is_asserting(claim, told):
            yield claim.holder


def is_asserting(claim: Claim, told: Told) -> bool:
    """Tell whether a holder says that something is so; "called for an inquiry into the attack" only supposes it."""
    if claim.holder == "author":
        return True
    statement = told.scene.statements[claim.holder]
    word = told.scene.token_at(told.triggers[claim.id])
    if word is not None and is_supposed(word, inside(statement)):
        return False
    return statement.act not in WISHING


def is_supposed(word: Token, test: Callable[[Token], bool]) -> bool:
    """Tell whether a sentence only supposes what a word tells: "the militias fighting in Syria"."""
    while word.head.i != word.i and test(word.head):
        if word.dep_ in _SUPPOSED and (word.dep_ not in _CLAUSAL or is_presupposed(word.head)):
            return True
        word = word.head
    return False


def tells_a_denial(saying: Saying, told: Told) -> bool:
    """Tell whether a statement only tells that others deny something."""
    deny = denial_words()["deny"]
    test = inside(saying.statement)
    tops = (t for t in told.tokens(saying.statement) if t.head.i == t.i or not test(t.head))
    return any(t.pos_ == "VERB" and t.lemma_.lower() in deny for t in tops)


def is_a_claim(saying: Saying, told: Told) -> bool:
    """Tell whether a statement says in a clause of its own that something is so."""
    if saying.statement.act in WISHING - {"promise"}:
        return False
    if saying.statement.act == "promise":  # "Assured him that they were safe" promises nothing.
        return any(t.tag_ in _FINITE - {"MD"} and t.dep_ not in _CLAUSAL for t in told.tokens(saying.statement))
    return any(t.pos_ in {"VERB", "AUX"} and t.tag_ in _FINITE for t in told.tokens(saying.statement))


def roots_told_by(holder: str, event: Event, told: Told) -> frozenset[str]:
    """Give the roots of the words in which a holder tells an event."""
    return frozenset(root for t in told.words_told(holder, event.id) if (root := root_of(t)))


def is_denied(saying: Saying, holder: str, event: Event, told: Told) -> bool:
    """Tell whether a statement denies what a holder tells, by the word for it, or by who did what to whom or with what.

    "Police fired rubber bullets" – "denied that police had used rubber bullets".
    """
    words = told.words_told(holder, event.id)
    shared = saying.denied & {root_of(t) for t in words}
    if shared:
        test = inside(saying.statement)
        denying = [t for t in told.tokens(saying.statement) if root_of(t) in shared]
        if all(t.dep_ == "amod" and is_supposed(t, test) for t in denying):
            return False
        return not any(are_of_other_doers(one, other, told) for one in words for other in denying)
    parts = [
        {root_of(c) for t in words for c in t.children if c.dep_ in deps} & saying.denied for deps in (_DOING, _DONE_TO)
    ]
    return all(parts)


def places_in(span: Span, told: Told) -> frozenset[str]:
    """Give the names behind words such as "in" and "near"."""
    phrase = told.scene.doc.char_span(*span, alignment_mode="expand") or ()
    names = [t for t in phrase if t.pos_ == "PROPN" and t.dep_ == "pobj" and t.ent_type_ not in {"DATE", "TIME"}]
    placed = {t.lower_ for t in names if t.head.lower_ in _PLACING}
    return frozenset(placed | {t.lower_ for t in names if t.head.lower_ == "of" and t.head.head.lemma_ in _SETTLED})


def are_apart(one: Saying, other: Saying, told: Told) -> bool:
    """Tell whether two statements are about other places, or other days."""
    here, there = (places_in(saying.statement.content[0], told) for saying in (one, other))
    if here and there and not here & there:
        return True
    return are_of_other_days(one.statement.content, other.statement.content, told)


def is_denial(saying: Saying, told: Told) -> bool:
    """Tell whether a statement says by its cue that something is not so."""
    row = told.scene.row_of(saying.statement)
    if row is None or row.lemma in _AGAINST_DEEDS or turns_down_a_wish(saying.statement, told):
        return False
    return row.commitment == "denies" or row.id in {"dispute.v", "contest.v"}


def event_in(saying: Saying, told: Told) -> str | None:
    """Give the event that a statement says was done, the gravest where it tells several."""
    claims = [claim for claim in told.claims_by(saying.statement.id) if claim.event in told.events]
    test = inside(saying.statement)

    def key(claim: Claim) -> tuple[bool, int]:
        word = told.scene.token_at(told.triggers[claim.id])
        return word is None or not is_supposed(word, test), told.events[claim.event].quad

    return max(claims, key=key).event if claims else None


def is_claim(saying: Saying, told: Told) -> bool:
    """Tell whether a statement says that something is so, in a clause or as a charge, and not only by pointing."""
    if saying.is_pointing:
        return False
    charges = saying.statement.act == "accuse" or (is_denial(saying, told) and len(saying.denied) > 1)
    return is_a_claim(saying, told) or charges
