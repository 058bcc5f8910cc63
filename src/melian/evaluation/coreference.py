"""Which mentions of several reports are of one event: gold, predictions, and CoNLL F1."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Protocol

import msgspec

from melian.archive import Archive, Writer
from melian.archive.linking.alone import Telling, link_tellings
from melian.archive.linking.link import link
from melian.archive.linking.stems import stems_of
from melian.archive.linking.weights import Weight
from melian.archive.marks import Making
from melian.archive.shard import write_shard
from melian.evaluation.bootstrap import Figure
from melian.evaluation.clusterings import Clustering, b_cubed, ceaf_e, conll_f1, muc
from melian.evaluation.readers import ReadsMany, readings_of, report_of
from melian.evaluation.report import Miss, Outcome
from melian.knowledge.table import parse_rows
from melian.records import Reading, Span, overlap


class GoldMention(msgspec.Struct, frozen=True, kw_only=True):
    """One mention; those of actions count, where they stand in a sentence that was annotated in full."""

    id: str
    spans: tuple[Span, ...]
    tag: str
    instance_id: str
    in_selected_sentence: bool = True

    @property
    def is_judged(self) -> bool:
        """Tell whether it is the mention of an event in an annotated sentence."""
        return self.in_selected_sentence and self.tag.startswith(("ACTION", "NEG_ACTION"))

    @property
    def span(self) -> Span:
        """From the first word to the last."""
        return self.spans[0][0], self.spans[-1][1]


class GoldSentence(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence, and whether it was annotated in full."""

    span: Span
    selected: bool = True


class GoldCoreference(msgspec.Struct, frozen=True, kw_only=True):
    """One report with its mentions; mentions with one `instance_id` are of one event, in any report."""

    doc_id: str
    text: str
    sentences: tuple[GoldSentence, ...] = ()
    mentions: tuple[GoldMention, ...] | None = None

    @property
    def events(self) -> tuple[GoldMention, ...]:
        """The mentions that are judged."""
        return tuple(mention for mention in self.mentions or () if mention.is_judged)


class FoundMention(msgspec.Struct, frozen=True, kw_only=True):
    """One mention and the event to which it was led."""

    span: Span
    event: str


class FoundCoreference(msgspec.Struct, frozen=True, kw_only=True):
    """The mentions of one report."""

    doc_id: str
    mentions: tuple[FoundMention, ...] = ()


class Describes(Protocol):
    """What tells of words in a text which lemma they have, and how the encoder sees them."""

    def describe(self, text: str, spans: Sequence[Span]) -> Sequence[tuple[str, tuple[int, ...] | None]]:
        """Give the lemma of each span's head, and the signs of its vector."""


def link_given(tools: Describes, gold: Sequence[GoldCoreference]) -> Iterator[FoundCoreference]:
    """Yield for each report its gold mentions, each led to an event by their words alone."""
    tellings = [telling for number, record in enumerate(gold) for telling in tellings_of(tools, number, record)]
    chosen = iter(link_tellings(tellings, changed_weights()))
    for record in gold:
        mentions = tuple(FoundMention(span=mention.span, event=str(next(chosen))) for mention in record.events)
        yield FoundCoreference(doc_id=record.doc_id, mentions=mentions)


def predict_coreference(reader: ReadsMany, gold: Sequence[GoldCoreference]) -> Iterator[FoundCoreference]:
    """Yield for each report the events that the reader finds in annotated sentences, linked by an archive."""
    readings = list(readings_of(reader, (report_of(record.text) for record in gold)))
    linked = _linked([reading for reading in readings if reading is not None])
    for record, reading in zip(gold, readings, strict=True):
        mentions = [
            FoundMention(span=mention.trigger, event=linked[reading.report.id, event.id])
            for event in (reading.events if reading is not None else ())
            for mention in event.mentions
            if reading is not None and _is_annotated(record, mention.trigger)
        ]
        yield FoundCoreference(doc_id=record.doc_id, mentions=tuple(mentions))


def judge_coreference(gold: Sequence[GoldCoreference], found: Sequence[FoundCoreference]) -> Outcome:
    """Measure how well mentions of all reports together are put into events."""
    wanted: dict[object, object] = {}
    given: dict[object, object] = {}
    misses: list[Miss] = []
    for record, prediction in zip(gold, found, strict=True):
        free = {mention.id: mention for mention in record.events}
        wanted |= {(record.doc_id, mention.id): mention.instance_id for mention in record.events}
        for number, mention in enumerate(prediction.mentions):
            match = max(free.values(), key=lambda one: _likeness(one.span, mention.span), default=None)
            if match is not None and overlap(match.span, mention.span):
                given[record.doc_id, free.pop(match.id).id] = mention.event
            else:
                given[record.doc_id, f"found {number}"] = mention.event
        misses += [
            Miss(record=record.doc_id, text=record.text[slice(*one.span)], expected=one.instance_id, found="")
            for one in free.values()
        ]
    return Outcome(figures=_figures(wanted, given), misses=tuple(misses), records=len(gold))


def _figures(gold: Clustering, found: Clustering) -> tuple[Figure, ...]:
    counts = {"MUC": muc(gold, found), "B-cubed": b_cubed(gold, found), "CEAF-e": ceaf_e(gold, found)}
    conll = sum(one.f1 for one in counts.values()) / len(counts)
    met = len([mention for mention in gold if mention in found])
    recall = 100 * met / len(gold) if gold else None
    among = [{mention: one[mention] for mention in gold if mention in found} for one in (gold, found)]
    precision = 100 * met / len(found) if found else None
    return (
        Figure(name="CoNLL F1", value=conll, of=len(gold)),
        *(Figure(name=f"{name} F1", value=one.f1, of=len(gold)) for name, one in counts.items()),
        Figure(name="CoNLL F1 of the mentions found", value=conll_f1(among[0], among[1]) if met else None, of=met),
        Figure(name="mentions found: recall", value=recall, of=len(gold)),
        Figure(name="mentions found: precision", value=precision, of=len(found)),
    )


def tellings_of(tools: Describes, number: int, record: GoldCoreference) -> Iterator[Telling]:
    """Yield what is known of the judged mentions of a report, by their words alone."""
    large = {word.lower() for word in re.findall(r"\b[A-Z][A-Za-z]{2,}", record.text)}
    context = tuple(sorted({stem for _, stem, is_dull in stems_of(sorted(large)) if not is_dull}))
    described = tools.describe(record.text, [mention.span for mention in record.events])
    for mention, (lemma, sketch) in zip(record.events, described, strict=True):
        around = next((one.span for one in record.sentences if overlap(one.span, mention.span)), mention.span)
        spoken = {word.lower() for word in re.findall("[A-Za-z]{3,}", record.text[slice(*around)])}
        words = tuple(sorted({stem for _, stem, is_dull in stems_of(sorted(spoken)) if not is_dull}))
        yield Telling(reading=number, triggers=(lemma,), words=words, context=context, sketch=sketch)


def _linked(readings: Sequence[Reading]) -> dict[tuple[str, str], str]:
    if not readings:
        return {}
    with tempfile.TemporaryDirectory() as place, Writer(Path(place) / "archive", is_new_allowed=True) as writer:
        number = writer.take_number()
        part = writer.begin_part("coreference", number)
        making = Making(produced_by=readings[0].produced_by, code="")
        distinct = list({reading.report.id: reading for reading in readings}.values())
        writer.commit(write_shard(part, "coreference", number, distinct, (), making))
        link(writer)
        rows = Archive(writer.layout.root).sql("SELECT report, event, linked FROM links").to_pylist()
    return {(row["report"], row["event"]): row["linked"] for row in rows}


def _is_annotated(record: GoldCoreference, span: Span) -> bool:
    return not record.sentences or any(one.selected and overlap(one.span, span) for one in record.sentences)


def _likeness(one: Span, other: Span) -> float:
    return overlap(one, other) / max(1, one[1] - one[0], other[1] - other[0])


@cache
def changed_weights() -> dict[str, float]:
    """Give the weights for mentions of which only the words are given."""
    text = (files("melian.evaluation") / "coreference_weights.tsv").read_text(encoding="utf-8")
    return {row.id: row.value for row in parse_rows(text, "coreference_weights.tsv", Weight)}
