"""Disputes about words that tell no event: "the claim was disputed", "rejected Kyiv's claim that", "said it had"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from melian.coding.claims.disputes.asserting import are_apart, is_a_claim, is_supposed, tells_a_denial
from melian.coding.claims.disputes.doers import are_of_other_doers
from melian.coding.claims.disputes.pairs import Pair
from melian.coding.claims.disputes.sayings import NEGATIVE, Saying, are_opposed, root_of
from melian.coding.claims.disputes.told import Told
from melian.coding.claims.judging import judge
from melian.coding.claims.scene import inside
from melian.knowledge.factuality import denial_words

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEXT = 2
_BACK = 60
"""How many statements before or behind one are looked at."""
_NEAR = 2500
_FEW = 6
_TWO, _HALF = 2, 2
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "agent", "prep"})
_EMPTY = frozenset({"AUX", "PRON", "PUNCT", "SCONJ", "ADV", "PART", "CCONJ"})


def words_answered(told: Told, said: Sequence[Saying]) -> Iterator[Pair]:
    """Find denials of what another voice said, whether or not it tells an event."""
    for k, saying in enumerate(said):
        named = _named_voices(saying, told)
        if named:
            asserting = _said_by(named, saying, (*said[max(0, k - _BACK) : k], *said[k + 1 : k + _BACK]), told)
            rule = "denied by naming who said it"
        else:
            continue
        if asserting is not None:
            yield Pair(
                _event_in(asserting, told), "contradiction", rule, [asserting.statement.id], [saying.statement.id]
            )


def taken_up_again(told: Told, said: Sequence[Saying]) -> Iterator[Pair]:
    """Find denials that another voice contradicts by a verb alone: "denied that a fee was paid, they said it was"."""
    for k, saying in enumerate(said):
        tokens = list(told.tokens(saying.statement))
        is_bare = 0 < len(tokens) <= _FEW and all(t.pos_ in _EMPTY for t in tokens) and tokens[-1].pos_ != "PRON"
        if not is_bare or any(t.lower_ in NEGATIVE for t in tokens) or not any(t.pos_ == "AUX" for t in tokens):
            continue
        for before in reversed(said[max(0, k - _BACK) : k]):
            if saying.sentence - before.sentence > 1:
                break
            row = told.scene.row_of(before.statement)
            denies = row is not None and row.commitment == "denies"
            if denies and before.denied and are_opposed(before.statement, saying.statement, told):
                about = _event_in(before, told)
                yield Pair(
                    about, "contradiction", "said again after a denial", [saying.statement.id], [before.statement.id]
                )
                break


def denied_again(told: Told, said: Sequence[Saying]) -> Iterator[Pair]:
    """Find what one voice tells and another, before it or after, denies by the same verb of the same people."""
    positive: dict[int, list[Token]] = {}
    triggers = {m.trigger[0]: event.id for event in told.events.values() for m in event.mentions}
    for k, denial in enumerate(said):
        if not denial.denied:
            continue
        for j in range(max(0, k - _BACK), min(len(said), k + _BACK)):
            one = said[j]
            if abs(one.sentence - denial.sentence) > _NEXT or not is_a_claim(one, told):
                continue
            if not are_opposed(one.statement, denial.statement, told) or are_apart(one, denial, told):
                continue
            if j not in positive:
                positive[j] = list(_told_verbs(one, told))
            verb = next((verb for verb in positive[j] if _is_denied(verb, one, denial, told)), None)
            if verb is not None:
                about = triggers.get(verb.idx) or _event_in(denial, told)
                ids = [one.statement.id], [denial.statement.id]
                yield Pair(about, "contradiction", "denied by the same verb", *ids)


def _told_verbs(saying: Saying, told: Told) -> Iterator[Token]:
    """Yield the verbs of deeds that a statement firmly says were done."""
    test = inside(saying.statement)
    for verb in told.tokens(saying.statement):
        if verb.pos_ == "VERB" and root_of(verb) and not is_supposed(verb, test):
            judged = judge(verb, is_inside=test)
            is_firm = judged.certainty in {"certain", "probable"} and judged.tense == "past"
            if is_firm and judged.polarity == "positive":
                yield verb


def _is_denied(verb: Token, one: Saying, denial: Saying, told: Told) -> bool:
    own = root_of(verb)
    if own not in denial.denied or (one.denied & {own}):
        return False
    around = {root_of(t) for c in verb.children if c.dep_ in _ARGUMENTS for t in c.subtree} - {"", own}
    if not around & denial.denied:
        return False
    test = inside(denial.statement)
    verbs = (t for t in told.tokens(denial.statement) if t.pos_ == "VERB" and root_of(t) == own)
    denying = [t for t in verbs if not is_supposed(t, test)]
    return bool(denying) and not any(are_of_other_doers(verb, other, told) for other in denying)


def _named_voices(saying: Saying, told: Told) -> frozenset[str]:
    """Give the actors whose words a denial names: "rejected Trump's claim that", "the assertion by Kyiv that"."""
    row = told.scene.row_of(saying.statement)
    if row is None or row.commitment != "denies":
        return frozenset()
    claims = denial_words()["claim"]
    first = next((t for t in told.tokens(saying.statement) if t.dep_ in {"dobj", "nsubjpass"}), None)
    if (
        first is None
        or first.lemma_.lower() not in claims
        or not any(c.dep_ in {"acl", "prep", "relcl"} for c in first.children)
    ):
        return frozenset()
    return frozenset(
        actor
        for c in first.children
        for t in ((c,) if c.dep_ == "poss" else c.children if c.lower_ in {"by", "from"} else ())
        for actor in _actor_of(t, told)
    )


def _actor_of(token: Token, told: Told) -> Iterator[str]:
    naming = told.namings.get(token.i)
    if naming is not None and naming.actor is not None:
        yield naming.actor


def _said_by(named: frozenset[str], saying: Saying, others: Sequence[Saying], told: Told) -> Saying | None:
    """Find the nearest statement of the named voices that is about the same as a denial."""
    words = _roots(saying, told)
    best: tuple[int, Saying] | None = None
    for other in others:
        distance = abs(other.at - saying.at)
        camps = named | told.camps(tuple(named))
        speaker = other.statement.speaker
        if speaker is None or distance > _NEAR or not ({speaker} | told.camps((speaker,))) & camps:
            continue
        theirs = _roots(other, told)
        shared = len(theirs & words)
        is_about = shared >= _TWO and shared * _HALF >= min(len(theirs), len(words))
        is_claim = is_a_claim(other, told) and other.statement.act != "deny" and not tells_a_denial(other, told)
        is_answer = is_about and is_claim and are_opposed(other.statement, saying.statement, told)
        if is_answer and (best is None or distance < best[0]):
            best = distance, other
    return best[1] if best is not None else None


def _roots(saying: Saying, told: Told) -> frozenset[str]:
    blank = denial_words()["claim"]
    tokens = (t for t in told.tokens(saying.statement) if t.lemma_.lower() not in blank)
    return frozenset(root for t in tokens if (root := root_of(t)))


def _event_in(saying: Saying, told: Told) -> str | None:
    inner = told.events_in(saying.statement)
    return max(inner, key=lambda event: event.quad).id if inner else None
