"""Heads on the shared encoder for events and for the acts of statements."""

from __future__ import annotations

import torch
from event_examples import ACTS, CERTAINTIES, MODES, POLARITIES, TENSES, TYPES, ActExample, PassageExample
from torch import Tensor, nn

DISTANCES = 18
POSITIVE = 3.0


def distance_of(word: int, trigger: tuple[int, int]) -> int:
    """Give the bucket of how far before or behind a trigger a word stands."""
    if trigger[0] <= word < trigger[1]:
        return 0
    away = trigger[0] - word if word < trigger[0] else word - trigger[1] + 1
    bucket = away if away <= 4 else 5 if away <= 6 else 6 if away <= 10 else 7 if away <= 20 else 8
    return bucket if word < trigger[0] else bucket + 8


class EventHeads(nn.Module):
    """Triggers by type, modes, status, parties; and the acts of statements."""

    def __init__(self, size: int, inner: int = 128) -> None:
        super().__init__()
        self.dropout = nn.Dropout(0.1)
        self.inner = nn.Linear(size, 192)
        self.types = nn.Linear(192, len(TYPES))
        self.modes = nn.Linear(size, len(MODES))
        self.status = nn.Linear(size, len(POLARITIES) + len(TENSES) + len(CERTAINTIES))
        self.of_trigger = nn.Linear(size, inner)
        self.of_word = nn.Linear(size, inner)
        self.distance = nn.Embedding(DISTANCES, inner)
        self.parts = nn.Linear(inner, 3)
        self.no_cue = nn.Parameter(torch.zeros(size))
        self.act_inner = nn.Linear(2 * size, 128)
        self.acts = nn.Linear(128, len(ACTS))
        nn.init.normal_(self.distance.weight, std=0.1)
        nn.init.constant_(self.types.bias, -4.0)

    def type_scores(self, words: Tensor) -> Tensor:
        """Give for each word the score of being a trigger of each type, each on its own."""
        return self.types(nn.functional.gelu(self.inner(self.dropout(words))))

    def part_scores(self, words: Tensor, trigger: tuple[int, int]) -> Tensor:
        """Give for each word the scores of being nothing, source or target of a trigger."""
        far = torch.tensor([distance_of(i, trigger) for i in range(len(words))])
        at = words[slice(*trigger)].mean(0)
        joint = self.of_trigger(self.dropout(at))[None] + self.of_word(self.dropout(words)) + self.distance(far)
        return self.parts(torch.relu(joint))

    def act_scores(self, words: Tensor, cue: tuple[int, int] | None, content: tuple[int, int]) -> Tensor:
        """Give the scores of the acts of one statement."""
        by = words[slice(*cue)].mean(0) if cue else self.no_cue
        both = torch.cat([by, words[slice(*content)].mean(0)])
        return self.acts(nn.functional.gelu(self.act_inner(self.dropout(both))))

    def loss_of_events(self, example: PassageExample, words: Tensor) -> tuple[Tensor, Tensor]:
        """Give the losses of triggers, and of what the events are; both a sum over the passage."""
        gold = torch.zeros(len(words), len(TYPES))
        rest = words.new_zeros(())
        for event in example.events:
            gold[slice(*event.trigger), event.type] = 1.0
            at = words[slice(*event.trigger)].mean(0)
            parts = torch.tensor(event.parts)
            weights = torch.tensor([0.5, 1.0, 1.0])
            loss = nn.functional.cross_entropy(self.part_scores(words, event.trigger), parts, weights, reduction="sum")
            rest = rest + loss / 6
            modes = torch.zeros(len(MODES))
            modes[event.modes] = 1.0
            own = torch.tensor([mode.startswith(f"{TYPES[event.type]}/") for mode in MODES])
            if own.any():
                scores = self.modes(self.dropout(at))[own]
                rest = rest + nn.functional.binary_cross_entropy_with_logits(scores, modes[own], reduction="sum") / 2
            status = self.status(self.dropout(at))
            begin = 0
            for size, value in (
                (len(POLARITIES), event.polarity), (len(TENSES), event.tense), (len(CERTAINTIES), event.certainty)
            ):  # fmt: skip
                part = status[begin : begin + size][None]
                rest = rest + nn.functional.cross_entropy(part, torch.tensor([value])) / 3
                begin += size
        scores = self.type_scores(words)
        weight = torch.full((len(TYPES),), POSITIVE)
        types = nn.functional.binary_cross_entropy_with_logits(scores, gold, pos_weight=weight, reduction="sum")
        return types, rest

    def loss_of_act(self, example: ActExample, words: Tensor) -> Tensor:
        """Give the loss of one statement's act."""
        scores = self.act_scores(words, example.cue, example.content)
        return nn.functional.cross_entropy(scores[None], torch.tensor([example.act]))
