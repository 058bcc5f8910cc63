"""The event lexicon as it is used: rows by lemma, the most specific first, and what their needs ask of a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec

from melian.coding.events.arguments import joined, lemma_of
from melian.coding.events.frames import Frame
from melian.knowledge.ontology import ACTOR_CLASSES, NO_EVENT, EventWord, Need, event_words, parse_need, word_classes

if TYPE_CHECKING:
    from spacy.tokens import Token

_POS = {"VERB": "v", "AUX": "v", "NOUN": "n", "PROPN": "n", "ADJ": "a"}
_FIELDS = {"obj": "obj", "subj": "subj", "mod": "mods", "poss": "poss", "of": "of"}
_NOTHING: frozenset[str] = frozenset()
# How much a need tells about the meaning, by what met it: a word, a word of a class, an actor of any kind.
_BASE, _BLOCKING = 0.1, 0.6
_WORD, _CLASS, _ACTOR, _PLACED = 1.25, 1.12, 0.55, 0.8
_PREPOSITION = 1.1


class Entry(msgspec.Struct, frozen=True):
    """A row with its needs parsed."""

    row: EventWord
    needs: tuple[Need, ...]
    unless: tuple[Need, ...]


class Surroundings(msgspec.Struct, frozen=True):
    """What needs can ask about a token: whether it leads to an actor, a person, an armed body, a place."""

    is_actor: Callable[[Token], bool]
    is_person: Callable[[Token], bool]
    is_armed: Callable[[Token], bool]
    is_place: Callable[[Token], bool]


@cache
def entries() -> Mapping[tuple[str, str], tuple[Entry, ...]]:
    """Index the event lexicon by lemma and part of speech, in order of id."""
    index: dict[tuple[str, str], list[Entry]] = {}
    for row in event_words():
        entry = Entry(row, tuple(map(parse_need, row.needs)), tuple(map(parse_need, row.unless)))
        index.setdefault((row.lemma, row.pos), []).append(entry)
    return MappingProxyType({key: tuple(sorted(rows, key=lambda e: e.row.id)) for key, rows in index.items()})


def entries_for(token: Token) -> tuple[Entry, ...]:
    """Give the rows that a token could be a trigger of."""
    pos = _POS.get(token.pos_)
    if pos is None:
        return ()
    return entries().get((lemma_of(token), pos), ())


def best_entry(rows: Sequence[Entry], frame: Frame, around: Surroundings) -> Entry | None:
    """Find the most specific row whose needs all hold, with nothing of what it excludes.

    Words count more than classes, and classes more than "an actor"; a row that blocks an idiom goes before a row with
    one such need more.
    """
    best, most = None, 0.0
    for entry in rows:
        weight = _BASE + (_BLOCKING if entry.row.type == NO_EVENT else 0.0)
        for need in entry.needs:
            strength = _strength(need, frame, around)
            if not strength:
                break
            weight += strength
        else:
            if weight > most and not any(_strength(need, frame, around) for need in entry.unless):
                best, most = entry, weight
    return best


def _strength(need: Need, frame: Frame, around: Surroundings) -> float:
    """Weigh how well a need holds; 0 where it does not."""
    if need.kind == "prt":
        held = any(word in frame.particles for word in need.words) or _match(frame.mods, need, around)
        return _WORD if held else 0.0
    if need.kind == "prep":
        tokens: list[Token] = []
        for prep in need.preps:
            if prep in frame.preps:
                if not need.words:
                    return _PLACED
                tokens += frame.preps[prep]
        return _PREPOSITION * _match(tokens, need, around)
    if need.kind == "comp":
        return _match_verb(frame.comp, need) or _match_verb(frame.mods, need, is_predicate=True)
    if need.kind == "poss" and not need.words:
        return _ACTOR if frame.poss else 0.0
    return _match(getattr(frame, _FIELDS[need.kind]), need, around)


def _match_verb(verbs: Sequence[Token], need: Need, *, is_predicate: bool = False) -> float:
    best = 0.0
    for verb in verbs:
        lemma = lemma_of(verb)
        for word in need.words:
            if word == lemma:
                return _WORD
            if word == "@clause":
                best = max(best, 0.0 if is_predicate else _ACTOR)
            elif word.startswith("@") and lemma in word_classes().get(word[1:], ()):
                best = _CLASS
    return best


def _match(tokens: list[Token], need: Need, around: Surroundings) -> float:
    best = 0.0
    for token in joined(tokens):
        for word in need.words:
            if not word.startswith("@"):
                if token.lower_ == word or lemma_of(token) == word:
                    return _WORD
            elif word[1:] in ACTOR_CLASSES:
                if best < _ACTOR and _is_actor_class(token, word[1:], around):
                    best = _ACTOR
            elif best < _CLASS and _is_of_class(token, word_classes().get(word[1:], _NOTHING)):
                best = _CLASS
    return best


def _is_actor_class(token: Token, name: str, around: Surroundings) -> bool:
    if name == "actor":
        return around.is_actor(token)
    if name == "person":
        return around.is_person(token)
    if name == "armed":
        return around.is_armed(token)
    if name == "place":
        return around.is_place(token)
    return token.pos_ in {"VERB", "AUX"}


def _is_of_class(token: Token, lemmas: frozenset[str]) -> bool:
    if lemma_of(token) in lemmas:
        return True
    before = token.doc[token.i - 1] if token.i else token
    return before.dep_ == "compound" and before.head.i == token.i and lemma_of(before) in lemmas
