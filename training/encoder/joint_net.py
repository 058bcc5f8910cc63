"""Encoder, heads of statements, and body and heads of events as one network; and a run in which all of it learns."""

from __future__ import annotations

import copy
import json
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from checkpoints import keep, resume
from event_net import EventNet, read_of
from tagger import Tagger
from torch import Tensor, nn
from train_events import Known, figures, figures_of_relations, known
from train_statements import move_average, pad, schedule_of

LOG_EVERY = 25
LARGEST_STEP = 3.0


class JointNet(nn.Module):
    """The encoder with the heads of statements, and the body with the heads of events."""

    def __init__(self, encoder_folder: str, dropout: float, *, is_half: bool) -> None:
        super().__init__()
        self.tagger = Tagger(encoder_folder, dropout, is_half=is_half)
        self.net = EventNet(self.tagger.encoder.config.hidden_size)

    def words_for_both(self, batch: Sequence) -> tuple[list[Tensor], list[Tensor]]:
        """Give the vectors of the words of each window, for statements and for events, from one run."""
        windows = [one.example.window for one in batch]
        pieces, kinds = pad([w.pieces for w in windows]), pad([w.kinds for w in windows])
        mask = pad([[1] * len(w.pieces) for w in windows])
        states = self.tagger.layers(pieces, kinds, mask)
        firsts, read = pad([w.firsts for w in windows]), pad([[1] * len(w.firsts) for w in windows])
        rows = torch.arange(len(windows))[:, None]
        told = self.net.body(torch.stack([state[rows, firsts].float() for state in read_of(states)]), read)
        said = [states[-1][row, torch.tensor(w.firsts)].float() for row, w in enumerate(windows)]
        return said, [told[row, : len(w.firsts)] for row, w in enumerate(windows)]

    def words_of(self, batch: Sequence) -> list[Tensor]:
        """Give the vectors for events of the words of each window."""
        return self.words_for_both(batch)[1]


def unread(examples: Sequence) -> list[Known]:
    """Pair examples with nothing: their layers change with every step."""
    return [Known(example, torch.zeros(0)) for example in examples]


class JointRun:
    """A run in which all of a network learns: its rates, its moving average, its checkpoints, and what it prints.

    Args:
        model: What learns.
        out: Folder of the checkpoints: one to go on from, and the average's two parts as runs of their own.
        steps: How many steps the run has.
        rates: Of the encoder and of the heads, at their highest.
        seed: Of the run.
    """

    def __init__(self, model: JointNet, out: Path, steps: int, rates: tuple[float, float], seed: int) -> None:
        self.model, self.out, self.steps, self.seed = model, out, steps, seed
        encoder = [p for p in model.tagger.encoder.parameters() if p.requires_grad]
        own = {id(p) for p in model.tagger.encoder.parameters()}
        heads = [p for p in model.parameters() if id(p) not in own]
        self._learning = [*encoder, *heads]
        groups = [{"params": part, "lr": rate} for part, rate in zip((encoder, heads), rates, strict=True)]
        self._optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
        self._schedule = schedule_of(self._optimizer, steps)
        self.average = copy.deepcopy(model).eval()
        self._parts = {
            "model": model, "average": self.average, "optimizer": self._optimizer, "schedule": self._schedule
        }  # fmt: skip
        self._sums: dict[str, float] = {}
        self._began = time.time()

    def resume(self) -> int:
        """Go on from the last checkpoint; give the steps done."""
        done = resume(self.out / "joint.pt", self._parts)
        self.model.train()
        return done

    def begin(self, step: int) -> None:
        """Make ready for a step."""
        torch.manual_seed(self.seed * 100_003 + step)
        self._optimizer.zero_grad()

    def learn(self, step: int, losses: Mapping[str, Tensor]) -> None:
        """Take a step by the gradients that are there, and print the mean losses now and then."""
        nn.utils.clip_grad_norm_(self._learning, LARGEST_STEP)
        self._optimizer.step()
        self._schedule.step()
        move_average(self.average, self.model, step)
        for name, loss in losses.items():
            self._sums[name] = self._sums.get(name, 0.0) + float(loss.detach())
        if (step + 1) % LOG_EVERY == 0:
            line = {"step": step + 1} | {name: round(total / LOG_EVERY, 3) for name, total in self._sums.items()}
            print(json.dumps(line | {"seconds": round(time.time() - self._began)}), flush=True)
            self._sums, self._began = {}, time.time()

    def keep(self, step: int, every: int, held: Sequence, pairs_held: Sequence[Known]) -> None:
        """Every so often write a checkpoint and print how well the average does on what is held out."""
        if (step + 1) % every and step + 1 != self.steps:
            return
        keep(self.out / "joint.pt", self._parts, step + 1)
        for name, part in (("statements", self.average.tagger), ("events", self.average.net)):
            (self.out / name).mkdir(exist_ok=True)
            torch.save({"average": part.state_dict()}, self.out / name / "checkpoint.pt")
        line = figures(self.average.net, known(self.average.tagger, held))
        line |= figures_of_relations(self.average.net, known(self.average.tagger, [one.example for one in pairs_held]))
        print(json.dumps({name: round(value, 3) for name, value in line.items()}), flush=True)
        self._began = time.time()
