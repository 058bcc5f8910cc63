"""How likely a statement is right: what the heads are sure of, fitted to how often they are right."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import msgspec
import numpy as np
import numpy.typing as npt

from melian.coding.statements.attribution import Attribution

_BY_RULE = {
    "quotation alone": 0.8, "according to": 0.8, "quoted as saying": 0.85, "quotation goes on": 0.7, "put at": 0.7,
    "quotation with cue": 0.6, "noun": 0.5, "as clause": 0.5, "clause": 0.4, "infinitive": 0.4, "gerund": 0.4,
    "inserted clause": 0.4, "trailing clause": 0.4, "preposition": 0.35, "object": 0.35, "colon": 0.5,
}  # fmt: skip
"""Shares right on PolNeAR dev of what a rule finds and the heads do not, rounded; without such cases a guess by kin."""


class _Fitted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    bias: float
    weights: tuple[float, ...]


@cache
def _fitted() -> _Fitted:
    return msgspec.json.decode((files("melian.knowledge") / "model" / "confidence.json").read_bytes(), type=_Fitted)


def log_odds(sureness: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Give likelihoods as log odds, those near 0 and 1 held back."""
    held = np.clip(np.asarray(sureness, dtype=np.float64), 1e-6, 1 - 1e-4)
    return np.asarray(np.log(held / (1 - held)))


def confidence_of(a: Attribution) -> float:
    """Give the share of statements as sure as this one that are right: content found, and its speaker.

    Reference: docs/evaluation.md has the reliability plot; training/encoder/calibrate.py fits it.
    """
    return calibrated(a.sureness) if a.sureness else _BY_RULE.get(a.rule, 0.4)


def calibrated(sureness: Sequence[float]) -> float:
    """Turn the heads' sureness to a confidence."""
    fitted = _fitted()
    score = fitted.bias + float(np.dot(log_odds(sureness), fitted.weights))
    return round(float(1 / (1 + np.exp(-score))), 2)
