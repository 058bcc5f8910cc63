"""Accusations and their denials, as statements: who charges whom with what, and who turns a charge down."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from melian.coding.claims.holders import Scene
from melian.coding.claims.meaning import Meanings
from melian.knowledge.factuality import denial_words
from melian.records import Actor, Claim, Event, Span, Statement, TimeExpression, plover_type

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
_PERSONS = frozenset({"he", "she", "they", "him", "her", "them"})
LONG = 60
"""Words of a statement beyond which it tells many things, and single words in it say nothing of what it is about."""


@dataclass(frozen=True, slots=True)
class Charge:
    """One accusation.

    Attributes:
        statement: The statement that makes it.
        side: Who makes it.
        accused: The sides that it is made against.
        event: Id of the event in it, None where it tells no event.
        topic: Lemmas that tell what it is about.
        at: Where it stands.
        is_formal: Made by a word of accusing, not only by telling a deed.
    """

    statement: Statement
    side: str
    accused: frozenset[str]
    event: str | None
    topic: frozenset[str]
    at: int
    is_formal: bool


@dataclass(frozen=True, slots=True)
class Denial:
    """One turning down of what others say.

    Attributes:
        statement: The statement that does it.
        side: Who does it.
        against: Sides, or persons, whose words it names, empty where it names none.
        topic: Lemmas that tell what it is about, empty for "the accusations".
        events: Ids of the events in it.
        at: Where it stands.
        row: Id of the row of the denial words that it rests on.
    """

    statement: Statement
    side: str
    against: frozenset[str]
    topic: frozenset[str]
    events: frozenset[str]
    at: int
    row: str


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
    _date_starts: list[int] = field(init=False, default_factory=list)
    _by_both: dict[tuple[str, str], Claim] = field(init=False, default_factory=dict)
    _by_holder: dict[str, list[Claim]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Index the claims and the dates."""
        self._date_starts = [one.span[0] for one in self.dates]
        for claim in self.claims:
            self._by_event.setdefault(claim.event, []).append(claim)
            self._by_holder.setdefault(claim.holder, []).append(claim)
            self._by_both[claim.event, claim.holder] = claim

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
        """Go over the tokens of a statement's content."""
        for start, end in statement.content:
            phrase = self.scene.doc.char_span(start, end, alignment_mode="expand")
            if phrase is not None:
                yield from phrase

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


def charges(told: Told) -> Iterator[Charge]:
    """Find the accusations of a report: by a word of accusing, and by telling what another side did."""
    formal: dict[int, Event] = {}
    for event in told.events.values():
        if plover_type(event) == "ACCUSE":
            for mention in event.mentions:
                formal[mention.trigger[0]] = event
    for statement in told.scene.statements.values():
        side = told.scene.country(statement)
        if side is None or not told.scene.is_made(statement):
            continue
        at = statement.cue.span[0] if statement.cue else statement.content[0][0]
        inner = told.events_in(statement)
        cue = told.scene.cue_token(statement)
        if statement.act == "accuse" and cue is not None and not _only_denies(statement, told):
            accused = _accused(cue, told)
            accusing = formal.get(cue.idx)
            if accusing is not None:
                accused |= told.sides(accusing.targets)
            if not accused:
                accused = frozenset(s for e in inner for s in told.sides(e.sources))
            about = next((e.id for e in inner if plover_type(e) != "ACCUSE"), None)
            yield Charge(statement, side, accused - {side}, about, told.topic(statement), at, True)
            continue
        for claim in told.claims_by(statement.id):
            if claim.polarity != "positive" or claim.certainty == "uncommitted":
                continue
            event = told.events[claim.event]
            accused = told.sides(event.sources) - {side}
            if event.quad >= 3 and accused and claim.tense in {"past", "present"}:
                yield Charge(statement, side, accused, event.id, told.topic(statement), at, False)


def _only_denies(statement: Statement, told: Told) -> bool:
    """Tell whether all that a statement tells of deeds is that they were not done."""
    polarities = {claim.polarity for claim in told.claims_by(statement.id)}
    return polarities == {"negative"}


def _accused(cue: Token, told: Told) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    for child in cue.children:
        if child.dep_ in {"dobj", "nsubjpass"}:
            found |= told.side_of(child)
        elif child.dep_ == "prep" and child.lower_ in {"on", "against"}:
            for noun in child.children:
                found |= told.side_of(noun)
    return found


def denials(told: Told) -> Iterator[Denial]:
    """Find where statements turn down what others say, in words that are a denial whatever it was."""
    words = denial_words()
    for statement in told.scene.statements.values():
        side = told.scene.country(statement)
        if side is None or not told.scene.is_made(statement):
            continue
        found = _denied_word(statement, told, words)
        if found is None:
            continue
        denied, row = found
        at = statement.cue.span[0] if statement.cue else statement.content[0][0]
        against: frozenset[str] = frozenset()
        for child in denied.children:
            if child.dep_ in {"poss", "amod", "compound"}:
                against |= told.voice_of(child)
            elif child.dep_ in {"prep", "agent"} and child.lower_ in {"by", "from"}:
                for noun in child.children:
                    against |= told.voice_of(noun)
        topic = frozenset[str]() if statement.kind == "direct" else told.topic(statement)
        events = frozenset(e.id for e in told.events_in(statement) if plover_type(e) not in {"REJECT", "ACCUSE"})
        yield Denial(statement, side, against - {side}, topic, events, at, row)


def _denied_word(statement: Statement, told: Told, words: Mapping[str, frozenset[str]]) -> tuple[Token, str] | None:
    """Find the word for what is turned down: "rejected the claims", "denied involvement", "their baseless claims"."""
    row = told.scene.row_of(statement)
    denies = row is not None and row.commitment == "denies" and statement.kind != "direct"
    first = True
    tokens = list(told.tokens(statement))
    if len(tokens) > LONG:
        return None
    for token in tokens:
        lemma = token.lemma_.lower()
        if lemma in _PERSONS and first:
            return None  # "Contradicted him" means what he said, and no charge.
        if denies and first and token.pos_ in {"NOUN", "PROPN", "PRON"} and token.dep_ in {"dobj", "nsubjpass"}:
            if lemma in words["claim"] or lemma in words["part"] or token.pos_ == "PRON":
                return token, "part" if lemma in words["part"] else "claim"
            first = False
        if lemma in words["claim"] and _is_called_false(token, words):
            return token, "false"
        if lemma in words["lie"] and token.dep_ in {"attr", "ROOT", "acomp", "oprd"} and not _is_negated(token):
            return token, "lie"
        if lemma in words["deny"] and token.pos_ == "VERB" and not _is_negated(token) and _is_own(token):
            for child in token.children:
                if child.dep_ in {"dobj", "nsubjpass"} and child.lemma_.lower() in words["claim"] | words["part"]:
                    return child, "deny"
    return None


def _is_own(verb: Token) -> bool:
    return any(
        c.dep_ in {"nsubj", "nsubjpass"} and c.lower_ in {"we", "i", "it", "they", "he", "she"} for c in verb.children
    )


def _is_called_false(noun: Token, words: Mapping[str, frozenset[str]]) -> bool:
    is_aside = noun.dep_ in {"pobj", "conj"}
    if not is_aside and any(c.dep_ == "amod" and c.lower_ in words["false"] for c in noun.children):
        return True
    if noun.dep_ in {"nsubj", "nsubjpass"} and noun.head.lemma_ == "be" and not _is_negated(noun.head):
        return any(
            (c.dep_ in {"acomp", "attr"} and c.lemma_.lower() in words["false"] | words["lie"])
            for c in noun.head.children
        )
    return False


def _is_negated(token: Token) -> bool:
    return any(c.dep_ == "neg" for c in token.children) or any(c.dep_ == "neg" for c in token.head.children)
