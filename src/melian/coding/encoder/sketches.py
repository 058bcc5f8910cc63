"""Sketches of vectors: their signs alone, in 32 bytes, by which two vectors can still be compared."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from melian.coding.encoder.transformer import Encoded
from melian.records import Span, overlap


def sketch_of(encoded: Iterable[Encoded], span: Span) -> tuple[int, ...] | None:
    """Give the signs of the mean vector of the words in a span, as four whole numbers of 64 bits.

    The share of the signs in which two sketches differ tells the angle between their vectors.

    Reference: Charikar, "Similarity estimation techniques from rounding algorithms", 2002.

    Args:
        encoded: The windows of the report.
        span: The words.

    Returns:
        None where no window holds the words.
    """
    for part in encoded:
        rows = [row for row, word in enumerate(part.window.spans) if overlap(word, span)]
        if rows:
            signs = np.packbits(part.done[rows].mean(axis=0) > 0)
            return tuple(int(number) for number in signs.view(">u8"))
    return None
