"""Different figures of the dead and injured for one event, told by different sides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from melian.coding.claims.disputes.alike import is_apart
from melian.coding.claims.disputes.told import OF_STATE, Told
from melian.coding.events.figures import Figure, find_figures
from melian.records import Count, Span, Statement, plover_type

if TYPE_CHECKING:
    from spacy.tokens import Token

_PEOPLE = frozenset(
    {"people", "person", "victim", "individual", "other", "dead", "life", "casualty", "death", "fatality", "body"}
)
_SERVING = frozenset(
    "officer soldier policeman policewoman police troop guard serviceman militant fighter rebel".split()
)
"""Those of whom others are not counted with them: eleven officers, twenty-six people."""
_HARMING = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE"})
_ARTICLES = frozenset({"a", "an", "another"})
"""Who tells of "a woman" does not say that she was the only one."""
_FAR = 900
_NEXT = 4
_YEAR = 4
"""Digits of a year."""
_LONG = 400
"""Code points of a statement beyond which it may tell figures of many things."""


class _Given(msgspec.Struct, frozen=True):
    """A figure with its holder, his side, the event, who was harmed, and the number of its sentence."""

    figure: Figure
    holder: str
    side: str
    event: str
    whom: str
    sentence: int


def figure_disputes(told: Told) -> Iterator[tuple[str, list[str], list[str]]]:
    """Give events with the statements that hold one figure and those that hold another.

    Figures differ only where no number fits both: "at least 12" and "20" agree.
    """
    given = list(_given(told))
    told_of = Counter((one.holder, one.figure.harm, one.whom) for one in given)
    # Who gives two figures of one kind tells of several happenings.
    given = [one for one in given if told_of[one.holder, one.figure.harm, one.whom] == 1]
    seen: set[tuple[str, frozenset[str]]] = set()
    for k, first in enumerate(given):
        for second in given[k + 1 :]:
            if second.sentence - first.sentence > _NEXT:
                break
            if first.event != second.event or first.side == second.side or first.figure.harm != second.figure.harm:
                continue
            whom = {first.whom, second.whom}
            if len(whom) > 1 and (not whom & _PEOPLE or whom & _SERVING):
                continue
            key = (first.event, frozenset({first.side, second.side}))
            one, other = (told.scene.statements[figure.holder].content for figure in (first, second))
            if are_of_other_days(one, other, told):
                continue
            if key not in seen and differ(first.figure.count, second.figure.count):
                seen.add(key)
                yield first.event, [first.holder], [second.holder]


def _given(told: Told) -> Iterator[_Given]:
    doc = told.scene.doc
    for number_of, sentence in enumerate(doc.sents):
        if not any(t.pos_ == "NUM" or t.like_num for t in sentence):
            continue
        for figure in find_figures(sentence):
            at = doc[figure.anchor].idx
            if told.scene.report.text[slice(*figure.count.span)].lower() in _ARTICLES:
                continue
            holding = [s for s in told.scene.holding(figure.count.span[0]) if told.scene.is_made(s)]
            if not holding or sum(end - start for start, end in holding[0].content) > _LONG:
                continue
            side = _side(holding[0], told)
            event = _event_of(at, told)
            if side is None or event is None:
                continue
            number = told.scene.token_at(figure.count.span)
            noun = number.head if number is not None and number.dep_ == "nummod" else number
            if number is not None and noun is number:
                # "three of its soldiers"
                noun = next((n for c in number.children if c.lower_ == "of" for n in c.children), number)
            whom = "people" if noun is None or noun.pos_ == "NUM" else noun.lemma_.lower()
            yield _Given(figure, holding[0].id, side, event, whom, number_of)


def _side(statement: Statement, told: Told) -> str | None:
    """Name who counts: the state for its own officials, else whoever speaks, an opposition or a hospital too."""
    actor = told.scene.actors.get(statement.speaker or "")
    if actor is None:
        words = statement.speaker_span and told.scene.report.text[slice(*statement.speaker_span)].lower()
        return words or None
    is_state = actor.kind == "state" or actor.sector in OF_STATE
    return actor.country or actor.id if is_state else actor.id


def _event_of(at: int, told: Told) -> str | None:
    """Find the harmful event that a figure belongs to: one with figures, the nearest told before it or around it."""
    best: tuple[bool, bool, int, str] | None = None
    for event in told.events.values():
        if plover_type(event) not in _HARMING:
            continue
        for mention in event.mentions:
            distance = at - mention.trigger[0]
            if -200 < distance < _FAR:
                is_counted = (event.dead or event.injured) is not None
                key = (plover_type(event) != "ASSAULT", not is_counted, abs(distance), event.id)
                if best is None or key < best:
                    best = key
    return best[3] if best else None


def differ(a: Count, b: Count) -> bool:
    """Tell whether no number fits both counts: "at least 12" and "20" agree."""
    return any(
        one.high is not None and other.low is not None and one.high < other.low for one, other in ((a, b), (b, a))
    )


def are_of_other_days(one: Sequence[Span], other: Sequence[Span], told: Told) -> bool:
    """Tell whether two stretches name each its own day or span of days."""
    dates = [[d.when for d in told.dates_in(spans) if d.when.start and d.kind == "date"] for spans in (one, other)]
    if all(dates) and all(is_apart(ours, theirs) for ours in dates[0] for theirs in dates[1]):
        return True
    phrases = [told.scene.doc.char_span(*span, alignment_mode="expand") or () for span in (*one, *other)]
    words = [{t.lower_ for t in phrase if t.ent_type_ == "DATE" and _is_of_calendar(t)} for phrase in phrases]
    ours, theirs = set().union(*words[: len(one)]), set().union(*words[len(one) :])
    return bool(ours) and bool(theirs) and not ours & theirs


def _is_of_calendar(word: Token) -> bool:
    """Tell whether a word of a date names a day, a month or a year; "a week" and "two days" may be of any."""
    return word.pos_ == "PROPN" or (word.is_digit and len(word) == _YEAR)
