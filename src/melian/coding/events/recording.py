"""From what an event is told by to its record, with the reasons, and what stays open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from melian.coding.dates.bounds import why_no_days
from melian.coding.events.dating import Dated
from melian.coding.events.merging import Happening, type_of
from melian.coding.events.told import Told
from melian.knowledge.ontology import EventKind, event_kinds, modes
from melian.records import Absence, Count, Event, Mention, Reason, Span, Where, content_id, plover_type

if TYPE_CHECKING:
    from spacy.tokens import Span as Phrase

    from melian.coding.events.own.trained import Trained

_PRECISE = {"day": 0, "week": 1, "month": 2, "season": 3, "year": 4, "open": 5}
_NEAR = {"site": 0, "city": 1, "district": 2, "province": 3, "region": 4, "country": 5, None: 6}


@cache
def _kinds() -> dict[str, EventKind]:
    return {kind.id: kind for kind in event_kinds()}


@cache
def _scores() -> dict[str, float]:
    return {mode.id: mode.score for mode in modes() if mode.score is not None}


def record(
    happening: Happening,
    confidence: float,
    sentences: Sequence[Phrase],
    counts: Mapping[str, Count],
    own: Trained | None,
) -> tuple[Event, list[Reason]]:
    """Give the event of its tellings, and why it is one.

    Args:
        happening: Its tellings and what they agree on.
        confidence: How sure it is.
        sentences: Of the parse, in order.
        counts: The dead and injured.
        own: The user's own ontology, where it is of one.
    """
    first = happening.tellings[0]
    kind = _kinds()[first.type]
    mentions = tuple(
        Mention(trigger=_trigger(told), sentence=_trimmed(sentences[told.sentence])) for told in happening.tellings
    )
    likely = [told.likely for told in happening.tellings if told.likely]
    shown = happening.modes or likely[:1]
    scores = [_scores()[f"{kind.id}/{mode}"] for mode in shown if f"{kind.id}/{mode}" in _scores()]
    dated = _best_date(happening.dates)
    event = Event(
        id=content_id("e", first.own or kind.id, mentions[0].trigger),
        type=type_of(happening),
        ontology=own.about.title if own is not None else None,
        plover=kind.id if own is not None else None,
        modes=tuple(shown),
        contexts=tuple(happening.contexts),
        quad=kind.quad,
        intensity=max(scores, key=abs) if scores else kind.score,
        sources=tuple(happening.sources),
        targets=tuple(happening.targets),
        mentions=mentions,
        date=dated.when if dated else None,
        place=_best_place(happening.places),
        dead=counts.get("dead"),
        injured=counts.get("injured"),
        confidence=confidence,
    )
    rows = tuple(dict.fromkeys(row for told in happening.tellings for row in told.rows))
    rule = " and ".join(dict.fromkeys(told.rule for told in happening.tellings))
    reason = Reason(
        record=event.id,
        stage="events",
        rule=rule,
        rows=rows,
        spans=tuple(m.trigger for m in mentions),
        score=max((told.sureness for told in happening.tellings if told.sureness is not None), default=None),
    )
    if dated is None:
        return event, [reason]
    spans = (dated.when.span,) if dated.when.span else ()
    return event, [reason, Reason(record=event.id, stage="events", rule=dated.rule, spans=spans)]


def _trigger(told: Told) -> Span:
    last = told.trigger.doc[told.end - 1]
    return told.trigger.idx, last.idx + len(last)


def _trimmed(sentence: Phrase) -> Span:
    text = sentence.text
    return sentence.start_char + len(text) - len(text.lstrip()), sentence.end_char - (len(text) - len(text.rstrip()))


def _best_date(dates: Sequence[Dated]) -> Dated | None:
    """Give the finest date; the tellings' dates agree, or they would not be one event."""
    return min(
        dates, key=lambda d: (d.when.start is None and d.when.end is None, _PRECISE[d.when.precision]), default=None
    )


def _best_place(places: Sequence[Where]) -> Where | None:
    return min(places, key=lambda p: (p.country is None, _NEAR[p.precision]), default=None)


def absences_of(event: Event) -> list[Absence]:
    """Tell why an event has no source, no target or no days."""
    found = []
    kind = _kinds()[plover_type(event)]
    if not event.sources:
        found.append(Absence(record=event.id, field="source", reason="no words name who acted"))
    if not event.targets and kind.id not in {"CONSULT", "COOPERATE"}:
        why = "no words name the target" if kind.needs_target else "the type needs none and no words name one"
        found.append(Absence(record=event.id, field="target", reason=why))
    undated = why_no_days(event.date) if event.date else "no words of its clauses date it"
    if undated:
        found.append(Absence(record=event.id, field="date", reason=undated))
    return found
