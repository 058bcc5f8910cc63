"""The heads that find statements in an encoder's vectors: tags of words, and which spans belong to which cue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

import msgspec
import numpy as np
import numpy.typing as npt

from melian.coding.encoder.activations import Floats, gelu, softmax
from melian.coding.encoder.arrays import Arrays, arrays_of
from melian.coding.statements.chains import Chains
from melian.records import Span


class Linker:
    """Scores of (cue, span) pairs, from mean vectors and how the spans stand to each other."""

    def __init__(self, arrays: Arrays, name: str) -> None:
        self._arrays, self._name = arrays, name
        self._tables = [arrays[f"{name}.table{i}"] for i in range(4)]

    def probabilities(self, cues: Floats, spans: Floats, standing: npt.NDArray[np.int64], *, by_cue: bool) -> Floats:
        """Give how likely each span is each cue's, the last column or row for none.

        Args:
            cues: Vectors of shape (cues, size).
            spans: Vectors of shape (spans, size).
            standing: See `features_of`.
            by_cue: Each cue chooses a span (rows sum to 1); else each span chooses a cue (columns do).
        """
        inner = self._apply("cue", cues)[:, None] + self._apply("span", spans)[None]
        for i, table in enumerate(self._tables):
            inner = inner + table[standing[..., i]]
        scores = self._apply("out", np.maximum(inner, 0))[..., 0]
        chooser = self._apply("cue", cues) if by_cue else self._apply("span", spans)
        none = self._apply("none", np.maximum(chooser, 0))[:, 0]
        if by_cue:
            return softmax(np.concatenate([scores, none[:, None]], axis=1), axis=1)
        return softmax(np.concatenate([scores, none[None]], axis=0), axis=0)

    def _apply(self, layer: str, values: Floats) -> Floats:
        return self._arrays.layer(f"{self._name}.{layer}", values)


class Tagged(msgspec.Struct, frozen=True):
    """A window's words with the likeliest chain of tags.

    Attributes:
        tags: Tag number of each word.
        sureness: How likely each word's tag is, from all chains.
    """

    tags: list[int]
    sureness: Floats


class Heads:
    """All heads for statements, as they ship."""

    def __init__(self) -> None:
        self._arrays = arrays_of("statements.npz")
        self._chains = Chains(*(self._arrays[name] for name in ("steps", "begin", "end")))
        self.to_source = Linker(self._arrays, "to_source")
        self.to_content = Linker(self._arrays, "to_content")

    def tag(self, windows: Sequence[tuple[Floats, tuple[int, ...]]]) -> Iterator[Tagged]:
        """Yield the likeliest tags of the words of each window; a chain begins anew at each paragraph.

        Args:
            windows: Of each the vectors of its words, of shape (words, size), and the words that begin a paragraph.
        """
        paragraphs = [part for vectors, breaks in windows for part in np.split(self._scores(vectors), breaks[1:])]
        read = iter(self._chains.read(paragraphs))
        for _, breaks in windows:
            own = list(islice(read, len(breaks)))
            sureness = np.concatenate([sure for _, sure in own]).astype(np.float32)
            yield Tagged([tag for tags, _ in own for tag in tags.tolist()], sureness)

    def _scores(self, vectors: Floats) -> Floats:
        """Give the score of each tag for each word."""
        return self._arrays.layer("tags", gelu(self._arrays.layer("inner", vectors)))


def means_of(vectors: Floats, spans: list[Span]) -> Floats:
    """Give the mean vector of each span of words."""
    if not spans:
        return np.zeros((0, vectors.shape[1]), dtype=np.float32)
    return np.stack([vectors[a:b].mean(axis=0) for a, b in spans])
