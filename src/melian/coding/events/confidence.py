"""How likely an event is right: its type, and that its trigger tells it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from melian.coding.encoder.calibration import fitted, log_odds
from melian.coding.events.affairs import is_affair_of_state, share_of_public
from melian.coding.events.merging import Happening
from melian.coding.events.told import Told
from melian.knowledge.ontology import event_kinds
from melian.records import Actor

if TYPE_CHECKING:
    from spacy.tokens import Token

TOLD, TOLD_BY_HEADS = 0.25, 0.45
"""Confidence from which something is an event at all, where a row of the lexicon tells it and where the heads alone do.
Of 421 events that we judged by eye in news, fewer than three in ten were right below these, more than half above."""
SILENCE = -2.0
"""Log odds of the heads that count at least where a row names both sides of an affair of state: rows for rare words
("their claims are baseless") tell what the heads never saw; sport, where they mislead, seldom has such sides. Not
where the word only says which is meant ("troops backed by Qatar")."""
_IN_PASSING = frozenset({"acl", "pcomp"})
BY_LEXICON_ALONE = 0.4
"""Share of events that are right where the lexicon reads without the heads."""


def confidence_of(happening: Happening, actors: Mapping[str, Actor], public: Sequence[bool]) -> float:
    """Give the share of events found as this one was that are right.

    The heads of an own ontology bring a confidence of their own, fitted on its examples.

    Args:
        happening: An event with its tellings.
        actors: The report's actors, by id.
        public: For each sentence of the report, whether it names somebody of public life.

    Reference: docs/guide/confidence.md has the plot and the curve; training/encoder/calibrate_events.py fits it.
    """
    sureness = max((told.sureness for told in happening.tellings if told.sureness is not None), default=None)
    if happening.tellings[0].own is not None:
        return round(sureness or 0.0, 2)
    if sureness is None:
        return BY_LEXICON_ALONE if is_affair_of_state(happening, actors) else 0.0
    known = fitted("event_confidence.json")
    return max(known.confidence(evidence) for evidence in evidence_of(happening, actors, public))


def is_told(happening: Happening, confidence: float) -> bool:
    """Tell whether a happening is likely enough to be an event at all; an own ontology's heads have decided before."""
    if happening.tellings[0].own is not None:
        return True
    return confidence >= (TOLD if any(told.rows for told in happening.tellings) else TOLD_BY_HEADS)


def evidence_of(happening: Happening, actors: Mapping[str, Actor], public: Sequence[bool]) -> list[tuple[float, ...]]:
    """Give for each telling of an event what a confidence is told from.

    Args:
        happening: An event whose tellings the heads have weighed.
        actors: The report's actors, by id.
        public: For each sentence of the report, whether it names somebody of public life.

    Returns:
        Log odds of the heads; whether the lexicon alone tells it, and whether both do; whether the trigger is a noun,
        and whether it stands before a noun ("striking medics"); how many of the sentences around name somebody of
        public life, which tells political news from crime, sport and business; whether it is an affair of state by
        who takes part; whether a source is named, and a target, and whether the country of any is known; then, for
        each PLOVER type, whether it is that.
    """
    parties = [actors[i] for i in (*happening.sources, *happening.targets) if i in actors]
    shared = (
        is_affair_of_state(happening, actors),
        bool(happening.sources),
        bool(happening.targets),
        any(actor.country for actor in parties),
        *(kind.id == happening.tellings[0].type for kind in event_kinds()),
    )
    has_sides = bool(happening.sources and happening.targets and shared[0])
    return [
        (*_evidence_of_telling(told, has_sides=has_sides), share_of_public(told.sentence, public), *map(float, shared))
        for told in happening.tellings
    ]


def _evidence_of_telling(told: Told, *, has_sides: bool) -> tuple[float, ...]:
    odds = float(log_odds(told.sureness or 0.0))
    return (
        max(odds, SILENCE) if told.rows and has_sides and not _is_in_passing(told.trigger) else odds,
        float(not told.by_heads),
        float(told.by_heads and bool(told.rows)),
        float(told.trigger.pos_ in {"NOUN", "PROPN"}),
        float(told.trigger.dep_ in {"amod", "compound", "nmod"} and not (told.rows and told.trigger.pos_ == "ADJ")),
    )


def _is_in_passing(trigger: Token) -> bool:
    """Tell whether a word is a participle without a subject of its own, inside another phrase: "troops backed by"."""
    has_subject = any(child.dep_ == "nsubj" for child in trigger.children)
    return trigger.tag_ in {"VBN", "VBG"} and trigger.dep_ in _IN_PASSING and not has_subject
