"""How likely a statement is right: what the heads are sure of, fitted to how often they are right."""

from __future__ import annotations

from collections.abc import Sequence

from melian.coding.encoder.calibration import fitted, log_odds
from melian.coding.statements.attribution import Attribution

_BY_RULE = {
    "quotation alone": 0.8, "according to": 0.8, "quoted as saying": 0.85, "quotation goes on": 0.7, "put at": 0.7,
    "quotation with cue": 0.6, "noun": 0.5, "as clause": 0.5, "clause": 0.4, "infinitive": 0.4, "gerund": 0.4,
    "inserted clause": 0.4, "trailing clause": 0.4, "preposition": 0.35, "object": 0.35, "colon": 0.5,
    "label": 0.9, "signature": 0.85, "block": 0.6,
}  # fmt: skip
"""Shares right on PolNeAR dev of what a rule finds and the heads do not, rounded; without such cases a guess by kin."""


def confidence_of(a: Attribution) -> float:
    """Give the share of statements as sure as this one that are right: content found, and its speaker.

    Reference: docs/evaluation.md has the reliability plot; training/encoder/calibrate.py fits it.
    """
    return calibrated(a.sureness) if a.sureness else _BY_RULE.get(a.rule, 0.4)


def calibrated(sureness: Sequence[float]) -> float:
    """Turn the heads' sureness to a confidence."""
    return fitted("confidence.json").confidence(log_odds(sureness))
