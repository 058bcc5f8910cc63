"""What people said of one record, for the pages on which it stands."""

from __future__ import annotations

import msgspec

from melian.archive.review.settling import standing
from melian.desk.desk import Desk
from melian.exports.review_words import describe_answer
from melian.records import ReviewedKind


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """An answer of a reviewer that is not taken back."""

    correction: str
    reviewer: str
    at: str
    said: str
    note: str


class JudgedView(msgspec.Struct, frozen=True, kw_only=True):
    """What people said of a record, and what follows.

    Attributes:
        mark: "confirmed", "corrected", "contested", "rejected", or "" where nobody judged it.
        answers: The answers, the earliest first.
    """

    mark: str = ""
    answers: tuple[Judged, ...] = ()


def judged_of(desk: Desk, report: str, kind: ReviewedKind, record: str) -> JudgedView:
    """Give what people said of a record of the archive; nothing where its report is not there."""
    try:
        corrected, corrections = desk.reviewed().corrected(report), desk.reviewed().corrections(report)
    except KeyError:
        return JudgedView()
    mark = corrected.marks.get((kind, record))
    if mark is None:
        return JudgedView()
    answers = [
        Judged(correction=one.id, reviewer=one.reviewer, at=one.at, said=describe_answer(one), note=one.note or "")
        for one in standing(corrections)
        if one.anchor.kind == kind and corrected.homes.get(one.id) == record
    ]
    return JudgedView(mark=mark, answers=tuple(answers))
