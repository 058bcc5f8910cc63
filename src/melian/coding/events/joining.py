"""Joins the tellings that the heads find with those of the lexicon."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from melian.coding.events.told import Told

SURE = 0.75
"""How sure the heads must be to overrule the lexicon's type."""
ALONE = 0.5
"""How sure the heads must be of what the lexicon does not tell at all."""


def join_tellings(found: Sequence[Told], ruled: Sequence[Told]) -> list[Told]:
    """Give one list of tellings, in the order of their triggers.

    Where both tell an event of one type by the same words, the lexicon's row says who and how, as far as it does, and
    the heads the rest. Where they differ in the type, and where only the heads tell something, they must be sure.

    Args:
        found: The heads' tellings.
        ruled: The lexicon's.
    """
    joined: list[Told] = []
    taken: set[int] = set()
    by_token: dict[int, list[Told]] = {}
    for told in ruled:
        for i in range(told.trigger.i, told.end):
            by_token.setdefault(i, []).append(told)
    for told in found:
        words = range(min(told.trigger.i, told.end - 1), told.end)
        same = [r for i in words for r in by_token.get(i, ())]
        match = next((r for r in same if r.type == told.type), None)
        if match is None and (told.sureness or 0) < (SURE if same else ALONE):
            continue
        taken.update(words)
        joined.append(_completed(told, match) if match is not None else told)
    joined += [told for told in ruled if taken.isdisjoint(range(told.trigger.i, told.end))]
    return sorted(joined, key=lambda told: told.trigger.i)


def complete_own(found: Sequence[Told], ruled: Sequence[Told]) -> list[Told]:
    """Give the tellings of an own ontology's events, with the parties of the lexicon's rows for the same words.

    What a row says of who and whom holds whatever the type is called; its modes only hold for its own type.
    """
    by_token = {i: told for told in ruled for i in range(told.trigger.i, told.end)}
    joined = []
    for told in found:
        words = range(min(told.trigger.i, told.end - 1), told.end)
        match = next((by_token[i] for i in words if i in by_token), None)
        if match is not None and match.type != told.type:
            match = replace(match, modes=(), contexts=())
        joined.append(_completed(told, match) if match is not None else told)
    return sorted(joined, key=lambda told: told.trigger.i)


def _completed(told: Told, ruled: Told) -> Told:
    """Give the lexicon's parties and modes where its row names them, else those of the heads."""
    sources = ruled.sources or tuple(i for i in told.sources if i not in ruled.targets)
    targets = ruled.targets or tuple(i for i in told.targets if i not in sources)
    return replace(
        told,
        sources=sources,
        targets=targets,
        modes=ruled.modes or told.modes,
        contexts=ruled.contexts,
        rule=f"{told.rule}, {ruled.rule}",
        rows=ruled.rows,
        weight=max(told.weight, ruled.weight),
    )
