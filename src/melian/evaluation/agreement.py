"""How far people agree who judged the same things: Krippendorff's alpha for nominal values.

Reference: Krippendorff, "Content Analysis", 4th edition, 2018, chapter 12.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from itertools import combinations

import numpy as np

from melian.evaluation.bootstrap import ROUNDS, SEED, Numbers
from melian.records import Agreement


def alpha(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Give Krippendorff's alpha.

    Args:
        units: For each thing that was judged the values that people gave it, one each. What fewer than two people
            judged says nothing and is passed over.

    Returns:
        None where alpha is not defined: nothing was judged twice, or all values are the same.
    """
    return _alpha_of(_counted(units))


def agreement_on(field: str, units: Iterable[Sequence[Hashable]], reviewers: int) -> Agreement | None:
    """Measure the agreement about one field, with an interval by drawing units again and again.

    Args:
        field: The field's name.
        units: See `alpha`.
        reviewers: How many people gave the values.

    Returns:
        None where nothing was judged by two people.
    """
    pairable = [values for values in units if len(values) > 1]
    if not pairable:
        return None
    counts = _counted(pairable)
    drawn = np.random.default_rng(SEED).multinomial(len(counts), np.full(len(counts), 1 / len(counts)), size=ROUNDS)
    found = _alphas(counts, drawn.astype(np.float64))
    found = found[~np.isnan(found)]
    low, high = np.percentile(found, [2.5, 97.5]) if found.size else (None, None)
    pairs = [one == other for values in pairable for one, other in combinations(values, 2)]
    return Agreement(
        field=field,
        alpha=_alpha_of(counts),
        low=None if low is None else float(low),
        high=None if high is None else float(high),
        agreed=sum(pairs) / len(pairs),
        units=len(pairable),
        reviewers=reviewers,
    )


def _counted(units: Iterable[Sequence[Hashable]]) -> Numbers:
    """Count for each unit how often each value was given."""
    numbers: dict[Hashable, int] = {}
    kept = [[numbers.setdefault(value, len(numbers)) for value in values] for values in units if len(values) > 1]
    counts = np.zeros((len(kept), len(numbers)))
    for row, values in zip(counts, kept, strict=True):
        np.add.at(row, values, 1)
    return counts


def _alpha_of(counts: Numbers) -> float | None:
    value = float(_alphas(counts, np.ones((1, len(counts))))[0])
    return None if np.isnan(value) else value


def _alphas(counts: Numbers, drawn: Numbers) -> Numbers:
    """Give alpha for each drawing of units, not-a-number where all values are the same.

    Args:
        counts: How often each value was given to each unit, shape (units, values).
        drawn: How often each unit was drawn, shape (drawings, units).
    """
    people = counts.sum(axis=1)
    # A unit that many people judged has more pairs, and each of them weighs less.
    differing = (people**2 - (counts**2).sum(axis=1)) / np.maximum(people - 1, 1)
    observed = drawn @ differing
    values = drawn @ counts
    number = values.sum(axis=1)
    expected = (number**2 - (values**2).sum(axis=1)) / np.maximum(number - 1, 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(expected > 0, 1 - observed / expected, np.nan))
