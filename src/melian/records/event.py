"""Events: one happening of a PLOVER type between actors, told in one or more mentions."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

import msgspec

from melian.records.span import Span
from melian.records.when import When
from melian.records.where import Where

EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
_TYPES = frozenset(get_args(EventType))
TypeName = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,59}$")]
"""The name of a type of any ontology. It goes into tables, file names and pages, so that it holds nothing odd."""
OntologyName = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,59}/[A-Za-z0-9][A-Za-z0-9._-]{0,19}$")]
"""Name and version of an ontology."""
Quad = Literal[1, 2, 3, 4]


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """One place in the report where an event is told."""

    trigger: Span
    sentence: Span


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """How many people: both ends included, None for an open end ("at least 12")."""

    low: int | None
    high: int | None
    span: Span


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One happening.

    Attributes:
        id: Stable within the report.
        type: PLOVER type, or the name of a type of the user's own ontology.
        ontology: Name and version of that ontology, as `name/version`; None for PLOVER.
        plover: Where `type` is of another ontology, the PLOVER type nearest to it; else None.
        modes: PLOVER modes of the PLOVER type.
        contexts: PLOVER contexts.
        quad: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
        intensity: PLOVER score of the mode, or of the type, −10 to 10.
        sources: Ids of the initiating actors.
        targets: Ids of the receiving actors.
        mentions: In order.
        date: None where the report gives none.
        place: None where the report gives none.
        dead: People killed.
        injured: People injured.
        confidence: The share of events as sure as this one whose type and trigger are right.
    """

    id: str
    type: TypeName
    ontology: OntologyName | None = None
    plover: EventType | None = None
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    quad: Quad
    intensity: float
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    mentions: tuple[Mention, ...]
    date: When | None = None
    place: Where | None = None
    dead: Count | None = None
    injured: Count | None = None
    confidence: float = 0.5

    def __post_init__(self) -> None:
        """Refuse a type that is neither PLOVER's nor of an ontology that says which PLOVER type is near."""
        if self.plover is None and self.type not in _TYPES:
            raise ValueError(f"the event type {self.type} is none of PLOVER's, and `plover` names none near it")


def plover_type(event: Event) -> str:
    """Give the PLOVER type of an event, whatever ontology its own type is of."""
    return event.plover or event.type
