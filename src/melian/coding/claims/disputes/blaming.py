"""Disputes about who did it: two voices lay one deed at each other's door, in whatever words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from melian.coding.claims.disputes.asserting import places_in
from melian.coding.claims.disputes.doers import LIGHT
from melian.coding.claims.disputes.pairs import Pair
from melian.coding.claims.disputes.sayings import WORD_DEEDS, Saying, are_opposed, root_of
from melian.coding.claims.disputes.told import Told
from melian.coding.claims.edges import governor_for
from melian.coding.claims.judging import judge
from melian.coding.claims.scene import inside
from melian.records import Actor, plover_type

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEXT = 3
_MOST = 60
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_CHARGING = frozenset({"accuse", "blame"})
_CHARGED_BY = frozenset({"on", "against"})
_BEGINNING = frozenset({"start", "begin", "provoke", "trigger", "instigate", "initiate", "cause"})
_OUTCOMES = frozenset(
    root[:5] for root in "kill wound injure capture arrest detain destroy seize lose die shoot_down release".split()
)
"""Both sides may have done this to each other: each told so is no dispute."""
_SUMMED_UP = 400
"""Code points behind a charge made against each other in which each side's own account may stand."""
_OPINIONS = frozenset({"praise", "express", "question"})
_SETTLING = frozenset({"accept", "withdraw", "retract", "concede"})
_BOTH = frozenset({"both", "sides", "they", "governments"})
_SOON = 60
"""Words behind a charge in which it may be settled."""
_AGAIN = frozenset({"also", "too", "again", "later", "then", "meanwhile", "another", "retaliate"})
_NO_NAME = frozenset({"the", "a", "an", "of", "and", "its", "their", "our"})


class Deed(msgspec.Struct, frozen=True):
    """One deed that a statement lays at somebody's door.

    Attributes:
        saying: The statement.
        at: Where the word that tells it begins.
        roots: Beginnings of the words that tell it.
        doers: Camps of who is said to have done it.
        words: The words for who is said to have done it, in lower case.
        patient: What it was done to, where words say so.
        is_contrast: The words set the doer against another: "fired first", "it was they who", "started it".
    """

    saying: Saying
    at: int
    roots: frozenset[str]
    doers: frozenset[str]
    words: frozenset[str]
    patient: Token | None
    is_contrast: bool


def blamed_on_each_other(told: Told, said: Sequence[Saying]) -> Iterator[Pair]:
    """Find deeds that one voice lays at another's door, and that one, or a third, at the first one's."""
    triggers = _triggers(told)
    laid = [deed for saying in said for deed in _deeds(saying, triggers, told)]
    for k, first in enumerate(laid):
        for second in laid[k + 1 : k + _MOST]:
            if second.saying.sentence - first.saying.sentence > _NEXT:
                break
            if second.saying.at > first.saying.at and _is_thrown_back(first, second, told):
                about = triggers.get(first.at) or triggers.get(second.at)
                one, other = first.saying.statement, second.saying.statement
                yield Pair(about, "blame", "laid at each other's door", [one.id], [other.id])


def reciprocal(told: Told, said: Sequence[Saying], known: Sequence[Pair]) -> Iterator[Pair]:
    """Find charges that two make against each other in one breath: "accused each other of", "each blamed the other".

    Args:
        told: The report.
        said: Its statements.
        known: Disputes that are known; one told right behind such a charge is what it sums up.
    """
    triggers = _triggers(told)
    places = {saying.statement.id: saying.at for saying in said}
    told_at = {places[h] for pair in known for h in (*pair.asserting, *pair.denying) if h in places}
    for saying in said:
        if any(saying.at < at <= saying.at + _SUMMED_UP for at in told_at):
            continue
        cue = told.scene.cue_token(saying.statement)
        if cue is not None and _lays_it_on_the_other(cue, saying, told):
            about = next((triggers[t.idx] for t in told.tokens(saying.statement) if t.idx in triggers), None)
            yield Pair(about, "blame", "each says that the other did it", [saying.statement.id], [saying.statement.id])
            continue
        if cue is None or cue.lemma_ not in _CHARGING or cue.dep_ == "xcomp":
            continue
        accused = [t for t in cue.children if t.dep_ == "dobj"]
        words = {t.lower_ for noun in accused for t in noun.subtree}
        is_mutual = any(t.lower_ in {"other", "another"} and words & {"each", "one", "the"} for t in accused)
        if is_mutual and not _is_settled(cue):
            about = next((triggers[t.idx] for t in cue.subtree if t.i > cue.i and t.idx in triggers), None)
            yield Pair(about, "blame", "charged with by each other", [saying.statement.id], [saying.statement.id])


def _lays_it_on_the_other(cue: Token, saying: Saying, told: Told) -> bool:
    """Tell whether each of two says that the other did something: "each said the other's soldiers had fired first"."""
    subjects = [t for c in cue.children if c.dep_ in _SUBJECTS for t in c.subtree]
    if not any(t.lower_ in {"each", "both"} for t in (*subjects, *cue.children)):
        return False
    for verb in told.tokens(saying.statement):
        doer = next((c for c in verb.children if c.dep_ == "nsubj"), None)
        if (
            verb.pos_ != "VERB"
            or doer is None
            or judge(verb, is_inside=inside(saying.statement)).polarity != "positive"
        ):
            continue
        if any(t.lower_ == "other" and any(c.lower_ == "the" for c in t.children) for t in (doer, *doer.children)):
            return True
    return False


def _is_settled(cue: Token) -> bool:
    """Tell whether, in the next sentences, both take a charge back or accept what was found."""
    behind = cue.doc[cue.sent.end : cue.sent.end + _SOON]
    verbs = (t for t in behind if t.lemma_ in _SETTLING)
    return any(c.lower_ in _BOTH for verb in verbs for c in verb.children if c.dep_ in _SUBJECTS)


def _triggers(told: Told) -> dict[int, str]:
    """Find the events, words excepted, by where their words begin."""
    deeds = (event for event in told.events.values() if plover_type(event) not in WORD_DEEDS)
    return {mention.trigger[0]: event.id for event in deeds for mention in event.mentions}


def _deeds(saying: Saying, triggers: Mapping[int, str], told: Told) -> Iterator[Deed]:
    """Give the deeds that a statement firmly lays at the door of somebody else than who makes it."""
    statement = saying.statement
    if statement.act in _OPINIONS:
        return
    cue = told.scene.cue_token(statement)
    if cue is not None and cue.lemma_ in _CHARGING and statement.act == "accuse":
        accused = next((t for t in _accused(cue) if told.camps_of(t)), None)
        if accused is not None:
            yield Deed(saying, _charged_at(cue, triggers), saying.plain, *_doers(accused, told), None, False)
    test = inside(statement)
    for verb in told.tokens(statement):
        if verb.pos_ != "VERB":
            continue
        doer, is_cleft = _doer_of(verb)
        if doer is None or not test(doer):
            continue
        doers, words = _doers(doer, told)
        if not doers and verb.idx in triggers:
            doers = told.camps(told.events[triggers[verb.idx]].sources)
        roots = frozenset(root for t in (verb, *_objects(verb)) if (root := root_of(t)))
        if not roots or not (doers or words) or _is_again(verb):
            continue
        judged = judge(verb, is_inside=test)
        is_firm = judged.certainty in {"certain", "probable"} and judged.tense in {"past", "present"}
        if is_firm and judged.polarity == "positive":
            patient = next(iter(_objects(verb)), None)
            own = root_of(verb)
            is_light = (row := governor_for(verb, "np")) is not None and row.id == LIGHT
            heads = frozenset({own}) if own and not is_light else roots
            yield Deed(saying, verb.idx, heads, doers, words, patient, is_cleft or _is_contrast(verb, doer))


def _accused(cue: Token) -> Iterator[Token]:
    for child in cue.children:
        if child.dep_ in {"dobj", "nsubjpass"}:
            yield child
        elif child.dep_ == "prep" and child.lower_ in _CHARGED_BY:
            yield from child.children


def _charged_at(cue: Token, triggers: Mapping[int, str]) -> int:
    """Give the place of the event's word under a charge: "accused Libya of bombing the wells"."""
    return next((t.idx for t in cue.subtree if t.idx in triggers and t.i > cue.i), cue.idx)


def _doer_of(verb: Token) -> tuple[Token | None, bool]:
    """Find the word for who did it, and whether the clause points at him: "it was the Thais who fired"."""
    agent = next((n for c in verb.children if c.dep_ == "agent" for n in c.children if n.dep_ == "pobj"), None)
    if agent is not None:
        return agent, False
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if subject is not None and subject.tag_ in {"WP", "WDT"}:
        head = verb.head
        be = head.head
        is_cleft = be.lemma_ == "be" and any(c.lower_ == "it" for c in be.children if c.dep_ in _SUBJECTS)
        return (head, True) if is_cleft and verb.dep_ == "relcl" else (None, False)
    if subject is None and verb.dep_ == "conj" and verb.head.pos_ == "VERB":
        return _doer_of(verb.head)[0], False
    return subject, False


def _doers(doer: Token, told: Told) -> tuple[frozenset[str], frozenset[str]]:
    return told.camps_of(doer), frozenset(t.lower_ for t in doer.subtree if t.is_alpha)


def _objects(verb: Token) -> Iterator[Token]:
    for child in verb.children:
        if child.dep_ in {"dobj", "nsubjpass"}:
            yield child
        elif child.dep_ == "prep" and child.lower_ in {"on", "at"}:
            yield from (n for n in child.children if n.dep_ == "pobj" and n.ent_type_ not in {"DATE", "TIME"})


def _is_contrast(verb: Token, doer: Token) -> bool:
    if verb.lemma_ in _BEGINNING and any(t.pos_ == "PRON" for t in _objects(verb)):
        return True
    if any(c.lower_ == "first" for c in verb.children):
        return True
    return any(t.lower_ in {"itself", "themselves"} for t in (*doer.children, *verb.children))


def _is_again(verb: Token) -> bool:
    return any(c.lower_ in _AGAIN for c in verb.children)


def _is_thrown_back(first: Deed, second: Deed, told: Told) -> bool:
    one, other = first.saying, second.saying
    if not are_opposed(one.statement, other.statement, told) or first.doers & second.doers:
        return False
    if _is_doer(one, first, told) or _is_doer(other, second, told):
        return False
    # "It was the police who fired" contradicts whoever says that others did.
    if not _is_doer(one, second, told):
        return second.is_contrast and _is_doer(other, first, told) and _is_patient_again(first, second)
    here, there = (places_in(saying.statement.content[0], told) for saying in (one, other))
    if here and there and not here & there:
        return False
    is_answer = _is_doer(other, first, told)
    is_same = bool(first.roots & second.roots)
    if second.is_contrast:
        return is_same or is_answer
    is_one_patient = _is_patient_again(first, second)
    if is_same:
        return is_one_patient or (is_answer and not second.roots & _OUTCOMES)
    return is_answer and is_one_patient and second.patient is not None and first.patient is not None


def _is_doer(saying: Saying, deed: Deed, told: Told) -> bool:
    """Tell whether a deed is laid at the door of a statement's own side."""
    actor = told.scene.actors.get(saying.statement.speaker or "")
    if actor is None:
        return False
    if told.camps((actor.id,)) & deed.doers or actor.id in deed.doers:
        return True
    named = _name_of(actor)
    doing = (_name_of(told.scene.actors[i]) for i in deed.doers if i in told.scene.actors)
    # A commander of the militia speaks for the militia.
    return (bool(named) and named <= deed.words) or any(name and name <= named for name in doing)


def _name_of(actor: Actor) -> set[str]:
    return {word for word in actor.name.lower().split() if word not in _NO_NAME}


def _is_patient_again(first: Deed, second: Deed) -> bool:
    """Tell whether two deeds were done to one thing, as far as the words say: a pronoun, or the same noun."""
    if second.patient is None or second.patient.pos_ == "PRON":
        return True
    known = {t.lemma_.lower() for t in first.patient.subtree} if first.patient is not None else set()
    return second.patient.lemma_.lower() in known or root_of(second.patient) in first.roots
