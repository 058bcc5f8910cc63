"""The heads of an own ontology at work: triggers in a window, their types and how sure they are."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from melian.coding.encoder.activations import Floats
from melian.coding.encoder.calibration import log_odds
from melian.coding.events.heads import Trigger
from melian.coding.events.own.seen import has_meaning, surroundings, telling, unit
from melian.coding.events.own.trained import Trained

if TYPE_CHECKING:
    from melian.coding.encoder.transformer import Encoded

TELLS = 0.5
"""Probability from which a word tells an event."""


def triggers_of(trained: Trained, encoded: Encoded, text: str, starts: Sequence[int]) -> Iterator[Trigger]:
    """Yield the triggers of a window by an own ontology, in order.

    Args:
        trained: The ontology.
        encoded: The window.
        text: The report's text.
        starts: Where its sentences begin, in order; a trigger's type is told by the words of its sentence.
    """
    chances = trained.tells.chances(unit(encoded.done))[:, 1]
    sentences = [bisect_right(starts, start) for start, _ in encoded.window.spans]
    for first, end in runs_of(chances, sentences):
        words = [
            i
            for i, span in enumerate(encoded.window.spans)
            if sentences[i] == sentences[first] and has_meaning(text, span)
        ]
        around = surroundings(encoded, words, first, end)
        shares = trained.types.chances(trained.features(around, telling(encoded, first, end)))
        best = int(shares.argmax())
        odds = log_odds([chances[first:end].max(), shares[best]]).astype(np.float32)
        about = trained.about
        yield Trigger(first, end, about.plover[best], float(trained.sure.chances(odds)[1]), about.types[best])


def runs_of(chances: Floats, sentences: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield runs of words of one sentence that tell an event, as `[first, end)`."""
    first: int | None = None
    for i in range(len(chances) + 1):
        tells = i < len(chances) and chances[i] >= TELLS
        if first is not None and (not tells or sentences[i] != sentences[first]):
            yield first, i
            first = None
        if tells and first is None:
            first = i
