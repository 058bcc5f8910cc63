"""Let the small encoder and all its heads learn from what larger teachers made of texts. Seeded, resumable.

    python distil.py --encoder ENCODER_FOLDER --runs RUN … --shares SHARE … --events RUN … --labels FOLDER \\
        --relations plv_train.tsv --out OUT

It begins from the mixture of statement runs and the mean of the runs for events. Each step reads a batch of articles
and unmarked news and one of passages, labelled by soft_labels.py: what is learned of a marked text is a mixture of the
teachers' chances and of what is marked (--trust). In turn come acts, marked pairs, pairs of the corpus's own passages
and the examples of the event lexicon, as they are marked.

Reference: Hinton, Vinyals and Dean, "Distilling the knowledge in a neural network", 2015.
"""

from __future__ import annotations

import argparse
import json
import pickle
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import torch
from checkpoints import is_done
from event_examples import (
    PLAIN_TIMES,
    ROOTS,
    SOURCE,
    TARGET,
    TYPES,
    PassageExample,
    RelationExample,
    acts_of,
    example_of,
    examples_of_rows,
    joined,
    relations_of,
    root_of,
    split_corpus,
)  # fmt: skip
from event_net import EventHeads, mean_of
from joint_net import JointNet, JointRun, unread
from soft_labels import Taught
from statement_examples import Example
from tagger import Tagger, mixed, tokenizer_of
from torch import Tensor, nn
from train_events import (
    ACTS_FOLDER,
    PART_WEIGHTS,
    STATUS,
    batches,
    groups_of,
    loss_of_acts,
    loss_of_relations,
    loss_of_rest,
    loss_of_types,
    split_pairs,
)  # fmt: skip
from train_statements import LINK_WEIGHT, link_losses

sys.path.insert(0, str(Path(__file__).parents[1] / "corpus"))
from passages import parts as parts_of
from passages import passages_of

PIECES_OF_ARTICLES, PIECES_OF_PASSAGES = 1500, 1100
"""Pieces of a batch, padding counted."""
TURNS = ("acts", "pairs", "own pairs", "pairs", "rows")
"""What is learned as it is marked, one of them every other step."""
TAGS_OF_PASSAGES, EVENTS_OF_ARTICLES, OWN_PAIRS = 0.5, 0.7, 0.5
"""How much a loss counts that a text was not written for."""


def labelled(folder: Path) -> list[Taught]:
    """Read all that soft_labels.py wrote."""
    return [one for path in sorted(folder.glob("*.pickle")) for one in pickle.loads(path.read_bytes())]


def put_together(group: Sequence[Taught]) -> Taught:
    """Make one window of several, each a paragraph of it, as whole reports have them."""
    example = joined([one.example for one in group])
    triggers, parts, at = [], [], 0
    for one in group:
        words = len(one.example.window.firsts)
        triggers += [((a + at, b + at), kind, sure) for (a, b), kind, sure in one.triggers]
        wide = torch.zeros(len(one.triggers), len(example.window.firsts), 3, dtype=torch.half)
        wide[..., 0] = 1
        wide[:, at : at + words] = one.parts
        parts.append(wide)
        at += words
    joint = {name: torch.cat([getattr(one, name) for one in group]) for name in ("types", "modes", "status")}
    tags = [pair for one in group for pair in one.tags]
    return Taught(example, tags, joint["types"], triggers, torch.cat(parts), joint["modes"], joint["status"])


def pieces_of(one: Taught) -> int:
    """Give how many pieces a window has."""
    return len(one.example.window.pieces)


def own_pairs(passages: Sequence[PassageExample]) -> list[RelationExample]:
    """Give the events of passages that have both parties as pairs like those of relation data."""
    pairs = []
    for passage in passages:
        for event in passage.events:
            source, target = ([i for i, part in enumerate(event.parts) if part == own] for own in (SOURCE, TARGET))
            if source and target:
                root = ROOTS.index(root_of(TYPES[event.type]))
                pairs.append(RelationExample(passage.window, source, target, root, passage.id))
    return pairs


def loss_of_tags(tagger: Tagger, batch: Sequence[Taught], words: Sequence[Tensor], trust: float) -> Tensor:
    """Give the cross entropy of the chain of tags, a mean over words; only articles have tags that are marked."""
    paragraphs = []
    for one, own in zip(batch, words, strict=True):
        scores = tagger.tag_scores(own)
        edges = pairwise([*one.example.window.breaks, len(own)])
        for (a, b), (chances, pairs) in zip(edges, one.tags, strict=True):
            taught = chances.float(), pairs.float()
            if isinstance(one.example, Example) and one.example.tags:
                marked = marked_chances(torch.tensor(one.example.tags[a:b]), scores.shape[1])
                taught = tuple(trust * soft + (1 - trust) * hard for soft, hard in zip(taught, marked, strict=True))
            paragraphs.append((scores[a:b], *taught))
    paragraphs.sort(key=lambda paragraph: len(paragraph[0]))
    total = torch.zeros(())
    for i in range(0, len(paragraphs), 24):
        scores, chances, pairs = zip(*paragraphs[i : i + 24], strict=True)
        lengths = torch.tensor([len(own) for own in scores])
        padded = (nn.utils.rnn.pad_sequence(list(rows), batch_first=True) for rows in (scores, chances, pairs))
        total = total + tagger.chain.soft_loss(*padded, lengths)
    return total / sum(map(len, words))


def marked_chances(tags: Tensor, count: int) -> tuple[Tensor, Tensor]:
    """Give the chances of tags that are certain, of each word and of each two."""
    words = nn.functional.one_hot(tags, count).float()
    return words, words[:-1, :, None] * words[1:, None, :]


def loss_of_links(tagger: Tagger, batch: Sequence[Taught], words: Sequence[Tensor]) -> Tensor:
    """Give the loss of which cue belongs to which span, where they are marked, a mean over windows' links."""
    each = [x for one, own in zip(batch, words, strict=True) for x in link_losses(tagger, one.example, own)]
    return torch.stack(each).sum() / len(each) if each else torch.zeros(())


def losses_of_events(
    heads: EventHeads, batch: Sequence[Taught], words: Sequence[Tensor], trust: float
) -> tuple[Tensor, Tensor]:
    """Give the losses of triggers by type, and of modes, status and parties, sums over the words of all windows."""
    types = rest = torch.zeros(())
    for one, own in zip(batch, words, strict=True):
        share = 1.0
        if isinstance(one.example, PassageExample):
            share = trust
            types = types + (1 - trust) * loss_of_types(heads, one.example.events, own)
            rest = rest + (1 - trust) * loss_of_rest(heads, one.example.events, own)
        types = types - share * (one.types.float() * heads.type_scores(own).log_softmax(-1)).sum()
        if one.triggers:
            rest = rest + share * loss_of_taught(heads, one, own)
    return types, rest


def loss_of_taught(heads: EventHeads, one: Taught, words: Tensor) -> Tensor:
    """Give the loss of what teachers say of the triggers of a window, weighed as what is marked is."""
    spans, kinds, sure = zip(*one.triggers, strict=True)
    at = torch.stack([words[slice(*span)].mean(0) for span in spans])
    sureness = torch.tensor(sure)
    scores = heads.part_scores(words, at, torch.tensor(spans)).log_softmax(-1)
    loss = -((one.parts.float() * scores * torch.tensor(PART_WEIGHTS)).sum((1, 2)) * sureness).sum() / 6
    each = nn.functional.binary_cross_entropy_with_logits(
        heads.modes(heads.dropout(at)), one.modes.float(), reduction="none"
    )
    loss = loss + ((each * heads.own_modes[list(kinds)]).sum(1) * sureness).sum() / 2
    status = heads.status(heads.dropout(at)).split(STATUS, 1)
    for own, taught in zip(status, one.status.float().split(STATUS, 1), strict=True):
        loss = loss - ((taught * own.log_softmax(1)).sum(1) * sureness).sum() / 3
    return loss


def main() -> None:
    """Train to the last step, leaving a checkpoint every hundred."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", required=True)
    parser.add_argument("--runs", type=Path, nargs="+", required=True)
    parser.add_argument("--shares", type=float, nargs="+", default=[1.0])
    parser.add_argument("--events", type=Path, nargs="+", required=True)
    parser.add_argument("--labels", type=Path, required=True)
    parser.add_argument("--relations", type=Path, required=True)
    parser.add_argument("--fold", type=int, help="Fifth of the pairs' sentences to leave out and measure on.")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=700)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--head-rate", type=float, default=5e-4)
    parser.add_argument("--trust", type=float, default=0.7, help="How much the teachers count where a text is marked.")
    parser.add_argument("--every", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    if is_done(options.out / "joint.pt", options.steps):
        return
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    tokenizer = tokenizer_of(options.encoder)
    model = JointNet(options.encoder, 0.0, is_half=True)
    model.tagger.load_state_dict(mixed([run / "checkpoint.pt" for run in options.runs], options.shares))
    model.net.load_state_dict(mean_of(options.events))
    taught = labelled(options.labels)
    news = [one for one in taught if isinstance(one.example, Example)]
    passages = [one for one in taught if isinstance(one.example, PassageExample)]
    plain_ids = {passage.id for path in parts_of("plain") for passage in passages_of(path)}
    plain = [one for one in passages if one.example.id in plain_ids]
    groups = groups_of(passages, f"{options.seed}-groups", pieces_of)
    written = [*passages, *(put_together(group) for group in groups if len(group) > 1), *(PLAIN_TIMES - 1) * plain]
    print(json.dumps({"news": len(news), "passages": len(passages), "all written": len(written)}), flush=True)
    corpus, held_out = split_corpus()
    held = [example_of(passage, tokenizer) for passage in held_out]
    articles = batches(news, f"{options.seed}-news", pieces_of, PIECES_OF_ARTICLES)
    told = batches(written, f"{options.seed}-passages", pieces_of, PIECES_OF_PASSAGES)
    pairs, pairs_held = split_pairs(unread(relations_of(options.relations, tokenizer)), options.fold)
    marked = {
        "acts": unread(acts_of(ACTS_FOLDER, tokenizer)),
        "pairs": pairs,
        "own pairs": unread(own_pairs([example_of(passage, tokenizer) for passage in corpus])),
        "rows": unread(list(examples_of_rows(tokenizer))),
    }
    turns = {name: batches(examples, f"{name}-{options.seed}") for name, examples in marked.items()}
    run = JointRun(model, options.out, options.steps, (options.rate, options.head_rate), options.seed)
    done = run.resume()
    for step in range(done):
        next(articles), next(told)
        if turn := turn_of(step):
            next(turns[turn])
    for step in range(done, options.steps):
        run.begin(step)
        losses: dict[str, Tensor] = {}
        for name, batch in (("news", next(articles)), ("passages", next(told))):
            is_news = name == "news"
            said, done_in = model.words_for_both(batch)
            tags = 4 * loss_of_tags(model.tagger, batch, said, options.trust)
            losses[f"tags of {name}"] = tags * (1.0 if is_news else TAGS_OF_PASSAGES)
            if is_news:
                losses["links"] = LINK_WEIGHT * loss_of_links(model.tagger, batch, said)
            types, rest = losses_of_events(model.net.heads, batch, done_in, options.trust)
            share = (EVENTS_OF_ARTICLES if is_news else 1.0) / sum(len(one.example.window.breaks) for one in batch)
            losses[f"types of {name}"], losses[f"rest of {name}"] = share * types, share * 0.5 * rest
            torch.stack([loss for key, loss in losses.items() if is_news or key.endswith(name)]).sum().backward()
        if turn := turn_of(step):
            losses[turn] = loss_of_turn(turn, model, next(turns[turn]))
            losses[turn].backward()
        run.learn(step, losses)
        run.keep(step, options.every, held, pairs_held)


def turn_of(step: int) -> str:
    """Give whose turn a step is, if any."""
    return "" if step % 2 else TURNS[step // 2 % len(TURNS)]


def loss_of_turn(turn: str, model: JointNet, marked: Sequence) -> Tensor:
    """Give the loss of a batch of acts, of marked pairs, or of the lexicon's examples."""
    words, heads = model.words_of(marked), model.net.heads
    if turn == "acts":
        return loss_of_acts(heads, marked, words)
    if turn != "rows":
        return (OWN_PAIRS if turn == "own pairs" else 1.0) * loss_of_relations(heads, marked, words)
    examples = [(one.example.events, own) for one, own in zip(marked, words, strict=True)]
    count = sum(len(one.example.window.breaks) for one in marked)
    return sum(loss_of_types(heads, e, w) + 0.5 * loss_of_rest(heads, e, w) for e, w in examples) / count


if __name__ == "__main__":
    main()
