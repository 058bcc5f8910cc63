"""Measures of coreference: how two ways of putting mentions into clusters agree."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from melian.errors import MelianError

Clustering = Mapping[object, object]
"""For each mention the cluster to which it belongs."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What precision and recall are made of; counts of several documents may be added."""

    right_recall: float = 0.0
    of_recall: float = 0.0
    right_precision: float = 0.0
    of_precision: float = 0.0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.right_recall + other.right_recall,
            self.of_recall + other.of_recall,
            self.right_precision + other.right_precision,
            self.of_precision + other.of_precision,
        )

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, 0 to 100."""
        recall = self.right_recall / self.of_recall if self.of_recall else 0.0
        precision = self.right_precision / self.of_precision if self.of_precision else 0.0
        return 200 * recall * precision / (recall + precision) if recall + precision else 0.0


def muc(gold: Clustering, found: Clustering) -> Counts:
    """Count the links of each side that the other has too. Mentions that only one side has count as missed.

    Reference: Vilain et al. 1995, A model-theoretic coreference scoring scheme.
    """
    return Counts(*_links(gold, found), *_links(found, gold))


def b_cubed(gold: Clustering, found: Clustering) -> Counts:
    """Count for each mention the share of its cluster that the other side has too.

    Reference: Bagga and Baldwin 1998, Algorithms for scoring coreference chains.
    """
    shared = _shared(gold, found)
    sizes, found_sizes = Counter(gold.values()), Counter(found.values())
    recall = sum(n * n / sizes[one] for (one, _), n in shared.items())
    precision = sum(n * n / found_sizes[other] for (_, other), n in shared.items())
    return Counts(recall, len(gold), precision, len(found))


def ceaf_e(gold: Clustering, found: Clustering) -> Counts:
    """Count how alike clusters are, each paired with at most one of the other side.

    Reference: Luo 2005, On coreference resolution performance metrics; with its similarity phi 4.

    Raises:
        MelianError: SciPy is not installed.
    """
    try:
        import numpy as np
        from scipy.optimize import linear_sum_assignment
    except ImportError as error:
        raise MelianError("SciPy is not installed", "SciPy, to pair clusters", "pip install scipy") from error
    sizes, found_sizes = Counter(gold.values()), Counter(found.values())
    rows, columns = {one: n for n, one in enumerate(sizes)}, {one: n for n, one in enumerate(found_sizes)}
    alike = np.zeros((len(rows), len(columns)))
    for (one, other), n in _shared(gold, found).items():
        alike[rows[one], columns[other]] = 2 * n / (sizes[one] + found_sizes[other])
    paired = float(alike[linear_sum_assignment(alike, maximize=True)].sum())
    return Counts(paired, len(rows), paired, len(columns))


def conll_f1(gold: Clustering, found: Clustering) -> float:
    """Give the mean F1 of MUC, B-cubed and CEAF-e, 0 to 100.

    Reference: Pradhan et al. 2014, Scoring coreference partitions of predicted mentions.
    """
    return (muc(gold, found).f1 + b_cubed(gold, found).f1 + ceaf_e(gold, found).f1) / 3


def _links(clusters: Clustering, others: Clustering) -> tuple[float, float]:
    members = defaultdict(list)
    for mention, cluster in clusters.items():
        members[cluster].append(mention)
    right = of = 0
    for mentions in members.values():
        parts = len({others[mention] for mention in mentions if mention in others})
        parts += sum(mention not in others for mention in mentions)
        right += len(mentions) - parts
        of += len(mentions) - 1
    return right, of


def _shared(gold: Clustering, found: Clustering) -> Counter[tuple[object, object]]:
    return Counter((cluster, found[mention]) for mention, cluster in gold.items() if mention in found)
