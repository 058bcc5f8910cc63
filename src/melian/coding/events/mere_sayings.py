"""Words that only say who speaks tell no event: "“We are on track,” enthused the minister"."""

from __future__ import annotations

from collections.abc import Sequence

from melian.coding.events.told import Told
from melian.records import Statement

_SPOKEN = frozenset({"ACCUSE", "AGREE", "CONCEDE", "REJECT", "REQUEST", "SUPPORT", "THREATEN"})
"""Types of what is done by words."""
_MERE = frozenset({"state", "express"})


def without_mere_sayings(tellings: Sequence[Told], statements: Sequence[Statement]) -> list[Told]:
    """Leave out what the heads take for done by words where the word introduces a quotation that states something.

    Args:
        tellings: The heads'.
        statements: The report's, with their acts.
    """
    cues = {s.cue.span[0] for s in statements if s.cue and s.act in _MERE and s.kind == "direct"}
    return [told for told in tellings if told.type not in _SPOKEN or told.trigger.idx not in cues]
