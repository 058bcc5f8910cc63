"""Fit the weights of the signs that two statements contradict each other, write their table, and measure them.

`PYTHONPATH=src:tests python training/quarrels/fit.py [--without KIND] [--texts FILE ...] [--measure-only]`: FILES are
of other texts, in JSON Lines or CSV with a field "text"; each two statements in them are examples of none. What is
printed is measured by passage: an eighth of the texts in turn is weighed by what was fitted on the others. The README
beside this file says what it gave.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

import msgspec
import numpy as np
from examples import ROOT, Example, examples_of, marked_examples, read
from scipy.optimize import minimize
from scipy.special import expit

import melian
from melian.coding.claims.disputes.weighing import FOUND, signs_around

TABLE = ROOT / "src/melian/knowledge/factuality/quarrel_signs.tsv"
CASES = ROOT / "tests" / "cases"
ALWAYS = "always"
HEAD = 3
FOLDS = 8
PLAIN = 0.5
"""How much two statements of a text that is not marked count: newspaper features are of another kind than the reports
of crises that are marked, and a few of their statements do contradict each other."""
PENALTY = 3.0
"""Half the squared weights, times so much, is added to what is made least. Set by leaving out reports by turns."""
LIMITS = (0.3, 0.4, 0.5, 0.6, 0.7)
"""Chances from which two statements are taken to contradict each other, where that is measured."""


class Text(msgspec.Struct):
    """One line of a file of texts; other fields are passed over."""

    text: str


def fit(examples: Sequence[Example], names: Sequence[str]) -> dict[str, float]:
    """Fit a penalised logistic regression.

    Args:
        examples: Pairs of statements.
        names: Signs; the first is there always and is not penalised.
    """
    at = {name: k for k, name in enumerate(names)}
    signs = np.zeros((len(examples), len(names)))
    signs[:, 0] = 1
    for k, example in enumerate(examples):
        for name, value in example.signs.items():
            signs[k, at[name]] = value
    truth = np.array([example.is_quarrel for example in examples], float)
    weight = np.array([example.weight for example in examples])
    penalty = np.full(len(names), PENALTY)
    penalty[0] = 0

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        total = signs @ weights
        value = (weight * (np.logaddexp(0, total) - truth * total)).sum() + (penalty * weights**2).sum() / 2
        return float(value), signs.T @ (weight * (expit(total) - truth)) + penalty * weights

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 1000})
    return dict(zip(names, found.x, strict=True))


def weigh_by_turns(examples: Sequence[Example], names: Sequence[str]) -> list[float]:
    """Give each example the chance that weights make of it that were fitted without its text and its neighbours."""
    part = {text: k % FOLDS for k, text in enumerate(sorted({example.text for example in examples}))}
    made = [fit([example for example in examples if part[example.text] != fold], names) for fold in range(FOLDS)]
    return [_chance(example, made[part[example.text]]) for example in examples]


def _chance(example: Example, weights: dict[str, float]) -> float:
    return float(expit(weights[ALWAYS] + sum(weights[name] * value for name, value in example.signs.items())))


def add_what_is_around(examples: Sequence[Example], names: Sequence[str]) -> None:
    """Add the signs that stand elsewhere in a report, from weights that were fitted without it."""
    by_text: dict[str, list[tuple[Example, float]]] = {}
    for example, chance in zip(examples, weigh_by_turns(examples, names), strict=True):
        by_text.setdefault(example.text, []).append((example, chance))
    for weighed in by_text.values():
        around = signs_around([(example.ids, example.camps, chance) for example, chance in weighed])
        for (example, _), signs in zip(weighed, around, strict=True):
            example.signs |= signs


def texts_of(path: Path) -> Iterator[str]:
    """Yield the texts of a file in JSON Lines or CSV."""
    with path.open(encoding="utf-8", newline="") as file:
        if path.suffix == ".csv":
            yield from (row["text"] for row in csv.DictReader(file))
        else:
            yield from (msgspec.json.decode(line, type=Text).text for line in file)


def plain_examples(files: Sequence[Path], most: int) -> Iterator[Example]:
    """Yield the examples of texts that are not marked, so many of each file, chosen by a hash of their words."""
    reader = melian.Reader()
    for path in files:
        texts = sorted(texts_of(path), key=lambda text: sha256(text.encode()).digest())[:most]
        for k, text in enumerate(texts):
            for example in examples_of(f"{path.name} {k}", read(text, reader)[1]):
                example.weight = PLAIN
                yield example


def measures(examples: Sequence[Example], chances: Sequence[float]) -> Iterator[str]:
    """Tell how many of the marked disputes have a pair above a chance, and how many pairs above it are none.

    Disputes of which no two statements are a pair are not counted: no weight can find them.
    """
    marked = {(e.text, dispute) for e in examples for dispute in e.disputes}
    by_rules = {(e.text, dispute) for e in examples for dispute in e.disputes if FOUND in e.signs}
    wrong = sum(FOUND in e.signs and not e.is_quarrel and e.weight == 1 for e in examples)
    yield f"found by rules alone: {len(by_rules)} of {len(marked)} disputes, {wrong} pairs false"
    for limit in LIMITS:
        over = [e for e, chance in zip(examples, chances, strict=True) if chance >= limit]
        found = {(e.text, dispute) for e in over for dispute in e.disputes}
        false = sum(not e.is_quarrel and e.weight == 1 for e in over)
        plain = sum(e.weight == PLAIN for e in over)
        yield f"chance of {limit}: {len(found)} of {len(marked)} disputes, {false} pairs false, {plain} in other texts"


def write(weights: Sequence[dict[str, float]]) -> None:
    """Write both sets of weights into the table."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines[HEAD:]]
    written = ["\t".join((name, *(f"{each[name]:.2f}" for each in weights), meaning)) for name, *_, meaning in rows]
    TABLE.write_text("\n".join((*lines[:HEAD], *written)) + "\n", encoding="utf-8")


def main() -> None:
    """Fit, measure, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without", action="append", default=[], help="leave out passages of this kind")
    parser.add_argument("--texts", type=Path, nargs="*", default=[], help="files of texts in which nothing is marked")
    parser.add_argument("--most", type=int, default=100, help="how many texts of each file are taken")
    parser.add_argument("--measure-only", action="store_true", help="leave the table as it is")
    given = parser.parse_args()
    tables = [CASES / "dispute_reports.jsonl", CASES / "dispute_passages.jsonl"]
    examples = [*marked_examples(tables, given.without), *plain_examples(given.texts, given.most)]
    names = [line.split("\t")[0] for line in TABLE.read_text(encoding="utf-8").splitlines()[HEAD:]]
    alone = fit(examples, names)
    add_what_is_around(examples, names)
    together = fit(examples, names)
    sys.stdout.write(f"{sum(e.is_quarrel for e in examples)} of {len(examples)} pairs contradict each other\n")
    sys.stdout.writelines(f"{line}\n" for line in measures(examples, weigh_by_turns(examples, names)))
    if not given.measure_only:
        write((alone, together))


if __name__ == "__main__":
    main()
