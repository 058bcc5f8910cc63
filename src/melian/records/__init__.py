"""The nouns: frozen records that stages, archives and pages hand to one another."""

from melian.records.actor import Actor, ActorKind, Sector
from melian.records.claim import Certainty, Claim, Polarity, Tense
from melian.records.correction import (
    REVIEWED_FIELDS,
    Anchor,
    Correction,
    Excerpt,
    Judgement,
    ReviewedField,
    ReviewedKind,
    Verdict,
)
from melian.records.dispute import Dispute, DisputeKind, Side, Stance
from melian.records.event import Count, Event, EventType, Mention, OntologyName, Quad, TypeName, plover_type
from melian.records.identity import content_id
from melian.records.reading import Absence, ProducedBy, Reading, Reason, from_json, json_schema, to_json
from melian.records.report import Dateline, Furniture, FurnitureKind, Report
from melian.records.span import Span, contains, overlap, words_of
from melian.records.statement import Act, Cue, Statement, StatementKind, quotable
from melian.records.validation import Accuracy, Agreement, Change, Validation, VerdictOnField
from melian.records.when import Basis, Precision, TimeExpression, TimeKind, When
from melian.records.where import PlacePrecision, Where

__all__ = [
    "REVIEWED_FIELDS", "Absence", "Accuracy", "Act", "Actor", "ActorKind", "Agreement", "Anchor", "Basis",
    "Certainty", "Change", "Claim", "Correction", "Count", "Cue", "Dateline", "Dispute", "DisputeKind", "Event",
    "EventType", "Excerpt", "Furniture", "FurnitureKind", "Judgement", "Mention", "OntologyName", "PlacePrecision",
    "Polarity", "Precision", "ProducedBy", "Quad", "Reading", "Reason", "Report", "ReviewedField", "ReviewedKind",
    "Sector", "Side", "Span", "Stance", "Statement", "StatementKind", "Tense", "TimeExpression", "TimeKind",
    "TypeName", "Validation", "Verdict", "VerdictOnField", "When", "Where", "contains", "content_id", "from_json",
    "json_schema", "overlap", "plover_type", "quotable", "to_json", "words_of",
]  # fmt: skip
