"""Fit how sure a statement is to how often it is right, and draw the reliability plot.

    python training/encoder/calibrate.py polnear_dev.jsonl --to src/melian/knowledge/model/confidence.json \\
        --plot docs/img/reliability.svg

Right means what `melian evaluate statements` counts as found with its source. The figures that are printed come from
fitting on one half of the articles and looking at the other, both ways; what is written is fitted on all.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from melian.coding.encoder.calibration import log_odds
from melian.coding.encoder.transformer import Transformer
from melian.coding.statements.found import find_statements
from melian.coding.statements.heads import Heads
from melian.evaluation.spans import grid_of, token_f1

ENOUGH = 0.5
BINS = 10


def judged(path: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give for each statement found its sureness, whether it is right, and the number of its article."""
    transformer, heads = Transformer(), Heads()
    sureness, right, article = [], [], []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        record = json.loads(line)
        bag = grid_of(record["text"]).bag
        gold = [(bag(map(tuple, g["content"])), bag(map(tuple, g["source"]))) for g in record["attributions"]]
        for found in find_statements(heads, tuple(transformer.read(record["text"]))):
            content, source = bag(found.contents), bag([found.speaker] if found.speaker else [])
            best = max(gold, key=lambda g: token_f1(g[0], content), default=(frozenset(), frozenset()))
            sureness.append(found.sureness)
            right.append(token_f1(best[0], content) >= ENOUGH and token_f1(best[1], source) >= ENOUGH)
            article.append(number)
    return np.array(sureness), np.array(right, float), np.array(article)


def fit(features: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Fit a logistic regression by Newton's steps, with a little ridge."""
    weights = np.zeros(features.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-features @ weights))
        slope = features.T @ (features * (p * (1 - p))[:, None]) + 0.1 * np.eye(len(weights))
        weights += np.linalg.solve(slope, features.T @ (right - p) - 0.1 * weights)
    return weights


def given_by_other_half(features: np.ndarray, right: np.ndarray, half: np.ndarray) -> np.ndarray:
    """Give for each case the confidence by what was fitted on the half in which it is not."""
    given = np.zeros(len(right))
    for k in (0, 1):
        own = half == k
        given[own] = 1 / (1 + np.exp(-features[own] @ fit(features[~own], right[~own])))
    return given


def points_of(given: np.ndarray, right: np.ndarray) -> list[tuple[float, float, int]]:
    """Give for each bin of confidence its mean, the share that is right, and how many there are."""
    bins = np.minimum((given * BINS).astype(int), BINS - 1)
    return sorted(
        (given[bins == b].mean(), right[bins == b].mean(), int((bins == b).sum())) for b in set(bins.tolist())
    )


def calibration_error(points: list[tuple[float, float, int]]) -> float:
    """Give how far confidence is from the share that is right, on average over cases.

    Reference: Guo et al., "On calibration of modern neural networks", 2017.
    """
    return sum(abs(p - r) * n for p, r, n in points) / sum(n for _, _, n in points)


def plot(points: list[tuple[float, float, int]], error: float, what: str) -> str:
    """Draw confidence against share right as an SVG."""
    dots = "".join(
        f'<circle cx="{40 + 260 * p:.1f}" cy="{280 - 260 * r:.1f}" r="{2 + n**0.5 / 4:.1f}" fill="#1f5f8b" '
        f'fill-opacity="0.75"><title>{n} {what}: given {p:.2f}, right {r:.2f}</title></circle>'
        for p, r, n in points
    )
    return framed(
        f'<path d="M40 280L300 20" stroke="#999" stroke-dasharray="4 3"/>{dots}'
        '<text x="10" y="150" transform="rotate(-90 10 150)" text-anchor="middle">share right</text>'
        f'<text x="48" y="32">expected calibration error {error:.3f}</text>',
        "confidence given",
    )


def framed(drawn: str, below: str) -> str:
    """Draw axes from 0 to 1, 260 wide and high, around what is drawn, with words below, as an SVG."""
    ticks = "".join(
        f'<text x="{40 + 260 * k / 5:.0f}" y="296" text-anchor="middle">{k / 5:.1f}</text>'
        f'<text x="34" y="{284 - 260 * k / 5:.0f}" text-anchor="end">{k / 5:.1f}</text>'
        for k in range(6)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 320" font-family="sans-serif" font-size="10">'
        '<rect width="320" height="320" fill="white"/><path d="M40 20V280H300" fill="none" stroke="#444"/>'
        f'{ticks}{drawn}<text x="170" y="312" text-anchor="middle">{below}</text></svg>\n'
    )


def main() -> None:
    """Fit, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--plot", type=Path, required=True)
    options = parser.parse_args()
    sureness, right, article = judged(options.gold)
    features = np.c_[np.ones(len(right)), log_odds(sureness)]
    points = points_of(given_by_other_half(features, right, article % 2), right)
    error = calibration_error(points)
    for p, r, n in points:
        print(f"{n:5} statements: given {p:.2f}, right {r:.2f}")
    print(f"expected calibration error {error:.3f}")
    weights = [round(float(w), 4) for w in fit(features, right)]
    options.to.write_text(json.dumps({"bias": weights[0], "weights": weights[1:]}) + "\n", encoding="utf-8")
    options.plot.write_text(plot(points, error, "statements"), encoding="utf-8")


if __name__ == "__main__":
    main()
