"""Which date of a sentence belongs to an event's trigger, and what the words around the date make of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from melian.coding.dates.bounds import between, bounded
from melian.coding.dates.leaning import leaning_of
from melian.coding.events.surroundings import (
    distance_between,
    governing_verb,
    is_apart,
    is_object,
    reaches,
    root_of,
)
from melian.knowledge.cues import cues_by_lemma
from melian.knowledge.dates import word_list
from melian.records import TimeExpression, When

if TYPE_CHECKING:
    from spacy.tokens import Span as Phrase
    from spacy.tokens import Token


class Dated(msgspec.Struct, frozen=True):
    """A date of one telling.

    Attributes:
        when: The date.
        rule: By what it belongs to the telling, as reasons give it.
    """

    when: When
    rule: str


class _Candidate(msgspec.Struct, frozen=True):
    key: tuple[bool, int, int]
    when: When
    token: Token
    rule: str


def date_of(
    trigger: Token,
    sentence: Phrase,
    times: Sequence[TimeExpression],
    anchor: date | None,
    *,
    is_future: bool = False,
    is_spoken: bool = False,
) -> Dated | None:
    """Give the date that the trigger's clause or sentence supports.

    A date that hangs on a verb of saying dates the saying, not what is said; what comes "after" or "since" an event has
    another date than the event. "Before", "after", "until" and "by" a day leave the event's own day open.

    Args:
        trigger: Head of the words that tell the event.
        sentence: Their sentence.
        times: The sentence's expressions of time.
        anchor: The day that relative dates of the report lean on.
        is_future: Whether the event is told as yet to come.
        is_spoken: Whether it is done by words, so that the deed that they speak of has a date of its own.
    """
    found = (_candidate(trigger, sentence, time) for time in times)
    candidates = [
        one for one in found if one is not None and not (is_spoken and _is_of_what_is_named(one.token, trigger))
    ]
    best = min(candidates, key=lambda candidate: candidate.key, default=None)
    if best is None:
        return None
    for other in candidates:
        if other.token.head.i == best.token.i and other.token.dep_ == "conj" and _is_joined_by_and(best.token):
            return Dated(between(best.when, other.when), best.rule)
    word = _bounding_word(best.token, trigger, _tokens_of_clocks(sentence, times))
    if word is None:
        return Dated(best.when, best.rule)
    is_ahead = is_future or leaning_of(trigger) == "future"
    return Dated(bounded(best.when, word, anchor, is_future=is_ahead), f"{word} a date of its clause")


def date_below(anchor: Token, sentence: Phrase, times: Sequence[TimeExpression]) -> When | None:
    """Give the one date that stands among the words below a noun: "the summit, which opened on Thursday"."""
    below = {token.i for token in anchor.subtree}
    found = [
        time.when
        for time in times
        if time.when.start and (token := root_of(sentence, time.span)) is not None and token.i in below
    ]
    return found[0] if len(found) == 1 else None


def _candidate(trigger: Token, sentence: Phrase, time: TimeExpression) -> _Candidate | None:
    when = time.when
    is_window = time.kind == "duration" and bool(when.start and when.end)
    if not is_window and (time.kind not in {"date", "time"} or (when.start is None and when.value is None)):
        return None
    token = root_of(sentence, time.span)
    if token is None:
        return None
    governor = governing_verb(token)
    rule = "date of the own clause"
    if not reaches(governor, trigger):
        if not _is_behind_its_object(time, governor, trigger, sentence):
            return None
        governor, rule = trigger, "time of day behind its object"
    if governor is not None and governor.i != trigger.i and not trigger.is_ancestor(token):
        rule = "date of the clause above"
        if (governor.lemma_.lower(), "v") in cues_by_lemma() and governor.dep_ != "acl":
            if not _is_of_content(token, trigger, governor):
                return None
            rule = "date before the speaker of its clause"
        elif is_apart(trigger, governor):
            return None
    elif governor is None:
        rule = "date of a sentence without verb above"
    steps = distance_between(trigger, token) - (token.dep_ == "pobj")
    key = (when.start is None and when.end is None, steps, abs(token.i - trigger.i))
    return _Candidate(key, when, token, rule)


def _is_of_what_is_named(date: Token, trigger: Token) -> bool:
    """Tell whether a date stands before the name of what a trigger speaks of: "condemned Friday's raid"."""
    noun = date.head
    return date.i < noun.i and noun.pos_ in {"NOUN", "PROPN"} and trigger.is_ancestor(noun) and is_object(noun)


def _is_behind_its_object(time: TimeExpression, governor: Token | None, trigger: Token, sentence: Phrase) -> bool:
    """Tell whether a time of day that closes a sentence is the trigger's, though the parser hangs it on its object.

    "Militants attacked a base used by soldiers at 5.30 a.m. on Sunday": bases are not used at a minute.
    """
    if time.kind != "time" or governor is None or governor.dep_ != "acl" or governor.tag_ != "VBN":
        return False
    return trigger.is_ancestor(governor) and governor.right_edge.i + 2 >= sentence.end


def _is_of_content(token: Token, trigger: Token, governor: Token) -> bool:
    """Tell whether a date that the parser hangs on a verb of saying dates what is said.

    So it does before the speaker ("bombed a field yesterday, Juba said"), as the subject ("Wednesday saw …"), and for
    what is planned ("talks are planned for Friday").
    """
    if not any(child.dep_ in {"nsubj", "nsubjpass"} for child in governor.children):
        return token.i < governor.i
    if token.dep_ == "pobj" and token.head.lower_ == "for" and token.head.head == governor:
        return any(child.dep_ == "nsubjpass" and trigger in child.subtree for child in governor.children)
    speaker = min(child.i for child in governor.children if child.dep_ in {"nsubj", "nsubjpass"})
    return trigger.i < token.i < min(speaker, governor.i)


def _is_joined_by_and(token: Token) -> bool:
    return any(child.dep_ == "cc" and child.lower_ == "and" for child in token.children)


def _tokens_of_clocks(sentence: Phrase, times: Sequence[TimeExpression]) -> frozenset[int]:
    """Give the heads of times of day: "after midnight on Monday" is on Monday."""
    roots = (root_of(sentence, time.span) for time in times if time.kind == "time")
    return frozenset(root.i for root in roots if root is not None)


def _bounding_word(token: Token, trigger: Token, clocks: frozenset[int]) -> str | None:
    """Find "before", "after", "until" or "by" between a date and the trigger or the verb over both."""
    words = word_list("bounds")
    step, last = token, token
    while step.head.i != step.i and step.i != trigger.i:
        step, last = step.head, step
        if step.pos_ in {"VERB", "AUX"} or step.i == trigger.i or last.i in clocks:
            return None
        for name, found in words.items():
            # "By" bounds days only: "killed by Friday's blast" tells who did it.
            if step.lower_ in found and (name != "by" or last.i == token.i):
                return name
    return None
