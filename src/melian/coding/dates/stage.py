"""The stage that dates a report's expressions of time."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from melian.coding.dates.anchoring import anchor_of, why_unanchored
from melian.coding.dates.finding import find_times
from melian.coding.draft import Draft
from melian.records import Absence, TimeExpression


class DatesStage(msgspec.Struct, frozen=True):
    """Find every expression of time and resolve it against the dateline's day, else the day of publication."""

    name: str = "dates"
    requires: frozenset[str] = frozenset({"doc"})
    provides: frozenset[str] = frozenset({"dates", "absences"})

    def __call__(self, draft: Draft) -> Draft:
        """Fill `Draft.dates`; words of the dateline are left out."""
        if draft.doc is None:
            return draft
        span = draft.report.dateline.span
        dates = find_times(draft.doc, anchor_of(draft.report), (span,) if span else ())
        why = why_unanchored(draft.report)
        if why is None or not any(_is_left_open(one) for one in dates):
            return replace(draft, dates=dates)
        absence = Absence(record=draft.report.id, field="published", reason=why)
        return replace(draft, dates=dates, absences=(*draft.absences, absence))


def _is_left_open(one: TimeExpression) -> bool:
    """Tell whether an expression would have days if the report had a day to lean on."""
    return one.kind in ("date", "time") and one.when.basis == "unknown"
