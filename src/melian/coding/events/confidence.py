"""How likely an event is right."""

from __future__ import annotations

from melian.coding.events.merging import Happening


def confidence_of(happening: Happening) -> float:
    """Rate an event by how much of it the text names: specific rows, both parties, several tellings."""
    if happening.tellings[0].own is not None:
        return round(max(told.sureness or 0.0 for told in happening.tellings), 2)
    needs = max(told.weight for told in happening.tellings)
    score = 0.45 + 0.08 * min(needs, 2) + 0.12 * bool(happening.sources) + 0.12 * bool(happening.targets)
    return round(min(0.95, score + 0.06 * min(len(happening.tellings) - 1, 2)), 2)
