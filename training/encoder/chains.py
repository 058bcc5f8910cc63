"""Chains of tags over the words of paragraphs: how likely tags are, given the scores of words.

Products of matrices stand in place of logarithms of sums: quicker, and safe when the greatest score of each word is
taken out first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

LEAST = 1e-30
TOGETHER = 32


@dataclass
class Chain:
    """What a chain knows beside the scores of words: of a tag behind another (tags, tags), first, and last (tags)."""

    steps: Tensor
    begin: Tensor
    end: Tensor

    def partition(self, scores: Tensor, lengths: Tensor) -> Tensor:
        """Give for each paragraph the logarithm of the sum over chains; scores (paragraphs, words, tags), padded."""
        mask = _mask(scores, lengths)
        weights, (top, local) = self.steps.exp(), _without_top(scores)
        alpha = self.begin.exp() * local[:, 0]
        total = scores.new_zeros(len(scores))
        for i in range(1, scores.shape[1]):
            step = (alpha @ weights) * local[:, i]
            size = step.sum(1, keepdim=True).clamp_min(LEAST)
            alpha = torch.where(mask[:, i, None], step / size, alpha)
            total = total + torch.where(mask[:, i], size.squeeze(1).log(), torch.zeros(()))
        return total + (top.squeeze(-1) * mask).sum(1) + (alpha @ self.end.exp()).clamp_min(LEAST).log()

    def loss(self, scores: Tensor, tags: Tensor, lengths: Tensor) -> Tensor:
        """Give the summed negative log likelihood of tags (paragraphs, words)."""
        told = (scores.gather(2, tags[..., None]).squeeze(-1) * _mask(scores, lengths)).sum(1) + self.begin[tags[:, 0]]
        told = told + (self.steps[tags[:, :-1], tags[:, 1:]] * _mask(scores, lengths)[:, 1:]).sum(1)
        told = told + self.end[tags.gather(1, (lengths - 1)[:, None]).squeeze(1)]
        return (self.partition(scores, lengths) - told).sum()

    def soft_loss(self, scores: Tensor, chances: Tensor, pairs: Tensor, lengths: Tensor) -> Tensor:
        """Give the summed cross entropy to another chain's chances, as `chances_of` gives them, padded with zeros."""
        told = (chances * scores).sum((1, 2)) + (chances[:, 0] * self.begin).sum(1)
        told = told + (pairs * self.steps).sum((1, 2, 3))
        told = told + (chances[torch.arange(len(scores)), lengths - 1] * self.end).sum(1)
        return (self.partition(scores, lengths) - told).sum()

    @torch.no_grad()
    def chances_of(self, scores: Sequence[Tensor]) -> list[tuple[Tensor, Tensor]]:
        """Give the chances of tags of each word (words, tags) and each two (words - 1, tags, tags), in 16 bits."""
        found: list[tuple[Tensor, Tensor] | None] = [None] * len(scores)
        order = sorted(range(len(scores)), key=lambda k: len(scores[k]))
        for i in range(0, len(order), TOGETHER):
            part = order[i : i + TOGETHER]
            padded = nn.utils.rnn.pad_sequence([scores[k] for k in part], batch_first=True)
            lengths = torch.tensor([len(scores[k]) for k in part])
            for k, one in zip(part, self._chances(padded, lengths), strict=True):
                found[k] = one
        return [one for one in found if one is not None]

    def _chances(self, scores: Tensor, lengths: Tensor) -> list[tuple[Tensor, Tensor]]:
        """Give the chances for some paragraphs, forward and backward over their words."""
        count, most, tags = scores.shape
        weights, (_, local) = self.steps.exp(), _without_top(scores)
        before = [_shares(self.begin.exp() * local[:, 0])]
        for i in range(1, most):
            before.append(_shares((before[-1] @ weights) * local[:, i]))
        last = self.end.exp().expand(count, tags)
        behind = [last] * most
        for i in range(most - 1, -1, -1):
            following = last if i == most - 1 else (local[:, i + 1] * behind[i + 1]) @ weights.T
            behind[i] = _shares(torch.where((lengths - 1 == i)[:, None], last, following))
        ahead, back = torch.stack(before, 1), torch.stack(behind, 1)
        words = _shares(ahead * back)
        found = []
        for row, length in enumerate(lengths.tolist()):
            pairs = ahead[row, : length - 1, :, None] * weights * (local * back)[row, 1:length, None, :]
            pairs = pairs / pairs.sum((1, 2), keepdim=True).clamp_min(LEAST)
            found.append((words[row, :length].half(), pairs.half()))
        return found


def _mask(scores: Tensor, lengths: Tensor) -> Tensor:
    return torch.arange(scores.shape[1])[None] < lengths[:, None]


def _without_top(scores: Tensor) -> tuple[Tensor, Tensor]:
    top = scores.max(2, keepdim=True).values
    return top, (scores - top).exp()


def _shares(values: Tensor) -> Tensor:
    return values / values.sum(-1, keepdim=True).clamp_min(LEAST)
