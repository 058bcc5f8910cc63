"""Parties that the heads see and that are no actors yet: "a market at Kauda", "three of the rangers"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from melian.coding.actors.phrases import is_of_several_states
from melian.coding.actors.roles import COUNT_WORDS
from melian.coding.span_index import SpanIndex
from melian.knowledge.ontology import word_classes
from melian.records import Actor, Where, content_id

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Phrase

_BACK = 2
_EDGES = frozenset({"DET", "PUNCT", "SPACE", "ADP", "CCONJ", "PART"})
_DEEDS = ("meeting", "deal", "attacks", "punishment", "mishaps", "coop_act", "harm_act")
_DOERS = ("people", "fighters", "troops", "security_forces", "protesters", "workers", "bodies", "official", "courts")
_NOUNS = frozenset({"NOUN", "PROPN"})
_FOR_NOUNS = frozenset({"PRON", "NUM", "ADJ", "DET"})
_SIDES = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "dative"})
_NOBODY = frozenset(
    (
        "i me we us you it its itself this that these which who whom what there himself herself themselves myself "
        "ourselves each nobody none neither"
    ).split()
)
"""Words that stand for who speaks, for a thing or for nobody, or lead to a noun of their own sentence: no parties."""


class Around(msgspec.Struct, frozen=True):
    """What tells the country of a party that no knowledge names.

    Attributes:
        places: Countries of the places of the text, by their spans.
        named: For each sentence the countries of its actors and places, and how often each is named.
        main: The country that the report names more often than any other, if there is one.
    """

    places: SpanIndex[str]
    named: Sequence[Counter[str]]
    main: str | None = None

    def country_of(self, start: int, end: int, sentence: int) -> str | None:
        """Give the country of a phrase: of a place in it, else the only one that its sentence, or one before, names."""
        within = set(self.places.touching((start, end)))
        if within:
            return next(iter(within)) if len(within) == 1 else None
        for number in range(sentence, max(sentence - _BACK, -1), -1):
            named = self.named[number]
            if named:
                only = next(iter(named)) if len(named) == 1 else None
                # What an earlier sentence names is of help where it is what the whole report is about.
                return only if number == sentence or only == self.main else None
        return None

    def country_around(self, sentence: int) -> str | None:
        """Give the country that a sentence and those beside it name more often than any other, if there is one."""
        return _most_named(self.named[max(sentence - _BACK, 0) : sentence + _BACK + 1])


def around(sentences: Sequence[Phrase], actors: Sequence[Actor], places: Sequence[Where]) -> Around:
    """Gather what tells the country of parties.

    Args:
        sentences: Of the text, in order.
        actors: The actors known so far.
        places: The places of the text.
    """
    spans = sorted(
        [(m, a.country) for a in actors if a.country for m in a.mentions]
        + [(p.span, p.country) for p in places if p.span and p.country]
    )
    named: list[Counter[str]] = [Counter() for _ in sentences]
    at = 0
    for (start, _), country in spans:
        while at < len(sentences) and sentences[at].end_char <= start:
            at += 1
        if at < len(sentences):
            named[at][country] += 1
    located = ((p.span, p.country) for p in places if p.span and p.country)
    return Around(SpanIndex(located), named, _most_named(named))


def _most_named(counts: Sequence[Counter[str]]) -> str | None:
    """Give the country that sentences name more often than any other; None where there is no such."""
    both = sum(counts, Counter[str]()).most_common(2)
    return both[0][0] if both and (len(both) == 1 or both[0][1] > both[1][1]) else None


def party_of(doc: Doc, tokens: Sequence[Token], sentence: int, near: Around) -> Actor | None:
    """Make an actor of the words of a party that lead to none; None where no noun stands among them.

    Args:
        doc: The parse.
        tokens: The party's words, in order.
        sentence: Number of its sentence.
        near: What tells its country.
    """
    for run in (tokens, *_runs(tokens)):
        first, last = 0, len(run)
        while first < last and _is_edge(run[first]):
            first += 1
        while last > first and _is_edge(run[last - 1]):
            last -= 1
        kept = run[first:last]
        if not any(_is_nominal(t) for t in kept) or kept[-1].i - kept[0].i >= 2 * len(kept):
            continue
        phrase = doc[kept[0].i : kept[-1].i + 1]
        if not _is_somebody(phrase.root, len(kept)):
            continue
        span = phrase.start_char, phrase.end_char
        return Actor(
            id=content_id("a", "party", span),
            name=phrase.text,
            kind="unknown",
            country=None if is_of_several_states(phrase.root) else near.country_of(*span, sentence),
            unnamed=True,
            mentions=(span,),
        )
    return None


def _runs(tokens: Sequence[Token]) -> list[Sequence[Token]]:
    """Give the stretches of words that stand together, the longest first: "jihadist camps", and farther on "Sahel"."""
    cuts = [0, *(k for k in range(1, len(tokens)) if tokens[k].i > tokens[k - 1].i + 1), len(tokens)]
    runs = [tokens[a:b] for a, b in pairwise(cuts)]
    return sorted(runs, key=len, reverse=True) if len(runs) > 1 else []


def _is_edge(token: Token) -> bool:
    return token.pos_ in _EDGES and not _is_nominal(token)


def _is_nominal(token: Token) -> bool:
    """Tell whether a word names somebody or something: a noun, or what stands for one ("raided a flat", "all five")."""
    if token.pos_ in _NOUNS:
        return True
    return token.dep_ in _SIDES and token.pos_ in _FOR_NOUNS and token.lower_ not in _NOBODY


def _is_somebody(root: Token, size: int) -> bool:
    """Tell whether a word can be a party: no clause, deed ("the talks"), bare number or a person's one name."""
    if not _is_nominal(root):
        return False
    if is_deed(root):
        return False
    lemma = root.lemma_.lower()
    return size > 1 or root.pos_ == "PRON" or (lemma not in COUNT_WORDS and root.ent_type_ != "PERSON")


def is_deed(token: Token) -> bool:
    """Tell whether a word tells a deed and nobody: "talks", "raid"."""
    return any(token.lemma_.lower() in word_classes()[group] for group in _DEEDS)


def is_kind_of_deed(token: Token, trigger: Token) -> bool:
    """Tell whether a word before a deed's noun only says which kind it is: "border raid", but not "militia raid"."""
    if token.dep_ != "compound" or not (token.head == trigger or is_deed(token.head)):
        return False
    return not any(token.lemma_.lower() in word_classes()[group] for group in _DOERS)


def known_again(new: Actor, made: Mapping[str, Actor]) -> Actor:
    """Give the party of which a single noun tells again: "the port" after "the port of Lamu"; else the new one.

    Args:
        new: A party of which some words tell.
        made: The parties made before it, by id.
    """
    if " " in new.name:
        return new
    old = next((a for a in made.values() if _ends_of(new.name) & {word.lower() for word in a.name.split()}), None)
    return msgspec.structs.replace(old, mentions=(*old.mentions, *new.mentions)) if old is not None else new


def _ends_of(noun: str) -> set[str]:
    low = noun.lower()
    return {low, low + "s", low.removesuffix("s")}
