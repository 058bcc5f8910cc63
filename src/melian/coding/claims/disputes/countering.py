"""Denials in words of their own of what another voice said close by: "stole records", "no record left the house"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from melian.coding.claims.disputes.alike import is_alike
from melian.coding.claims.disputes.asserting import are_apart, event_in, is_a_claim, is_claim, is_denial
from melian.coding.claims.disputes.pairs import Pair
from melian.coding.claims.disputes.sayings import NEGATIVE, NOBODY, WISHING, WORD_DEEDS, Saying, are_opposed, root_of
from melian.coding.claims.disputes.told import LONG, Told
from melian.coding.claims.judging import judge
from melian.coding.claims.scene import inside
from melian.records import plover_type

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Token

_NEXT = 3
_BACK = 16
_MOST = 40
_MINDS = frozenset("know want think believe see expect intend need doubt care understand like plan decide say".split())
"""What somebody does not know, want or plan contradicts nobody."""
_ASIDE = frozenset({"relcl", "acl", "appos", "advcl", "conj", "prep"})
_NONE = frozenset({"no", "any", "such", "single"})
_LONG_DENIAL = 25
"""Words of a statement beyond which a negated clause in it is only a part of what it tells."""
_GRANTED = frozenset("request access entry visa permission bail appeal application motion asylum opportunity".split())
"""What is denied to somebody is no claim: "denied one nation's request"."""
_AGREEING = frozenset({"agree", "concede", "admit", "acknowledge", "concur"})
_CORE = frozenset({"nsubj", "nsubjpass", "dobj", "attr", "xcomp", "acomp"})


def countered(told: Told, said: Sequence[Saying]) -> Iterator[Pair]:
    """Find denials with what they deny, told by another voice within a few sentences: the most alike, the nearest."""
    firm: dict[str, bool] = {}
    denied = [_denied(saying, told) for saying in said]
    negative = {saying.statement.id for saying, words in zip(said, denied, strict=True) if words}
    for k, denial in enumerate(said):
        words = denied[k]
        if not words:
            continue
        roots = frozenset(root for t in words if (root := root_of(t)))
        best: tuple[tuple[int, int], Saying] | None = None
        for one in (*reversed(said[max(0, k - _BACK) : k]), *said[k + 1 : k + _BACK]):
            gap = abs(one.sentence - denial.sentence)
            if gap > _NEXT or not are_opposed(one.statement, denial.statement, told):
                continue
            if one.statement.id in negative or not is_claim(one, told) or are_apart(one, denial, told):
                continue
            if one.statement.id not in firm:
                firm[one.statement.id] = _is_firm_claim(one, told)
            is_before = one.at < denial.at
            shared = len(roots & (one.plain - one.denied))
            kin = _kin(denial, one, told)
            if kin is False:
                continue
            shared += kin is True
            is_again = kin is True or (shared > 1 and bool(_verbs(one, told) & _verbs_of(words)))
            is_enough = shared > 0 if is_before else is_again
            if firm[one.statement.id] and is_enough:
                key = (-shared, gap)
                if best is None or key < best[0]:
                    best = key, one
        if best is not None:
            ids = [best[1].statement.id], [denial.statement.id]
            yield Pair(event_in(best[1], told), "contradiction", "countered in other words", *ids)


def _kin(denial: Saying, one: Saying, told: Told) -> bool | None:
    """Tell whether the deed that a statement denies can be the one that another tells; None where one tells none."""
    ours, theirs = (
        [told.events[c.event] for c in told.claims_by(saying.statement.id) if c.polarity == polarity]
        for saying, polarity in ((denial, "negative"), (one, "positive"))
    )
    ours = [event for event in ours if plover_type(event) not in WORD_DEEDS]
    same = [(a, b) for a in ours for b in theirs if a.type == b.type]
    if not same:
        return None
    return any(a.id == b.id or is_alike(a, b, told) for a, b in same)


def _verbs(saying: Saying, told: Told) -> frozenset[str]:
    return _verbs_of(list(told.tokens(saying.statement)))


def _verbs_of(words: Sequence[Token]) -> frozenset[str]:
    return frozenset(root for t in words if t.pos_ == "VERB" and (root := root_of(t)))


def _denied(saying: Saying, told: Told) -> Sequence[Token]:
    """Give the words that a statement denies, names left out: all under a denying cue, else of a negated clause."""
    tokens = list(told.tokens(saying.statement))
    if len(tokens) > _MOST or saying.is_pointing or saying.statement.act in WISHING:
        return ()
    cue = told.scene.cue_token(saying.statement)
    if cue is not None and cue.lemma_.lower() in _AGREEING:
        return ()
    if is_denial(saying, told):
        top = next((t for t in tokens if t.dep_ in {"dobj", "nsubjpass"}), None)
        is_anothers = top is not None and any(c.dep_ == "poss" for c in top.children)
        if top is not None and (top.lemma_.lower() in _GRANTED or is_anothers):
            return ()
        return [t for t in tokens if root_of(t) in saying.denied & saying.plain]
    if len(tokens) > _LONG_DENIAL:
        return ()
    test = inside(saying.statement)
    heads = [head for t in tokens if (head := _negated(t)) is not None and test(head)]
    scope = [t for head in heads if head.lemma_ not in _MINDS and _is_firm(head, test) for t in _core(head)]
    return [t for t in scope if test(t) and not t.ent_type_ and t.pos_ != "PROPN"]


def _core(verb: Token) -> Iterator[Token]:
    """Yield a verb and the nouns that are denied with it: "no letter came", "had received no such warning"."""
    yield verb
    for child in verb.children:
        if child.dep_ in _CORE and any(c.lower_ in _NONE for c in child.children):
            yield from (t for t in (child, *child.children) if t.dep_ not in _ASIDE)


def _negated(word: Token) -> Token | None:
    """Give the verb of the clause that a negative word denies."""
    if word.lower_ not in NEGATIVE | NOBODY or word.lower_ == "without":
        return None
    head = word.head
    while head.pos_ not in {"VERB", "AUX"} and head.head.i != head.i:
        head = head.head
    return head if head.pos_ in {"VERB", "AUX"} else None


def _is_firm(verb: Token, test: Callable[[Token], bool]) -> bool:
    if any(c.tag_ == "MD" and c.lower_ != "could" for c in verb.children):
        return False
    judged = judge(verb, is_inside=test)
    return judged.certainty in {"certain", "probable"} and judged.tense in {"past", "present"}


def _is_firm_claim(saying: Saying, told: Told) -> bool:
    """Tell whether a statement says of something in the past or present that it is so."""
    tokens = list(told.tokens(saying.statement))
    if len(tokens) > LONG:
        return False
    if saying.statement.act == "accuse" and not is_a_claim(saying, told):
        return True
    test = inside(saying.statement)
    return any(t.pos_ in {"VERB", "AUX"} and _is_firm(t, test) for t in tokens)
