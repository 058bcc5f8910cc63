"""Whether two tellings of deeds can be of one deed."""

from __future__ import annotations

from melian.coding.claims.disputes.told import Told
from melian.records import Event, When, plover_type


def is_alike(denied: Event, told_of: Event, told: Told) -> bool:
    """Tell whether a denied event can be the asserted one.

    Args:
        denied: The event denied.
        told_of: The event asserted.
        told: The report.
    """
    if denied.type != told_of.type or plover_type(denied) in {"REJECT", "ACCUSE"}:
        return False
    for ours, theirs in ((denied.sources, told_of.sources), (denied.targets, told_of.targets)):
        a, b = told.parties(ours), told.parties(theirs)
        if a and b and not a & b:
            return False
    if is_apart(denied.date, told_of.date):
        return False
    places = (denied.place, told_of.place)
    if all(p is not None and p.precision not in {"country", None} for p in places):
        return places[0] is not None and places[1] is not None and places[0].name == places[1].name
    return True


def is_apart(a: When | None, b: When | None) -> bool:
    """Tell whether two dates cannot be of one happening."""
    if a is None or b is None or a.start is None or b.start is None:
        return False
    return (a.end or "9999") < b.start or (b.end or "9999") < a.start
