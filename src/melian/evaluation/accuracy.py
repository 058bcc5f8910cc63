"""How much of what the machine coded is right, from a random sample that people judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt

import numpy as np

from melian.evaluation.bootstrap import ROUNDS, SEED
from melian.records import Accuracy

Z = 1.959963984540054
"""Quantile of the normal distribution for intervals of 95 %."""


def accuracy_of(what: str, strata: Mapping[str, Sequence[float]], populations: Mapping[str, int]) -> Accuracy | None:
    """Estimate a share of the whole from what was judged in each stratum.

    Args:
        what: What is measured.
        strata: For each stratum how right each judged record is: 1, 0, or the mean where several people judged it.
        populations: How many records each stratum has. They weigh the strata.

    Returns:
        None where nothing was judged.
    """
    judged = {name: np.asarray(values, dtype=np.float64) for name, values in strata.items() if len(values)}
    if not judged:
        return None
    # A stratum of which nothing was judged says nothing: the others stand for it.
    weights = {name: populations[name] for name in judged}
    whole = sum(weights.values())
    share = sum(weights[name] / whole * float(values.mean()) for name, values in judged.items())
    # The size of a simple random sample that says as much.
    effective = whole**2 / sum(weights[name] ** 2 / len(values) for name, values in judged.items())
    low, high = wilson(share, effective)
    generator = np.random.default_rng(SEED)
    drawn = sum(
        weights[name] / whole * generator.choice(values, size=(ROUNDS, len(values))).mean(axis=1)
        for name, values in judged.items()
    )
    drawn_low, drawn_high = np.percentile(drawn, [2.5, 97.5])
    return Accuracy(
        what=what,
        share=share,
        low=low,
        high=high,
        drawn_low=float(drawn_low),
        drawn_high=float(drawn_high),
        judged=sum(len(values) for values in judged.values()),
    )


def wilson(share: float, size: float) -> tuple[float, float]:
    """Give Wilson's interval of 95 % for a share.

    Args:
        share: 0 to 1.
        size: How many were judged; for weighted samples Kish's effective size.

    Reference: Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American
    Statistical Association 22, 1927. Kish, "Survey Sampling", 1965, section 11.7.
    """
    middle = (share + Z**2 / (2 * size)) / (1 + Z**2 / size)
    half = Z / (1 + Z**2 / size) * sqrt(share * (1 - share) / size + Z**2 / (4 * size**2))
    # Rounding must not push the ends over the share itself, nor out of 0 to 1.
    return max(0.0, min(middle - half, share)), min(1.0, max(middle + half, share))
