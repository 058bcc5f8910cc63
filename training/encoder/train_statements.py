"""Train the tagger of statements. Seeded, resumable: it goes on from the last checkpoint in the output folder.

    python train_statements.py --encoder ENCODER_FOLDER --corpus polnear_train.jsonl --out OUT --steps 1000

Two processes of one thread each share every batch: on a busy machine that is several times quicker than two threads
of one process, which wait for each other in every operation.
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import random
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import torch
import torch.distributed as dist
import torch.multiprocessing as mp
from checkpoints import is_done, keep, resume
from statement_examples import Example, articles_of, examples_of
from tagger import Tagger, tokenizer_of
from tokenizers import Tokenizer
from torch import Tensor, nn

from melian.coding.statements.geometry import features_of

LINK_WEIGHT = 0.5
EMA = 0.99


def pad(rows: list[tuple[int, ...] | list[int]], fill: int = 0) -> Tensor:
    """Make one matrix of rows of unequal length."""
    most = max(map(len, rows))
    return torch.tensor([[*row, *[fill] * (most - len(row))] for row in rows], dtype=torch.long)


def epochs(articles: list[dict], tokenizer: Tokenizer, batch: int, seed: int) -> Iterator[list[Example]]:
    """Yield batches for ever; each epoch has its own cuts and order, the same for the same seed."""
    for number in range(10**6):
        rng = random.Random(f"{seed}-{number}")
        examples = [e for a in articles for e in examples_of(a, tokenizer, rng)]
        rng.shuffle(examples)
        pool = 40 * batch
        batches = []
        for i in range(0, len(examples), pool):
            part = sorted(examples[i : i + pool], key=lambda e: len(e.window.pieces))
            batches += [part[j : j + batch] for j in range(0, len(part), batch)]
        rng.shuffle(batches)
        yield from batches


def words_of(model: Tagger, batch: list[Example]) -> list[Tensor]:
    """Give the vectors of each window's words."""
    pieces = pad([e.window.pieces for e in batch])
    kinds = pad([e.window.kinds for e in batch])
    mask = pad([[1] * len(e.window.pieces) for e in batch])
    vectors = model.vectors(pieces, kinds, mask)
    return [vectors[i, torch.tensor(example.window.firsts)] for i, example in enumerate(batch)]


def loss_of(model: Tagger, batch: list[Example], words: list[Tensor]) -> tuple[Tensor, Tensor]:
    """Give the losses of tags and of links, a mean over words and over links."""
    tags, link = [], []
    for example, own in zip(batch, words, strict=True):
        link += link_losses(model, example, own)
    flat = torch.cat(words)
    scores = model.tag_scores(flat)
    bounds, at = [], 0
    for example in batch:
        edges = [*example.window.breaks, len(example.tags)]
        for a, b in pairwise(edges):
            bounds.append((at + a, at + b))
            tags.append(example.tags[a:b])
        at += len(example.tags)
    total = torch.zeros(())
    order = sorted(range(len(bounds)), key=lambda k: bounds[k][1] - bounds[k][0])
    for i in range(0, len(order), 24):
        part = order[i : i + 24]
        stacked = nn.utils.rnn.pad_sequence([scores[slice(*bounds[k])] for k in part], batch_first=True)
        lengths = torch.tensor([bounds[k][1] - bounds[k][0] for k in part])
        total = total + model.chain.loss(stacked, pad([tags[k] for k in part]), lengths)
    return total / len(flat), torch.stack(link).sum() / max(1, len(link)) if link else torch.zeros(())


def link_losses(model: Tagger, example: Example, words: Tensor) -> list[Tensor]:
    """Give the losses of one window: the cue of each content, the source of each cue."""
    cues = example.spans["cue"]
    if not cues:
        return []
    order = sorted(range(len(cues)), key=lambda k: cues[k])
    place = {old: new for new, old in enumerate(order)}
    sorted_cues = [cues[k] for k in order]
    cue_vectors = torch.stack([words[a:b].mean(0) for a, b in sorted_cues])
    losses = []
    for role, linker in (("source", model.to_source), ("content", model.to_content)):
        spans = example.spans[role]
        ordered = sorted(range(len(spans)), key=lambda k: spans[k])
        if ordered:
            others = [spans[k] for k in ordered]
            other_vectors = torch.stack([words[a:b].mean(0) for a, b in others])
            standing = torch.from_numpy(features_of(sorted_cues, others, example.window.breaks))
            scores = linker(cue_vectors, other_vectors, standing)
        else:
            other_vectors = cue_vectors[:0]
            scores = cue_vectors.new_zeros((len(cues), 0))
        where = {old: new for new, old in enumerate(ordered)}
        if role == "source":
            full = torch.cat([scores, linker.none_scores(cue_vectors, is_cue=True)[:, None]], 1)
            gold = [len(spans)] * len(cues)
            for cue, source in enumerate(example.source_of_cue):
                gold[place[cue]] = where[source] if source >= 0 else len(spans)
            losses.append(nn.functional.cross_entropy(full, torch.tensor(gold), reduction="sum") / 2)
        elif ordered:
            full = torch.cat([scores.T, linker.none_scores(other_vectors, is_cue=False)[:, None]], 1)
            gold = [len(cues)] * len(spans)
            for content, cue in enumerate(example.cue_of_content):
                gold[where[content]] = place[cue] if cue >= 0 else len(cues)
            losses.append(nn.functional.cross_entropy(full, torch.tensor(gold), reduction="sum") / 2)
    return [loss / len(cues) for loss in losses]


def share_gradients(parameters: list[nn.Parameter], workers: int) -> None:
    """Give every process the mean of all processes' gradients."""
    for p in parameters:
        if p.grad is None:
            p.grad = torch.zeros_like(p)
    if workers == 1:
        return
    flat = torch.cat([p.grad.view(-1) for p in parameters])
    dist.all_reduce(flat)
    flat /= workers
    at = 0
    for p in parameters:
        p.grad.copy_(flat[at : at + p.numel()].view_as(p))
        at += p.numel()


def schedule_of(optimizer: torch.optim.Optimizer, steps: int) -> torch.optim.lr_scheduler.LambdaLR:
    """Give rates that rise over the first twelfth of the steps and fall along a cosine to a fiftieth."""
    warm = max(1, steps // 12)

    def share(step: int) -> float:
        if step < warm:
            return (step + 1) / warm
        return 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, (step - warm) / (steps - warm))))

    return torch.optim.lr_scheduler.LambdaLR(optimizer, share)


def move_average(average: nn.Module, model: nn.Module, step: int) -> None:
    """Move the running average of the weights towards those after a step."""
    decay = min(EMA, (step + 1) / (step + 10))
    with torch.no_grad():
        for kept, fresh in zip(average.parameters(), model.parameters(), strict=True):
            if fresh.requires_grad:
                kept.lerp_(fresh, 1 - decay)


def work(rank: int, options: argparse.Namespace) -> None:
    """Train as one of the processes; the first one writes."""
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    if options.workers > 1:
        rendezvous = f"file://{options.out.resolve()}/rendezvous"
        dist.init_process_group("gloo", init_method=rendezvous, rank=rank, world_size=options.workers)
    tokenizer = tokenizer_of(options.encoder)
    model = Tagger(options.encoder, options.dropout, is_half=options.half)
    encoder = [p for n, p in model.named_parameters() if n.startswith("encoder.") and p.requires_grad]
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    groups = [{"params": encoder, "lr": options.rate}, {"params": heads, "lr": options.head_rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    schedule = schedule_of(optimizer, options.steps)
    if options.begin_from:
        model.load_state_dict(torch.load(options.begin_from, weights_only=True)["average"])
    average = copy.deepcopy(model).eval()
    checkpoint = options.out / "checkpoint.pt"
    parts = {"model": model, "average": average, "optimizer": optimizer, "schedule": schedule}
    done = resume(checkpoint, parts)
    batches = epochs([a for path in options.corpus for a in articles_of(path)], tokenizer, options.batch, options.seed)
    for _ in range(done):
        next(batches)
    model.train()
    sums, began = [0.0, 0.0], time.time()
    for step in range(done, options.steps):
        torch.manual_seed(options.seed * 100_003 + step * options.workers + rank)
        batch = next(batches)
        own = batch[rank :: options.workers] or batch[:1]
        tag_loss, link_loss = loss_of(model, own, words_of(model, own))
        optimizer.zero_grad()
        (tag_loss * 4 + LINK_WEIGHT * link_loss).backward()
        share_gradients([*encoder, *heads], options.workers)
        nn.utils.clip_grad_norm_([*encoder, *heads], 2.0)
        optimizer.step()
        schedule.step()
        move_average(average, model, step)
        if rank:
            continue
        sums[0] += tag_loss.item()
        sums[1] += link_loss.item()
        if (step + 1) % 25 == 0:
            line = {"step": step + 1, "tags": sums[0] / 25, "links": sums[1] / 25, "seconds": time.time() - began}
            print(json.dumps({k: round(v, 4) for k, v in line.items()}), flush=True)
            sums, began = [0.0, 0.0], time.time()
        if (step + 1) % options.every == 0 or step + 1 == options.steps:
            keep(checkpoint, parts, step + 1)


def main() -> None:
    """Train to the last step, leaving a checkpoint every few hundred."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", required=True)
    parser.add_argument("--corpus", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=1100)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--head-rate", type=float, default=2e-3)
    parser.add_argument("--begin-from", type=Path, help="checkpoint of an earlier run, whose weights are trained on")
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--half", action="store_true", help="Multiply numbers of 16 bits (bfloat16).")
    parser.add_argument("--every", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    if is_done(options.out / "checkpoint.pt", options.steps):
        return
    (options.out / "rendezvous").unlink(missing_ok=True)
    if options.workers == 1:
        work(0, options)
    else:
        mp.spawn(work, args=(options,), nprocs=options.workers)


if __name__ == "__main__":
    main()
