"""The stage that dates a report's expressions of time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from melian.coding.dates.finding import find_times
from melian.coding.draft import Draft
from melian.records import Report


@dataclass(frozen=True, slots=True)
class DatesStage:
    """Find every expression of time and resolve it against the day of publication, else the dateline's day."""

    name: str = "dates"
    requires: frozenset[str] = frozenset({"doc"})
    provides: frozenset[str] = frozenset({"dates"})

    def __call__(self, draft: Draft) -> Draft:
        """Fill `Draft.dates`; words of the dateline are left out."""
        if draft.doc is None:
            return draft
        span = draft.report.dateline.span
        return replace(draft, dates=find_times(draft.doc, anchor_of(draft.report), (span,) if span else ()))


def anchor_of(report: Report) -> date | None:
    """Give the day that relative dates of a report lean on, or None where no full date is known."""
    for words in (report.published, report.dateline.date):
        if words:
            try:
                return date.fromisoformat(words[:10])
            except ValueError:
                continue
    return None
