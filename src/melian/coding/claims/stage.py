"""The stage that says who holds what of each event."""

from __future__ import annotations

from msgspec.structs import replace

from melian.coding.claims.disputes.finding import find_disputes
from melian.coding.claims.disputes.meaning import meanings_of
from melian.coding.claims.disputes.told import Told
from melian.coding.claims.holders import Held, hold
from melian.coding.claims.scene import Scene
from melian.coding.draft import Draft
from melian.records import Claim, Dispute, Reason, Span, content_id


class ClaimsStage:
    """Judges each event for each holder, and finds the disputes inside one report."""

    name = "claims"
    requires = frozenset({"doc", "quotations", "actors", "namings", "statements", "events", "dates", "encoded"})
    provides = frozenset({"claims", "disputes", "reasons", "absences"})

    def __call__(self, draft: Draft) -> Draft:
        """Add claims and disputes to a draft."""
        assert draft.doc is not None
        scene = Scene(
            draft.doc,
            draft.report,
            {statement.id: statement for statement in draft.statements},
            {actor.id: actor for actor in (*draft.actors, *draft.parties)},
        )
        claims: list[Claim] = []
        reasons: list[Reason] = []
        triggers: dict[str, Span] = {}
        for event in draft.events:
            for held in hold(event, scene):
                claim, reason = _record(event.id, held)
                claims.append(claim)
                triggers[claim.id] = held.trigger
                reasons.append(reason)
        told = Told(
            scene,
            {naming.head: naming for naming in (*draft.namings, *draft.quoted_namings)},
            {event.id: event for event in draft.events},
            claims,
            draft.dates,
            triggers,
            meanings_of(draft.encoded),
        )
        disputes: list[Dispute] = []
        for dispute, reason in find_disputes(told):
            disputes.append(dispute)
            reasons.append(reason)
        return replace(draft, claims=tuple(claims), disputes=tuple(disputes), reasons=draft.reasons + tuple(reasons))


def _record(event: str, held: Held) -> tuple[Claim, Reason]:
    judged = held.judgement
    claim = Claim(
        id=content_id("c", event, held.holder),
        event=event,
        holder=held.holder,
        polarity=judged.polarity,
        certainty=judged.certainty,
        tense=judged.tense,
        span=held.sentence,
    )
    rows = tuple(row if row.startswith("cues:") else f"factuality:{row}" for row in judged.rows)
    return claim, Reason(record=claim.id, stage="claims", rule=held.rule, rows=rows, spans=(held.trigger,))
