"""Write what two larger teachers make of articles, passages and unmarked news: the chances that distil.py learns from.

    python soft_labels.py --encoder TEACHER_FOLDER --statements RUN --events RUN --articles polnear_train.jsonl \\
        --unmarked TEXTS … --to FOLDER [--part 0 --parts 2]

A RUN is a folder of train_statements.py and one of train_jointly.py, both with the larger encoder. Unmarked texts are
JSON Lines or CSV with a column `text`. Each part is a process of its own on one core; it goes on where it stopped.

Reference: Hinton, Vinyals and Dean, "Distilling the knowledge in a neural network", 2015.
"""

from __future__ import annotations

import argparse
import csv
import json
import pickle
import random
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import torch
from event_examples import PassageExample, example_of, split_corpus
from event_net import EventHeads, EventNet, read_of
from statement_examples import Example, articles_of, examples_of
from tagger import Tagger, tokenizer_of
from tokenizers import Tokenizer
from torch import Tensor
from train_events import STATUS
from train_statements import pad

from melian.coding.encoder.windows import windows_of
from melian.coding.statements.tags import ROLES

TOGETHER = 12
KEEP_EVERY = 60
LEAST = 0.3
"""Chance of a type from which a word is taken for a trigger where nothing is marked."""


@dataclass
class Taught:
    """A window with what the teachers make of it; all chances in 16 bits.

    Attributes:
        example: What is marked in it, for statements or for events; neither in unmarked news.
        tags: For each paragraph the chances of tags, as `Chain.chances_of` gives them.
        types: The chances of each word to be a trigger of each type, and, last, of none (words, types + 1).
        triggers: Words of each trigger, its type, and how sure it is one.
        parts: The chances of each word to be nothing, source and target of each trigger (triggers, words, 3).
        modes: The chances of modes of each trigger.
        status: The chances of polarity, tense and certainty of each trigger.
    """

    example: Example | PassageExample
    tags: list[tuple[Tensor, Tensor]]
    types: Tensor
    triggers: list[tuple[tuple[int, int], int, float]]
    parts: Tensor
    modes: Tensor
    status: Tensor


class Teachers:
    """Two larger networks: one knows statements, the other events."""

    def __init__(self, encoder: str, statements: Path, events: Path) -> None:
        self.tagger = Tagger(encoder, is_half=True).eval()
        self.tagger.load_state_dict(torch.load(statements / "checkpoint.pt", weights_only=True)["average"])
        self.reader = Tagger(encoder, is_half=True).eval()
        self.reader.load_state_dict(torch.load(events / "statements/checkpoint.pt", weights_only=True)["average"])
        self.net = EventNet(self.reader.encoder.config.hidden_size).eval()
        self.net.load_state_dict(torch.load(events / "events/checkpoint.pt", weights_only=True)["average"])

    @torch.no_grad()
    def teach(self, examples: Sequence[Example | PassageExample]) -> Iterator[Taught]:
        """Yield what both make of some windows, run together."""
        windows = [example.window for example in examples]
        pieces, kinds = pad([w.pieces for w in windows]), pad([w.kinds for w in windows])
        mask, firsts = pad([[1] * len(w.pieces) for w in windows]), pad([w.firsts for w in windows])
        rows, read = torch.arange(len(windows))[:, None], pad([[1] * len(w.firsts) for w in windows])
        said = self.tagger.vectors(pieces, kinds, mask)
        states = read_of(self.reader.layers(pieces, kinds, mask))
        told = self.net.body(torch.stack([state[rows, firsts].float() for state in states]), read)
        for row, (example, window) in enumerate(zip(examples, windows, strict=True)):
            scores = self.tagger.tag_scores(said[row, torch.tensor(window.firsts)])
            paragraphs = [scores[a:b] for a, b in pairwise([*window.breaks, len(window.firsts)])]
            tags = self.tagger.chain.chances_of(paragraphs)
            yield _taught(example, tags, self.net.heads, told[row, : len(window.firsts)])


def _taught(
    example: Example | PassageExample, tags: list[tuple[Tensor, Tensor]], heads: EventHeads, words: Tensor
) -> Taught:
    """Put together what is made of one window."""
    types = heads.type_scores(words).softmax(-1)
    if isinstance(example, PassageExample):
        triggers = [(event.trigger, event.type, 1.0) for event in example.events]
    else:
        triggers = triggers_in(types)
    spans = [span for span, _, _ in triggers]
    at = torch.stack([words[slice(*span)].mean(0) for span in spans]) if spans else words[:0]
    bounds = torch.tensor(spans, dtype=torch.long).reshape(-1, 2)
    status = [part.softmax(1) for part in heads.status(at).split(STATUS, 1)]
    return Taught(
        example, tags, types.half(), triggers, heads.part_scores(words, at, bounds).softmax(-1).half(),
        heads.modes(at).sigmoid().half(), torch.cat(status, 1).half(),
    )  # fmt: skip


def triggers_in(types: Tensor) -> list[tuple[tuple[int, int], int, float]]:
    """Give the runs of words that are likely enough triggers of one type, with that type and the highest chance."""
    best = types[:, :-1].max(1)
    found: list[tuple[tuple[int, int], int, float]] = []
    for word, (chance, kind) in enumerate(zip(best.values.tolist(), best.indices.tolist(), strict=True)):
        if chance < LEAST:
            continue
        if found and found[-1][0][1] == word and found[-1][1] == kind:
            (first, _), _, sure = found.pop()
            found.append(((first, word + 1), kind, max(sure, chance)))
        else:
            found.append(((word, word + 1), kind, chance))
    return found


def texts_of(path: Path) -> list[str]:
    """Read the texts of JSON Lines or of CSV."""
    with path.open(encoding="utf-8", newline="") as lines:
        if path.suffix == ".csv":
            csv.field_size_limit(1 << 24)
            return [row["text"] for row in csv.DictReader(lines)]
        return [json.loads(line)["text"] for line in lines]


def unmarked(texts: Iterable[str], tokenizer: Tokenizer) -> Iterator[Example]:
    """Yield texts as windows in which nothing is marked."""
    for text in texts:
        for window in windows_of(text, tokenizer):
            yield Example(window, [], {role: [] for role in ROLES})


def batches_of(examples: Sequence[Example | PassageExample]) -> list[list[int]]:
    """Put windows of like length together, in an order that is the same each time."""
    order = sorted(range(len(examples)), key=lambda i: len(examples[i].window.pieces))
    batches = [order[i : i + TOGETHER] for i in range(0, len(order), TOGETHER)]
    random.Random(0).shuffle(batches)
    return batches


def main() -> None:
    """Label all windows of one part, keeping what is done now and then."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", required=True)
    parser.add_argument("--statements", type=Path, required=True)
    parser.add_argument("--events", type=Path, required=True)
    parser.add_argument("--articles", type=Path, nargs="+", required=True)
    parser.add_argument("--unmarked", type=Path, nargs="*", default=[])
    parser.add_argument("--most", type=int, default=2000, help="Windows of unmarked news that are read at most.")
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--part", type=int, default=0)
    parser.add_argument("--parts", type=int, default=1)
    parser.add_argument("--batches", type=int, help="Stop after so many, to see that all of it runs.")
    options = parser.parse_args()
    options.to.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    tokenizer = tokenizer_of(options.encoder)
    rng = random.Random("soft labels")
    examples: list[Example | PassageExample] = []
    for article in (a for path in options.articles for a in articles_of(path)):
        examples += examples_of(article, tokenizer, rng)
    news = list(unmarked((text for path in options.unmarked for text in texts_of(path)), tokenizer))
    rng.shuffle(news)
    unique = {passage.id: passage for passage in split_corpus()[0]}
    examples += [*news[: options.most], *(example_of(passage, tokenizer) for passage in unique.values())]
    teachers = Teachers(options.encoder, options.statements, options.events)
    kept = options.to / f"{options.part}-of-{options.parts}.pickle"
    done: list[Taught] = pickle.loads(kept.read_bytes()) if kept.exists() else []
    batches = batches_of(examples)[options.part :: options.parts][: options.batches]
    began, at = time.time(), 0
    for number, batch in enumerate(batches, 1):
        at += len(batch)
        if at <= len(done):
            continue
        done += teachers.teach([examples[i] for i in batch])
        if number % KEEP_EVERY == 0 or number == len(batches):
            fresh = kept.with_suffix(".new")
            fresh.write_bytes(pickle.dumps(done, protocol=5))
            fresh.replace(kept)
            print(f"{number} of {len(batches)} batches, {time.time() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main()
