"""How near words are in meaning, by the encoder's vectors of the words by themselves; by their roots without it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from spacy.tokens import Token

    from melian.coding.encoder.transformer import Encoded

Meanings = Mapping[int, npt.NDArray[np.float32]]
"""For where a word begins, its vector, of length one."""


def meanings_of(encoded: Iterable[Encoded]) -> Meanings:
    """Give the vectors of the words of a report by where they begin; none without the encoder."""
    found: dict[int, npt.NDArray[np.float32]] = {}
    for one in encoded:
        lengths = np.linalg.norm(one.meant, axis=1, keepdims=True)
        vectors = one.meant / np.maximum(lengths, 1e-9)
        found |= {span[0]: vector for span, vector in zip(one.window.spans, vectors, strict=True)}
    return found


def likeness(words: Sequence[Token], others: Sequence[Token], meanings: Meanings) -> float:
    """Tell how much some words mean what others mean: the mean, over the first, of the nearest one of the others.

    Returns:
        0 for words that have nothing in common, 1 for the same words.
    """
    ours, theirs = ([meanings[t.idx] for t in side if t.idx in meanings] for side in (words, others))
    if not ours or not theirs:
        known = {t.lemma_.lower() for t in others}
        return sum(t.lemma_.lower() in known for t in words) / max(len(words), 1)
    return float((np.array(ours) @ np.array(theirs).T).max(axis=1).mean())
