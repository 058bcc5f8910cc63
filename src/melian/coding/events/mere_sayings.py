"""Words that only say who speaks tell no event: "“We are on track,” enthused the minister", "both agreed it rained"."""

from __future__ import annotations

from collections.abc import Sequence

from melian.coding.events.told import Told
from melian.records import Statement

SPOKEN = frozenset({"ACCUSE", "AGREE", "CONCEDE", "REJECT", "REQUEST", "SUPPORT", "THREATEN"})
"""Types of what is done by words."""
_MERE = frozenset({"state", "express"})
_OPINING = frozenset({"agree", "concur"})
"""Words by which one binds oneself or only judges; their statements tell which."""


def without_mere_sayings(tellings: Sequence[Told], statements: Sequence[Statement]) -> list[Told]:
    """Leave out what seems done by words where the word introduces a quotation that states something.

    Who agrees that something is so, quoted or not, agrees to nothing.

    Args:
        tellings: The heads' or the lexicon's.
        statements: The report's, with their acts.
    """
    quoting = {s.cue.span[0] for s in statements if s.cue and s.act in _MERE and s.kind == "direct"}
    judging = {s.cue.span[0] for s in statements if s.cue and s.cue.lemma in _OPINING and s.act != "promise"}
    at = dict.fromkeys(SPOKEN, quoting) | {"AGREE": judging}
    return [told for told in tellings if told.trigger.idx not in at.get(told.type, ())]
