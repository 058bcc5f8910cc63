"""The stage that finds what was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec.structs import replace

from melian.coding.dates.anchoring import anchor_of
from melian.coding.draft import Draft
from melian.coding.encoder.calibration import Fitted
from melian.coding.encoder.scale import SHIPPED, Scale
from melian.coding.events.acted_upon import address, with_real_targets
from melian.coding.events.affairs import HARMING, is_affair_of_state, is_among_firms
from melian.coding.events.confidence import confidence_of, is_told, weighing
from melian.coding.events.countries_told import with_countries
from melian.coding.events.date_links import date_by_links, date_by_scene
from melian.coding.events.dating import date_of
from melian.coding.events.detection import tellings
from melian.coding.events.figures import Figure, find_figures
from melian.coding.events.found import tellings_found, weigh
from melian.coding.events.heads import EventHeads, event_heads
from melian.coding.events.joining import complete_own, join_tellings, without_looks
from melian.coding.events.mere_sayings import SPOKEN, without_mere_sayings
from melian.coding.events.merging import Happening, merge, type_of
from melian.coding.events.recording import absences_of, record
from melian.coding.events.relevance import relevance_of
from melian.coding.events.side_evidence import Landscape
from melian.coding.events.sides import with_sides
from melian.coding.events.surroundings import place_of
from melian.coding.events.told import NOTHING, Parties, Told
from melian.coding.events.topics import contexts_of, is_yet_to_come, topic_of
from melian.coding.events.unnamed import Around, around
from melian.coding.events.visits import with_host
from melian.coding.places.of_events import place_absences, place_reasons
from melian.coding.span_index import SpanIndex
from melian.records import (
    Actor,
    Count,
    Event,
    Reason,
    Span,
    TimeExpression,
    Where,
)

if TYPE_CHECKING:
    from spacy.tokens import Span as Phrase
    from spacy.tokens import Token

    from melian.coding.events.own.trained import Trained

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
        assert draft.doc is not None
        ruled = self.rule(draft)
        events, told, reasons = list(ruled.events), dict(ruled.told), list(ruled.reasons)
        if draft.encoded and self.own is None:
            events, of_sides, why = with_sides(ruled.events, ruled.happenings, self.land(draft, ruled))
            told |= of_sides
            reasons += why
        parties = {i for event in events for i in (*event.sources, *event.targets)}
        open_ = (a for a in draft.absences if a.field != "country" or a.record not in told)
        made = {actor.id: actor for actor in ruled.heard.made if actor.id in parties} | told
        return replace(
            draft,
            events=tuple(events),
            parties=tuple(made.values()),
            reasons=(*draft.reasons, *reasons),
            absences=(*open_, *(a for event in events for a in (*absences_of(event), *place_absences(event)))),
        )

    def rule(self, draft: Draft) -> Ruled:
        """Give the events of a report with the sides that heads and grammar give each."""
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
        for k, (happening, sure) in enumerate(kept):
            address(happening, heard.sentences, heard.actors)
            event, why = record(happening, sure, heard.sentences, counts.get(k, {}), self.own)
            event = replace(event, confidence=self.scale.confidence(event.confidence, event.type))
            events.append(event)
            reasons += [*why, *place_reasons(event, draft.place_bases)]
        assert draft.doc is not None
        told, told_by = with_countries(events, heard.actors, draft.doc, heard.near)
        return Ruled(heard, [h for h, _ in kept], events, told, (*reasons, *told_by))

    def land(self, draft: Draft, ruled: Ruled) -> Landscape:
        """Give where a report names countries, with those that its events gave to parties."""
        assert draft.doc is not None
        actors = {**ruled.heard.actors, **ruled.told}
        heads = self.heads or event_heads()
        line = draft.report.dateline.span
        home = next((p.country for p in draft.places if line and p.span and line[0] <= p.span[0] < line[1]), None)
        return Landscape(draft.doc, ruled.heard.sentences, actors, draft.statements, draft.encoded, heads, home)

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


class Ruled(msgspec.Struct, frozen=True):
    """Events with the sides that heads and grammar give each by itself.

    Attributes:
        heard: What they were told by.
        happenings: The tellings of each.
        events: In the order of the text.
        told: Parties to whom an event gave a country, by id.
        reasons: For all of it.
    """

    heard: Heard
    happenings: Sequence[Happening]
    events: Sequence[Event]
    told: Mapping[str, Actor]
    reasons: tuple[Reason, ...]


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
