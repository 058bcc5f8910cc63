"""Validations: how right the machine is, and how far those agree who say so."""

from __future__ import annotations

from typing import Literal

import msgspec

from melian.records.correction import ReviewedField, Verdict

ValidatedKind = Literal["event", "statement", "dispute", "link"]
"""What can be validated: records of reports, and links between their events."""


class VerdictOnField(msgspec.Struct, frozen=True, kw_only=True):
    """What one reviewer says of one field of one record of a sample.

    Attributes:
        item: The record's place in the sample.
        report: Id of its report.
        record: Its id when the sample was drawn.
        stratum: The stratum in which it was drawn.
        field: The field.
        reviewer: Who says so.
        verdict: Right, wrong, or no record at all.
        old: What the machine had.
        new: What is right, where the verdict is "correct".
        value: What is right, written so that equal values are equal; None where it is no record at all.
        read_by: The version that had read the report.
    """

    item: int
    report: str
    record: str
    stratum: str
    field: ReviewedField
    reviewer: str
    verdict: Verdict
    old: str | None
    new: str | None
    value: str | None
    read_by: str


class Accuracy(msgspec.Struct, frozen=True, kw_only=True):
    """How much of what the machine coded is right.

    Attributes:
        what: The field; "record" for there being such a record at all; "everything" for a record that is one and has
            no wrong field; or a stratum.
        share: 0 to 1.
        low: Lower end of Wilson's 95 % interval.
        high: Upper end of it.
        drawn_low: Lower end of the bootstrap's 95 % interval.
        drawn_high: Upper end of it.
        judged: How many records it rests on.
    """

    what: str
    share: float
    low: float
    high: float
    drawn_low: float
    drawn_high: float
    judged: int


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """How far reviewers agree about a field.

    Attributes:
        field: The field.
        alpha: Krippendorff's alpha; None where it is not defined, for all values are equal.
        low: Lower end of the bootstrap's 95 % interval.
        high: Upper end of it.
        agreed: Share of the pairs of reviewers who say the same of a record.
        units: How many records more than one reviewer judged.
        reviewers: How many people judged them.
    """

    field: str
    alpha: float | None
    low: float | None
    high: float | None
    agreed: float
    units: int
    reviewers: int


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A mistake of the machine and how often it was corrected so."""

    field: str
    old: str
    new: str
    times: int


class Validation(msgspec.Struct, frozen=True, kw_only=True):
    """What a random sample says of the machine.

    Attributes:
        sample: The sample's name.
        kind: What was judged.
        seed: By which the sample was drawn.
        filters: What it was drawn from.
        populations: How many records each stratum has.
        drawn: How many records the sample holds.
        judged: How many of them somebody judged.
        reviewers: Who judged.
        read_by: The versions whose readings were judged.
        accuracy: Field by field, and of everything together.
        strata: Of everything together, stratum by stratum; none where the sample is not stratified.
        agreement: Field by field; none where nobody judged what another had judged.
        changes: The most frequent mistakes.
        method: How the figures came about, in words for a paper.
    """

    sample: str
    kind: ValidatedKind
    seed: int
    filters: dict[str, str]
    populations: dict[str, int]
    drawn: int
    judged: int
    reviewers: tuple[str, ...]
    read_by: tuple[str, ...]
    accuracy: tuple[Accuracy, ...]
    strata: tuple[Accuracy, ...]
    agreement: tuple[Agreement, ...]
    changes: tuple[Change, ...]
    method: str
