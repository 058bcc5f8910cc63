"""Different figures for one thing, whatever is counted: prisoners freed, missiles fired, marchers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from melian.coding.claims.disputes.asserting import places_in
from melian.coding.claims.disputes.figures import are_of_other_days, differ
from melian.coding.claims.disputes.pairs import Pair
from melian.coding.claims.disputes.sayings import Saying, are_opposed, root_of
from melian.coding.claims.disputes.told import LONG, Told
from melian.coding.events.figures import count_of
from melian.records import Count

if TYPE_CHECKING:
    from spacy.tokens import Token

_NO_COUNT = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "ORDINAL", "QUANTITY"})
_SETTING = frozenset({"put", "place", "estimate", "set"})
_SHARES = frozenset({"%", "percent", "percentage", "point"})
_SEEING = frozenset({"count", "see", "record", "register", "report", "find", "say", "observe", "detect", "track"})
_DYING = frozenset({"kill", "die", "perish", "lose", "slay"})
_OTHERS = frozenset({"other", "another", "separate", "different", "further", "additional"})
_TOLL = frozenset("dead toll number figure count total loss casualty crowd turnout attendance".split())
_CROWD = frozenset({"crowd", "turnout", "attendance"})
_COMING = frozenset(
    "come attend join march gather turn participate assemble demonstrate rally protest take show".split()
)
"""What those do of whom a crowd is made."""
_RATES = frozenset({"per", "each", "every"})
_THOSE = frozenset({"those", "these", "them", "whom", "which", "us"})
_NEXT = 2
_MOST = 60
_FEW = 9


class _Counted(msgspec.Struct, frozen=True):
    """A figure in a statement.

    Attributes:
        saying: The statement.
        count: The figure.
        noun: Root of what is counted, nothing where the number stands alone.
        deed: Root of what happens to it, nothing where no such word stands there.
        is_own: What is counted is somebody's.
        is_crowd: Those are counted who came somewhere.
        comes: The deed is such coming.
    """

    saying: Saying
    count: Count
    noun: str
    deed: str
    is_own: bool
    is_crowd: bool
    comes: bool


def counted_apart(told: Told, said: Sequence[Saying]) -> Iterator[Pair]:
    """Find figures of two voices for one thing that cannot both hold.

    A number that stands alone ("only 340 had been released", "seven were") counts what the voice right before counted.
    """
    figures = [figure for saying in said for figure in _single(list(_figures(saying, told)))]
    given: dict[str, list[_Counted]] = {}
    for figure in figures:
        given.setdefault(figure.saying.statement.id, []).append(figure)
    seen: set[tuple[str | None, str]] = set()
    for k, first in enumerate(figures):
        for second in figures[k + 1 : k + _MOST]:
            one, other = first.saying, second.saying
            if other.sentence - one.sentence > _NEXT:
                break
            if one.statement.id == other.statement.id:
                continue
            is_same = (
                _are_alike(first, second) if second.noun else bool(first.noun) and _is_taken_up(second, first, told)
            )
            key = (one.statement.id, other.statement.id)
            if (
                not is_same
                or key in seen
                or not differ(first.count, second.count)
                or are_of_other_days(one.statement.content, other.statement.content, told)
            ):
                continue
            if _are_elsewhere(first, second, told):
                continue
            # The second voice may give the first one's number as well: "789, or a quarter, of its 3,200 dealers".
            if first.is_own or any(_is_equal(first.count, more.count) for more in given[other.statement.id]):
                continue
            if (one.statement.parent, other.statement.id) in seen:
                continue
            if are_opposed(one.statement, other.statement, told):
                seen.add(key)
                yield Pair(_event_of(one, other, told), "figures", "counted apart", [key[0]], [key[1]])


def _single(figures: Sequence[_Counted]) -> Iterator[_Counted]:
    """Yield the figures of a statement that are not several of one kind: those tell of several happenings.

    A number that stands alone beside others counts a part of them: "26 people, four of them police".
    """
    told_of = Counter((figure.noun, figure.deed) for figure in figures)
    for figure in figures:
        if told_of[figure.noun, figure.deed] == 1 and (figure.noun or len(figures) == 1):
            yield figure


def _figures(saying: Saying, told: Told) -> Iterator[_Counted]:
    tokens = list(told.tokens(saying.statement))
    for token in tokens if len(tokens) <= LONG else ():
        if (token.pos_ != "NUM" and not token.like_num) or token.ent_type_ in _NO_COUNT or token.dep_ == "compound":
            continue
        if token.head.pos_ == "NUM" and token.dep_ != "conj":
            continue
        noun = token.head if token.dep_ == "nummod" else token
        if (
            _is_rate(noun, token)
            or noun.lemma_.lower() in _SHARES
            or token.doc[token.i : token.i + 2].text.endswith("%")
        ):
            continue
        count = None if _is_part(token) else count_of(noun)
        if count is not None:
            yield _Counted(
                saying, count, _counted(noun, token), _deed(noun), _is_own(noun), _is_crowd(noun), _comes(noun)
            )


def _is_rate(noun: Token, token: Token) -> bool:
    """Tell whether so many are counted for each of something: "15,000 refugees a year", "six per district"."""
    behind = noun.doc[noun.i + 1 : noun.i + 3]
    if any(c.lower_ in _RATES for n in (noun, token) for c in n.children) or any(t.lower_ in _RATES for t in behind):
        return True
    return len(behind) > 1 and behind[0].lower_ in {"a", "an"} and behind[1].ent_type_ in {"DATE", "TIME"}


def _is_part(number: Token) -> bool:
    """Tell whether so many are only some of those who were told of: "three of those killed", "two of them"."""
    of = next((c for c in number.children if c.lower_ == "of"), None)
    return of is not None and any(c.lower_ in _THOSE for c in of.children)


def _deed(noun: Token) -> str:
    """Give the root of the verb that says what happens to what is counted, one for all that tell of deaths."""
    verb = noun.head
    if verb.pos_ != "VERB" or verb.lemma_ in _SETTING | _SEEING:
        return ""
    return "kill" if verb.lemma_ in _DYING else root_of(verb)


def _is_equal(one: Count, other: Count) -> bool:
    return (one.low, one.high) == (other.low, other.high)


def _is_own(noun: Token) -> bool:
    """Tell whether what is counted belongs to who counts it: "789 of its dealerships"."""
    things = [noun, *(n for c in noun.children if c.lower_ == "of" for n in c.children)]
    return any(c.dep_ == "poss" for thing in things for c in thing.children)


def _counted(noun: Token, number: Token) -> str:
    if noun.i != number.i:
        # "People" are the same people only where the same happens to them.
        return root_of(noun) or f"{noun.lemma_.lower()} {root_of(noun.head)}"
    of = next((n for c in number.children if c.lower_ == "of" for n in c.children if n.dep_ == "pobj"), None)
    if of is None and number.dep_ == "pobj" and number.head.lower_ == "at" and number.head.head.lemma_ in _SETTING:
        put = next((c for c in number.head.head.children if c.dep_ in {"dobj", "nsubjpass"}), None)
        of = put if put is not None and put.lemma_.lower() not in _TOLL - _CROWD else None
    return root_of(of) if of is not None else ""


def _are_elsewhere(first: _Counted, second: _Counted, told: Told) -> bool:
    """Tell whether two figures are of other places or said to be of other happenings: "three different attacks"."""
    sentences = [told.scene.sentence_at(figure.count.span[0]) for figure in (first, second)]
    here, there = (places_in(sentence, told) for sentence in sentences)
    if there and not here & there and (here or not second.noun):
        return True
    return any(t.lower_ in _OTHERS and t.dep_ == "amod" for t in told.tokens(second.saying.statement))


def _are_alike(first: _Counted, second: _Counted) -> bool:
    """Tell whether two figures count the same things to which the same happened, as far as words say."""
    if first.is_crowd and second.is_crowd:
        return True
    if first.noun != second.noun:
        return False
    # What one side counted, the other says was done to it: "fired three missiles", "counted five missiles".
    is_seen = not (first.deed and second.deed) and bool(first.noun) and " " not in first.noun
    return first.deed == second.deed or is_seen


def _is_crowd(noun: Token) -> bool:
    """Tell whether those are counted who came: "put the crowd at 30,000", "9,000 people joined the march"."""
    if noun.dep_ == "pobj" and noun.head.lower_ == "at":
        return any(c.lemma_.lower() in _CROWD for c in noun.head.head.children)
    return noun.lemma_.lower() in _CROWD | {"people", "person"} and _comes(noun)


def _comes(noun: Token) -> bool:
    return noun.head.lemma_.lower() in _COMING


def _is_taken_up(number: _Counted, before: _Counted, told: Told) -> bool:
    """Tell whether a number that stands alone counts what was counted before, and nothing done to part of it.

    "Only 340 had been released", but not "it had shot down 31 of them".
    """
    if sum(t.is_alpha for t in told.tokens(number.saying.statement)) > _FEW:
        return False
    comes = before.is_crowd and number.comes
    return not number.deed or comes or number.deed in before.saying.plain


def _event_of(one: Saying, other: Saying, told: Told) -> str | None:
    """Give the event that the figures belong to: one told in either statement, else the last before them."""
    for saying in (one, other):
        inner = told.events_in(saying.statement)
        if inner:
            return max(inner, key=lambda event: event.quad).id
    before = [(m.trigger[0], e.id) for e in told.events.values() for m in e.mentions if m.trigger[0] < one.at]
    return max(before)[1] if before else None
