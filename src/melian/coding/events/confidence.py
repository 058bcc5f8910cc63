"""How likely an event is right: its type, and that its trigger tells it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import msgspec

from melian.coding.encoder.calibration import Fitted, log_odds
from melian.coding.events.affairs import is_affair_of_state
from melian.coding.events.merging import Happening
from melian.coding.events.told import Told
from melian.records import Actor

if TYPE_CHECKING:
    from spacy.tokens import Token

SILENCE = -1.5
"""Log odds of the heads that count at least where a row names both sides of an affair of state: rows for rare words
("their claims are baseless") tell what the heads never saw; sport, where they mislead, seldom has such sides. Not
where the word only says which is meant ("troops backed by Qatar"). So do rows where the heads doubt the type alone."""
SEEN = 0.5
"""How sure the heads are of an event of any type where they doubt the type alone."""
UNSEEN = -4.0
"""Log odds of the heads for an event of any type that count at least."""
IRRELEVANT = -2.0
"""Log odds of relevance that count at most against an event: a short report in unusual words is not sport for that."""
_IN_PASSING = frozenset({"acl", "pcomp"})
BY_LEXICON_ALONE = 0.4
"""Share of events that are right where the lexicon reads without the heads."""


class Weighing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `training/encoder/calibrate_events.py` fits.

    Attributes:
        confidence: What each piece of evidence is worth.
        told: Confidence from which something is an event at all where the heads alone tell it.
        told_by_row: The same where a row of the lexicon tells it.
        relevance: What the words of a text say of whether it tells events.
    """

    confidence: Fitted
    told: float
    told_by_row: float
    relevance: Fitted


@cache
def weighing() -> Weighing:
    """Load what was fitted, once a process."""
    return msgspec.json.decode(
        (files("melian.knowledge") / "model" / "event_confidence.json").read_bytes(), type=Weighing
    )


def confidence_of(happening: Happening, actors: Mapping[str, Actor], relevance: Sequence[float]) -> float:
    """Give the share of events found as this one was that are right.

    The heads of an own ontology bring a confidence of their own, fitted on its examples.

    Args:
        happening: An event with its tellings.
        actors: The report's actors, by id.
        relevance: For each sentence of the report, how far the words around it are of a text that tells events.

    Reference: docs/guide/confidence.md has the plot and the curve; training/encoder/calibrate_events.py fits it.
    """
    sureness = max((told.sureness for told in happening.tellings if told.sureness is not None), default=None)
    if happening.tellings[0].own is not None:
        return round(sureness or 0.0, 2)
    if sureness is None:
        return BY_LEXICON_ALONE if is_affair_of_state(happening, actors) else 0.0
    known = weighing().confidence
    return max(known.confidence(evidence) for evidence in evidence_of(happening, actors, relevance))


def is_told(happening: Happening, confidence: float) -> bool:
    """Tell whether a happening is likely enough to be an event at all; an own ontology's heads have decided before."""
    if happening.tellings[0].own is not None:
        return True
    known = weighing()
    return confidence >= (known.told_by_row if any(told.rows for told in happening.tellings) else known.told)


def evidence_of(
    happening: Happening, actors: Mapping[str, Actor], relevance: Sequence[float]
) -> list[tuple[float, ...]]:
    """Give for each telling of an event what a confidence is told from.

    Args:
        happening: An event whose tellings the heads have weighed.
        actors: The report's actors, by id.
        relevance: For each sentence of the report, how far the words around it are of a text that tells events.

    Returns:
        Log odds of the heads; whether the lexicon alone tells it, and whether both do; whether the trigger is a noun,
        and whether it stands before a noun ("striking medics"); how much the row of the lexicon asks for; the log odds
        of the heads for an event of any type; how far the words around speak against a text that tells political
        events, be it sport, business or crime; whether a source is named, and another side, be it a target or a further
        source; whether the country of any is known; and whether it is told more than once.
    """
    parties = [actors[i] for i in (*happening.sources, *happening.targets) if i in actors]
    has_other_side = bool(happening.targets) or len(happening.sources) > 1
    is_retold = len(happening.tellings) > 1
    shared = bool(happening.sources), has_other_side, any(actor.country for actor in parties), is_retold
    has_sides = all(shared[:2]) and is_affair_of_state(happening, actors)
    return [
        (*_evidence_of_telling(told, has_sides=has_sides), _against(relevance[told.sentence]), *map(float, shared))
        for told in happening.tellings
    ]


def _evidence_of_telling(told: Told, *, has_sides: bool) -> tuple[float, ...]:
    odds = float(log_odds(told.sureness or 0.0))
    is_whole = bool(told.rows) and has_sides and not _is_in_passing(told.trigger)
    is_doubted = bool(told.rows) and (told.seen or 0.0) >= SEEN
    return (
        max(odds, SILENCE) if is_whole or is_doubted else odds,
        float(not told.by_heads),
        float(told.by_heads and bool(told.rows)),
        float(told.trigger.pos_ in {"NOUN", "PROPN"}),
        float(told.trigger.dep_ in {"amod", "compound", "nmod"} and not (told.rows and told.trigger.pos_ == "ADJ")),
        float(told.weight if told.rows else 0),
        max(float(log_odds(told.seen or 0.0)), UNSEEN),
    )


def _against(relevance: float) -> float:
    return min(max(relevance, IRRELEVANT), 0.0)


def _is_in_passing(trigger: Token) -> bool:
    """Tell whether a word is a participle without a subject of its own, inside another phrase: "troops backed by"."""
    has_subject = any(child.dep_ == "nsubj" for child in trigger.children)
    return trigger.tag_ in {"VBN", "VBG"} and trigger.dep_ in _IN_PASSING and not has_subject
