"""The stage that leads phrases to actors."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from melian.coding.actors.casting import cast_actors
from melian.coding.draft import Draft


class ActorsStage:
    """Finds the actors of a report and every phrase that leads to one, pronouns in quotations left open."""

    name = "actors"
    requires = frozenset({"doc", "coded", "quotations", "places", "own"})
    provides = frozenset({"actors", "namings", "reasons", "absences"})

    def __call__(self, draft: Draft) -> Draft:
        """Add actors and namings to a draft."""
        assert draft.doc is not None
        scene = cast_actors(
            draft.doc, draft.coded, draft.quotations, draft.places, report_day(draft), _home(draft), draft.own
        )
        ids = scene.cast.ids()
        actors, reasons, absences = scene.cast.records()
        namings = tuple(
            replace(naming, actor=ids[member.key], others=tuple(ids[m.key] for m in others))
            for _, (naming, member, others) in sorted(scene.namings.items())
        )
        return replace(
            draft, actors=actors, namings=namings, reasons=draft.reasons + reasons, absences=draft.absences + absences
        )


def report_day(draft: Draft) -> date | None:
    """Give the day of publication, or else a full date of the dateline."""
    for value in (draft.report.published, draft.report.dateline.date):
        if value and len(value) >= 10 and value[:4].isdigit():
            try:
                return date.fromisoformat(value[:10])
            except ValueError:
                continue
    return None


def _home(draft: Draft) -> str | None:
    span = draft.report.dateline.span
    if span is None:
        return None
    return next((p.country for p in draft.places if p.span and span[0] <= p.span[0] < span[1]), None)
