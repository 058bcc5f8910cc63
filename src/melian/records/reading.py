"""Readings: everything that is taken from one report."""

from __future__ import annotations

from importlib import import_module
from typing import Literal

import msgspec

from melian.records.actor import Actor
from melian.records.claim import Claim
from melian.records.dispute import Dispute
from melian.records.event import Event
from melian.records.report import Report
from melian.records.span import Span
from melian.records.statement import Statement
from melian.records.when import TimeExpression
from melian.records.where import Where

SCHEMA: Literal["melian.reading/1"] = "melian.reading/1"


class Absence(msgspec.Struct, frozen=True, kw_only=True):
    """Why a field that a reader would expect is empty."""

    record: str
    field: str
    reason: str


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """Why a record is there.

    Attributes:
        record: The record's id.
        stage: The stage that made it.
        rule: The rule's name, or the model's.
        rows: Ids of the knowledge rows it rests on, as `table:row`.
        spans: The words it rests on.
        score: The model's score, None for a rule.
    """

    record: str
    stage: str
    rule: str
    rows: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    score: float | None = None


class ProducedBy(msgspec.Struct, frozen=True, kw_only=True):
    """What made a reading: versions and content hashes."""

    melian: str
    model: str
    knowledge: str
    settings: str


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """Everything taken from one report, in the format `melian.reading/1`."""

    schema: Literal["melian.reading/1"] = SCHEMA
    report: Report
    actors: tuple[Actor, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    dates: tuple[TimeExpression, ...] = ()
    places: tuple[Where, ...] = ()
    absences: tuple[Absence, ...] = ()
    reasons: tuple[Reason, ...] = ()
    produced_by: ProducedBy

    def _repr_html_(self) -> str:
        """Show the reading in a notebook. Records know nothing of pages: the one who lays them out is asked by name."""
        return str(import_module("melian.exports.notebook").show_reading(self))


def to_json(reading: Reading) -> bytes:
    """Write a reading as one line of JSON."""
    return msgspec.json.encode(reading)


def from_json(line: bytes | str) -> Reading:
    """Read a reading back from JSON.

    Raises:
        msgspec.ValidationError: The JSON is not a reading of this format.
    """
    return msgspec.json.decode(line, type=Reading)


def json_schema() -> dict[str, object]:
    """Give the JSON Schema of a reading."""
    return msgspec.json.schema(Reading)
