"""Figures with their 95 % intervals, by drawing the documents of a gold file again and again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Unit = Literal["%", "km", "each"]

ROUNDS = 1000
"""How many times documents are drawn. The ends of an interval move by less than a tenth of its width beyond this."""
SEED = 20140624
"""Fixed, so that the same gold and predictions give the same interval."""


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One measured number.

    Attributes:
        name: What was measured.
        value: In `unit`; None where there was nothing to measure.
        low: Lower end of the 95 % interval.
        high: Upper end of the 95 % interval.
        unit: "%" is 0 to 100; "each" is a plain ratio.
        of: How many gold items it rests on.
    """

    name: str
    value: float | None
    low: float | None = None
    high: float | None = None
    unit: Unit = "%"
    of: int = 0


def measure(
    name: str,
    tallies: Sequence[Sequence[float]],
    formula: Callable[[Numbers], Numbers],
    *,
    unit: Unit = "%",
    of: int = 0,
) -> Figure:
    """Measure one figure from what was counted in each document.

    Args:
        name: What is measured.
        tallies: A row of counts for each document; the rows are added up.
        formula: From summed counts, shape (…, columns), to the figure, shape (…); 0 to 1 where the unit is "%", and
            not-a-number where there is nothing to measure.
        unit: See `Figure`.
        of: See `Figure`.

    Reference: Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13 (percentile interval).
    """
    if not tallies:
        return Figure(name=name, value=None, unit=unit, of=of)
    table = np.asarray(tallies, dtype=np.float64)
    scale = 100.0 if unit == "%" else 1.0
    value = float(formula(table.sum(axis=0)) * scale)
    if np.isnan(value):
        return Figure(name=name, value=None, unit=unit, of=of)
    drawn = np.random.default_rng(SEED).multinomial(len(table), np.full(len(table), 1 / len(table)), size=ROUNDS)
    values = formula(drawn.astype(np.float64) @ table) * scale
    values = values[~np.isnan(values)]
    low, high = np.percentile(values, [2.5, 97.5]) if values.size else (value, value)
    return Figure(name=name, value=value, low=float(low), high=float(high), unit=unit, of=of)


def share(sums: Numbers) -> Numbers:
    """Give column 0 over column 1; not-a-number where column 1 is 0."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(sums[..., 1] > 0, sums[..., 0] / sums[..., 1], np.nan))


def precision(sums: Numbers) -> Numbers:
    """Give precision from the columns right, spurious, missed; 0 where nothing was predicted."""
    return _over(sums[..., 0], sums[..., 0] + sums[..., 1], sums)


def recall(sums: Numbers) -> Numbers:
    """Give recall from the columns right, spurious, missed; 0 where there was nothing to find."""
    return _over(sums[..., 0], sums[..., 0] + sums[..., 2], sums)


def f1(sums: Numbers) -> Numbers:
    """Give F1 from the columns right, spurious, missed; not-a-number where all are 0."""
    return _over(2 * sums[..., 0], 2 * sums[..., 0] + sums[..., 1] + sums[..., 2], sums)


def macro_f1(sums: Numbers) -> Numbers:
    """Give the mean F1 over classes from three columns a class; classes that never occur are left out."""
    classes = sums.reshape(*sums.shape[:-1], -1, 3)
    each = f1(classes)
    present = ~np.isnan(each)
    count = present.sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(count > 0, np.where(present, each, 0).sum(axis=-1) / count, np.nan))


def _over(part: Numbers, whole: Numbers, sums: Numbers) -> Numbers:
    with np.errstate(invalid="ignore", divide="ignore"):
        found = np.where(whole > 0, part / whole, 0.0)
    return np.asarray(np.where(sums[..., :3].sum(axis=-1) > 0, found, np.nan))
