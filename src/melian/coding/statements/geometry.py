"""How two spans of a window stand to each other, as numbers that a linking head learns from."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from melian.records import Span

GAPS = 20
"""Kinds of gap in words: ten lengths before, ten behind."""

STEPS = 5
"""Kinds of step in paragraphs: two or more before, one before, the same, one behind, two or more behind."""

BETWEEN = 4
"""Kinds of how many cues stand between: none, one, two, more."""

RANKS = 4
"""Kinds of rank among the candidates on the same side: nearest, second, third, farther."""

_EDGES = np.array([1, 2, 3, 4, 6, 10, 18, 34, 66])


def features_of(cues: Sequence[Span], others: Sequence[Span], breaks: Sequence[int]) -> npt.NDArray[np.int64]:
    """Number how each span stands to each cue.

    Args:
        cues: Spans of cues as words `[start, end)`, in order, none overlapping.
        others: Spans of sources or of contents, likewise.
        breaks: Numbers of the words that begin a paragraph.

    Returns:
        Shape (cues, others, 4): kind of gap, of step, of cues between, of rank.
    """
    found = np.zeros((len(cues), len(others), 4), dtype=np.int64)
    starts = [a for a, _ in cues]
    for i, (a, b) in enumerate(cues):
        ahead = bisect_left([x for x, _ in others], b)
        paragraph = bisect_right(breaks, a)
        for j, (c, d) in enumerate(others):
            is_behind = c >= b
            gap = c - b if is_behind else a - d
            step = bisect_right(breaks, c) - paragraph
            between = bisect_left(starts, c) - i - 1 if is_behind else i - bisect_left(starts, d)
            rank = j - ahead if is_behind else ahead - 1 - j
            found[i, j] = (
                int(np.searchsorted(_EDGES, gap, side="right")) + 10 * is_behind,
                min(max(step, -2), 2) + 2,
                min(max(between, 0), BETWEEN - 1),
                min(max(rank, 0), RANKS - 1),
            )
    return found
