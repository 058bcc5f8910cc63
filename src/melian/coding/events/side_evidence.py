"""What speaks for a country as one that acts in an event, or is acted upon: heads, grammar, place, and what it is."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from math import inf, log
from typing import TYPE_CHECKING, get_args

import msgspec

from melian.coding.actors.scene import OF_MANY_STATES
from melian.coding.events.arguments import is_passive
from melian.coding.events.frames import frame_of
from melian.coding.events.heads import EventHeads, FoundEvent, Trigger
from melian.coding.events.merging import Happening
from melian.coding.events.told import Told
from melian.coding.span_index import SpanIndex
from melian.knowledge.ontology import event_kinds
from melian.records import Actor, ActorKind, Event, Sector, Span, Statement, plover_type

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Phrase

    from melian.coding.encoder.transformer import Encoded

_PREPOSITIONS = ("by", "of", "against", "with", "to", "from", "for", "in", "on", "between", "at", "over", "into")
_IN_FRAME = ("subj", "obj", "iobj", "poss", "mods", "of", "gov", "govobj")
_BESIDE = frozenset({"conj", "appos"})
_IN_PHRASE = frozenset({"poss", "amod", "compound", "nmod"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_STEPS = 5
_TELLINGS = 4
"""How many tellings of an event are looked at: the first ones, as they tell most."""
_FAR = 3
"""How many sentences away words may stand for the heads to be asked of them."""
_SEEN = 0.1
"""Chance from which the heads see a side in words."""
_FAR_AWAY = 6
"""Sentences from which on it no longer counts how far a country is named."""
SIDES = ("source", "target")
_OPEN = -1.0
"""Stands for a chance of which nothing is known."""
_RELATIONS = (
    *_IN_FRAME, "self", *(f"behind {word}" for word in (*_PREPOSITIONS, "another preposition")),
    "below", "subject above", "object above", "above", "elsewhere",
)  # fmt: skip
NAMES: tuple[str, ...] = (
    *(f"{how} {side} {where}" for side in SIDES for how in ("likeliest", "mean") for where in ("here", "near")),
    *(f"is {relation}" for relation in _RELATIONS), "within a phrase", "before", "behind",
    *(f"kind {kind}" for kind in get_args(ActorKind)), *(f"sector {sector}" for sector in get_args(Sector)), "unnamed",
    "in a statement", "of its content", "its speaker",
    "alone in the sentence", "one of two in the sentence", "in the sentence before, none here", "countries here",
    "share of the report", "first of the report", "second of the report", "countries of the report", "one of two",
    "in the first sentence", "dateline", "nearness", "in the sentence", "where it was",
    *(f"{what} {side}" for side in SIDES for what in (
        "is", "is by the lexicon", "another is", "nobody is", "nobody of a country is", "an open one without a name is",
        "an open person is", "an open thing is", "a body of many states is",
    )),
    *(f"type {kind.id}" for kind in event_kinds()), "noun", "passive", "tellings",
)  # fmt: skip
"""What is looked at for each country, in the order in which the network reads it."""
_CHANCES = tuple(name for name in NAMES if name.startswith(("likeliest", "mean")))


class NamedCountry(msgspec.Struct, frozen=True):
    """Words that name somebody of a known country.

    Attributes:
        span: Code points.
        sentence: Number of the sentence.
        actor: Whom they name.
        country: Of the actor.
    """

    span: Span
    sentence: int
    actor: Actor
    country: str


class Landscape:
    """Where a report names which countries, and what the heads hold of its words.

    Args:
        doc: The parse.
        sentences: Of the parse, in order.
        actors: All of the report, with the countries that are known, by id.
        statements: Of the report.
        encoded: Its windows.
        heads: The heads for events.
        dateline: The country of its dateline.
    """

    def __init__(
        self,
        doc: Doc,
        sentences: Sequence[Phrase],
        actors: Mapping[str, Actor],
        statements: Sequence[Statement],
        encoded: Sequence[Encoded],
        heads: EventHeads,
        dateline: str | None = None,
    ) -> None:
        self.doc = doc
        self.actors = actors
        self.dateline = dateline
        self.contents = SpanIndex((span, s) for s in statements for span in s.content)
        self._encoded, self._heads = encoded, heads
        text = doc.text
        self._windows = [one.window.spans[0][0] if one.window.spans else len(text) for one in encoded]
        begins = [sentence.start_char for sentence in sentences]
        named = [
            NamedCountry(span, bisect_right(begins, span[0]) - 1, actor, actor.country)
            for actor in actors.values()
            if actor.country is not None
            for span in actor.mentions
            if not _is_of_a_kind(text, span)
        ]
        self.named = sorted(named, key=lambda one: (one.span, one.actor.id))
        self._sentences = [one.sentence for one in self.named]
        self.counts = Counter(one.country for one in self.named)
        self._sentences_of: dict[str, list[int]] = {}
        for one in self.named:
            self._sentences_of.setdefault(one.country, []).append(one.sentence)
        self.ranks = {country: rank for rank, (country, _) in enumerate(self.counts.most_common())}

    @cached_property
    def known(self) -> dict[str, dict[str, float]]:
        """What speaks for each country whatever the event, by `NAMES`."""
        first = self.of_sentence(0)
        return {
            country: dict.fromkeys(_CHANCES, _OPEN)
            | {
                "share of the report": number / self.counts.total(),
                "first of the report": float(self.ranks[country] == 0),
                "second of the report": float(self.ranks[country] == 1),
                "countries of the report": min(len(self.counts), 8) / 8,
                "one of two": float(len(self.counts) == 2),
                "in the first sentence": float(country in first),
                "dateline": float(country == self.dateline),
            }
            for country, number in self.counts.items()
        }

    def near(self, sentence: int) -> Sequence[NamedCountry]:
        """Give what is named in a sentence and in those so near that the heads are asked."""
        return self.named[self._at(sentence - _FAR) : self._at(sentence + _FAR + 1)]

    def of_sentence(self, sentence: int) -> Counter[str]:
        """Count what a sentence names."""
        return Counter(one.country for one in self.named[self._at(sentence) : self._at(sentence + 1)])

    def distance(self, country: str, sentence: int) -> float:
        """Tell how many sentences away a country is named next, half of one more where that is behind."""
        numbers = self._sentences_of[country]
        k = bisect_right(numbers, sentence)
        before = sentence - numbers[k - 1] if k else inf
        return min(before, numbers[k] - sentence + 0.5 if k < len(numbers) else inf)

    def candidates(self, event: Event, happening: Happening) -> Iterator[str]:
        """Yield the countries that may be on a side: named near a telling, on a side already, or named most."""
        own = {self.actors[i].country for i in (*event.sources, *event.targets)}
        numbers = [told.sentence for told in happening.tellings]
        near = {
            one.country
            for number in numbers
            for one in self.named[self._at(number - _FAR_AWAY) : self._at(number + _FAR_AWAY + 1)]
        }
        return (c for c in self.counts if c in near or c in own or self.ranks[c] < 2 or c == self.dateline)

    def parts(self, told: Told) -> tuple[Encoded, FoundEvent] | None:
        """Give the window in which a telling stands, and what the heads hold of each of its words; none outside all."""
        last = told.trigger.doc[told.end - 1]
        k = bisect_right(self._windows, told.trigger.idx) - 1
        if k < 0:
            return None
        window = self._encoded[k]
        first, end = _words_of((told.trigger.idx, last.idx + len(last)), window)
        found = self._heads.complete(window, [Trigger(first, max(end, first + 1), told.type, 1.0)])
        return window, next(iter(found))

    def standing_for(
        self, country: str, happening: Happening, side: int, opposite: Sequence[str]
    ) -> NamedCountry | None:
        """Give who of a country stands for it as a source (0) or target (1) of an event.

        That is whom the heads hold for it soonest, near the tellings; where they see nobody, who is named nearest. Who
        stands opposite is nobody for this side, but for a state, which stands for all who are of it.

        Args:
            country: One that the report names.
            happening: The tellings.
            side: 0 or 1.
            opposite: Who is on the other side, by id.
        """
        first = happening.tellings[0]
        own = [one for one in self.named if one.country == country]
        own = [one for one in own if one.actor.id not in opposite or one.actor.kind == "state"]
        held: list[tuple[float, int, NamedCountry]] = []
        for told in happening.tellings[:_TELLINGS]:
            asked = self.parts(told)
            if asked is None:
                continue
            for one in own:
                k, end = _words_of(one.span, asked[0])
                if k < end and abs(one.sentence - told.sentence) <= _FAR:
                    held.append((float(asked[1].parts[k:end, side + 1].max()), -len(held), one))
        likeliest = max(held, default=None, key=lambda one: one[:2])
        if likeliest is not None and likeliest[0] >= _SEEN:
            return likeliest[2]
        return min(
            own,
            key=lambda one: (abs(one.sentence - first.sentence), one.actor.kind != "state", one.span),
            default=None,
        )

    def _at(self, sentence: int) -> int:
        return bisect_left(self._sentences, sentence)


def evidence(land: Landscape, event: Event, happening: Happening) -> dict[str, dict[str, float]]:
    """Give for each country that may be on a side of an event what speaks for and against it, by `NAMES`.

    Args:
        land: The report's countries.
        event: As the rules have it.
        happening: Its tellings.
    """
    found = {country: dict(land.known[country]) for country in land.candidates(event, happening)}
    for told in sorted(happening.tellings, key=lambda one: one.trigger.i)[:_TELLINGS]:
        for country, name, value in _of_telling(land, told, list(found)):
            if country in found:
                found[country][name] = max(found[country].get(name, _OPEN), value)
    for country, known in found.items():
        known |= _of_event(land, country, event, happening)
    return found


def _of_event(land: Landscape, country: str, event: Event, happening: Happening) -> dict[str, float]:
    is_by_row = any(told.rows for told in happening.tellings)
    found = {
        f"type {plover_type(event)}": 1.0,
        "noun": float(any(told.trigger.pos_ in _NOUNS for told in happening.tellings)),
        "passive": float(any(is_passive(told.trigger) for told in happening.tellings)),
        "tellings": min(len(happening.tellings), _TELLINGS) / _TELLINGS,
        "where it was": float(event.place is not None and event.place.country == country),
    }
    for side, ids in zip(SIDES, (event.sources, event.targets), strict=True):
        members = [land.actors[i] for i in ids]
        own = {actor.country for actor in members} - {None}
        open_ = [actor for actor in members if actor.country is None]
        found[f"is {side}"] = float(country in own)
        found[f"is by the lexicon {side}"] = float(is_by_row and country in own)
        found[f"another is {side}"] = float(bool(own - {country}))
        found[f"nobody is {side}"] = float(not ids)
        found[f"nobody of a country is {side}"] = float(not own)
        found[f"an open one without a name is {side}"] = float(any(actor.unnamed for actor in open_))
        found[f"an open person is {side}"] = float(any(actor.kind == "person" for actor in open_))
        found[f"an open thing is {side}"] = float(any(actor.kind == "unknown" for actor in open_))
        found[f"a body of many states is {side}"] = float(any(actor.sector in OF_MANY_STATES for actor in open_))
    return found


def _of_telling(land: Landscape, told: Told, countries: Sequence[str]) -> Iterator[tuple[str, str, float]]:
    """Yield countries with what one telling of an event says of them."""
    here, before = land.of_sentence(told.sentence), land.of_sentence(told.sentence - 1)
    statement = land.contents.innermost(told.trigger.idx)
    for country in countries:
        away = land.distance(country, told.sentence)
        yield country, "nearness", max(1 - away / _FAR_AWAY, 0.0)
        yield country, "in the sentence", float(away == 0)
        yield country, "countries here", min(len(here), 5) / 5
        if country in here and len(here) <= 2:
            yield country, ("alone in the sentence", "one of two in the sentence")[len(here) - 1], 1.0
        if not here and country in before:
            yield country, "in the sentence before, none here", 1.0
        if statement is not None:
            yield country, "in a statement", 1.0
            speaker = land.actors.get(statement.speaker or "")
            if speaker is not None and speaker.country == country:
                yield country, "its speaker", 1.0
    asked = land.parts(told)
    relations = _relations(told.trigger)
    for one in land.near(told.sentence):
        is_here = one.sentence == told.sentence
        if asked is not None:
            yield from _of_heads(one, *asked, "here" if is_here else "near")
        if is_here:
            yield from _of_mention(land, one, told.trigger, relations, statement)


def _of_heads(one: NamedCountry, window: Encoded, found: FoundEvent, where: str) -> Iterator[tuple[str, str, float]]:
    first, end = _words_of(one.span, window)
    if first >= end or one.span[0] < window.window.spans[0][0]:
        return
    for part, side in enumerate(SIDES, 1):
        chances = found.parts[first:end, part]
        yield one.country, f"likeliest {side} {where}", _log_odds(float(chances.max()))
        yield one.country, f"mean {side} {where}", _log_odds(float(chances.mean()))


def _of_mention(
    land: Landscape, one: NamedCountry, trigger: Token, relations: Mapping[int, str], statement: Statement | None
) -> Iterator[tuple[str, str, float]]:
    phrase = land.doc.char_span(*one.span, alignment_mode="expand")
    if phrase is None:
        return
    relation, is_within = _relation(phrase.root, trigger, relations)
    yield one.country, f"is {relation}", 1.0
    yield one.country, "within a phrase", float(is_within)
    away = phrase.root.i - trigger.i
    yield one.country, "before" if away < 0 else "behind", 1 / (1 + abs(away) / 5)
    yield one.country, f"kind {one.actor.kind}", 1.0
    yield one.country, "unnamed", float(one.actor.unnamed)
    if one.actor.sector is not None:
        yield one.country, f"sector {one.actor.sector}", 1.0
    if statement is not None and any(start <= one.span[0] < end for start, end in statement.content):
        yield one.country, "of its content", 1.0


def _relations(trigger: Token) -> dict[int, str]:
    """Give how the words around a trigger hang on it, by token; what stands nearer to it goes first."""
    frame = frame_of(trigger)
    found = {trigger.i: "self"}
    for name in _IN_FRAME:
        for token in getattr(frame, name):
            found.setdefault(token.i, name)
    for word, tokens in frame.preps.items():
        for token in tokens:
            found.setdefault(token.i, f"behind {word if word in _PREPOSITIONS else 'another preposition'}")
    for word in _PREPOSITIONS:
        for token in frame.below(word):
            found.setdefault(token.i, f"behind {word}")
    return found


def _relation(word: Token, trigger: Token, relations: Mapping[int, str]) -> tuple[str, bool]:
    """Tell how a word hangs on a trigger, and whether only within the phrase of another that does."""
    token, is_within = word, False
    for _ in range(_STEPS):
        if token.i in relations:
            return relations[token.i], is_within
        if token.dep_ in _BESIDE:
            token = token.head
        elif token.dep_ in _IN_PHRASE:
            token, is_within = token.head, True
        elif token.dep_ == "pobj" and token.head.head.pos_ in _NOUNS:
            token, is_within = token.head.head, True
        else:
            break
    if trigger.is_ancestor(word):
        return "below", False
    if word.head.is_ancestor(trigger):
        return {"nsubj": "subject above", "dobj": "object above"}.get(word.dep_, "above"), False
    return "elsewhere", False


def _is_of_a_kind(text: str, span: Span) -> bool:
    """Tell whether words only say of what kind others are: "Turkish-backed", "French-built", but not "Saudi-led"."""
    return text.startswith(("-", "\u2011"), span[1]) and not text.startswith("led", span[1] + 1)


def _words_of(span: Span, encoded: Encoded) -> tuple[int, int]:
    """Give the numbers of the first word of a window that is in a span, and of the one behind the last."""
    starts = [start for start, _ in encoded.window.spans]
    return max(bisect_right(starts, span[0]) - 1, 0), bisect_left(starts, span[1])


def _log_odds(chance: float) -> float:
    """Give log odds, between -1 and 1."""
    return log((chance + 1e-3) / (1 - chance + 1e-3)) / 7
