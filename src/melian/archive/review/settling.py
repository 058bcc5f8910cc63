"""Which corrections stand, and what follows from them where several people judged the same record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from melian.records import Correction, Judgement, ReviewedField

Mark = Literal["confirmed", "corrected", "contested", "rejected"]


class Vote(msgspec.Struct, frozen=True, kw_only=True):
    """What one reviewer says of one field, after all that the same reviewer said of it.

    Attributes:
        correction: Id of the correction.
        reviewer: Who says so.
        at: When.
        judgement: What is said.
        value: The value that is right by it; None where the record is rejected.
    """

    correction: str
    reviewer: str
    at: str
    judgement: Judgement
    value: str | None


class Settled(msgspec.Struct, frozen=True, kw_only=True):
    """What counts for one record.

    Attributes:
        values: Each field that somebody judged, with the vote that counts.
        votes: What each reviewer says of each field.
        mark: "rejected" where it is no record; "contested" where reviewers differ; else what they did to it.
    """

    values: dict[ReviewedField, Vote]
    votes: dict[ReviewedField, list[Vote]]
    mark: Mark


def standing(corrections: Iterable[Correction]) -> list[Correction]:
    """Give the corrections that are not undone, in the order of their time; an undoing can itself be undone."""
    ordered = sorted(corrections, key=lambda one: (one.at, one.id))
    undone: set[str] = set()
    for one in reversed(ordered):
        if one.undoes is not None and one.id not in undone:
            undone.add(one.undoes)
    return [one for one in ordered if one.undoes is None and one.id not in undone]


def votes_of(corrections: Sequence[Correction]) -> dict[ReviewedField, list[Vote]]:
    """Give for each field what each reviewer says last of it. The corrections are of one record, in order.

    Who rejects a record says nothing of its fields, whatever was said of them before.
    """
    last: dict[str, dict[ReviewedField, Vote]] = {}
    for one in corrections:
        own = last.setdefault(one.reviewer, {})
        for judgement in one.judgements:
            if judgement.verdict == "reject":
                own.clear()
            value = judgement.new if judgement.verdict == "correct" else judgement.old
            own[judgement.field] = Vote(
                correction=one.id,
                reviewer=one.reviewer,
                at=one.at,
                judgement=judgement,
                value=None if judgement.verdict == "reject" else (value or ""),
            )
    fields: dict[ReviewedField, list[Vote]] = {}
    for own in last.values():
        for field, vote in own.items():
            fields.setdefault(field, []).append(vote)
    return fields


def settle(corrections: Sequence[Correction]) -> Settled:
    """Say what counts for a record: of each field the value that most reviewers give, of equals the latest.

    Args:
        corrections: Those of one record that stand, in the order of their time.
    """
    fields = votes_of(corrections)
    values = {field: _leading(votes) for field, votes in fields.items()}
    is_rejected = "record" in values and values["record"].value is None
    verdicts = {vote.judgement.verdict for vote in values.values()}
    mark: Mark = (
        "rejected" if is_rejected
        else "contested" if any(len({vote.value for vote in votes}) > 1 for votes in fields.values())
        else "corrected" if "correct" in verdicts
        else "confirmed"
    )  # fmt: skip
    return Settled(values=values, votes=fields, mark=mark)


def _leading(votes: Sequence[Vote]) -> Vote:
    counts: dict[str | None, int] = {}
    for vote in votes:
        counts[vote.value] = counts.get(vote.value, 0) + 1
    return max(votes, key=lambda vote: (counts[vote.value], vote.at, vote.correction))
