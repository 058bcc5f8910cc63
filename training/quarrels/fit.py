"""Fit the weights of the signs that two statements contradict each other, and write them into the table.

`PYTHONPATH=src:tests python training/quarrels/fit.py [--without KIND] [--texts TEXTS.jsonl --true TRUE.tsv]`: TEXTS are
newspaper texts, {"id", "text"} a line, in which each two statements are examples of none, but those in TRUE ("id",
first statement, second statement).
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

import msgspec
import numpy as np
from examples import ROOT, Example, examples_of, marked_examples, read
from scipy.optimize import minimize
from scipy.special import expit

import melian
from melian.coding.claims.disputes.weighing import signs_around

TABLE = ROOT / "src/melian/knowledge/factuality/quarrel_signs.tsv"
CASES = ROOT / "tests" / "cases"
ALWAYS = "always"
HEAD = 3
FOLDS = 8
PLAIN = 0.5
"""How much two statements of a text that is not marked count: newspaper features are of another kind than the reports
of crises that are marked."""
PENALTY = 3.0
"""Half the squared weights, times so much, is added to what is made least. Set by leaving out reports by turns."""


def fit(examples: list[Example], names: list[str]) -> dict[str, float]:
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


def add_what_is_around(examples: list[Example], names: list[str]) -> None:
    """Add the signs that stand elsewhere in a report, from weights that were fitted without it."""
    folds = sorted({example.text for example in examples})
    part = {text: k % FOLDS for k, text in enumerate(folds)}
    by_text: dict[str, list[tuple[Example, float]]] = {}
    for fold in range(FOLDS):
        weights = fit([example for example in examples if part[example.text] != fold], names)
        for example in (example for example in examples if part[example.text] == fold):
            total = weights[ALWAYS] + sum(weights[name] * value for name, value in example.signs.items())
            by_text.setdefault(example.text, []).append((example, float(expit(total))))
    for weighed in by_text.values():
        around = signs_around([(example.ids, example.camps, chance) for example, chance in weighed])
        for (example, _), signs in zip(weighed, around, strict=True):
            example.signs |= signs


def plain_examples(texts: Path, true: Path | None) -> list[Example]:
    """Read the examples of texts that are not marked."""
    reader = melian.Reader()
    rows = list(csv.reader(true.open(encoding="utf-8"), delimiter="\t")) if true is not None else []
    known = {(text, frozenset(ids)) for text, *ids in rows}
    made: list[Example] = []
    for line in texts.read_text(encoding="utf-8").splitlines():
        one = msgspec.json.decode(line)
        for example in examples_of(one["id"], read(one["text"], reader)[1]):
            example.is_quarrel = (one["id"], frozenset(example.ids)) in known
            example.weight = 1.0 if example.is_quarrel else PLAIN
            made.append(example)
    return made


def write(examples: list[Example]) -> None:
    """Fit both sets of weights, and write the table."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines[HEAD:]]
    names = [row[0] for row in rows]
    alone = fit(examples, names)
    add_what_is_around(examples, names)
    together = fit(examples, names)
    written = ["\t".join((name, f"{alone[name]:.2f}", f"{together[name]:.2f}", meaning)) for name, *_, meaning in rows]
    TABLE.write_text("\n".join((*lines[:HEAD], *written)) + "\n", encoding="utf-8")


def main() -> None:
    """Fit, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without", action="append", default=[], help="leave out passages of this kind")
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--true", type=Path)
    given = parser.parse_args()
    examples = list(marked_examples([CASES / "dispute_reports.jsonl", CASES / "dispute_passages.jsonl"], given.without))
    if given.texts is not None:
        examples += plain_examples(given.texts, given.true)
    write(examples)
    print(f"{sum(e.is_quarrel for e in examples)} of {len(examples)} pairs contradict each other")


if __name__ == "__main__":
    main()
