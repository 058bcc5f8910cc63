"""Signs that two statements of one report contradict each other: their places, words, voices and figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from melian.coding.claims.disputes.asserting import are_apart
from melian.coding.claims.disputes.figures import differ
from melian.coding.claims.disputes.meaning import likeness
from melian.coding.claims.disputes.sayings import WISHING
from melian.coding.claims.disputes.told import Told
from melian.coding.claims.disputes.turns import Turn
from melian.knowledge.factuality import denial_words, opposites_by_word

APART = "apart"
"""Sign of two statements that are about other places or days."""
AGREEING = "alike in one sense"
"""Sign of two statements of which neither says no, counts otherwise or has an opposite word."""
BOTH_WAYS = "like both ways"
"""Sign of how much the words of each mean what those of the other mean."""
_CONTRAST = frozenset(
    {"insist", "maintain", "counter", "contend", "retort", "contradict", "dispute", "reply", "respond"}
)
_DISTANT = frozenset({"claim", "allege", "accuse", "charge", "blame", "assert"})
_TURNING = frozenset({"but", "while", "however", "though", "although", "whereas", "yet", "meanwhile", "instead"})
_RATHER = frozenset({"only", "merely", "instead", "rather", "simply", "actually", "fact", "first", "other", "contrary"})
_AGREEING = frozenset({"also", "too", "likewise", "agree", "concede", "admit", "acknowledge", "confirm", "add"})
_FIRST = frozenset({"i", "me", "my"})
_OPINIONS = frozenset({"praise", "express", "condemn"})
_CODE = 3
"""Letters of a country's code; other camps are ids of actors."""
_LONG = 80
_ENOUGH = 2
_PAIR, _CROWD = 2, 6


def signs_between(one: Turn, other: Turn, between: Sequence[Turn], crowd: int, told: Told) -> Mapping[str, float]:
    """Give the signs of a quarrel between a statement and a later one of another voice.

    Args:
        one: The first.
        other: The second.
        between: The statements between them.
        crowd: How many statements stand in the paragraph of the second.
        told: The report.

    Returns:
        Each sign that is there, by its name in the table of signs: 1, or how strong it is.
    """
    no = (one.says_no or one.denies, other.says_no or other.denies)
    signs = (_of_places(one, other, between, crowd) | _of_words(one, other, no, told)) | (
        _of_denying(one, other) | _of_voices(one, other) | _of_manner(one, other)
    )
    return {name: float(value) for name, value in signs.items() if value}


def _of_places(one: Turn, other: Turn, between: Sequence[Turn], crowd: int) -> dict[str, float]:
    is_one = one.paragraph == other.paragraph
    gap = other.saying.sentence - one.saying.sentence
    is_next = all(turn.camps & one.camps for turn in between)
    is_last = not any(turn.camps & one.camps for turn in between)
    return {
        "same sentence": gap == 0,
        "next sentence": gap == 1,
        "farther on": max(gap - 2, 0),
        "one paragraph": is_one,
        "more in the paragraph": min(crowd, _CROWD) - _PAIR if is_one else 0,
        "next voice": is_next,
        "last of its voice": is_last,
        "turning word": bool(other.before & _TURNING) and gap <= 1,
    }


def _of_words(one: Turn, other: Turn, no: tuple[bool, bool], told: Told) -> dict[str, float]:
    like = [likeness(a.words, b.words, told.meanings) for a, b in ((one, other), (other, one))]
    is_crossed = no[0] != no[1]
    is_contrary = _is_contrary(one, other)
    has_numbers = has_other_figures(one, other)
    counted = [one.counted.keys() - {""}, other.counted.keys() - {""}]
    is_agreeing = not (is_crossed or is_contrary or has_numbers or other.is_pointing)
    return {
        "like": max(like),
        BOTH_WAYS: min(like),
        "shared words": min(len(one.roots & other.roots), _ENOUGH),
        "takes up": bool(other.taken_up & one.roots),
        "shared event": bool(one.events & other.events),
        "crossed and like": is_crossed * max(like),
        "crossed and shared": is_crossed * min(len(one.roots & other.roots), _ENOUGH),
        "contrary words": is_contrary,
        AGREEING: is_agreeing * max(like),
        "one event in one sense": is_agreeing and bool(one.events & other.events),
        "same things counted": has_numbers and bool(counted[0] & counted[1]),
        "other things counted": bool(counted[0]) and bool(counted[1]) and not counted[0] & counted[1],
        "number alone": has_numbers and other.counted.keys() == {""},
        "new name denied": bool(other.new) and no[1],
        "new name": bool(other.new) and bool(one.names - other.names),
        APART: are_apart(one.saying, other.saying, told),
    }


def _of_denying(one: Turn, other: Turn) -> dict[str, float]:
    false = denial_words()["false"] | denial_words()["lie"]
    return {
        "second denies": other.denies,
        "second says no": other.says_no and not other.denies,
        "first denies": one.denies,
        "first says no": one.says_no and not one.denies,
        "points back": other.is_pointing,
        "points on": one.is_pointing,
        "called false": bool(other.lemmas & false),
    }


def _of_voices(one: Turn, other: Turn) -> dict[str, float]:
    lands = [{camp for camp in turn.camps if len(camp) == _CODE} for turn in (one, other)]
    return {
        "answers for its side": bool(other.camps & (one.named | one.blamed)),
        "names back": bool(one.camps & (other.named | other.blamed)),
        "two lands": bool(lands[0]) and bool(lands[1]) and not lands[0] & lands[1],
        "one land": bool(lands[0] & lands[1]),
        "unknown voice": not one.camps or not other.camps,
    }


def _of_manner(one: Turn, other: Turn) -> dict[str, float]:
    both = (one, other)
    acts = [turn.saying.statement.act for turn in both]
    return {
        "first accuses": acts[0] == "accuse",
        "first at a distance": one.cue in _DISTANT,
        "second at a distance": other.cue in _DISTANT,
        "first set against": one.cue in _CONTRAST,
        "second set against": other.cue in _CONTRAST,
        "rather": bool(other.forms & _RATHER),
        "agreeing": bool((other.before | {other.cue}) & _AGREEING),
        "firm": sum(turn.is_firm for turn in both),
        "modal": sum(turn.is_modal for turn in both),
        "personal": any(turn.forms & _FIRST for turn in both),
        "wishing": sum(act in WISHING for act in acts),
        "opinion": sum(act in _OPINIONS for act in acts),
        "no claim": sum(not (turn.is_claim or turn.is_pointing) for turn in both),
        "long": sum(min(turn.length, _LONG) / _LONG for turn in both),
    }


def has_other_figures(one: Turn, other: Turn) -> bool:
    """Tell whether two statements give numbers that differ: "at least four" and "nineteen" agree."""
    if not one.numbers or not other.numbers or one.numbers & other.numbers:
        return False
    pairs = [(one.counted[noun], other.counted[noun]) for noun in one.counted.keys() & other.counted.keys()]
    known = [(a, b) for a, b in pairs if a is not None and b is not None]
    return not known or any(differ(a, b) for a, b in known)


def _is_contrary(one: Turn, other: Turn) -> bool:
    """Tell whether a word of one has its opposite in the other, and neither has both."""
    known = opposites_by_word()
    return any(
        against in other.lemmas and against not in one.lemmas and word not in other.lemmas
        for word in one.lemmas
        for against in known.get(word, ())
    )
