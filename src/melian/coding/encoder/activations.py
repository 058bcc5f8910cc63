"""What stands between the layers of heads."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


def sigmoid(scores: Floats) -> Floats:
    """Give the probability of each score, each on its own."""
    return np.asarray(1 / (1 + np.exp(-scores)), dtype=np.float32)


def softmax(scores: Floats, axis: int) -> Floats:
    """Give shares of one that stand to each other as the powers of scores."""
    powers = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return np.asarray(powers / powers.sum(axis=axis, keepdims=True), dtype=np.float32)


def gelu(values: Floats) -> Floats:
    """Give the Gaussian error linear unit of each value."""
    # The error function, to 1.5e-7 (Abramowitz and Stegun 7.1.26): numpy has none of its own.
    x = np.abs(values) * np.float32(2**-0.5)
    t = 1 / (1 + np.float32(0.3275911) * x)
    series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    error = np.sign(values) * (1 - series * np.exp(-x * x))
    return np.asarray(values * (1 + error) / 2, dtype=np.float32)
