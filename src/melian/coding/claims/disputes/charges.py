"""Accusations and their denials, as statements: who charges whom with what, and who turns a charge down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from melian.coding.claims.disputes.told import LONG, Told
from melian.knowledge.factuality import denial_words
from melian.records import Event, Statement, plover_type

if TYPE_CHECKING:
    from spacy.tokens import Token


_PERSONS = frozenset({"he", "she", "they", "him", "her", "them"})


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
        if denies and first and lemma in _PERSONS:
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
