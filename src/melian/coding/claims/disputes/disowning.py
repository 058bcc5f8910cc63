"""Disputes in which those blamed for a deed disown it in other words: "no soldier had set foot there"."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from melian.coding.claims.disputes.asserting import holders_of
from melian.coding.claims.disputes.pairs import Pair
from melian.coding.claims.disputes.refuting import denies_another, opposed_by, sides_of
from melian.coding.claims.disputes.sayings import (
    NEGATIVE,
    NOBODY,
    WISHING,
    WORD_DEEDS,
    Saying,
    are_opposed,
    is_disclaiming,
    root_of,
)
from melian.coding.claims.disputes.told import OF_STATE, Told
from melian.coding.claims.judging import judge
from melian.coding.claims.scene import inside
from melian.records import Event, Statement, plover_type

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEAR = 900
_BEFORE = 300
"""Code points before a deed in which what a denial names may stand."""
_CONFLICT = 3
_CLOSE = 500
"""Code points before a denial of any part in a deed, in which that is told."""
_CODE = 3
"""Letters of a country's code; other sides are ids of actors."""
_OWNERS = frozenset({"our", "my", "its", "their", "his", "her"})
_STATES_OF_MIND = frozenset("like know want think believe love care expect understand doubt question see need".split())
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_CLAUSES = frozenset({"ROOT", "ccomp", "conj", "parataxis", "advcl"})


def disowned(told: Told, said: Sequence[Saying]) -> Iterator[Pair]:
    """Find deeds whose doer says soon after that his side did nothing of the kind.

    A denial that names a place, a day or a thing of which nothing was said before is about something else.
    """
    places = [saying.at for saying in said]
    for event in told.events.values():
        if plover_type(event) in WORD_DEEDS or event.quad < _CONFLICT:
            continue
        blamed = told.sides(event.sources)
        is_at_home = bool(blamed & told.sides(event.targets))
        holders = list(holders_of(event, told))
        at = event.mentions[0].trigger[0]
        if not blamed or not holders:
            continue
        for saying in said[bisect_left(places, at + 1) : bisect_right(places, at + _NEAR)]:
            if not sides_of(saying, told) & blamed or saying.statement.id in holders:
                continue
            # Of a deed among people of one country that tells nobody apart: only the state answers for the state.
            answering = (saying.statement.speaker, *event.sources)
            if is_at_home and not _are_of_state(answering, told):
                continue
            opposed = opposed_by(holders, saying, told)
            if opposed and _disowns(event, saying, told):
                yield Pair(event.id, "blame", "disowned by who is blamed", opposed, [saying.statement.id])


def disclaimed(told: Told, said: Sequence[Saying]) -> Iterator[Pair]:
    """Find deeds in which a voice soon after says it had no part: "his men had nothing to do with the fire".

    It answers the voice right before. Whoever answers is blamed, or he or the doer is of no known country, so that
    words for one movement may differ.
    """
    deeds = [e for e in told.events.values() if plover_type(e) not in WORD_DEEDS and e.quad >= _CONFLICT]
    for k, saying in enumerate(said):
        if saying.statement.act in WISHING or not is_disclaiming(list(told.tokens(saying.statement))):
            continue
        last = next(
            (s.statement.id for s in reversed(said[:k]) if are_opposed(s.statement, saying.statement, told)), ""
        )
        own = sides_of(saying, told)
        near = [e for e in deeds if saying.at - _CLOSE <= e.mentions[0].trigger[0] < saying.at]
        for event in sorted(near, key=lambda event: -event.mentions[0].trigger[0]):
            blamed = told.sides(event.sources)
            is_of_two_lands = all(any(len(side) == _CODE for side in sides) for sides in (blamed, own))
            opposed = opposed_by(list(holders_of(event, told)), saying, told)
            if (own & blamed or not is_of_two_lands) and last in opposed and not denies_another(event, saying, told):
                yield Pair(event.id, "contradiction", "disclaimed by who may be blamed", opposed, [saying.statement.id])
                break


def _are_of_state(ids: Sequence[str | None], told: Told) -> bool:
    actors = (told.scene.actors.get(i or "") for i in ids)
    return all(actor is not None and (actor.kind == "state" or actor.sector in OF_STATE) for actor in actors)


def _disowns(event: Event, saying: Saying, told: Told) -> bool:
    doc = told.scene.doc
    statement = saying.statement
    if denies_another(event, saying, told):
        return False
    tokens = list(told.tokens(statement))
    denied = [verb for verb in tokens if verb.pos_ in {"VERB", "AUX"} and _is_disowning(verb, statement, told)]
    if not denied:
        return False
    start, end = event.mentions[0].sentence[0] - _BEFORE, statement.content[0][0]
    known = {word for t in doc.char_span(max(start, 0), end, alignment_mode="expand") or () for word in _words_of(t)}
    own = {t.i for t in tokens}
    return not any(_is_new(t, verb, known) for verb in denied for t in verb.subtree if t.i in own)


def _is_disowning(verb: Token, statement: Statement, told: Told) -> bool:
    """Tell whether a clause firmly says that nobody of the speaker's side did something."""
    subject = next((c for c in verb.children if c.dep_ in _SUBJECTS), None)
    if subject is None or verb.dep_ not in _CLAUSES:
        return False
    is_nobody = _is_nobody(subject) and (subject.lower_ in NOBODY or subject.i in told.namings)
    if verb.lemma_.lower() in _STATES_OF_MIND:
        return False
    # "Its planes" and "our men" act; "his numbers" do not.
    is_own = any(c.lower_ in _OWNERS for c in subject.children) and subject.i in told.namings
    negated = any(c.dep_ == "neg" or c.lower_ in NEGATIVE for c in verb.children)
    if not is_nobody and not (is_own and negated):
        return False
    judged = judge(verb, is_inside=inside(statement))
    return judged.certainty in {"certain", "probable"} and judged.tense in {"past", "present"}


def _is_nobody(subject: Token) -> bool:
    return subject.lower_ in NOBODY or any(c.lower_ == "no" for c in subject.children)


def _is_new(token: Token, verb: Token, known: set[str]) -> bool:
    """Tell whether a word of a denial brings in a name, or a definite thing, that was not told of before.

    Of what nobody did, the thing may be new: "none of its planes had crossed the border".
    """
    if known.intersection(_words_of(token)):
        return False
    if token.pos_ == "PROPN":
        return True
    is_thing = token.pos_ == "NOUN" and token.dep_ in {"dobj", "nsubjpass"} and token.head.i == verb.i
    is_definite = any(c.lower_ in _DEFINITE for c in token.children)
    return is_thing and is_definite and not any(_is_nobody(c) for c in verb.children if c.dep_ in _SUBJECTS)


def _words_of(token: Token) -> Iterator[str]:
    yield token.lower_
    if root := root_of(token):
        yield root
