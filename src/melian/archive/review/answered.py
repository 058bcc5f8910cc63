"""What a reviewer has judged, and how far they are with a sample."""

from __future__ import annotations

from collections.abc import Iterable

from melian.archive.review.anchors import is_same_record
from melian.archive.review.samples import Sample
from melian.archive.review.settling import standing
from melian.records import Anchor, Correction

Judged = dict[str, list[Anchor]]
"""By report the records that somebody has judged."""


def answers_by(corrections: Iterable[Correction], reviewer: str) -> list[Correction]:
    """Give a reviewer's own answers that are not undone, the latest first."""
    return [one for one in reversed(standing(corrections)) if one.reviewer == reviewer]


def judged_by(corrections: Iterable[Correction], reviewer: str) -> Judged:
    """Give by report the records that a reviewer has judged."""
    judged: Judged = {}
    for one in answers_by(corrections, reviewer):
        judged.setdefault(one.anchor.report, []).append(one.anchor)
    return judged


def count_judged(sample: Sample, judged: Judged) -> int:
    """Count the records of a sample that somebody has judged, in whatever way they came to them."""
    return sum(
        any(is_same_record(anchor, item.anchor) for anchor in judged.get(item.anchor.report, ()))
        for item in sample.items
    )
