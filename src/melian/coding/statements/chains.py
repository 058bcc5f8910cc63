"""Chains of tags: the likeliest one of each paragraph, and how likely each of its tags is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from melian.coding.encoder.activations import Floats
from melian.coding.statements.tags import TAGS, may_begin, may_end, may_follow

_Doubles = npt.NDArray[np.float64]
_Numbers = npt.NDArray[np.int64]
_NEVER = -1e4
_LEAST = 1e-300  # what is less likely is 0 to the machine, by which nothing can be divided
_TOGETHER = 256  # paragraphs counted together: more save no time, and a long report's would fill the memory


class Chains:
    """A linear chain of tags, in which some may not follow others.

    Args:
        steps: Score of a tag behind another: shape (before, behind).
        begin: Score of each tag for beginning a paragraph.
        end: Score of each tag for ending it.

    Reference: Lafferty, McCallum and Pereira, "Conditional Random Fields", ICML 2001.
    """

    def __init__(self, steps: Floats, begin: Floats, end: Floats) -> None:
        tags = range(TAGS)
        self._steps = steps + np.array([[0 if may_follow(a, b) else _NEVER for b in tags] for a in tags])
        self._begin = begin + np.array([0 if may_begin(a) else _NEVER for a in tags])
        self._end = end + np.array([0 if may_end(a) else _NEVER for a in tags])

    def read(self, paragraphs: Sequence[Floats]) -> list[tuple[_Numbers, _Doubles]]:
        """Give for each paragraph its likeliest tags, and how likely each of them is from all chains.

        Args:
            paragraphs: Scores of shape (words, tags), at least one word each.
        """
        read: list[tuple[_Numbers, _Doubles]] = []
        for first in range(0, len(paragraphs), _TOGETHER):
            read += self._read_together(paragraphs[first : first + _TOGETHER])
        return read

    def _read_together(self, paragraphs: Sequence[Floats]) -> list[tuple[_Numbers, _Doubles]]:
        """Go through paragraphs side by side, word by word: the longest first, so that those still going on lead."""
        order = sorted(range(len(paragraphs)), key=lambda i: -len(paragraphs[i]))
        lengths = np.array([len(paragraphs[i]) for i in order])
        scores = np.zeros((len(order), lengths[0], TAGS))
        for row, i in enumerate(order):
            scores[row, : lengths[row]] = paragraphs[i]
        going = [int((lengths > place).sum()) for place in range(lengths[0])]
        chains = self._likeliest(scores, lengths, going)
        likely = self._marginals(scores, lengths, going)
        sure = np.take_along_axis(likely, chains[..., None], axis=2)[..., 0]
        read = {i: (chains[row, :n], sure[row, :n]) for row, (i, n) in enumerate(zip(order, lengths, strict=True))}
        return [read[i] for i in range(len(paragraphs))]

    def _likeliest(self, scores: _Doubles, lengths: _Numbers, going: list[int]) -> _Numbers:
        best = self._begin + scores[:, 0]
        back: list[_Numbers] = []
        for place in range(1, len(going)):
            rows = going[place]
            paths = best[:rows, :, None] + self._steps
            back.append(paths.argmax(axis=1))
            best[:rows] = paths.max(axis=1) + scores[:rows, place]
        chains = np.zeros(scores.shape[:2], dtype=np.int64)
        chains[np.arange(len(lengths)), lengths - 1] = (best + self._end).argmax(axis=1)
        for place in range(len(going) - 1, 0, -1):
            still = np.arange(going[place])
            chains[still, place - 1] = back[place - 1][still, chains[still, place]]
        return chains

    def _marginals(self, scores: _Doubles, lengths: _Numbers, going: list[int]) -> _Doubles:
        local = np.maximum(np.exp(scores - scores.max(axis=2, keepdims=True)), _LEAST)
        steps = np.exp(self._steps)
        ahead = _run(np.exp(self._begin) * local[:, 0], local, steps, going)
        # Behind each word lies what lies ahead of it in the paragraph read backwards.
        places = np.arange(len(going))
        backwards = np.where(places < lengths[:, None], lengths[:, None] - 1 - places, places)
        turned = np.take_along_axis(local, backwards[..., None], axis=1)
        last = np.exp(self._end) * turned[:, 0]
        behind = np.take_along_axis(_run(last, turned, steps.T, going), backwards[..., None], axis=1)
        both = ahead * behind / local
        return np.asarray(both / both.sum(axis=2, keepdims=True))


def _run(first: _Doubles, local: _Doubles, steps: _Doubles, going: list[int]) -> _Doubles:
    """Give for each word and tag the share of all chains up to the word, by the words before it and the word itself."""
    shares = np.ones_like(local)
    shares[:, 0] = first / first.sum(axis=1, keepdims=True)
    for place in range(1, len(going)):
        rows = going[place]
        here = (shares[:rows, place - 1] @ steps) * local[:rows, place]
        shares[:rows, place] = here / here.sum(axis=1, keepdims=True)
    return shares
