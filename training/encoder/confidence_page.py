"""Measure how often events are right by the confidence that ships, draw plot and curve, write the table of thresholds.

    python confidence_page.py

Measured on the tenth of the passages that no training sees, read as any report is. Three of the numbers that make the
confidence are fitted on them. Every event that is told is looked at, denied and supposed ones too. Right is an event
whose type is a gold event's and one of whose triggers touches that event's trigger.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "corpus"))

from calibrate import calibration_error, framed, plot, points_of
from gold import held_out
from passages import span_of

from melian import Reader
from melian.records import overlap

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "docs/img"
PAGE = ROOT / "docs/guide/confidence.md"
BEGIN, END = "<!-- thresholds: made by training/encoder/confidence_page.py -->", "<!-- end of thresholds -->"
THRESHOLDS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


def judged() -> tuple[np.ndarray, np.ndarray, int]:
    """Give the confidence of each event told, whether it is right, and the number of events that are to be told."""
    reader, given, right, wanted = Reader(), [], [], 0
    for passage in held_out():
        open_ = [(one.type, span_of(passage.text, one.trigger, one.nth)) for one in passage.events]
        wanted += len(open_)
        for event in reader.read(passage.text).events:
            touched = [
                gold
                for gold in open_
                if gold[0] == event.type and any(overlap(mention.trigger, gold[1]) for mention in event.mentions)
            ]
            if touched:
                open_.remove(touched[0])
            given.append(event.confidence)
            right.append(float(bool(touched)))
    return np.array(given), np.array(right), wanted


def rates(given: np.ndarray, right: np.ndarray, wanted: int, threshold: float) -> tuple[float, float, int]:
    """Give precision, recall and the number of events of at least some confidence."""
    kept = given >= threshold
    return float(right[kept].mean()) if kept.any() else 1.0, float(right[kept].sum()) / wanted, int(kept.sum())


def table_of(given: np.ndarray, right: np.ndarray, wanted: int) -> str:
    """Write the table of thresholds."""
    rows = ["| `min_confidence` | precision | recall | F1 | events |", "|---|---|---|---|---|"]
    for threshold in THRESHOLDS:
        precision, recall, count = rates(given, right, wanted, threshold)
        f1 = 2 * precision * recall / (precision + recall)
        rows.append(f"| {threshold:.1f} | {precision:.0%} | {recall:.0%} | {f1:.0%} | {count} |".replace("%", " %"))
    return "\n".join(rows)


def curve(given: np.ndarray, right: np.ndarray, wanted: int) -> str:
    """Draw precision and recall against the threshold as an SVG."""
    steps = [k / 50 for k in range(48)]
    lines = ""
    for column, (name, colour) in enumerate((("precision", "#1f5f8b"), ("recall", "#b3541e"))):
        found = [(t, rates(given, right, wanted, t)) for t in steps]
        points = [(40 + 260 * t, 280 - 260 * rate[column]) for t, rate in found if rate[2] >= 10]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        lines += f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
        x, y = points[len(points) // 2]
        lines += f'<text x="{x:.0f}" y="{y - 8:.0f}" fill="{colour}" text-anchor="middle">{name}</text>'
    return framed(lines, "min_confidence")


def main() -> None:
    """Measure, print and write."""
    given, right, wanted = judged()
    table, points = table_of(given, right, wanted), points_of(given, right)
    for mean, share, count in points:
        print(f"{count:5} events: given {mean:.2f}, right {share:.2f}")
    error = calibration_error(points)
    print(f"expected calibration error {error:.3f}, of {len(given)} events; {wanted} are told")
    (IMAGES / "event-reliability.svg").write_text(plot(points, error, "events"), encoding="utf-8")
    (IMAGES / "event-threshold.svg").write_text(curve(given, right, wanted), encoding="utf-8")
    print(table)
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, behind = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n\n{table}\n\n{END}{behind}", encoding="utf-8")


if __name__ == "__main__":
    main()
