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
    drawn = np.random.default_rng(SEED).integers(0, len(counts), size=(ROUNDS, len(counts)))
    found = [value for rows in drawn if (value := _alpha_of(counts[rows])) is not None]
    low, high = np.percentile(found, [2.5, 97.5]) if found else (None, None)
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
    import krippendorff

    present = counts[:, counts.any(axis=0)] if counts.size else counts
    if present.shape[0] == 0 or present.shape[1] < 2:
        return None
    return float(krippendorff.alpha(value_counts=present, level_of_measurement="nominal"))
