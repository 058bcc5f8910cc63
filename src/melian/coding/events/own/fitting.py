"""Fitting: a softmax regression with a ridge, by gradient steps with momentum."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import numpy as np
import numpy.typing as npt

from melian.coding.encoder.activations import Floats, softmax
from melian.coding.one_core import on_one_core

Numbers = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]
_STEPS = 300
_MOMENTUM = 0.9


class Layer(msgspec.Struct, frozen=True):
    """A softmax regression.

    Attributes:
        weight: Shape (classes, features).
        bias: Shape (classes,).
    """

    weight: Floats
    bias: Floats

    def chances(self, features: Floats) -> Floats:
        """Give the probability of each class: features of shape (…, features), result (…, classes)."""
        return softmax(features @ self.weight.T + self.bias, axis=-1)


def fit(features: npt.ArrayLike, labels: Labels, classes: int, ridge: float, weights: Numbers | None = None) -> Layer:
    """Fit a softmax regression; the same input gives the same layer.

    Args:
        features: Shape (cases, features); they are centred, and scaled as a whole, here.
        labels: Class of each case.
        classes: How many there are.
        ridge: How strongly weights are drawn to zero.
        weights: How much each case counts; all the same if None.

    Reference: Nesterov, "A method for solving the convex programming problem with convergence rate O(1/k²)", 1983.
    """
    table = np.asarray(features, dtype=np.float64)
    counts = np.ones(len(table)) if weights is None else weights
    counts = counts / counts.sum()
    mean = table.mean(axis=0)
    scale = float(np.sqrt(((table - mean) ** 2).sum(axis=1).mean())) or 1.0
    inputs = np.c_[(table - mean) / scale, np.ones(len(table))]
    wanted = np.eye(classes)[labels]
    with on_one_core():  # so that two cores give the same bytes as one, and none waits for the other
        rate = 1 / (0.5 * np.linalg.norm((inputs * counts[:, None]).T @ inputs, 2) + ridge)
        now = np.zeros((inputs.shape[1], classes))
        speed = np.zeros_like(now)
        for _ in range(_STEPS):
            ahead = now + _MOMENTUM * speed
            scores = inputs @ ahead
            powers = np.exp(scores - scores.max(axis=1, keepdims=True))
            wrong = powers / powers.sum(axis=1, keepdims=True) - wanted
            new = ahead - rate * (inputs.T @ (wrong * counts[:, None]) + ridge * ahead)
            now, speed = new, new - now
    weight = now[:-1] / scale
    return Layer(weight.T.astype(np.float32), (now[-1] - mean @ weight).astype(np.float32))


def folds(labels: Labels, number: int) -> Iterator[npt.NDArray[np.bool_]]:
    """Yield for each fold which cases are held out: of each class every nth, in the order they stand in."""
    place = np.zeros(len(labels), dtype=np.int64)
    for label in np.unique(labels):
        own = np.flatnonzero(labels == label)
        place[own] = (np.arange(len(own)) + label) % number
    for fold in range(number):
        yield place == fold
