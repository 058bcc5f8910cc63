"""Corrections: what a person says of a record that the machine made. They are never changed, only added to."""

from __future__ import annotations

from typing import Literal

import msgspec

from melian.records.actor import Actor
from melian.records.claim import Claim
from melian.records.dispute import Dispute
from melian.records.event import Event
from melian.records.span import Span
from melian.records.statement import Statement

Verdict = Literal["confirm", "correct", "reject"]
ReviewedKind = Literal["event", "statement", "dispute"]
ReviewedField = Literal[
    "record", "type", "modes", "sources", "targets", "direction", "date", "place", "speaker", "content", "act", "kind"
]
REVIEWED_FIELDS: dict[ReviewedKind, tuple[ReviewedField, ...]] = {
    "event": ("record", "type", "modes", "sources", "targets", "direction", "date", "place"),
    "statement": ("record", "speaker", "content", "act"),
    "dispute": ("record", "kind"),
}
"""What can be judged of each kind of record. "record" is the record itself: it is one, or it is none."""


class Anchor(msgspec.Struct, frozen=True, kw_only=True):
    """Where a record stands, so that it is found again when its report is read anew and its id is another.

    Attributes:
        report: Id of the report.
        kind: What the record is.
        record: The record's id when it was judged.
        spans: An event's triggers, a statement's cue and content, the words of both sides of a dispute.
        words: What stood there, span by span. Where other words stand, the report is another text.
    """

    report: str
    kind: ReviewedKind
    record: str
    spans: tuple[Span, ...]
    words: tuple[str, ...]


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """What a person says of one field.

    Attributes:
        field: The field, "record" for the record as a whole.
        verdict: It is right; it is wrong, and what is right; the whole record is wrong.
        old: What the machine had, as `values.py` of the review writes it; None for the record as a whole.
        new: What is right, None unless the verdict is "correct".
    """

    field: ReviewedField
    verdict: Verdict
    old: str | None = None
    new: str | None = None


class Excerpt(msgspec.Struct, frozen=True, kw_only=True):
    """A record as it was judged, with every record that it names, so that a correction stands for itself."""

    actors: tuple[Actor, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    disputes: tuple[Dispute, ...] = ()


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """One answer of one reviewer about one record.

    Attributes:
        id: The same for the same answer.
        reviewer: Who says so.
        at: When, in ISO 8601 and UTC.
        anchor: Which record.
        judgements: Field by field; none where the correction only undoes another.
        excerpt: The record as the machine had it.
        read_by: The version that had read the report.
        sample: The random sample in which it was drawn, None where it was taken from the queue or looked up.
        undoes: Id of the correction that no longer stands.
        note: The reviewer's own words.
    """

    id: str
    reviewer: str
    at: str
    anchor: Anchor
    judgements: tuple[Judgement, ...] = ()
    excerpt: Excerpt = Excerpt()
    read_by: str = ""
    sample: str | None = None
    undoes: str | None = None
    note: str | None = None
