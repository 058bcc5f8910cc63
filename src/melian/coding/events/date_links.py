"""Events dated by each other ("a week after the raid, Chad closed its border") and by a sentence that tells the day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal

import msgspec

from melian.coding.dates.bounds import so_long_from
from melian.coding.events.dating import Dated, date_below, date_of
from melian.coding.events.merging import Happening
from melian.coding.events.surroundings import governing_verb
from melian.records import TimeExpression, When

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Phrase

_WAYS: dict[str, Literal[-1, 1]] = {"after": 1, "before": -1}
_SCENES = [["it", "was"], ["it", "is"], ["this", "was"], ["that", "was"], ["the", "day", "was"]]
_PARTS = frozenset({"nsubj", "nsubjpass", "dobj", "conj"})


class DateLink(msgspec.Struct, frozen=True):
    """Two heads of clauses, so long from each other.

    Attributes:
        later: What is counted from the other: "closed" in "a week after the raid, Chad closed its border".
        base: What it is counted from: "raid".
        duration: ISO 8601 (`P1W`).
        way: 1 for after, -1 for before.
    """

    later: Token
    base: Token
    duration: str
    way: Literal[-1, 1]


def date_links(doc: Doc, times: Iterable[TimeExpression]) -> Iterator[DateLink]:
    """Yield every length of time with "after" or "before" behind it that counts one clause or noun from another."""
    for time in times:
        if time.kind != "duration" or time.when.value is None:
            continue
        phrase = doc.char_span(*time.span, alignment_mode="expand")
        if phrase is None or phrase.end >= len(doc) or (way := _WAYS.get(doc[phrase.end].lower_)) is None:
            continue
        word = doc[phrase.end]
        base: Token | None = word.head
        if word.dep_ != "mark":
            base = next((child for child in word.children if child.dep_ in {"pobj", "pcomp"}), None)
        over = governing_verb(word.head if word.dep_ == "mark" else word)
        if base is not None and over is not None and over.i != base.i:
            yield DateLink(over, base, time.when.value, way)


def date_by_links(
    happenings: Sequence[Happening], doc: Doc, sentences: Sequence[Phrase], times: Sequence[Sequence[TimeExpression]]
) -> None:
    """Date events that have no day by those that they are counted from, or that are counted from them.

    Args:
        happenings: The report's events; those that can be dated are.
        doc: The parse.
        sentences: Its sentences.
        times: Expressions of time, sentence by sentence.
    """
    links = list(date_links(doc, (time for row in times for time in row)))
    if not links:
        return
    number_of = {token.i: number for number, sentence in enumerate(sentences) for token in sentence}
    told = {telling.trigger.i: happening for happening in happenings for telling in happening.tellings}

    def known(head: Token) -> When | None:
        happening = told.get(head.i)
        if happening is not None and (days := _days_of(happening)):
            return days
        number = number_of[head.i]
        dated = date_of(head, sentences[number], times[number], None)
        return dated.when if dated else date_below(head, sentences[number], times[number])

    for happening in happenings:
        if _days_of(happening):
            continue
        found = (_counted(telling.trigger, link, known) for telling in happening.tellings for link in links)
        if when := next((each for each in found if each), None):
            happening.dates = [Dated(when, "date counted from another event")]


def date_by_scene(
    happenings: Sequence[Happening], sentences: Sequence[Phrase], times: Sequence[Sequence[TimeExpression]]
) -> None:
    """Date events that have no day by the sentence before theirs, where that tells the day and little else.

    "It was Friday. Drones attacked the convoy."; "Tuesday: police attack crowd", and the report behind that headline.

    Args:
        happenings: The report's events; those that can be dated are.
        sentences: The report's sentences.
        times: Expressions of time, sentence by sentence.
    """
    for happening in happenings:
        number = happening.tellings[0].sentence
        if number == 0 or times[number] or _days_of(happening):
            continue
        when = _scene_of(sentences[number - 1], times[number - 1])
        if when is not None:
            happening.dates = [Dated(when, "day told by the sentence before")]


def _scene_of(sentence: Phrase, times: Sequence[TimeExpression]) -> When | None:
    """Give the one day of a sentence that sets the scene."""
    if len(times) != 1 or times[0].when.precision != "day":
        return None
    words, (start, end) = sentence.text, (at - sentence.start_char for at in times[0].span)
    head, behind = words[:start], words[end:]
    is_label = not head.strip() and behind.lstrip().startswith(":")
    is_all = behind.strip(" .\n") == "" and head.lower().split() in _SCENES
    return times[0].when if is_label or is_all else None


def _days_of(happening: Happening) -> When | None:
    return next((dated.when for dated in happening.dates if dated.when.start or dated.when.end), None)


def _counted(trigger: Token, link: DateLink, known: Callable[[Token], When | None]) -> When | None:
    """Date a trigger by one link, where it is an end of it and the other end has a date."""
    if _is_head(trigger, link.later):
        base = known(link.base)
        return so_long_from(base, link.duration, link.way) if base else None
    if _is_head(trigger, link.base):
        base = known(link.later)
        return so_long_from(base, link.duration, -1 if link.way == 1 else 1) if base else None
    return None


def _is_head(trigger: Token, head: Token) -> bool:
    """Tell whether a trigger is the head of a clause, or a noun that the head's verb takes ("staged a raid")."""
    return trigger.i == head.i or (trigger.head.i == head.i and trigger.dep_ in _PARTS and trigger.pos_ == "NOUN")
