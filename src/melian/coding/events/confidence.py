"""How likely an event is right: its type, and that its trigger tells it."""

from __future__ import annotations

from collections.abc import Sequence

from melian.coding.encoder.calibration import fitted, log_odds
from melian.coding.events.told import Told


def confidence_of(tellings: Sequence[Told]) -> float:
    """Give the share of events found as this one was that are right.

    The heads of an own ontology bring a confidence of their own, fitted on its examples.

    Args:
        tellings: Of one event.

    Reference: docs/guide/confidence.md has the plot and the curve; training/encoder/calibrate_events.py fits it.
    """
    sureness = max((told.sureness for told in tellings if told.sureness is not None), default=None)
    if tellings[0].own is not None:
        return round(sureness or 0.0, 2)
    return fitted("event_confidence.json").confidence(evidence_of(sureness, any(told.rows for told in tellings)))


def evidence_of(sureness: float | None, is_ruled: bool) -> tuple[float, float, float]:
    """Give what a confidence is told from.

    Args:
        sureness: How sure the heads are; None where only the lexicon tells the event.
        is_ruled: Whether the lexicon tells it.

    Returns:
        Log odds of the heads, whether the lexicon alone tells it, and whether both do.
    """
    if sureness is None:
        return 0.0, 1.0, 0.0
    return float(log_odds(sureness)), 0.0, float(is_ruled)
