"""The report as disputes look things up in it: events, claims, dates, and the sides of actors and phrases."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from melian.coding.claims.disputes.meaning import Meanings
from melian.coding.claims.scene import Scene
from melian.knowledge.factuality import denial_words
from melian.records import Actor, Claim, Event, Span, Statement, TimeExpression

if TYPE_CHECKING:
    from spacy.tokens import Token

    from melian.coding.draft import Naming

_TOPICAL = frozenset({"NOUN", "VERB", "ADJ"})
_BLANK = frozenset(
    "be have do say tell make take claim country official government minister people day week month year "
    "deliberate new last same other such own many several force state side part man woman group".split()
)
OF_STATE = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "SPY"})
"""Sectors that speak for a state."""
_ANYBODY = frozenset({"nobody", "none", "no", "any", "anybody", "anyone", "nothing", "anything"})
LONG = 60
"""Words of a statement beyond which it tells many things, and single words in it say nothing of what it is about."""

_DEEP = 6
"""Statements inside each other beyond which what is told is no longer looked for in the words of the outermost."""


@dataclass(slots=True)
class Told:
    """The events, claims and dates of a report as disputes look them up.

    Attributes:
        scene: The report with its statements and actors.
        namings: Phrases for actors, by the token that governs them.
        events: Events by id.
        claims: Claims in order of events.
        dates: Expressions of time in order.
        triggers: For the id of each claim, the word that tells the event there.
        meanings: Vectors of the words.
    """

    scene: Scene
    namings: Mapping[int, Naming]
    events: Mapping[str, Event]
    claims: Sequence[Claim]
    dates: Sequence[TimeExpression] = ()
    triggers: Mapping[str, Span] = field(default_factory=dict)
    meanings: Meanings = field(default_factory=dict)
    _by_event: dict[str, list[Claim]] = field(init=False, default_factory=dict)
    _tokens: dict[str, tuple[Token, ...]] = field(init=False, default_factory=dict)
    _date_starts: list[int] = field(init=False, default_factory=list)
    _by_both: dict[tuple[str, str], Claim] = field(init=False, default_factory=dict)
    _by_holder: dict[str, list[Claim]] = field(init=False, default_factory=dict)
    _within: dict[str, list[Statement]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Index the claims and the dates."""
        self._date_starts = [one.span[0] for one in self.dates]
        for claim in self.claims:
            self._by_event.setdefault(claim.event, []).append(claim)
            self._by_holder.setdefault(claim.holder, []).append(claim)
            self._by_both[claim.event, claim.holder] = claim
        for statement in self.scene.statements.values():
            if statement.parent is not None:
                self._within.setdefault(statement.parent, []).append(statement)

    def claims_of(self, event: str) -> Sequence[Claim]:
        """Give the claims of one event, in order."""
        return self._by_event.get(event, ())

    def words_told(self, holder: str, event: str) -> Sequence[Token]:
        """Give the words in which a holder tells an event."""
        claim = self._by_both.get((event, holder))
        return self.words_of(claim) if claim is not None else ()

    def claims_by(self, holder: str) -> Sequence[Claim]:
        """Give what one holder claims, in order."""
        return self._by_holder.get(holder, ())

    def words_of(self, claim: Claim) -> Sequence[Token]:
        """Give the words that tell the event of a claim, where its holder tells it."""
        phrase = self.scene.doc.char_span(*self.triggers[claim.id], alignment_mode="expand")
        return tuple(phrase) if phrase is not None else ()

    def sides(self, ids: Sequence[str]) -> frozenset[str]:
        """Name the sides of actors: their countries, or themselves where they have none."""
        actors = self.scene.actors
        return frozenset(actors[i].country or i for i in ids if i in actors)

    def camps(self, ids: Sequence[str]) -> frozenset[str]:
        """Name the camps of actors: a state for what speaks for it and for its people, else each for himself."""
        actors = (self.scene.actors[i] for i in ids if i in self.scene.actors)
        return frozenset(a.country if a.country is not None and _is_of_state(a) else a.id for a in actors)

    def camps_of(self, token: Token) -> frozenset[str]:
        """Name the camps that a phrase leads to; "the Thais" who fired are their state."""
        naming = self.namings.get(token.i)
        if naming is None or naming.actor is None:
            return frozenset()
        actor = self.scene.actors.get(naming.actor)
        if actor is not None and actor.kind == "population" and token.pos_ == "PROPN":
            return self.side_of(token)
        return self.camps((naming.actor, *naming.others))

    def camps_with(self, ids: frozenset[str]) -> frozenset[str]:
        """Name actors with their camps."""
        return ids | self.camps(tuple(ids))

    def parties(self, ids: Sequence[str]) -> frozenset[str]:
        """Name parties so that two phrases for one can meet: by country, and by the last word ("three villagers")."""
        actors = self.scene.actors
        named = [actors[i] for i in ids if i in actors and not _is_anybody(actors[i])]
        return frozenset(
            word
            for a in named
            for word in (a.country or a.id, a.name.rpartition(" ")[2].lower().removesuffix("s"))
            if word
        )

    def side_of(self, token: Token) -> frozenset[str]:
        """Name the side that a phrase leads to."""
        naming = self.namings.get(token.i)
        if naming is None or naming.actor is None:
            return frozenset()
        return self.sides((naming.actor, *naming.others))

    def voice_of(self, token: Token) -> frozenset[str]:
        """Name whose words a phrase means: a person's own, else those of a side."""
        naming = self.namings.get(token.i)
        actor = self.scene.actors.get(naming.actor) if naming is not None and naming.actor is not None else None
        return frozenset({actor.id}) if actor is not None and actor.kind == "person" else self.side_of(token)

    def tokens(self, statement: Statement) -> Iterator[Token]:
        """Go over the tokens of a statement's content, without what others say in it in the sixth place and beyond."""
        known = self._tokens.get(statement.id)
        if known is None:
            spans = (self.scene.doc.char_span(start, end, alignment_mode="expand") for start, end in statement.content)
            far = self._far_inside(statement)
            known = tuple(t for phrase in spans for t in phrase or () if not any(a <= t.idx < b for a, b in far))
            self._tokens[statement.id] = known
        return iter(known)

    def _far_inside(self, statement: Statement) -> Sequence[Span]:
        """Give the contents of the statements that stand so many levels inside one that they say nothing of it."""
        level = [statement]
        for _ in range(_DEEP):
            level = [inner for outer in level for inner in self._within.get(outer.id, ())]
        return [span for inner in level for span in inner.content]

    def dates_in(self, spans: Sequence[Span]) -> Sequence[TimeExpression]:
        """Give the expressions of time in some spans, in order."""
        return [
            one
            for start, end in spans
            for one in self.dates[bisect_left(self._date_starts, start) : bisect_left(self._date_starts, end)]
        ]

    def topic(self, statement: Statement) -> frozenset[str]:
        """Give the lemmas that tell what a statement is about."""
        words = denial_words()
        blank = _BLANK | words["claim"] | words["part"] | words["false"] | words["lie"]
        return frozenset(
            low for t in self.tokens(statement) if t.pos_ in _TOPICAL and (low := t.lemma_.lower()) not in blank
        )

    def events_in(self, statement: Statement) -> list[Event]:
        """Give the events told in a statement's content, in order."""
        return [self.events[c.event] for c in self.claims_by(statement.id) if c.event in self.events]


def _is_anybody(actor: Actor) -> bool:
    """Tell whether a party may be anybody: "nobody in the camp", "any officer", "soldiers" of no country."""
    first, _, more = actor.name.lower().partition(" ")
    return first in _ANYBODY or (actor.country is None and actor.sector in OF_STATE and not more)


def _is_of_state(actor: Actor) -> bool:
    return actor.kind == "state" or actor.sector in OF_STATE
