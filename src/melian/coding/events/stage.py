"""The stage that finds what was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec.structs import replace

from melian.coding.dates.anchoring import anchor_of
from melian.coding.dates.bounds import why_no_days
from melian.coding.draft import Draft
from melian.coding.encoder.calibration import Fitted
from melian.coding.encoder.scale import SHIPPED, Scale
from melian.coding.events.acted_upon import address, with_real_targets
from melian.coding.events.affairs import HARMING, is_affair_of_state, is_among_firms
from melian.coding.events.confidence import confidence_of, is_told, weighing
from melian.coding.events.countries_told import with_countries
from melian.coding.events.date_links import date_by_links, date_by_scene
from melian.coding.events.dating import Dated, date_of
from melian.coding.events.detection import tellings
from melian.coding.events.figures import Figure, find_figures
from melian.coding.events.found import tellings_found, weigh
from melian.coding.events.heads import EventHeads, event_heads
from melian.coding.events.joining import complete_own, join_tellings, without_looks
from melian.coding.events.mere_sayings import SPOKEN, without_mere_sayings
from melian.coding.events.merging import Happening, merge, type_of
from melian.coding.events.relevance import relevance_of
from melian.coding.events.surroundings import place_of
from melian.coding.events.told import NOTHING, Parties, Told
from melian.coding.events.topics import contexts_of, is_yet_to_come, topic_of
from melian.coding.events.unnamed import Around, around
from melian.coding.events.visits import with_host
from melian.coding.places.of_events import place_absences, place_reasons
from melian.coding.span_index import SpanIndex
from melian.knowledge.ontology import EventKind, event_kinds, modes
from melian.records import (
    Absence,
    Actor,
    Count,
    Event,
    Mention,
    Reason,
    Span,
    TimeExpression,
    Where,
    content_id,
    plover_type,
)

if TYPE_CHECKING:
    from spacy.tokens import Span as Phrase
    from spacy.tokens import Token

    from melian.coding.events.own.trained import Trained

_PRECISE = {"day": 0, "week": 1, "month": 2, "season": 3, "year": 4, "open": 5}
_NEAR = {"site": 0, "city": 1, "district": 2, "province": 3, "region": 4, "country": 5, None: 6}
T = TypeVar("T")


class EventsStage:
    """Finds events by heads and lexicon, gives each date, place and figures, and merges the tellings of one event.

    Args:
        own: An ontology of the user's own, whose events are found in place of PLOVER's.
        least_confidence: Events less sure are left out, with what is claimed of them.
        heads: Others than those that ship.
        relevance: What tells the relevance of a text by other heads' vectors, in place of what ships.
        scale: What confidence is told by, in place of what ships; what is an event at all is not.
    """

    name = "events"
    requires = frozenset("doc coded encoded dates places place_bases actors namings quoted_namings statements".split())
    provides = frozenset({"events", "parties", "reasons", "absences"})

    def __init__(
        self,
        own: Trained | None = None,
        least_confidence: float = 0.0,
        heads: EventHeads | None = None,
        relevance: Fitted | None = None,
        scale: Scale = SHIPPED,
    ) -> None:
        self.own = own
        self.least_confidence = least_confidence
        self.heads = heads
        self.relevance = relevance
        self.scale = scale

    def __call__(self, draft: Draft) -> Draft:
        """Add events to a draft."""
        heard = self.hear(draft)
        weighed = [(h, confidence_of(h, heard.actors, heard.relevance)) for h in heard.happenings]
        kept = [
            (h, sure)
            for h, sure in weighed
            if is_told(h, sure) and self.scale.confidence(sure, type_of(h)) >= self.least_confidence
        ]
        counts = _attach(heard.figures, [h for h, _ in kept])
        events: list[Event] = []
        reasons: list[Reason] = []
        absences: list[Absence] = []
        for k, (happening, sure) in enumerate(kept):
            address(happening, heard.sentences, heard.actors)
            event, why = _record(happening, sure, heard, counts.get(k, {}), self.own)
            event = replace(event, confidence=self.scale.confidence(event.confidence, event.type))
            events.append(event)
            reasons += [*why, *place_reasons(event, draft.place_bases)]
            absences += [*_absences(event), *place_absences(event)]
        parties = {i for event in events for i in (*event.sources, *event.targets)}
        assert draft.doc is not None
        told, told_by = with_countries(events, heard.actors, draft.doc, heard.near)
        open_ = (a for a in draft.absences if a.field != "country" or a.record not in told)
        made = {actor.id: actor for actor in heard.made if actor.id in parties} | told
        return replace(
            draft,
            events=tuple(events),
            parties=tuple(made.values()),
            reasons=(*draft.reasons, *reasons, *told_by),
            absences=(*open_, *absences),
        )

    def hear(self, draft: Draft) -> Heard:
        """Give all that heads and lexicon take for events, each told once, however unlikely."""
        assert draft.doc is not None
        actors = {actor.id: actor for actor in draft.actors}
        namings = {naming.head: naming for naming in (*draft.namings, *draft.quoted_namings)}
        places_at = frozenset(place.span[0] for place in draft.places if place.span)
        contents = SpanIndex((span, s) for s in draft.statements for span in s.content)
        parties = Parties(namings, actors, contents, places_at)
        sentences = list(draft.doc.sents)
        times = _by_sentence(sentences, [(t.span, t) for t in draft.dates])
        bodies = SpanIndex((mention, a.id) for a in draft.actors if _is_named_body(a) for mention in a.mentions)
        places = _by_sentence(
            sentences, [(p.span, p) for p in draft.places if p.span and not _is_in_name(p.span, bodies)]
        )
        read: list[Told] = []
        figures: list[tuple[int, Figure]] = []
        for number, (sentence, is_coded) in enumerate(zip(sentences, draft.coded, strict=True)):
            if not is_coded:
                continue
            read += tellings(sentence, number, parties)
            figures += [(number, figure) for figure in find_figures(sentence)]
        ruled = without_mere_sayings([telling for telling in read if telling.type != NOTHING], draft.statements)
        told: Sequence[Told] = ruled
        near = around(sentences, draft.actors, draft.places)
        made: tuple[Actor, ...] = ()
        if draft.encoded:
            heads = self.heads or event_heads()
            chances = [heads.chances(one) for one in draft.encoded]
            found, made = tellings_found(
                draft.doc, draft.encoded, sentences, draft.coded, parties, near, heads, chances, self.own
            )
            looks = [telling.trigger for telling in read if telling.type == NOTHING]
            found = without_looks(without_mere_sayings(found, draft.statements), looks)
            actors |= {actor.id: actor for actor in made}
            if self.own is None:
                found, ruled = (weigh(part, draft.encoded, heads, chances) for part in (found, ruled))
                joined = [with_host(one, parties) for one in join_tellings(found, ruled)]
                told = with_real_targets(joined, sentences, actors)
            else:
                told = complete_own(found, ruled)
        anchor = anchor_of(draft.report)
        others = _triggers_of_others(told)
        happenings = [
            _happening(one, sentences[one.sentence], times[one.sentence], places[one.sentence], anchor, others)
            for one in told
        ]
        if not draft.encoded:
            happenings = [h for h in happenings if is_affair_of_state(h, actors)]
        merged = merge(happenings, actors)
        if self.own is None:
            merged = [h for h in merged if not is_among_firms(h, actors)]
        date_by_links(merged, draft.doc, sentences, times)
        date_by_scene(merged, sentences, times)
        relevance = relevance_of(sentences, draft.encoded, self.relevance or weighing().relevance)
        return Heard(merged, actors, made, near, figures, sentences, relevance)


class Heard(msgspec.Struct, frozen=True):
    """What may be events of a report, and what they are recorded with.

    Attributes:
        happenings: In the order of the text.
        actors: The report's, and those made of the events' words, by id.
        made: The latter.
        near: What tells the country of parties whom no knowledge names.
        figures: The dead and injured, with the numbers of their sentences.
        sentences: Of the parse, in order.
        relevance: For each sentence, how far the words around it are of a text that tells events.
    """

    happenings: Sequence[Happening]
    actors: Mapping[str, Actor]
    made: tuple[Actor, ...]
    near: Around
    figures: Sequence[tuple[int, Figure]]
    sentences: Sequence[Phrase]
    relevance: Sequence[float]


def _is_named_body(actor: Actor) -> bool:
    return actor.kind in {"organisation", "group"} and not actor.unnamed


def _is_in_name(span: Span, bodies: SpanIndex[str]) -> bool:
    """Tell whether a place's name is a part of an organisation's ("Bank of England")."""
    return any(span[1] <= mention[1] and mention != span for mention, _ in bodies.holding(span[0]))


def _by_sentence(sentences: Sequence[Phrase], items: Sequence[tuple[Span, T]]) -> list[list[T]]:
    """Sort records by the sentence that they stand in."""
    sorted_in: list[list[T]] = [[] for _ in sentences]
    at = 0
    for span, item in sorted(items, key=lambda pair: pair[0]):
        while at < len(sentences) and sentences[at].end_char <= span[0]:
            at += 1
        if at < len(sentences):
            sorted_in[at].append(item)
    return sorted_in


def _triggers_of_others(told: Sequence[Told]) -> dict[tuple[int, str], frozenset[Token]]:
    """Give the words that tell events of another type in the same sentence, by sentence and type."""
    by_type: dict[int, dict[str, set[Token]]] = {}
    for one in told:
        by_type.setdefault(one.sentence, {}).setdefault(one.type, set()).add(one.trigger)
    return {
        (sentence, own): frozenset().union(*(words for type_, words in types.items() if type_ != own))
        for sentence, types in by_type.items()
        for own in types
    }


def _happening(
    told: Told,
    sentence: Phrase,
    times: Sequence[TimeExpression],
    places: Sequence[Where],
    anchor: date | None,
    others: Mapping[tuple[int, str], frozenset[Token]],
) -> Happening:
    is_future, is_spoken = is_yet_to_come(told.trigger), told.type in SPOKEN
    dated = date_of(told.trigger, sentence, times, anchor, is_future=is_future, is_spoken=is_spoken)
    place = place_of(told.trigger, sentence, places, others[told.sentence, told.type], is_spoken=is_spoken)
    return Happening(
        tellings=[told],
        sources=list(told.sources),
        targets=list(told.targets),
        modes=list(told.modes),
        dates=[dated] if dated else [],
        places=[place] if place else [],
        time="future" if is_future else "past",
        topic=topic_of(told.trigger),
        contexts=list(dict.fromkeys((*told.contexts, *contexts_of(sentence)))),
    )


def _attach(figures: Sequence[tuple[int, Figure]], merged: Sequence[Happening]) -> dict[int, dict[str, Count]]:
    """Give each figure to the event told in its sentence, or to the last harmful event of the two sentences before."""
    counts: dict[int, dict[str, Count]] = {}
    for number, figure in figures:
        best: tuple[int, int, int] | None = None
        for k, happening in enumerate(merged):
            if happening.tellings[0].type not in HARMING:
                continue
            for told in happening.tellings:
                distance = number - told.sentence
                if 0 <= distance <= 2:
                    rank = 0 if happening.tellings[0].type == "ASSAULT" else 1
                    key = (distance, rank, abs(told.trigger.i - figure.anchor))
                    if best is None or key < best[:3]:
                        best = key
                        chosen = k
        if best is None or (best[0] and any(figure.harm in known for known in counts.values())):
            # A further figure in a sentence that tells no harm is another's of what was counted already.
            continue
        known = counts.setdefault(chosen, {})
        if figure.harm not in known or (known[figure.harm].high is None and figure.count.high is not None):
            known[figure.harm] = figure.count
    return counts


@cache
def _kinds() -> dict[str, EventKind]:
    return {kind.id: kind for kind in event_kinds()}


@cache
def _scores() -> dict[str, float]:
    return {mode.id: mode.score for mode in modes() if mode.score is not None}


def _record(
    happening: Happening, confidence: float, heard: Heard, counts: dict[str, Count], own: Trained | None
) -> tuple[Event, list[Reason]]:
    first = happening.tellings[0]
    kind = _kinds()[first.type]
    mentions = tuple(
        Mention(trigger=_trigger(told), sentence=_trimmed(heard.sentences[told.sentence]))
        for told in happening.tellings
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


def _absences(event: Event) -> list[Absence]:
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
