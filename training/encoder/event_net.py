"""The network for events: a small body of its own over the layers of the frozen encoder, and heads on it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from event_examples import ACTS, CERTAINTIES, MODES, POLARITIES, ROOTS, TENSES, TYPES, root_of
from torch import Tensor, nn

READ = 4
"""How many layers of the encoder the body reads: the lower ones know what words mean, the upper who speaks of what."""
SIZE = 256
INNER = 768
BLOCKS = 2
NUMBER_OF_HEADS = 8
DISTANCES = 18
_NEVER = -1e4


def read_of(states: Sequence[Tensor]) -> list[Tensor]:
    """Give those that the body reads of an encoder's vectors, before its first layer and after each."""
    return [states[round((len(states) - 1) * k / (READ - 1))] for k in range(READ)]


def distances_from(trigger: Tensor, words: int) -> Tensor:
    """Give for each trigger `[first, end)` and word the bucket of how far before or behind it the word stands."""
    places = torch.arange(words)[None]
    first, end = trigger[:, :1], trigger[:, 1:]
    away = torch.where(places < first, first - places, torch.where(places >= end, places - end + 1, 0))
    far = torch.bucketize(away, torch.tensor([4, 6, 10, 20])) + 4
    bucket = torch.where(away <= 4, away, far)
    return torch.where(places >= end, bucket + 8, bucket)


class Block(nn.Module):
    """One layer of self-attention and feed-forward, each behind its norm."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.before, self.between = nn.LayerNorm(SIZE), nn.LayerNorm(SIZE)
        self.mix = nn.Linear(SIZE, 3 * SIZE)
        self.out = nn.Linear(SIZE, SIZE)
        self.up, self.down = nn.Linear(SIZE, INNER), nn.Linear(INNER, SIZE)
        self.dropout = nn.Dropout(dropout)

    def forward(self, words: Tensor, bars: Tensor) -> Tensor:
        """Give new vectors of shape (windows, words, size); bars, (windows, 1, 1, words), hide what is padding."""
        count, length, _ = words.shape
        size = SIZE // NUMBER_OF_HEADS
        mixed = self.mix(self.before(words)).view(count, length, 3, NUMBER_OF_HEADS, size).permute(2, 0, 3, 1, 4)
        scores = mixed[0] @ mixed[1].transpose(-1, -2) / size**0.5 + bars
        seen = self.dropout(scores.softmax(-1)) @ mixed[2]
        words = words + self.dropout(self.out(seen.transpose(1, 2).reshape(count, length, SIZE)))
        return words + self.dropout(self.down(self.dropout(nn.functional.gelu(self.up(self.between(words))))))


class EventBody(nn.Module):
    """From the encoder's layers to vectors of words for the heads of events and acts."""

    def __init__(self, layer_size: int, dropout: float = 0.15) -> None:
        super().__init__()
        self.norms = nn.ModuleList(nn.LayerNorm(layer_size) for _ in range(READ))
        self.join = nn.Linear(layer_size * READ, SIZE)
        self.dropout = nn.Dropout(dropout)
        self.blocks = nn.ModuleList(Block(dropout) for _ in range(BLOCKS))
        self.last = nn.LayerNorm(SIZE)

    def forward(self, layers: Tensor, mask: Tensor | None = None) -> Tensor:
        """Give vectors of shape (windows, words, SIZE) for layers of shape (layers, windows, words, layer size)."""
        words = torch.cat([norm(layers[i]) for i, norm in enumerate(self.norms)], -1)
        words = self.join(self.dropout(words))
        bars = torch.zeros(1, 1, 1, 1) if mask is None else (1 - mask[:, None, None].float()) * _NEVER
        for block in self.blocks:
            words = block(words, bars)
        return self.last(words)


class EventHeads(nn.Module):
    """Triggers by type, modes, status, parties; the acts of statements; and what a marked party does to another."""

    def __init__(self, inner: int = 128) -> None:
        super().__init__()
        self.dropout = nn.Dropout(0.1)
        self.inner = nn.Linear(SIZE, 192)
        self.types = nn.Linear(192, len(TYPES) + 1)
        self.modes = nn.Linear(SIZE, len(MODES))
        self.status = nn.Linear(SIZE, len(POLARITIES) + len(TENSES) + len(CERTAINTIES))
        self.of_trigger = nn.Linear(SIZE, inner)
        self.of_word = nn.Linear(SIZE, inner)
        self.distance = nn.Embedding(DISTANCES, inner)
        self.parts = nn.Linear(inner, 3)
        self.no_cue = nn.Parameter(torch.zeros(SIZE))
        self.act_inner = nn.Linear(2 * SIZE, 128)
        self.acts = nn.Linear(128, len(ACTS))
        self.relation_inner = nn.Linear(4 * SIZE, 64)
        self.relations = nn.Linear(64, len(ROOTS))
        self.share = nn.Parameter(torch.ones(1))
        nn.init.normal_(self.distance.weight, std=0.1)
        own = torch.tensor([[mode.startswith(f"{kind}/") for mode in MODES] for kind in TYPES])
        self.register_buffer("own_modes", own, persistent=False)
        self.of_root = [[i for i, kind in enumerate(TYPES) if root_of(kind) == root] for root in ROOTS]

    def type_scores(self, words: Tensor) -> Tensor:
        """Give for each word the score of being a trigger of each type, and, last, of being none."""
        return self.types(nn.functional.gelu(self.inner(self.dropout(words))))

    def part_scores(self, words: Tensor, at: Tensor, triggers: Tensor) -> Tensor:
        """Give for triggers, by their vectors and words, and for each word the scores of nothing, source and target."""
        far = self.distance(distances_from(triggers, len(words)))
        joint = self.of_trigger(self.dropout(at))[:, None] + self.of_word(self.dropout(words))[None] + far
        return self.parts(torch.relu(joint))

    def act_scores(self, words: Tensor, cue: tuple[int, int] | None, content: tuple[int, int]) -> Tensor:
        """Give the scores of the acts of one statement."""
        by = words[slice(*cue)].mean(0) if cue else self.no_cue
        both = torch.cat([by, words[slice(*content)].mean(0)])
        return self.acts(nn.functional.gelu(self.act_inner(self.dropout(both))))

    def relation_scores(self, words: Tensor, source: list[int], target: list[int]) -> Tensor:
        """Give the scores of the roots of what marked words do to others.

        A word that tells of a type and has the marked words for its parties counts by the product of these chances; to
        that come the marked words themselves, the words that tell, and the strongest of all.
        """
        places = torch.arange(len(words))
        kinds = self.type_scores(words).log_softmax(-1)[:, :-1]
        parts = self.part_scores(words, words, torch.stack([places, places + 1], 1)).log_softmax(-1)
        weight = words.new_zeros(len(words))
        for part, marked in ((1, source), (2, target)):
            if marked:
                weight = weight + parts[:, marked, part].mean(1)
        joint = kinds + weight[:, None]
        told = torch.logsumexp(joint, 0)
        roots = torch.stack([torch.logsumexp(told[self.of_root[k]], 0) for k in range(len(ROOTS))]).log_softmax(0)
        telling = torch.logsumexp(joint, 1).softmax(0) @ words
        sides = [words[marked].mean(0) if marked else words.mean(0) for marked in (source, target)]
        seen = torch.cat([*sides, telling, words.max(0).values])
        return self.share * roots + self.relations(self.dropout(torch.relu(self.relation_inner(self.dropout(seen)))))


class EventNet(nn.Module):
    """Everything that is trained together."""

    def __init__(self, layer_size: int) -> None:
        super().__init__()
        self.body = EventBody(layer_size)
        self.heads = EventHeads()


def mean_of(runs: Sequence[Path], shares: Sequence[float] = ()) -> dict[str, Tensor]:
    """Give the mean of the weights of runs that began from one another; what only some of them know is theirs.

    Args:
        runs: Folders of runs.
        shares: What each counts for; by default all the same.
    """
    states = [torch.load(run / "checkpoint.pt", weights_only=True)["average"] for run in runs]
    mean = {}
    for name in states[-1]:
        known = [(n, s[name]) for n, s in zip(shares or [1.0] * len(runs), states, strict=True) if name in s]
        mean[name] = sum(share * value for share, value in known) / sum(share for share, _ in known)
    return mean
