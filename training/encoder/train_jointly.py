"""Train the encoder on, all its layers at a low rate, for statements and events together. Seeded, resumable.

    python train_jointly.py --encoder ENCODER_FOLDER --runs RUN … --shares SHARE … --events RUN … \
        --statements polnear_train.jsonl --relations plv_train.tsv --out OUT

It begins from the mixture of statement runs, and the body and heads for events that learned from it frozen. Each step
reads a batch of articles and a batch of passages; every fourth acts, every other one marked pairs. On articles the last
layer is held to what the first weights gave (--hold), so that statements do not pay for what events learn.

With articles of newspapers whose events were coded (--newspapers) every other step reads these and whole reports in
place of passages, and every other one those whose statements are marked.

Without runs it begins from the encoder as it comes, and without statements it learns of events alone: a teacher does.
"""

from __future__ import annotations

import argparse
import copy
from pathlib import Path

import torch
from checkpoints import is_done
from event_examples import acts_of, example_of, examples_of_rows, relations_of, split_corpus
from event_net import mean_of
from joint_net import JointNet, JointRun, unread
from statement_examples import articles_of
from tagger import mixed, tokenizer_of
from train_events import (
    ACTS_FOLDER,
    batches,
    grouped,
    loss_of_acts,
    loss_of_relations,
    loss_of_rest,
    loss_of_types,
    split_pairs,
)
from train_statements import LINK_WEIGHT, epochs
from train_statements import loss_of as loss_of_statements
from train_statements import words_of as words_of_statements
from whole_texts import examples_of_whole_texts

OF_PASSAGES = 2
"""Every so many steps events are learned from passages, in the others from whole reports and articles."""


def main() -> None:
    """Train to the last step, leaving a checkpoint every hundred."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", required=True)
    parser.add_argument("--runs", type=Path, nargs="+", default=[])
    parser.add_argument("--shares", type=float, nargs="+", default=[1.0])
    parser.add_argument("--events", type=Path, nargs="+", default=[])
    parser.add_argument("--statements", type=Path, nargs="+", default=[])
    parser.add_argument("--relations", type=Path, required=True)
    parser.add_argument("--newspapers", type=Path, help="Folder of research data, for articles whose events are coded.")
    parser.add_argument("--fold", type=int, help="Fifth of the pairs' sentences to leave out and measure on.")
    parser.add_argument("--leave-out", type=int, help="Further tenth of the passages to leave out and measure on.")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=1200)
    parser.add_argument("--rate", type=float, default=5e-5)
    parser.add_argument("--head-rate", type=float, default=3e-4)
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--hold", type=float, default=20.0, help="Weight of the last layer's squared distance.")
    parser.add_argument("--half", action="store_true", help="Multiply numbers of 16 bits (bfloat16).")
    parser.add_argument("--every", type=int, default=100)
    parser.add_argument("--seed", type=int, default=3)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    if is_done(options.out / "joint.pt", options.steps):
        return
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    tokenizer = tokenizer_of(options.encoder)
    model = JointNet(options.encoder, options.dropout, is_half=options.half)
    if options.runs:
        model.tagger.load_state_dict(mixed([run / "checkpoint.pt" for run in options.runs], options.shares))
        model.net.load_state_dict(mean_of(options.events))
    first = copy.deepcopy(model.tagger).eval().requires_grad_(requires_grad=False)
    corpus, held_out = split_corpus(options.leave_out)
    passages = [example_of(passage, tokenizer) for passage in corpus]
    joint = [w for k in range(2) for w in grouped(passages, f"{options.seed}-{k}")]
    whole = list(examples_of_whole_texts(tokenizer, options.newspapers)) if options.newspapers else []
    learned = unread([*passages, *examples_of_rows(tokenizer), *joint])
    held = [example_of(passage, tokenizer) for passage in held_out]
    related, pairs_held = split_pairs(unread(relations_of(options.relations, tokenizer)), options.fold)
    run = JointRun(model, options.out, options.steps, (options.rate, options.head_rate), options.seed)
    done = run.resume()

    def is_of_passages(step: int) -> bool:
        return not whole or step % OF_PASSAGES == 0

    def is_of_statements(step: int) -> bool:
        return bool(options.statements) and (not whole or step % 2 == 1)

    articles = epochs([a for p in options.statements for a in articles_of(p)], tokenizer, 8, options.seed)
    events = batches(learned, f"events-{options.seed}")
    texts = batches(unread(whole), f"whole-{options.seed}")
    acts = batches(unread(acts_of(ACTS_FOLDER, tokenizer)), f"acts-{options.seed}")
    pairs = batches(related, f"relations-{options.seed}")
    for step in range(done):
        next(events if is_of_passages(step) else texts)
        if is_of_statements(step):
            next(articles)
        if step % 4 == 0:
            next(acts)
        if step % 2 == 0:
            next(pairs)
    for step in range(done, options.steps):
        run.begin(step)
        losses = {}
        if is_of_statements(step):
            read = next(articles)
            words = words_of_statements(model.tagger, read)
            far = torch.cat(words) - torch.cat(words_of_statements(first, read))
            tag_loss, link_loss = loss_of_statements(model.tagger, read, words)
            losses["tags"], losses["links"] = tag_loss * 4, LINK_WEIGHT * link_loss
            losses["held"] = options.hold * far.square().mean()
            (losses["tags"] + losses["links"] + losses["held"]).backward()
        batch = next(events if is_of_passages(step) else texts)
        words = model.words_of(batch)
        count = sum(len(one.example.window.breaks) for one in batch)
        told = [(one.example, w) for one, w in zip(batch, words, strict=True)]
        losses["types"] = sum(loss_of_types(model.net.heads, e, w) for e, w in told) / count
        losses["rest"] = 0.5 * sum(loss_of_rest(model.net.heads, e.events, w) for e, w in told) / count
        (losses["types"] + losses["rest"]).backward()
        if step % 4 == 0:
            stated = next(acts)
            losses["acts"] = loss_of_acts(model.net.heads, stated, model.words_of(stated))
            losses["acts"].backward()
        if step % 2 == 0:
            marked = next(pairs)
            losses["relations"] = loss_of_relations(model.net.heads, marked, model.words_of(marked))
            losses["relations"].backward()
        run.learn(step, losses)
        run.keep(step, options.every, held, pairs_held)


if __name__ == "__main__":
    main()
