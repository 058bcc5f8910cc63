"""Forces that stand before the word for what they do: "an Israeli army raid", "a rebel attack on the village"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace

from melian.coding.actors.names import NameMatch
from melian.coding.actors.phrases import RolePhrase
from melian.coding.actors.roles import role_words
from melian.knowledge.ontology import word_classes

if TYPE_CHECKING:
    from spacy.tokens import Token

_BEFORE = frozenset({"compound", "nmod", "amod"})
_FORCES = frozenset({"MIL", "COP", "REB", "PRM", "UAF", "CRM"})


def is_acting(token: Token) -> bool:
    """Tell whether a word for a force is but set before what the force does, and so the doer of it."""
    head = token.head
    if token.dep_ not in _BEFORE or not token.i < head.i <= token.i + 2 or head.pos_ != "NOUN":
        return False
    reading = role_words().get(token.lemma_.lower())
    if reading is None or reading.sector not in _FORCES or reading.office is not None:
        return False
    return head.lemma_.lower() in word_classes()["deeds_of_forces"]


def with_owner_before(phrase: RolePhrase, token: Token, names: Mapping[int, NameMatch]) -> RolePhrase:
    """Give a force before its deed the state whose adjective or name stands right before it."""
    match = names.get(token.i - 1)
    known = match.first("adjective", "name", "capital") if match is not None and token.dep_ in _BEFORE else None
    if match is None or known is None or phrase.owner is not None:
        return phrase
    return replace(phrase, start=match.start, owner=known, is_bare=False)
