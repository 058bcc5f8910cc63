"""Train the body and heads of events and acts on the frozen encoder of statements. Seeded, resumable.

    python train_events.py --encoder ENCODER_FOLDER --runs RUN … --shares SHARE … --out OUT

The encoder is the one that ships for statements, the same mixture of runs: what it gives for statements is left as it
is. Its layers are counted once a passage and kept in memory.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import torch
from checkpoints import is_done, keep, resume
from event_examples import (
    MODES,
    ROOTS,
    SOURCE,
    TARGET,
    TYPES,
    ActExample,
    EventExample,
    PassageExample,
    RelationExample,
    acts_of,
    example_of,
    examples_of_rows,
    joined,
    relations_of,
    split_corpus,
)  # fmt: skip
from event_net import READ, EventHeads, EventNet, mean_of, read_of
from tagger import Tagger, mixed, tokenizer_of
from torch import Tensor, nn
from train_statements import move_average, pad, schedule_of

from melian.coding.encoder.windows import Window
from melian.evaluation.pairs import ROOT_QUADS

T = TypeVar("T")
ACTS_FOLDER = Path(__file__).parents[1] / "acts"
WORDS_OF_BATCH = 900
MOST_PIECES = 250
FOLDS = 5
STATUS = (2, 4, 4)
"""Polarities, tenses and certainties."""
PART_WEIGHTS = (0.5, 1.0, 1.0)
OPEN = -100
"""Stands for the type of words that may be a trigger or not: the loss leaves them out."""


@dataclass
class Known:
    """An example and what the encoder gives for its words: of shape (layers, words, size), half precision."""

    example: PassageExample | ActExample | RelationExample
    layers: Tensor


@torch.no_grad()
def layers_of(tagger: Tagger, windows: Sequence[Window]) -> list[Tensor]:
    """Run the encoder over windows, those of like length together."""
    given: list[Tensor | None] = [None] * len(windows)
    order = sorted(range(len(windows)), key=lambda i: len(windows[i].pieces))
    for k in range(0, len(order), 16):
        batch = [windows[i] for i in order[k : k + 16]]
        pieces, kinds = pad([w.pieces for w in batch]), pad([w.kinds for w in batch])
        mask = pad([[1] * len(w.pieces) for w in batch])
        states = tagger.layers(pieces, kinds, mask)
        for row, i in enumerate(order[k : k + 16]):
            firsts = torch.tensor(windows[i].firsts)
            given[i] = torch.stack([state[row, firsts] for state in read_of(states)]).half()
    return [layers for layers in given if layers is not None]


def known(tagger: Tagger, examples: Sequence[PassageExample | ActExample | RelationExample]) -> list[Known]:
    """Pair examples with their layers."""
    layers = layers_of(tagger, [e.window for e in examples])
    return [Known(*pair) for pair in zip(examples, layers, strict=True)]


def groups_of(examples: Sequence[T], seed: str, pieces_of: Callable[[T], int]) -> Iterator[list[T]]:
    """Yield groups of two to six passages, fewer where a window is full, as whole reports have paragraphs."""
    rng = random.Random(seed)
    order = list(examples)
    rng.shuffle(order)
    while order:
        group = [order.pop()]
        wanted = rng.randint(2, 6)
        while order and len(group) < wanted and sum(map(pieces_of, (*group, order[-1]))) < MOST_PIECES:
            group.append(order.pop())
        yield group


def grouped(examples: Sequence[PassageExample], seed: str) -> list[PassageExample]:
    """Join passages to windows of up to six paragraphs."""
    return [joined(group) for group in groups_of(examples, seed, lambda one: len(one.window.pieces))]


def batches(
    examples: Sequence[T], seed: str, length: Callable[[T], int] | None = None, most: int = WORDS_OF_BATCH
) -> Iterator[list[T]]:
    """Yield batches of like length for ever, each epoch in its own order.

    Args:
        length: Gives what an example counts for; by default the words of its window.
        most: How much the examples of a batch count for together at most, padding counted.
    """
    size = length or (lambda one: len(one.example.window.firsts))
    for number in range(10**6):
        rng = random.Random(f"{seed}-{number}")
        order = sorted(examples, key=lambda one: size(one) * (1 + 0.2 * rng.random()))
        found: list[list[T]] = [[]]
        for one in order:
            if found[-1] and (len(found[-1]) + 1) * size(one) > most:
                found.append([])
            found[-1].append(one)
        rng.shuffle(found)
        yield from found


def words_of(net: EventNet, batch: Sequence[Known]) -> list[Tensor]:
    """Give the vectors of the words of each window."""
    most = max(k.layers.shape[1] for k in batch)
    layers = torch.zeros(READ, len(batch), most, batch[0].layers.shape[2])
    mask = torch.zeros(len(batch), most)
    for i, one in enumerate(batch):
        length = one.layers.shape[1]
        layers[:, i, :length] = one.layers.float()
        mask[i, :length] = 1
    words = net.body(layers, mask)
    return [words[i, : one.layers.shape[1]] for i, one in enumerate(batch)]


def split_pairs(pairs: Sequence[Known], fold: int | None) -> tuple[list[Known], list[Known]]:
    """Give the marked pairs to learn from and those of a fifth of the sentences, on which is measured; none without."""
    sentences = sorted({one.example.sentence for one in pairs})
    random.Random(0).shuffle(sentences)
    left_out = set(sentences[fold::FOLDS]) if fold is not None else set()
    kept = [one for one in pairs if one.example.sentence not in left_out]
    return kept, [one for one in pairs if one.example.sentence in left_out]


def loss_of_types(heads: EventHeads, example: PassageExample, words: Tensor) -> Tensor:
    """Give the loss of triggers by type, a sum over the words of a window."""
    gold = torch.full((len(words),), len(TYPES))
    for span in example.open:
        gold[slice(*span)] = OPEN
    for event in example.events:
        gold[slice(*event.trigger)] = event.type
    return nn.functional.cross_entropy(heads.type_scores(words), gold, reduction="sum")


def loss_of_rest(heads: EventHeads, events: Sequence[EventExample], words: Tensor) -> Tensor:
    """Give the loss of modes, status and parties of the events of a window, a sum."""
    loss = words.new_zeros(())
    if not events:
        return loss
    at = torch.stack([words[slice(*event.trigger)].mean(0) for event in events])
    parted = [i for i, event in enumerate(events) if event.parts]
    if parted:
        triggers = torch.tensor([events[i].trigger for i in parted])
        scores = heads.part_scores(words, at[parted], triggers).transpose(1, 2)
        gold = torch.tensor([events[i].parts for i in parted])
        loss = loss + nn.functional.cross_entropy(scores, gold, torch.tensor(PART_WEIGHTS), reduction="sum") / 6
    whole = [i for i, event in enumerate(events) if event.status is not None]
    if whole:
        status = heads.status(heads.dropout(at[whole])).split(STATUS, 1)
        for k, part in enumerate(status):
            own = torch.tensor([events[i].status[k] for i in whole])
            loss = loss + nn.functional.cross_entropy(part, own, reduction="sum") / 3
    modes = torch.zeros(len(events), len(MODES))
    for i, event in enumerate(events):
        modes[i, event.modes or []] = 1.0
    own_modes = heads.own_modes[[event.type for event in events]]
    own_modes = own_modes * torch.tensor([[event.modes is not None] for event in events])
    each = nn.functional.binary_cross_entropy_with_logits(heads.modes(heads.dropout(at)), modes, reduction="none")
    return loss + (each * own_modes).sum() / 2


def loss_of_acts(heads: EventHeads, batch: Sequence[Known], words: Sequence[Tensor]) -> Tensor:
    """Give the mean loss of the acts of statements."""
    examples = [k.example for k in batch]
    scores = torch.stack([heads.act_scores(w, e.cue, e.content) for e, w in zip(examples, words, strict=True)])
    return nn.functional.cross_entropy(scores, torch.tensor([e.act for e in examples]))


def loss_of_relations(heads: EventHeads, batch: Sequence[Known], words: Sequence[Tensor]) -> Tensor:
    """Give the mean loss of the roots of marked pairs."""
    examples = [k.example for k in batch]
    scores = [heads.relation_scores(w, e.source, e.target) for e, w in zip(examples, words, strict=True)]
    gold = torch.tensor([e.root for e in examples])
    return nn.functional.cross_entropy(torch.stack(scores), gold, label_smoothing=0.05)


@torch.no_grad()
def figures_of_relations(net: EventNet, held: Sequence[Known]) -> dict[str, float]:
    """Measure the roots and quad classes of held-out pairs: macro-F1."""
    pairs = []
    for one in held:
        (words,) = words_of(net, [one])
        best = int(net.heads.relation_scores(words, one.example.source, one.example.target).argmax())
        pairs.append((ROOTS[one.example.root], ROOTS[best]))
    quads = [(ROOT_QUADS[a], ROOT_QUADS[b]) for a, b in pairs]
    return {"root": macro_f1_of(pairs), "quad": macro_f1_of(quads)} if pairs else {}


def macro_f1_of(pairs: Sequence[tuple[object, object]]) -> float:
    """Give the plain mean over the classes of F1."""
    each = []
    for label in {x for pair in pairs for x in pair}:
        right = sum(a == b == label for a, b in pairs)
        each.append(2 * right / sum((a == label) + (b == label) for a, b in pairs))
    return sum(each) / len(each)


@torch.no_grad()
def figures(net: EventNet, held: Sequence[Known], threshold: float = 0.4) -> dict[str, float]:
    """Measure on held-out passages: types and parties by the gold triggers, and triggers found with their types."""
    right = events = found = gold = got = parts = sides = 0
    for one in held:
        (words,) = words_of(net, [one])
        chances = net.heads.type_scores(words).softmax(-1)[:, :-1]
        best = chances.max(1)
        runs: list[list[int]] = []
        for i in range(len(words)):
            if best.values[i] >= threshold:
                if runs and runs[-1][1] == i and runs[-1][2] == best.indices[i]:
                    runs[-1][1] = i + 1
                else:
                    runs.append([i, i + 1, int(best.indices[i])])
        got += len(runs)
        for event in one.example.events:
            events += 1
            right += int(chances[slice(*event.trigger)].sum(0).argmax()) == event.type
            hit = [r for r in runs if r[2] == event.type and r[0] < event.trigger[1] and event.trigger[0] < r[1]]
            found += bool(hit)
            at = words[slice(*event.trigger)].mean(0)[None]
            own = net.heads.part_scores(words, at, torch.tensor([event.trigger]))[0].argmax(-1).tolist()
            for part in (SOURCE, TARGET):
                a = {i for i, p in enumerate(event.parts) if p == part}
                b = {i for i, p in enumerate(own) if p == part}
                sides += 1
                parts += (not a and not b) or bool(a & b)
        gold += len(one.example.events)
    return {
        "type by trigger": right / events,
        "precision": found / max(got, 1),
        "recall": found / gold,
        "F1": 2 * found / (got + gold),
        "sides": parts / sides,
    }


def main() -> None:
    """Train to the last step, leaving a checkpoint every two hundred."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", required=True)
    parser.add_argument("--runs", type=Path, nargs="+", required=True)
    parser.add_argument("--shares", type=float, nargs="+", default=[1.0])
    parser.add_argument(
        "--begin-from", type=Path, nargs="+", help="Earlier runs of this file, whose mean is trained on."
    )
    parser.add_argument("--relations", type=Path, help="Relation data, plv_train.tsv; without it none are learned.")
    parser.add_argument("--fold", type=int, help="Fifth of the pairs' sentences to leave out and measure on.")
    parser.add_argument("--leave-out", type=int, help="Further tenth of the passages to leave out and measure on.")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=4000)
    parser.add_argument("--rate", type=float, default=6e-4)
    parser.add_argument("--every", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    checkpoint = options.out / "checkpoint.pt"
    if is_done(checkpoint, options.steps):
        return
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    tokenizer = tokenizer_of(options.encoder)
    tagger = Tagger(options.encoder)
    tagger.load_state_dict(mixed([run / "checkpoint.pt" for run in options.runs], options.shares))
    tagger.eval()
    corpus, held_out = split_corpus(options.leave_out)
    passages = [example_of(passage, tokenizer) for passage in corpus]
    rows = list(examples_of_rows(tokenizer))
    joint = [w for k in range(2) for w in grouped(passages, f"{options.seed}-{k}")]
    learned = known(tagger, [*passages, *rows, *joint])
    spoken = known(tagger, acts_of(ACTS_FOLDER, tokenizer))
    held = known(tagger, [example_of(passage, tokenizer) for passage in held_out])
    related = known(tagger, relations_of(options.relations, tokenizer)) if options.relations else []
    related, pairs_held = split_pairs(related, options.fold)
    counts = {"passages": len(passages), "rows": len(rows), "joined": len(joint), "acts": len(spoken)}
    print(json.dumps(counts | {"pairs": len(related), "pairs left out": len(pairs_held)}), flush=True)
    net = EventNet(learned[0].layers.shape[2])
    if options.begin_from:
        net.load_state_dict(mean_of(options.begin_from), strict=False)
    optimizer = torch.optim.AdamW(net.parameters(), lr=options.rate, weight_decay=0.01)
    schedule = schedule_of(optimizer, options.steps)
    average = copy.deepcopy(net).eval()
    parts = {"model": net, "average": average, "optimizer": optimizer, "schedule": schedule}
    done = resume(checkpoint, parts)
    events, acts = batches(learned, f"events-{options.seed}"), batches(spoken, f"acts-{options.seed}")
    pairs = batches(related, f"relations-{options.seed}") if related else None
    for step in range(done):
        next(events)
        if pairs is not None:
            next(pairs)
        if step % 4 == 0:
            next(acts)
    net.train()
    sums, began = dict.fromkeys(("types", "rest", "acts", "relations"), 0.0), time.time()
    for step in range(done, options.steps):
        torch.manual_seed(options.seed * 100_003 + step)
        batch = next(events)
        words = words_of(net, batch)
        count = sum(len(one.example.window.breaks) for one in batch)
        types = sum(loss_of_types(net.heads, k.example, w) for k, w in zip(batch, words, strict=True)) / count
        rest = sum(loss_of_rest(net.heads, k.example.events, w) for k, w in zip(batch, words, strict=True)) / count
        loss = types + 0.5 * rest
        if step % 4 == 0:
            stated = next(acts)
            act = loss_of_acts(net.heads, stated, words_of(net, stated))
            loss = loss + act
            sums["acts"] += 4 * act.item()
        if pairs is not None:
            marked = next(pairs)
            relation = loss_of_relations(net.heads, marked, words_of(net, marked))
            loss = loss + relation
            sums["relations"] += relation.item()
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 2.0)
        optimizer.step()
        schedule.step()
        move_average(average, net, step)
        sums["types"] += types.item()
        sums["rest"] += rest.item()
        if (step + 1) % options.every == 0 or step + 1 == options.steps:
            line = (
                {name: value / options.every for name, value in sums.items()}
                | figures(average, held)
                | figures_of_relations(average, pairs_held)
            )
            line |= {"seconds": time.time() - began}
            print(json.dumps({"step": step + 1} | {k: round(v, 3) for k, v in line.items()}), flush=True)
            sums, began = dict.fromkeys(sums, 0.0), time.time()
            keep(checkpoint, parts, step + 1)


if __name__ == "__main__":
    main()
