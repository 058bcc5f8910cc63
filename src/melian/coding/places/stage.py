"""The stage that adds places to a draft."""

from __future__ import annotations

from dataclasses import dataclass, replace

from melian.coding.draft import Draft
from melian.coding.places.finding import find_places


@dataclass(frozen=True, slots=True)
class PlacesStage:
    """Finds the places of a report; furniture other than the title and the dateline is left out."""

    name: str = "places"
    requires: frozenset[str] = frozenset({"doc"})
    provides: frozenset[str] = frozenset({"places"})

    def __call__(self, draft: Draft) -> Draft:
        """Add the places."""
        if draft.doc is None:
            return draft
        report = draft.report
        skip = [part.span for part in report.furniture if part.kind not in ("title", "dateline")]
        return replace(draft, places=find_places(draft.doc, dateline=report.dateline.place, skip=skip))
