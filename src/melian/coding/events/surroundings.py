"""Which place of a sentence belongs to an event's trigger, and how words lie to each other in the tree."""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import takewhile
from typing import TYPE_CHECKING

from melian.knowledge.dates import word_list
from melian.knowledge.ontology import word_classes
from melian.records import Span, Where

if TYPE_CHECKING:
    from spacy.tokens import Span as Phrase
    from spacy.tokens import Token

_APART = frozenset("since after before following until ahead prior when".split())
_SETTINGS = frozenset({"at", "in", "during", "on"})


def place_of(
    trigger: Token, sentence: Phrase, places: Sequence[Where], others: Set[Token] = frozenset(), *, is_spoken: bool
) -> Where | None:
    """Give the place nearest to the trigger in the tree of its sentence, of the trigger's own clause or one above.

    Args:
        trigger: Head of the words that tell the event.
        sentence: Their sentence.
        places: The sentence's places.
        others: Words that tell other events.
        is_spoken: Whether the event is done by words, so that a deed has a place of its own: "condemned the raid in".
    """
    best: tuple[int, int, Where] | None = None
    for place in places:
        token = root_of(sentence, place.span) if place.span else None
        governor = governing_verb(token) if token is not None else None
        if token is None or not reaches(governor, trigger) or (is_spoken and _is_of_content(token, trigger, others)):
            continue
        is_own = governor is None or governor.i == trigger.i or trigger.is_ancestor(token)
        if governor is not None and not is_own and (is_apart(trigger, governor) or _is_beside(trigger, governor)):
            continue
        key = (distance_between(trigger, token), abs(token.i - trigger.i))
        if best is None or key < best[:2]:
            best = (*key, place)
    return best[2] if best else None


def _is_of_content(token: Token, trigger: Token, others: Set[Token]) -> bool:
    """Tell whether a word belongs to a deed that a trigger speaks of, and so tells nothing of where it was spoken."""
    deeds = word_classes()["attacks"]
    chain = takewhile(lambda step: step != trigger and not step.is_ancestor(trigger), token.ancestors)
    return any((step in others or step.lemma_.lower() in deeds) and is_object(step) for step in chain)


def is_object(noun: Token) -> bool:
    """Tell whether a noun is what is spoken of, and no subject and no occasion: "at Friday's meeting"."""
    return noun.dep_ == "dobj" or (noun.dep_ == "pobj" and noun.head.lower_ not in _SETTINGS)


def reaches(governor: Token | None, trigger: Token) -> bool:
    """Tell whether what hangs on a verb can say something of the trigger: the verb is it or stands above it.

    So can what hangs on a verb that only says of the trigger that it took place: "the attack carried out on Friday".
    """
    return governor is None or governor.i == trigger.i or governor.is_ancestor(trigger) or _occurs(governor, trigger)


def _occurs(verb: Token, trigger: Token) -> bool:
    is_below = verb.dep_ in {"acl", "relcl"} and verb.head.i == trigger.i and trigger.pos_ in {"NOUN", "PROPN"}
    return is_below and verb.lemma_.lower() in word_list("leanings")["occurring"]


def is_apart(trigger: Token, governor: Token) -> bool:
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


def root_of(sentence: Phrase, span: Span) -> Token | None:
    """Give the head of a phrase of a sentence; None where it does not lie within."""
    phrase = sentence.doc.char_span(*span, alignment_mode="expand")
    if phrase is None or phrase.start < sentence.start or phrase.end > sentence.end:
        return None
    return phrase.root


def governing_verb(token: Token) -> Token | None:
    """Give the first verb above a token."""
    for ancestor in token.ancestors:
        if ancestor.pos_ in {"VERB", "AUX"}:
            return ancestor
    return None


def distance_between(a: Token, b: Token) -> int:
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
