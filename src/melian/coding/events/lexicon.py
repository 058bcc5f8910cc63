"""The event lexicon as it is used: rows by lemma, the most specific first, and what their needs ask of a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from melian.coding.events.arguments import Frame, joined
from melian.knowledge.ontology import EventWord, Need, event_words, parse_need, word_classes

if TYPE_CHECKING:
    from spacy.tokens import Token

_POS = {"VERB": "v", "AUX": "v", "NOUN": "n", "PROPN": "n", "ADJ": "a"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A row with its needs parsed."""

    row: EventWord
    needs: tuple[Need, ...]
    unless: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What needs can ask about a token: whether it leads to an actor, a person, an armed body, a place."""

    is_actor: Callable[[Token], bool]
    is_person: Callable[[Token], bool]
    is_armed: Callable[[Token], bool]
    is_place: Callable[[Token], bool]


@cache
def entries() -> Mapping[tuple[str, str], tuple[Entry, ...]]:
    """Index the event lexicon by lemma and part of speech, the most specific rows first."""
    index: dict[tuple[str, str], list[Entry]] = {}
    for row in event_words():
        entry = Entry(row, tuple(map(parse_need, row.needs)), tuple(map(parse_need, row.unless)))
        index.setdefault((row.lemma, row.pos), []).append(entry)
    return MappingProxyType(
        {key: tuple(sorted(rows, key=lambda e: (-_weight(e), e.row.id))) for key, rows in index.items()}
    )


def entries_for(token: Token) -> tuple[Entry, ...]:
    """Give the rows that a token could be a trigger of."""
    pos = _POS.get(token.pos_)
    if pos is None:
        return ()
    return entries().get((token.lemma_.lower(), pos), ())


def is_met(entry: Entry, frame: Frame, around: Surroundings) -> bool:
    """Tell whether all needs of a row hold, and nothing of what it excludes."""
    return all(_holds(need, frame, around) for need in entry.needs) and not any(
        _holds(need, frame, around) for need in entry.unless
    )


def _weight(entry: Entry) -> float:
    """Order rows: more needs first, words before classes, blocking rows before coding rows of the same weight."""
    lemmas = sum(any(not w.startswith("@") for w in need.words) for need in entry.needs)
    return len(entry.needs) + 0.1 * lemmas + (0.05 if entry.row.type == "NONE" else 0.0)


def _holds(need: Need, frame: Frame, around: Surroundings) -> bool:
    if need.kind == "prt":
        return any(word in frame.particles for word in need.words)
    if need.kind == "prep":
        tokens: list[Token] = []
        for prep in need.preps:
            if prep in frame.preps:
                if not need.words:
                    return True
                tokens += frame.preps[prep]
        return bool(tokens) and _any(tokens, need, around)
    if need.kind == "comp":
        return _any_verb(frame.comp, need)
    tokens = {"obj": frame.obj, "subj": frame.subj, "mod": frame.mods, "poss": frame.poss, "of": frame.of}[need.kind]
    if need.kind == "poss" and not need.words:
        return bool(tokens)
    return bool(tokens) and _any(tokens, need, around)


def _any_verb(verbs: list[Token], need: Need) -> bool:
    for verb in verbs:
        lemma = verb.lemma_.lower()
        for word in need.words:
            if (
                word == "@clause"
                or lemma == word
                or (word.startswith("@") and lemma in word_classes().get(word[1:], ()))
            ):
                return True
    return False


def _any(tokens: list[Token], need: Need, around: Surroundings) -> bool:
    return any(_is_word(token, word, around) for token in joined(tokens) for word in need.words)


def _is_word(token: Token, word: str, around: Surroundings) -> bool:
    if not word.startswith("@"):
        return token.lemma_.lower() == word or token.lower_ == word
    name = word[1:]
    if name == "actor":
        return around.is_actor(token)
    if name == "person":
        return around.is_person(token)
    if name == "armed":
        return around.is_armed(token)
    if name == "place":
        return around.is_place(token)
    if name == "clause":
        return token.pos_ in {"VERB", "AUX"}
    if token.lemma_.lower() in word_classes().get(name, ()):
        return True
    return any(
        c.dep_ == "compound" and c.i == token.i - 1 and c.lemma_.lower() in word_classes().get(name, ())
        for c in token.lefts
    )
