"""Fit the weights by which mentions alone are linked, on training topics of ECB+, and write them into their table.

    python training/links/fit.py ecbplus_train_dev.jsonl [--measure-only]

What is weighed: equal lemmas, names that stand anywhere in both reports, and how alike the encoder finds the mentions.
They are to be fitted anew where the encoder changes. Threshold and density are the best of some on the same topics.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Sequence
from itertools import product
from pathlib import Path

import msgspec
import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

from melian.archive.linking.alone import Telling, link_tellings
from melian.archive.linking.weights import weights
from melian.coding.coder import Coder
from melian.evaluation.clusterings import conll_f1
from melian.evaluation.coreference import GoldCoreference, changed_weights, tellings_of
from melian.evaluation.tools import ReaderTools

TABLE = Path(__file__).parents[2] / "src/melian/evaluation/coreference_weights.tsv"
TOPICS = frozenset({"3", "4", "6", "7", "8", "9"})
FITTED = ("start", "same_trigger", "shared_context", "likeness")
PENALTY = 1.0
THRESHOLDS, DENSITIES = (0.2, 0.3, 0.4, 0.5, 0.6), (0.2, 0.3, 0.4, 0.5)
_BITS = 256


def signs_of(tellings: Sequence[Telling], events: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Give for each two tellings that anything joins their signs, and whether they are of one event."""
    most = weights()["most_context"]
    lemmas = np.array([telling.triggers[0] for telling in tellings])
    names = sorted({name for telling in tellings for name in telling.context})
    at = {name: k for k, name in enumerate(names)}
    context = np.zeros((len(tellings), len(names)), np.float32)
    for k, telling in enumerate(tellings):
        context[k, [at[name] for name in telling.context]] = 1
    words = np.array([telling.sketch or (0, 0, 0, 0) for telling in tellings], dtype=np.uint64)
    bits = np.unpackbits(words.view(np.uint8), axis=1).astype(np.float32) * 2 - 1
    one, other = np.triu_indices(len(tellings), 1)
    alike = (bits @ bits.T)[one, other] / _BITS
    same = (lemmas[:, None] == lemmas[None])[one, other].astype(float)
    shared = np.minimum((context @ context.T)[one, other], most)
    signs = np.stack([np.ones(len(one)), same, shared, alike], 1)
    truth = np.array([events[i] == events[k] for i, k in zip(one, other, strict=True)], float)
    return signs, truth


def fit(signs: np.ndarray, truth: np.ndarray) -> dict[str, float]:
    """Fit a penalised logistic regression."""

    def loss(values: np.ndarray) -> tuple[float, np.ndarray]:
        chance = expit(signs @ values)
        cost = -np.sum(np.where(truth > 0, np.log(chance + 1e-12), np.log(1 - chance + 1e-12)))
        free = np.r_[0, values[1:]]
        return cost + PENALTY * free @ free / 2, signs.T @ (chance - truth) + PENALTY * free

    found = minimize(loss, np.zeros(signs.shape[1]), jac=True, method="L-BFGS-B")
    return dict(zip(FITTED, map(float, found.x), strict=True))


def figure(tellings: Sequence[Telling], events: Sequence[str], changed: dict[str, float]) -> float:
    """Measure CoNLL F1 of linking."""
    chosen = link_tellings(tellings, changed)
    return float(conll_f1(dict(enumerate(events)), dict(enumerate(chosen))))


def main() -> None:
    """Fit, choose, write and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--measure-only", action="store_true")
    options = parser.parse_args()
    lines = options.data.read_text(encoding="utf-8").splitlines()
    own = [line for line in lines if json.loads(line)["topic"] in TOPICS]
    records = [msgspec.json.decode(line, type=GoldCoreference) for line in own]
    tools = ReaderTools(Coder())
    tellings = [telling for number, record in enumerate(records) for telling in tellings_of(tools, number, record)]
    events = [mention.instance_id for record in records for mention in record.events]
    print(f"as shipped: {figure(tellings, events, dict(changed_weights())):.3f} over {len(tellings)} mentions")
    fitted = fit(*signs_of(tellings, events))
    tried = {
        (threshold, density): figure(
            tellings, events, {**changed_weights(), **fitted, "threshold": threshold, "density": density}
        )
        for threshold, density in product(THRESHOLDS, DENSITIES)
    }
    best = max(tried, key=lambda pair: tried[pair])
    fitted |= dict(zip(("threshold", "density"), best, strict=True))
    print(f"fitted: {tried[best]:.3f} with " + ", ".join(f"{name} {value:.2f}" for name, value in fitted.items()))
    if not options.measure_only:
        write(fitted)


def write(fitted: dict[str, float]) -> None:
    """Put what was fitted into the table."""
    head, *rows = TABLE.read_text(encoding="utf-8").splitlines()
    out = [head]
    for row in csv.reader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
        if row[0] in fitted:
            row[1] = f"{fitted[row[0]]:.2f}".rstrip("0").rstrip(".")
        out.append("\t".join(row))
    TABLE.write_text("\n".join(out) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
