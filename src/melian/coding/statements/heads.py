"""The heads that find statements in an encoder's vectors: tags of words, and which spans belong to which cue."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO

import numpy as np
import numpy.typing as npt

from melian.coding.encoder.activations import gelu, softmax
from melian.coding.statements.tags import TAGS, may_begin, may_end, may_follow
from melian.records import Span

Floats = npt.NDArray[np.float32]
_NEVER = np.float32(-1e4)


class Linker:
    """Scores of (cue, span) pairs, from mean vectors and how the spans stand to each other."""

    def __init__(self, arrays: dict[str, Floats], name: str) -> None:
        self._layers = {
            k: (arrays[f"{name}.{k}.weight"], arrays[f"{name}.{k}.bias"]) for k in ("cue", "span", "out", "none")
        }
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
        weight, bias = self._layers[layer]
        return np.asarray(values @ weight.T + bias, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Tagged:
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
        packed = BytesIO((files("melian.knowledge") / "model" / "statements.npz").read_bytes())
        with np.load(packed, allow_pickle=False) as loaded:
            arrays = {name: loaded[name].astype(np.float32) for name in loaded.files}
        self._inner = (arrays["inner.weight"], arrays["inner.bias"])
        self._tags = (arrays["tags.weight"], arrays["tags.bias"])
        tags = range(TAGS)
        self._steps = arrays["steps"] + np.array([[0 if may_follow(a, b) else _NEVER for b in tags] for a in tags])
        self._begin = arrays["begin"] + np.array([0 if may_begin(a) else _NEVER for a in tags])
        self._end = arrays["end"] + np.array([0 if may_end(a) else _NEVER for a in tags])
        self.to_source = Linker(arrays, "to_source")
        self.to_content = Linker(arrays, "to_content")

    def tag(self, vectors: Floats, breaks: tuple[int, ...]) -> Tagged:
        """Find the likeliest tags of a window's words; a chain begins anew at each paragraph."""
        scores = gelu(vectors @ self._inner[0].T + self._inner[1]) @ self._tags[0].T + self._tags[1]
        tags: list[int] = []
        sureness = []
        for start, end in zip(breaks, (*breaks[1:], len(scores)), strict=True):
            part = scores[start:end].astype(np.float64)
            chain = self._best_chain(part)
            tags += chain
            sureness.append(self._marginals(part)[np.arange(end - start), chain])
        return Tagged(tags, np.concatenate(sureness).astype(np.float32) if sureness else np.zeros(0, np.float32))

    def _best_chain(self, scores: npt.NDArray[np.float64]) -> list[int]:
        best = self._begin + scores[0]
        back = []
        for row in scores[1:]:
            paths = best[:, None] + self._steps
            back.append(paths.argmax(axis=0))
            best = paths.max(axis=0) + row
        chain = [int((best + self._end).argmax())]
        for pointers in reversed(back):
            chain.append(int(pointers[chain[-1]]))
        return chain[::-1]

    def _marginals(self, scores: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        local = np.exp(scores - scores.max(axis=1, keepdims=True))
        steps = np.exp(self._steps)
        ahead, behind = np.empty_like(local), np.empty_like(local)
        ahead[0] = np.exp(self._begin) * local[0]
        ahead[0] /= ahead[0].sum()
        for i in range(1, len(local)):
            ahead[i] = (ahead[i - 1] @ steps) * local[i]
            ahead[i] /= ahead[i].sum()
        behind[-1] = np.exp(self._end)
        for i in range(len(local) - 2, -1, -1):
            behind[i] = steps @ (behind[i + 1] * local[i + 1])
            behind[i] /= behind[i].sum()
        both = ahead * behind
        return np.asarray(both / both.sum(axis=1, keepdims=True))


def means_of(vectors: Floats, spans: list[Span]) -> Floats:
    """Give the mean vector of each span of words."""
    if not spans:
        return np.zeros((0, vectors.shape[1]), dtype=np.float32)
    return np.stack([vectors[a:b].mean(axis=0) for a, b in spans])
