"""Which date and which place of a sentence belong to an event's trigger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from melian.knowledge.cues import cues_by_lemma
from melian.records import Span, TimeExpression, When, Where

if TYPE_CHECKING:
    from spacy.tokens import Span as Phrase
    from spacy.tokens import Token

_APART = frozenset("since after before following until ahead prior when".split())


def date_of(trigger: Token, sentence: Phrase, times: Sequence[TimeExpression]) -> When | None:
    """Give the date that the trigger's clause or sentence supports.

    A date that hangs on a verb of saying dates the saying, not what is said; what comes "after" or "since" an event has
    another date than the event.
    """
    best: tuple[int, int, When] | None = None
    for time in times:
        if time.kind not in {"date", "time"} or (time.when.start is None and time.when.value is None):
            continue
        token = _root(sentence, time.span)
        governor = _governing_verb(token) if token is not None else None
        if token is None or not _reaches(governor, trigger):
            continue
        if governor is not None and governor.i != trigger.i:
            if (governor.lemma_.lower(), "v") in cues_by_lemma() and governor.dep_ != "acl":
                continue
            if _is_apart(trigger, governor) and not trigger.is_ancestor(token):
                continue
        key = (_distance(trigger, token), abs(token.i - trigger.i))
        if best is None or key < best[:2]:
            best = (*key, time.when)
    return best[2] if best else None


def place_of(trigger: Token, sentence: Phrase, places: Sequence[Where]) -> Where | None:
    """Give the place nearest to the trigger in the tree of its sentence, of the trigger's own clause or one above."""
    best: tuple[int, int, Where] | None = None
    for place in places:
        token = _root(sentence, place.span) if place.span else None
        governor = _governing_verb(token) if token is not None else None
        if token is None or not _reaches(governor, trigger):
            continue
        is_own = governor is None or governor.i == trigger.i or trigger.is_ancestor(token)
        if governor is not None and not is_own and (_is_apart(trigger, governor) or _is_beside(trigger, governor)):
            continue
        key = (_distance(trigger, token), abs(token.i - trigger.i))
        if best is None or key < best[:2]:
            best = (*key, place)
    return best[2] if best else None


def _reaches(governor: Token | None, trigger: Token) -> bool:
    """Tell whether what hangs on a verb can say something of the trigger: the verb is it or stands above it."""
    return governor is None or governor.i == trigger.i or governor.is_ancestor(trigger)


def _is_apart(trigger: Token, governor: Token) -> bool:
    """Tell whether a word of time stands between the trigger and a verb above it: "met since the raid"."""
    token = trigger
    while token.i != governor.i and token.head.i != token.i:
        if token.dep_ in {"prep", "mark", "pcomp"} and token.lower_ in _APART:
            return True
        if (
            any(c.dep_ in {"mark", "advmod"} and c.lower_ in _APART for c in token.children if c.i < token.i)
            and token.dep_ == "advcl"
        ):
            return True
        token = token.head
    return False


def _is_beside(trigger: Token, governor: Token) -> bool:
    """Tell whether the trigger's clause stands beside that of a verb, with a subject of its own: "…, and Chad left"."""
    token = trigger
    while token.i != governor.i and token.head.i != token.i:
        if token.dep_ == "conj" and any(child.dep_ in {"nsubj", "nsubjpass"} for child in token.children):
            return True
        token = token.head
    return False


def _root(sentence: Phrase, span: Span) -> Token | None:
    phrase = sentence.doc.char_span(*span, alignment_mode="expand")
    if phrase is None or phrase.start < sentence.start or phrase.end > sentence.end:
        return None
    return phrase.root


def _governing_verb(token: Token) -> Token | None:
    for ancestor in token.ancestors:
        if ancestor.pos_ in {"VERB", "AUX"}:
            return ancestor
    return None


def _distance(a: Token, b: Token) -> int:
    """Count the steps between two tokens in the tree."""
    above = {a.i: 0}
    for steps, ancestor in enumerate(a.ancestors, 1):
        above[ancestor.i] = steps
    if b.i in above:
        return above[b.i]
    for steps, ancestor in enumerate(b.ancestors, 1):
        if ancestor.i in above:
            return steps + above[ancestor.i]
    return 99
