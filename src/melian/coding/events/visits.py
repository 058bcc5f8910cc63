"""Visits: who comes is the source, and who is come to the target."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from melian.coding.events.told import Parties, Told

if TYPE_CHECKING:
    from spacy.tokens import Token

_VISITS = frozenset({"visit", "tour", "trip", "stopover", "stop", "swing"})
_BEFORE = frozenset({"amod", "compound", "nmod"})


def with_host(told: Told, parties: Parties) -> Told:
    """Give a visit whose noun says where it led with the host for its target: "the prince's US tour".

    Args:
        told: A telling.
        parties: The actors of the report.
    """
    if told.type != "CONSULT" or told.trigger.pos_ != "NOUN" or told.trigger.lemma_.lower() not in _VISITS:
        return told
    hosts = tuple(i for child in told.trigger.lefts if child.dep_ in _BEFORE for i in _states_at(child, parties))
    visitors = tuple(i for i in told.sources if i not in hosts)
    if not hosts or not visitors:
        return told  # "A Chinese visit" is one of the Chinese.
    return replace(told, sources=visitors, targets=tuple(dict.fromkeys((*told.targets, *hosts))))


def _states_at(token: Token, parties: Parties) -> tuple[str, ...]:
    naming = parties.naming(token)
    actor = parties.actors.get(naming.actor or "") if naming is not None else None
    return (actor.id,) if actor is not None and actor.kind == "state" else ()
