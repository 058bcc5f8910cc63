"""Events against gold types and dyads of countries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from typing import Literal, TypeVar

import msgspec

from melian.evaluation.bootstrap import f1, measure, precision, recall, share
from melian.evaluation.readers import ReadsMany, article_of, readings_of
from melian.evaluation.report import Miss, Outcome
from melian.evaluation.spans import one_to_one
from melian.records import Claim, Event, Reading, Span

T = TypeVar("T", bound=Hashable)
HolderStatus = Literal["asserted", "attributed", "denied", "planned", "hypothetical"]
Triple = tuple[str, str | None, str | None]
Dyad = tuple[str | None, str | None]

UNDIRECTED = frozenset({"CONSULT"})
"""Types whose parties stand on one side: who is named as source says nothing."""
NOT_COUNTED: frozenset[HolderStatus] = frozenset({"denied", "hypothetical"})
"""Predicted events that are written down and are no answer to "what happened or was said to happen"."""


class ExpectedEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One gold event: PLOVER type and the countries of its sides."""

    type: str
    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()


class GoldEvents(msgspec.Struct, frozen=True, kw_only=True):
    """A gold text with the events it should yield; `expected` is None where only predictions are wanted."""

    id: str | int
    text: str
    date: str | None = None
    expected: tuple[ExpectedEvent, ...] | None = None


class FoundEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One predicted event; `trigger` is the one of its first mention."""

    type: str
    mode: str | None = None
    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    holder_status: HolderStatus = "asserted"
    trigger: Span | None = None


class FoundEvents(msgspec.Struct, frozen=True, kw_only=True):
    """The events predicted for one text."""

    id: str | int
    events: tuple[FoundEvent, ...]


def predict_events(reader: ReadsMany, gold: Sequence[GoldEvents]) -> Iterator[FoundEvents]:
    """Yield predictions in gold order; a text that the reader refuses has none."""
    readings = readings_of(reader, (article_of(record.text, record.date) for record in gold))
    for record, reading in zip(gold, readings, strict=True):
        yield FoundEvents(id=record.id, events=events_of(reading) if reading else ())


def events_of(reading: Reading) -> tuple[FoundEvent, ...]:
    """Write the events of a reading with the countries of their actors."""
    country = {actor.id: actor.country for actor in reading.actors}

    def countries(ids: Sequence[str]) -> tuple[str, ...]:
        return tuple(sorted({code for actor in ids if (code := country.get(actor))}))

    return tuple(
        FoundEvent(
            type=event.type,
            mode=event.modes[0] if event.modes else None,
            source=countries(event.sources),
            target=countries(event.targets),
            holder_status=status_of(event, reading.claims),
            trigger=event.mentions[0].trigger if event.mentions else None,
        )
        for event in reading.events
    )


def status_of(event: Event, claims: Sequence[Claim]) -> HolderStatus:
    """Sum up the claims about an event: the author's own if he commits himself, else those of the speakers.

    A speaker's claim that it happened makes it attributed, whoever denies it; if the only commitment is a denial, it is
    denied. An event without any claim counts as asserted.
    """
    own = [claim for claim in claims if claim.event == event.id and claim.holder == "author"]
    for claim in own:
        if claim.certainty != "uncommitted":
            return _status(claim, "asserted")
    said = [claim for claim in claims if claim.event == event.id and claim.holder != "author"]
    committed = [claim for claim in said if claim.certainty != "uncommitted"]
    found = [_status(claim, "attributed") for claim in committed]
    for status in ("attributed", "planned", "hypothetical", "denied"):
        if status in found:
            return status
    return "attributed" if own or said else "asserted"


def _status(claim: Claim, otherwise: Literal["asserted", "attributed"]) -> HolderStatus:
    if claim.tense == "hypothetical":
        return "hypothetical"
    if claim.polarity == "negative":
        return "denied"
    if claim.tense == "future":
        return "planned"
    # An author who holds something for merely possible has not asserted it.
    return "hypothetical" if claim.certainty == "possible" and claim.holder == "author" else otherwise


def triples_of(type_: str, source: Sequence[str], target: Sequence[str]) -> set[Triple]:
    """Expand an event into (type, source country, target country), one for each pair of a source and a target.

    A side without a country is None. CONSULT has no direction: its parties of both sides are paired with one another,
    each pair once in alphabetical order.
    """
    if type_ in UNDIRECTED:
        parties = sorted({*source, *target})
        if len(parties) > 1:
            return {(type_, a, b) for i, a in enumerate(parties) for b in parties[i + 1 :]}
        return {(type_, parties[0] if parties else None, None)}
    nobody: tuple[None] = (None,)
    return {(type_, a, b) for a in tuple(source) or nobody for b in tuple(target) or nobody}


def judge_events(gold: Sequence[GoldEvents], found: Sequence[FoundEvents]) -> Outcome:
    """Judge predictions, record by record in the same order.

    All F1 are micro averages over multisets, so that one event told twice and coded twice costs precision: of triples
    (see `triples_of`), of types (one an event), and of dyads (triples without their type). Direction: of gold triples
    with two different countries that were found one way or the other, the share found the right way. Extra events:
    predicted events left over when each gold event has taken its best partner (one that shares a triple, else one of
    its type), over the number of gold events. Denied and hypothetical events are not counted as predicted.
    """
    columns: dict[str, list[list[float]]] = {name: [] for name in ("triple", "type", "dyad", "direction", "extra")}
    misses: list[Miss] = []
    left_out = 0
    for record, prediction in zip(gold, found, strict=True):
        want = record.expected or ()
        have = [event for event in prediction.events if event.holder_status not in NOT_COUNTED]
        left_out += len(prediction.events) - len(have)
        want_sets = [triples_of(event.type, event.source, event.target) for event in want]
        have_sets = [triples_of(event.type, event.source, event.target) for event in have]
        want_triples = Counter(triple for triples in want_sets for triple in triples)
        have_triples = Counter(triple for triples in have_sets for triple in triples)
        columns["triple"].append(_tally(want_triples, have_triples))
        columns["type"].append(_tally(Counter(e.type for e in want), Counter(e.type for e in have)))
        columns["dyad"].append(_tally(_dyads(want_triples), _dyads(have_triples)))
        columns["direction"].append(_direction(want_triples, have_triples))
        pairs = sorted(
            (-len(a & b), i, j)
            for i, a in enumerate(want_sets)
            for j, b in enumerate(have_sets)
            if a & b or want[i].type == have[j].type
        )
        matched = one_to_one((i, j) for _, i, j in pairs)
        columns["extra"].append([len(have) - len(matched), len(want)])
        misses.extend(_misses(record, want, have, dict(matched)))
    counts = {name: int(sum(row[0] + row[2] for row in columns[name])) for name in ("triple", "type", "dyad")}
    figures = [
        measure(f"{label}: {name}", columns[column], formula, of=counts[column])
        for column, label in (("triple", "type and dyad"), ("type", "type alone"), ("dyad", "dyad alone"))
        for name, formula in (("precision", precision), ("recall", recall), ("F1", f1))
    ]
    directed = int(sum(row[1] for row in columns["direction"]))
    events = int(sum(row[1] for row in columns["extra"]))
    figures.append(measure("direction right", columns["direction"], share, of=directed))
    figures.append(measure("extra events a gold event", columns["extra"], share, unit="each", of=events))
    notes = (f"{left_out} predicted events are denied or hypothetical and not counted.",) if left_out else ()
    return Outcome(figures=tuple(figures), misses=tuple(misses), records=len(gold), notes=notes)


def _tally(want: Counter[T], have: Counter[T]) -> list[float]:
    both = (want & have).total()
    return [both, have.total() - both, want.total() - both]


def _dyads(triples: Counter[Triple]) -> Counter[Dyad]:
    dyads: Counter[Dyad] = Counter()
    for (_, source, target), count in triples.items():
        dyads[source, target] += count
    return dyads


def _direction(want: Counter[Triple], have: Counter[Triple]) -> list[float]:
    right = decided = 0
    for type_, source, target in want:
        if source and target and source != target and type_ not in UNDIRECTED:
            straight, turned = (type_, source, target) in have, (type_, target, source) in have
            # Where both ways were predicted and both are gold, each is right; else the pair stays undecided.
            if straight or turned:
                decided += 1
                right += straight
    return [right, decided]


def _misses(
    record: GoldEvents, want: Sequence[ExpectedEvent], have: Sequence[FoundEvent], partner: dict[int, int]
) -> Iterator[Miss]:
    def words(event: ExpectedEvent | FoundEvent) -> str:
        return f"{event.type} {'+'.join(event.source) or '?'} > {'+'.join(event.target) or '?'}"

    def text_of(event: FoundEvent) -> str:
        if event.trigger is None:
            return record.text
        start, end = event.trigger
        return record.text[max(0, start - 40) : end + 40]

    for i, event in enumerate(want):
        if i not in partner:
            yield Miss(record=str(record.id), text=record.text, expected=words(event), found="", weight=2)
        elif words(event) != words(have[partner[i]]):
            other = have[partner[i]]
            if triples_of(event.type, event.source, event.target) != triples_of(other.type, other.source, other.target):
                yield Miss(
                    record=str(record.id), text=text_of(other), expected=words(event), found=words(other), weight=1
                )
    for j in set(range(len(have))) - set(partner.values()):
        yield Miss(record=str(record.id), text=text_of(have[j]), expected="", found=words(have[j]), weight=1.5)
