"""The stage that adds places to a draft."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from melian.coding.draft import Draft
from melian.coding.places.finding import find_places_with_bases
from melian.knowledge.gazetteer.outlets import home_of


class PlacesStage(msgspec.Struct, frozen=True):
    """Finds the places of a report; furniture other than the title and the dateline is left out."""

    name: str = "places"
    requires: frozenset[str] = frozenset({"doc"})
    provides: frozenset[str] = frozenset({"places", "place_bases"})

    def __call__(self, draft: Draft) -> Draft:
        """Add the places."""
        if draft.doc is None:
            return draft
        report = draft.report
        skip = [part.span for part in report.furniture if part.kind not in ("title", "dateline")]
        found = find_places_with_bases(
            draft.doc, dateline=report.dateline.place, home=home_of(report.outlet, report.url), skip=skip
        )
        return replace(
            draft,
            places=tuple(where for where, _ in found),
            place_bases={where.span: basis for where, basis in found if where.span},
        )
