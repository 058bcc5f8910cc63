"""What the heads of an own ontology see: the words that tell an event, and what the words around them are about."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from melian.coding.encoder.activations import Floats

if TYPE_CHECKING:
    from melian.coding.encoder.transformer import Encoded
    from melian.records import Span

MEANT, DONE = 384, 256
"""Sizes of the encoder's vectors of words by themselves, and for the heads of events."""


def unit(vectors: Floats) -> Floats:
    """Give vectors, shape (…, size), each of length 1."""
    return np.asarray(vectors / (np.linalg.norm(vectors, axis=-1, keepdims=True) + 1e-9), dtype=np.float32)


def has_meaning(text: str, span: Span) -> bool:
    """Tell whether a word says what a text is about: no mark, no number, and none of the commonest words."""
    word = text[slice(*span)]
    return word.isalpha() and word.lower() not in _common_words()


def telling(encoded: Encoded, first: int, end: int) -> Floats:
    """Give the vector of the words `[first, end)` as the heads for events see them; zeros where there are none."""
    if first == end:
        return np.zeros(encoded.done.shape[1], dtype=np.float32)
    return unit(encoded.done[first:end].mean(axis=0))


def surroundings(encoded: Encoded, words: Sequence[int], first: int, end: int) -> Floats:
    """Give the mean vector of what words are about, without those of `[first, end)`; zeros where there are none.

    Args:
        encoded: The window.
        words: Numbers of the words of the sentence that have meaning.
        first: First word of the trigger.
        end: Behind its last.
    """
    kept = [i for i in words if not first <= i < end]
    if not kept:
        return np.zeros(encoded.meant.shape[1], dtype=np.float32)
    return unit(encoded.meant[kept].mean(axis=0))


@cache
def _common_words() -> frozenset[str]:
    from spacy.lang.en.stop_words import STOP_WORDS

    return frozenset(STOP_WORDS)
