"""What a speaker does by what he says, as the head for acts sees it: from the words of the cue and of the content."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np

from melian.coding.encoder.activations import Floats, gelu, softmax
from melian.coding.encoder.arrays import arrays_of
from melian.records import Act, Span

if TYPE_CHECKING:
    from melian.coding.encoder.transformer import Encoded

ACTS: tuple[Act, ...] = (
    "state", "confirm", "deny", "accuse", "demand", "promise", "threaten", "praise", "condemn", "express", "question",
)  # fmt: skip
"""In the order of the head's scores."""
_START = itemgetter(0)


class ActReader:
    """Gives the likeliest act of a statement of one report.

    Args:
        encoded: The report's windows in order, each with the vectors of its words.
    """

    def __init__(self, encoded: Sequence[Encoded]) -> None:
        self._encoded = encoded
        self._starts = [one.window.spans[0][0] for one in encoded]
        self._arrays = arrays_of("events.npz")

    def likeliest(self, cue: Span | None, content: Sequence[Span]) -> tuple[Act, float]:
        """Give the likeliest act and its probability; "state" where no word of the content was encoded."""
        said = self._mean(content)
        if said is None:
            return "state", 0.0
        by = self._mean((cue,)) if cue is not None else None
        both = np.concatenate([by if by is not None else self._arrays["no_cue"], said])
        layer = self._arrays.layer
        chances = softmax(layer("acts", gelu(layer("act_inner", both))), axis=0)
        best = int(chances.argmax())
        return ACTS[best], float(chances[best])

    def _mean(self, spans: Sequence[Span]) -> Floats | None:
        """Give the mean vector of the words of spans, in the window in which the first of them begins."""
        number = bisect_right(self._starts, spans[0][0]) - 1 if spans else -1
        if number < 0:
            return None
        window, vectors = self._encoded[number].window, self._encoded[number].done
        chosen: list[int] = []
        for start, end in spans:
            first = max(bisect_right(window.spans, start, key=_START) - 1, 0)
            last = bisect_left(window.spans, end, key=_START)
            chosen += [i for i in range(first, last) if window.spans[i][1] > start]
        return np.asarray(vectors[chosen].mean(axis=0), dtype=np.float32) if chosen else None
