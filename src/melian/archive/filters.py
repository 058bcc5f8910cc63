"""What a question is narrowed to."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import get_args

import msgspec

from melian.archive.intervals import interval_of
from melian.errors import BadQuestion
from melian.records import EventType


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """Which records are asked for; None for all.

    Attributes:
        between: Days: of the event where events and dyads are asked for, of the report where statements and disputes
            are. What has no date is left out.
        source: A country code or a name among the sources of the event, or of the event that the words are about.
        target: Likewise among the targets.
        type: The event's type: PLOVER's in any letters, one of another ontology as it is written there.
        said_by: A country code or a name of somebody who says so.
        outlet: The outlet's name.
        limit: At most so many.
    """

    between: str | None = None
    source: str | None = None
    target: str | None = None
    type: str | None = None
    said_by: str | None = None
    outlet: str | None = None
    limit: int | None = None


def is_plover(type_: str) -> bool:
    """Tell whether a type is one of PLOVER's, however it is written."""
    return type_.upper() in get_args(EventType)


def parameters_of(filters: Filters, own_types: Collection[str] = ()) -> dict[str, str | int | date | None]:
    """Give the parameters of the SQL questions.

    Args:
        filters: What is asked for.
        own_types: Types of other ontologies than PLOVER that the archive holds.

    Raises:
        BadQuestion: An interval, a type or a limit cannot be used.
    """
    interval = interval_of(filters.between)
    kind = filters.type.upper() if filters.type is not None and is_plover(filters.type) else filters.type
    known = dict.fromkeys((*get_args(EventType), *sorted(own_types)))
    if kind is not None and kind not in known:
        raise BadQuestion(f"There is no event type {kind[:40]!r}", f"one of {', '.join(known)}")
    if filters.limit is not None and filters.limit < 0:
        raise BadQuestion(f"The limit is {filters.limit}", "a number that is not negative")
    return {
        "first": interval.start,
        "last": interval.end,
        "source": filters.source,
        "target": filters.target,
        "type": kind,
        "said_by": filters.said_by,
        "outlet": filters.outlet,
        "limit": filters.limit,
    }
