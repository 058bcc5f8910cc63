"""Train all heads and the encoder together: statements, events and acts. Seeded, resumable.

    python train_joint.py --encoder ENCODER_FOLDER --statements polnear_train.jsonl \\
        --begin-from CHECKPOINT … --shares SHARE … --out OUT

Begins from runs of train_statements.py, or of this file, so that what they learned is kept while events are learned
beside it.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import torch
from event_examples import PassageExample, acts_of, example_of, joined, split_corpus
from heads import EventHeads
from statement_examples import articles_of
from tagger import Tagger
from tokenizers import Tokenizer
from torch import Tensor, nn
from train_statements import LINK_WEIGHT, epochs, loss_of, move_average, pad, schedule_of

T = TypeVar("T")
PIECES_OF_BATCH = 900
ACTS_FOLDER = Path(__file__).parents[1] / "acts"


class Joint(nn.Module):
    """The tagger of statements with the heads for events and acts beside it."""

    def __init__(self, encoder_folder: str, dropout: float) -> None:
        super().__init__()
        self.tagger = Tagger(encoder_folder, dropout)
        self.events = EventHeads(self.tagger.encoder.config.hidden_size)

    def words(self, windows: list) -> list[Tensor]:
        """Give the vectors of the words of each window."""
        pieces = pad([w.pieces for w in windows])
        kinds = pad([w.kinds for w in windows])
        mask = pad([[1] * len(w.pieces) for w in windows])
        vectors = self.tagger.vectors(pieces, kinds, mask)
        return [vectors[i, torch.tensor(w.firsts)] for i, w in enumerate(windows)]


def shuffled(items: list[T], batch: int, seed: str, length: Callable[[T], int]) -> Iterator[list[T]]:
    """Yield batches of like length for ever, each epoch in its own order."""
    for number in range(10**6):
        rng = random.Random(f"{seed}-{number}")
        order = list(items)
        rng.shuffle(order)
        batches = []
        for i in range(0, len(order), 40 * batch):
            part = sorted(order[i : i + 40 * batch], key=length)
            batches += [part[j : j + batch] for j in range(0, len(part), batch)]
        rng.shuffle(batches)
        yield from batches


def grouped(examples: list[PassageExample], seed: str) -> Iterator[list[PassageExample]]:
    """Yield batches for ever: half of the passages alone, the others up to six of them as paragraphs of one window."""
    for number in range(10**6):
        rng = random.Random(f"{seed}-{number}")
        order = list(examples)
        rng.shuffle(order)
        windows: list[PassageExample] = []
        while order:
            group = [order.pop()]
            wanted = 1 if rng.random() < 0.4 else rng.randint(2, 6)
            while order and len(group) < wanted and sum(len(e.window.pieces) for e in (*group, order[-1])) < 250:
                group.append(order.pop())
            windows.append(joined(group))
        windows.sort(key=lambda e: len(e.window.pieces) + rng.random() * 20)
        batches: list[list[PassageExample]] = [[]]
        for window in windows:
            if batches[-1] and (len(batches[-1]) + 1) * len(window.window.pieces) > PIECES_OF_BATCH:
                batches.append([])
            batches[-1].append(window)
        rng.shuffle(batches)
        yield from batches


def main() -> None:
    """Train to the last step, leaving a checkpoint every hundred."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", required=True)
    parser.add_argument("--statements", type=Path, required=True)
    parser.add_argument("--begin-from", type=Path, nargs="+", required=True)
    parser.add_argument("--shares", type=float, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=1400)
    parser.add_argument("--statement-batch", type=int, default=4)
    parser.add_argument("--act-batch", type=int, default=16)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--every", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    tokenizer = Tokenizer.from_file(f"{options.encoder}/tokenizer.json")
    tokenizer.no_truncation()
    tokenizer.no_padding()
    model = Joint(options.encoder, options.dropout)
    states = [torch.load(path, weights_only=True)["average"] for path in options.begin_from]
    mixed = {
        name: sum(share * state[name] for share, state in zip(options.shares, states, strict=True))
        if value.is_floating_point()
        else value
        for name, value in states[0].items()
    }
    # A run of train_statements.py knows the tagger alone, one of this file everything.
    (model if any(name.startswith("events.") for name in mixed) else model.tagger).load_state_dict(mixed)
    encoder = [p for n, p in model.named_parameters() if n.startswith("tagger.encoder.") and p.requires_grad]
    old = [p for n, p in model.named_parameters() if n.startswith("tagger.") and not n.startswith("tagger.encoder.")]
    new = list(model.events.parameters())
    groups = [
        {"params": encoder, "lr": options.rate},
        {"params": old, "lr": options.rate * 5},
        {"params": new, "lr": options.head_rate},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    schedule = schedule_of(optimizer, options.steps)
    average = copy.deepcopy(model).eval()
    checkpoint = options.out / "checkpoint.pt"
    done = 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(state["model"])
        average.load_state_dict(state["average"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        done = state["step"]
    statements = epochs(articles_of(options.statements), tokenizer, options.statement_batch, options.seed)
    passages = [example_of(passage, tokenizer) for passage in split_corpus()[0]]
    acts = acts_of(ACTS_FOLDER, tokenizer)
    events = grouped(passages, f"events-{options.seed}")
    spoken = shuffled(acts, options.act_batch, f"acts-{options.seed}", lambda e: len(e.window.pieces))
    for _ in range(done):
        next(statements), next(events), next(spoken)
    model.train()
    sums, began = [0.0] * 5, time.time()
    for step in range(done, options.steps):
        torch.manual_seed(options.seed * 100_003 + step)
        tags, links = loss_of(model.tagger, next(statements))
        batch = next(events)
        words = model.words([e.window for e in batch])
        told = [model.events.loss_of_events(e, w) for e, w in zip(batch, words, strict=True)]
        count = sum(len(e.window.breaks) for e in batch)
        types = torch.stack([t for t, _ in told]).sum() / count
        rest = torch.stack([r for _, r in told]).sum() / count
        stated = next(spoken)
        words = model.words([e.window for e in stated])
        acted = [model.events.loss_of_act(e, w) for e, w in zip(stated, words, strict=True)]
        act = torch.stack(acted).mean()
        optimizer.zero_grad()
        (tags * 4 + LINK_WEIGHT * links + 0.25 * types + 0.2 * rest + 0.4 * act).backward()
        nn.utils.clip_grad_norm_([*encoder, *old, *new], 2.0)
        optimizer.step()
        schedule.step()
        move_average(average, model, step)
        for k, value in enumerate((tags, links, types, rest, act)):
            sums[k] += value.item()
        if (step + 1) % 25 == 0:
            names = ("tags", "links", "types", "rest", "acts")
            line = {n: s / 25 for n, s in zip(names, sums, strict=True)} | {"seconds": time.time() - began}
            print(json.dumps({"step": step + 1} | {k: round(v, 4) for k, v in line.items()}), flush=True)
            sums, began = [0.0] * 5, time.time()
        if (step + 1) % options.every == 0 or step + 1 == options.steps:
            state = {"model": model.state_dict(), "average": average.state_dict(), "optimizer": optimizer.state_dict()}
            torch.save({**state, "schedule": schedule.state_dict(), "step": step + 1}, checkpoint.with_suffix(".new"))
            checkpoint.with_suffix(".new").replace(checkpoint)


if __name__ == "__main__":
    main()
