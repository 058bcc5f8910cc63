"""Which happenings are affairs of state, by who takes part in them."""

from __future__ import annotations

from collections.abc import Mapping

from melian.coding.events.merging import Happening
from melian.records import Actor

HARMING = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE"})
"""Types whose deeds can harm people."""
_PRIVATE = frozenset({None, "CVL", "EDU", "MED", "BUS", "AGR", "SOC", "UNK", "LAB", "JRN"})
_INDIVIDUAL = frozenset({"CVL", "MED", "BUS", "AGR", "SOC", "UNK", "JRN"})


def is_affair_of_state(happening: Happening, actors: Mapping[str, Actor]) -> bool:
    """Tell whether a happening is more than talk among private people, or a deed of nobody of any country or office.

    Args:
        happening: What is told, by whomever.
        actors: The report's actors, by id.
    """
    named = [actors[i] for i in (*happening.sources, *happening.targets) if i in actors]
    if not named:
        return True
    told = happening.tellings[0]
    if told.type == "CONSULT" and told.trigger.pos_ == "NOUN" and len(named) == 1 and named[0].unnamed:
        return False
    if told.type in HARMING:
        return any(actor.country or actor.sector not in _PRIVATE for actor in named)
    return any(_is_public(actor) for actor in named) or len({actor.country for actor in named} - {None}) > 1


def is_among_firms(happening: Happening, actors: Mapping[str, Actor]) -> bool:
    """Tell whether firms alone deal with each other, without harm to anybody: "the airline compensated by the maker".

    What firms do to a state, to their people or abroad to anyone else is more than routine business, and so is what
    nobody names as a firm's.

    Args:
        happening: What is told, by whomever.
        actors: The report's actors, by id.
    """
    named = [actors[i] for i in (*happening.sources, *happening.targets) if i in actors]
    if happening.tellings[0].type in HARMING or not any(a.sector == "BUS" and not a.unnamed for a in named):
        return False
    return all(_is_firm_or_thing(actor) for actor in named)


def _is_firm_or_thing(actor: Actor) -> bool:
    if actor.sector is None:
        return actor.kind == "organisation" or (actor.kind == "unknown" and actor.country is None)
    return actor.sector == "BUS"


def _is_public(actor: Actor) -> bool:
    """Tell whether an actor is a state, holds an office or bears arms, or is of a country and of no known trade.

    An organisation of no known trade is a firm more often than not.
    """
    if actor.sector is None:
        return actor.country is not None and actor.kind != "organisation"
    return actor.sector not in _INDIVIDUAL
