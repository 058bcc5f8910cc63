"""Events as the heads see them: triggers by type, modes, and for each word its part in the event."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING

import msgspec
import numpy as np
import numpy.typing as npt

from melian.coding.encoder.activations import Floats, gelu, sigmoid, softmax
from melian.coding.encoder.arrays import Arrays, arrays_of
from melian.knowledge.ontology import event_kinds, modes

if TYPE_CHECKING:
    from melian.coding.encoder.transformer import Encoded
    from melian.records import Span

TRIGGER = 0.2
"""Probability from which a word may be a trigger of a type; whether it tells an event, all evidence decides."""
MODE = 0.5
"""Probability from which a mode is told, and tells events apart."""
LIKELY_MODE = 0.35
"""Probability from which the likeliest mode is given where none is told: by F1 on passages, any from 0.25 to 0.4."""
_MOST_MODES = 2
_SOURCE, _TARGET = 1, 2
_BUCKETS = np.array([0, 1, 2, 3, 4, 5, 5, 6, 6, 6, 6, *10 * [7], 8])
"""Number of each distance in words, the last for all that are longer; behind the trigger 8 more."""
_Numbers = npt.NDArray[np.int64]


class FoundEvent(msgspec.Struct, frozen=True):
    """One event of a window.

    Attributes:
        type: PLOVER type.
        modes: PLOVER modes, the likeliest first.
        trigger: Code points.
        sureness: Probability of the type, the greatest over the trigger's words.
        parts: For each word of the window the probabilities of being nothing, source and target.
        own: Type of the user's own ontology, where there is one.
        likely: The likeliest mode where none is sure enough.
    """

    type: str
    modes: tuple[str, ...]
    trigger: Span
    sureness: float
    parts: Floats
    own: str | None = None
    likely: str | None = None


class Trigger(msgspec.Struct, frozen=True):
    """Words of a window that tell an event.

    Attributes:
        first: Number of the first word.
        end: Behind the last.
        type: PLOVER type.
        sureness: Probability of the type.
        own: Type of the user's own ontology, where there is one.
    """

    first: int
    end: int
    type: str
    sureness: float
    own: str | None = None


class EventHeads:
    """The heads for events, as they ship."""

    def __init__(self, arrays: Arrays) -> None:
        self._arrays = arrays
        self._types = tuple(kind.id for kind in event_kinds())
        self._roots = tuple(sorted({_root_of(kind) for kind in self._types}))
        self._modes = tuple(sorted(mode.id for mode in modes()))

    def find(self, encoded: Encoded, chances: Floats) -> Iterator[FoundEvent]:
        """Yield the events of a window, in the order of their triggers.

        Args:
            encoded: A window.
            chances: What `chances` gives for it.
        """
        triggers = (
            Trigger(first, end, self._types[kind], float(chances[first:end, kind].max()))
            for first, end, kind in _triggers(chances, encoded.window.breaks)
        )
        return self.complete(encoded, list(triggers))

    def complete(self, encoded: Encoded, triggers: Sequence[Trigger]) -> Iterator[FoundEvent]:
        """Yield events for triggers, with modes of their PLOVER types and with their parties."""
        words, spans = encoded.done, encoded.window.spans
        layer = self._arrays.layer
        if not triggers:
            return
        at = np.stack([words[one.first : one.end].mean(axis=0) for one in triggers])
        first, end = np.array([(one.first, one.end) for one in triggers]).T[..., None]
        far = _distances(len(words), first, end)
        joint = layer("of_trigger", at)[:, None] + layer("of_word", words) + self._arrays["distance.weight"][far]
        parts = softmax(layer("parts", np.maximum(joint, 0)), axis=2)
        modes = sigmoid(layer("modes", at))
        for one, part, chances in zip(triggers, parts, modes, strict=True):
            trigger = (spans[one.first][0], spans[one.end - 1][1])
            told, likely = self._modes_of(one.type, chances)
            yield FoundEvent(one.type, told, trigger, one.sureness, part, one.own, likely)

    def sureness(
        self, encoded: Encoded, chances: Floats, triggers: Sequence[tuple[Span, str]]
    ) -> Iterator[tuple[float, float]]:
        """Yield for words with their types how likely the heads hold these types there, and any type at all.

        Args:
            encoded: A window.
            chances: What `chances` gives for it.
            triggers: The words and types.
        """
        spans = encoded.window.spans
        for (start, end), kind in triggers:
            first = max(bisect_right(spans, start, key=itemgetter(0)) - 1, 0)
            last = max(bisect_left(spans, end, key=itemgetter(0)), first + 1)
            here = chances[first:last]
            yield float(here[:, self._types.index(kind)].max()), float(here.sum(axis=1).max())

    def chances(self, encoded: Encoded) -> Floats:
        """Give for each word of a window how likely it is to be a trigger of each type: shape (words, types)."""
        layer = self._arrays.layer
        return softmax(layer("types", gelu(layer("inner", encoded.done))), axis=1)[:, :-1]

    def relate(self, encoded: Encoded, source: Sequence[int], target: Sequence[int]) -> dict[str, float]:
        """Give how likely each root of relation data is to be what marked words do to others.

        A word that tells of a type and has the marked words for its parties counts by the product of these chances; to
        that come the marked words themselves, the words that tell, and the strongest of all.

        Args:
            encoded: A window.
            source: Numbers of the words marked as source.
            target: Numbers of the words marked as target.

        Returns:
            A share for each root, together 1. CONCEDE and RETREAT are one root, YIELD.
        """
        words = encoded.done
        layer = self._arrays.layer
        marked = np.array([*source, *target], dtype=np.int64)
        places = np.arange(len(words))[:, None]
        far = _distances(len(words), places, places + 1)[:, marked]
        joint = layer("of_trigger", words)[:, None] + layer("of_word", words[marked])[None]
        parts = _log(softmax(layer("parts", np.maximum(joint + self._arrays["distance.weight"][far], 0)), axis=2))
        told = _log(self.chances(encoded))
        for side in (parts[:, : len(source), _SOURCE], parts[:, len(source) :, _TARGET]):
            if side.shape[1]:
                told = told + side.mean(axis=1, keepdims=True)
        by_type = np.exp(told - told.max())
        roots = [by_type[:, [_root_of(kind) == root for kind in self._types]].sum() for root in self._roots]
        telling = (by_type.sum(axis=1) / by_type.sum()) @ words
        sides = [words[list(own)].mean(axis=0) if own else words.mean(axis=0) for own in (source, target)]
        seen = np.concatenate([*sides, telling, words.max(axis=0)])
        latent = _log(np.array(roots, dtype=np.float32) / sum(roots))
        scores = self._arrays["share"] * latent + layer("relations", np.maximum(layer("relation_inner", seen), 0))
        return dict(zip(self._roots, map(float, softmax(scores, axis=0)), strict=True))

    def _modes_of(self, kind: str, chances: Floats) -> tuple[tuple[str, ...], str | None]:
        own = [(float(chances[i]), mode) for i, mode in enumerate(self._modes) if mode.startswith(f"{kind}/")]
        likeliest = sorted(own, reverse=True)[:_MOST_MODES]
        told = tuple(mode.partition("/")[2] for chance, mode in likeliest if chance >= MODE)
        likely = [mode.partition("/")[2] for chance, mode in likeliest[:1] if LIKELY_MODE <= chance < MODE]
        return told, likely[0] if likely else None


def _root_of(kind: str) -> str:
    return "YIELD" if kind in {"CONCEDE", "RETREAT"} else kind


def _log(chances: Floats) -> Floats:
    return np.asarray(np.log(chances + 1e-12), dtype=np.float32)


def _triggers(chances: Floats, breaks: tuple[int, ...]) -> Iterator[tuple[int, int, int]]:
    """Yield runs of words that are triggers of one type, as `[first, end)` and the type's number."""
    kinds = chances.argmax(axis=1)
    first: int | None = None
    for i in range(len(chances) + 1):
        is_trigger = i < len(chances) and chances[i, kinds[i]] >= TRIGGER
        if first is not None and (not is_trigger or i in breaks or kinds[i] != kinds[first]):
            yield first, i, int(kinds[first])
            first = None
        if is_trigger and first is None:
            first = i


def _distances(words: int, first: _Numbers, end: _Numbers) -> _Numbers:
    """Give for each trigger and word the bucket of how far before or behind it the word stands: (triggers, words).

    Args:
        words: How many words there are.
        first: Numbers of the triggers' first words, of shape (triggers, 1).
        end: Numbers of the words behind their last, of the same shape.
    """
    places = np.arange(words)[None]
    away = np.where(places < first, first - places, np.where(places >= end, places - end + 1, 0))
    return np.asarray(_BUCKETS[np.minimum(away, len(_BUCKETS) - 1)] + 8 * (places >= end), dtype=np.int64)


@cache
def event_heads() -> EventHeads:
    """Load the heads, once a process."""
    return EventHeads(arrays_of("events.npz"))
