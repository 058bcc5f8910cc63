"""Which happenings are affairs of state, by who takes part in them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from melian.coding.events.merging import Happening
from melian.records import Actor

if TYPE_CHECKING:
    from spacy.tokens import Span as Phrase

HARMING = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE"})
"""Types whose deeds can harm people."""
_PRIVATE = frozenset({None, "CVL", "EDU", "MED", "BUS", "AGR", "SOC", "UNK", "LAB", "JRN"})
_INDIVIDUAL = frozenset({"CVL", "MED", "BUS", "AGR", "SOC", "UNK", "JRN"})
_PUBLIC = frozenset("GOV MIL LEG ELI OPP PTY REB PRM SPY IGO".split())
"""Sectors of public life; courts, police and gunmen are not among them, because ordinary crime has them too."""
_AROUND = 2
"""Sentences before and behind."""


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


def _is_public(actor: Actor) -> bool:
    """Tell whether an actor is a state, holds an office or bears arms, or is of a country and of no known trade.

    An organisation of no known trade is a firm more often than not.
    """
    if actor.sector is None:
        return actor.country is not None and actor.kind != "organisation"
    return actor.sector not in _INDIVIDUAL


def public_sentences(sentences: Sequence[Phrase], actors: Iterable[Actor]) -> list[bool]:
    """Tell for each sentence whether it names a state or somebody of public life.

    Args:
        sentences: Of the parse, in order.
        actors: The report's.
    """
    firsts = [sentence.start_char for sentence in sentences]
    named = [False] * len(sentences)
    for actor in actors:
        if _is_of_public_life(actor):
            for start, _ in actor.mentions:
                named[max(bisect_right(firsts, start) - 1, 0)] = True
    return named


def share_of_public(number: int, public: Sequence[bool]) -> float:
    """Give how many of the sentences around one name somebody of public life, with itself."""
    near = public[max(number - _AROUND, 0) : number + _AROUND + 1]
    return sum(near) / len(near)


def _is_of_public_life(actor: Actor) -> bool:
    return actor.kind == "state" or (actor.sector in _PUBLIC and not (actor.unnamed and actor.country is None))
