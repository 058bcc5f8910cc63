"""Different days that two voices give for one happening: "arrested on 2 June", "he was arrested on 11 June"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from melian.coding.claims.disputes.alike import is_apart
from melian.coding.claims.disputes.asserting import places_in
from melian.coding.claims.disputes.pairs import Pair
from melian.coding.claims.disputes.sayings import Saying, are_opposed, root_of
from melian.coding.claims.disputes.told import Told
from melian.coding.claims.edges import governor_for
from melian.coding.claims.judging import judge
from melian.coding.claims.scene import inside
from melian.records import When

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEXT = 2
_MOST = 40
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj"})
_BEFALLEN = frozenset({"nsubjpass", "dobj"})
_TAKING_UP = frozenset({"it", "he", "she", "they", "him", "her", "them", "this", "that"})
_BEGINNING = frozenset({"begin.v", "cease.v", "light.v", "occur.v"})
"""Rows of verbs whose subject or object tells what happened: "the arrests began"."""
_AGAIN = frozenset({"again", "also", "another", "second", "too", "further", "later"})
_TWO = 2


class _Dated(msgspec.Struct, frozen=True):
    """A happening with its days.

    Attributes:
        saying: The statement.
        at: Where the word that tells it begins.
        roots: Beginnings of the words that tell it, and of who did it and whom it befell.
        patient: Those of whom or what it befell.
        number: The number of them, nothing where there is none.
        own: Those of the telling word itself.
        when: The days.
        is_taking_up: A pronoun stands for whom it befell.
    """

    saying: Saying
    at: int
    roots: frozenset[str]
    own: frozenset[str]
    patient: frozenset[str]
    number: str
    when: When
    is_taking_up: bool


def dated_apart(told: Told, said: Sequence[Saying]) -> Iterator[Pair]:
    """Find happenings that two voices put on days that cannot both be right."""
    dated = [one for saying in said for one in _dated(saying, told)]
    triggers = {m.trigger[0]: event.id for event in told.events.values() for m in event.mentions}
    for k, first in enumerate(dated):
        for second in dated[k + 1 : k + _MOST]:
            if second.saying.sentence - first.saying.sentence > _NEXT:
                break
            if not _is_one(first, second, told) or not is_apart(first.when, second.when):
                continue
            one, other = first.saying.statement, second.saying.statement
            # The second voice may tell of both days.
            if any(not is_apart(first.when, more.when) for more in dated if more.saying is second.saying):
                continue
            about = triggers.get(first.at) or triggers.get(second.at)
            yield Pair(about, "figures", "put on different days", [one.id], [other.id])


def _is_one(first: _Dated, second: _Dated, told: Told) -> bool:
    """Tell whether two tellings can be of one happening: of one kin, and to the same people or thing."""
    if not first.own & second.own and not first.own & second.roots and not second.own & first.roots:
        return False
    if first.number and second.number and first.number != second.number:
        return False
    if not second.is_taking_up:
        if len(first.roots & second.roots) < _TWO:
            return False
        if first.patient and second.patient and not (first.patient | first.own) & second.patient:
            return False
    here, there = (places_in(one.saying.statement.content[0], told) for one in (first, second))
    if here and there and not here & there:
        return False
    return are_opposed(first.saying.statement, second.saying.statement, told)


def _dated(saying: Saying, told: Told) -> Iterator[_Dated]:
    row = told.scene.row_of(saying.statement)
    if row is not None and row.commitment == "denies":
        return
    test = inside(saying.statement)
    for expression in told.dates_in(saying.statement.content):
        when = expression.when
        if when.basis not in {"stated", "relative"} or when.precision == "open" or expression.kind != "date":
            continue
        verb = _governing(told.scene.token_at(expression.span))
        if verb is None or any(t.lower_ in _AGAIN for t in verb.children):
            continue
        judged = judge(verb, is_inside=test)
        if judged.polarity != "positive" or judged.certainty not in {"certain", "probable"} or judged.tense != "past":
            continue
        arguments = [c for c in verb.children if c.dep_ in _ARGUMENTS]
        rows = (governor_for(verb, frame) for frame in ("np", "subj"))
        is_light = any(row is not None and row.id in _BEGINNING for row in rows)
        words = [verb, *(arguments if is_light else ())]
        own = frozenset(root for t in words if (root := root_of(t)))
        around = (t for argument in arguments for t in argument.subtree if t.pos_ != "NUM")
        roots = own | frozenset(root for t in around if (root := root_of(t)))
        taking = any(t.lower_ in _TAKING_UP for t in arguments)
        befallen = [c for c in arguments if c.dep_ in _BEFALLEN]
        patient = frozenset(root for c in befallen for t in c.subtree if (root := root_of(t)))
        number = next((t.lower_ for c in befallen for t in c.children if t.dep_ == "nummod"), "")
        yield _Dated(saying, verb.idx, roots, own, patient, number, when, taking)


def _governing(token: Token | None) -> Token | None:
    """Climb from a date to the verb that it dates, through prepositions and nouns of time only."""
    if token is None:
        return None
    word = token
    while word.pos_ not in {"VERB", "AUX"}:
        is_time = word.ent_type_ in {"DATE", "TIME"} or word.pos_ in {"ADP", "SCONJ"}
        if word.head.i == word.i or not is_time:
            return None
        word = word.head
    return word
