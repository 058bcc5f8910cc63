"""What an event's words are about: time to come, topic, contexts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from melian.knowledge.ontology import contexts

if TYPE_CHECKING:
    from spacy.tokens import Span as Phrase
    from spacy.tokens import Token

_FUTURE = frozenset({"will", "shall", "'ll", "would"})
_AHEAD = frozenset(
    (
        "plan agree intend expect schedule due prepare promise pledge vow hope want decide offer set aim propose "
        "threaten urge ask demand order call request invite refuse"
    ).split()
)


def is_yet_to_come(trigger: Token) -> bool:
    """Tell whether an event is told as still to come: "will meet", "plan to meet", "agreed to withdraw"."""
    if trigger.pos_ in {"VERB", "AUX"}:
        words = {c.lower_ for c in trigger.children if c.dep_ == "aux"}
        if words & _FUTURE:
            return True
        if trigger.tag_ == "VB" and "to" in words:
            return trigger.dep_ in {"xcomp", "acl", "ccomp", "advcl"} and (
                trigger.head.lemma_.lower() in _AHEAD or trigger.head.pos_ in {"NOUN", "ADJ"} or trigger.dep_ == "advcl"
            )
        if trigger.dep_ in {"conj", "xcomp"} and trigger.head.pos_ in {"VERB", "AUX"} and trigger.tag_ == "VB":
            return is_yet_to_come(trigger.head)
        return False
    governor = trigger.head
    if governor.dep_ == "prep" and governor.lower_ in {"for", "of"}:
        governor = governor.head
    if governor.pos_ in {"VERB", "AUX"} and trigger.dep_ in {"dobj", "pobj", "nsubjpass", "nsubj"}:
        return governor.lemma_.lower() in _AHEAD or is_yet_to_come(governor)
    return any(
        c.lower_ in {"planned", "upcoming", "proposed", "future", "scheduled", "next", "possible"}
        for c in trigger.children
    )


def topic_of(trigger: Token) -> set[str]:
    """Give the lemmas of nouns and verbs below a trigger: what an accusation or a demand is about.

    An adjective is about the noun that it stands before: "their baseless claims".
    """
    is_before_noun = trigger.dep_ == "amod" and trigger.head.pos_ == "NOUN"
    found = {trigger.head.lemma_.lower()} if is_before_noun else set()
    for token in trigger.subtree:
        if token != trigger and token.pos_ in {"NOUN", "VERB"} and token.dep_ not in {"nsubj", "nsubjpass"}:
            found.add(token.lemma_.lower())
        if len(found) > 20:
            break
    return found


@cache
def _context_words() -> Mapping[str, str]:
    return MappingProxyType({word: context.id for context in contexts() for word in context.words if " " not in word})


def contexts_of(sentence: Phrase) -> list[str]:
    """Give the PLOVER contexts that the words of a sentence point to, in order."""
    words = _context_words()
    return list(dict.fromkeys(words[lemma] for token in sentence if (lemma := token.lemma_.lower()) in words))
