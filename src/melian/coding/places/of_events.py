"""Why an event has its place, or none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from melian.records import Absence, Event, Reason, Span


def place_reasons(event: Event, bases: Mapping[Span, str]) -> Iterator[Reason]:
    """Give the reason for an event's place: the words, and what decided among the places of that name.

    Args:
        event: The event.
        bases: For the span of each place of the report, what decided.
    """
    place = event.place
    if place is None or place.span is None or place.precision is None:
        return
    basis = bases.get(place.span, "")
    rule = "place: named nearest to the trigger in its clause" + (f"; {basis}" if basis else "")
    yield Reason(record=event.id, stage="places", rule=rule, spans=(place.span,), score=place.confidence)


def place_absences(event: Event) -> Iterator[Absence]:
    """Say why an event has no place, or a name without one."""
    if event.place is None:
        yield Absence(record=event.id, field="place", reason="no words of its clauses place it")
    elif event.place.precision is None:
        yield Absence(record=event.id, field="place", reason="the gazetteer has no place of the name")
