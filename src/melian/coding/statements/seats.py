"""Speakers who are named by their words or by where they sit: "its statement read", "it was noted in the ministry"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from melian.coding.statements.attribution import Attribution
from melian.knowledge.ontology import word_classes

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from melian.coding.draft import Naming
    from melian.records import Actor

_BEFORE = frozenset({"poss", "amod", "compound", "nmod"})
_WRITERS = frozenset({"of", "by", "from", "in"})
_SEATED = frozenset({"in", "at", "by"})


def owner_of_words(token: Token, namings: dict[int, Naming]) -> Naming | None:
    """Find whose a statement, a letter or a message is that is said to say something; None where it is not told."""
    if token.lemma_.lower() not in word_classes()["writings"]:
        return None
    owners = [child for child in token.children if child.dep_ in _BEFORE]
    owners += [
        noun
        for child in token.children
        if child.dep_ == "prep" and child.lower_ in _WRITERS
        for noun in child.children
        if noun.dep_ == "pobj"
    ]
    return next((namings[owner.i] for owner in owners if owner.i in namings), None)


def with_seated_speakers(
    doc: Doc, attributions: Sequence[Attribution], namings: dict[int, Naming], actors: dict[str, Actor]
) -> Iterator[Attribution]:
    """Give what "it was noted in the ministry" tells to the ministry: the organisation in which it is said.

    Args:
        doc: The parse.
        attributions: The statements found.
        namings: Phrases that lead to actors, by their heads.
        actors: The actors by id.
    """
    for a in attributions:
        seat = _seat_of(doc[a.verb], namings, actors) if a.verb is not None and a.speaker is None else None
        yield a if seat is None or a.words is not None else replace(a, speaker=seat)


def _seat_of(verb: Token, namings: dict[int, Naming], actors: dict[str, Actor]) -> int | None:
    if not any(child.dep_ == "nsubjpass" and child.lower_ == "it" for child in verb.children):
        return None
    for child in verb.children:
        if child.dep_ in {"prep", "agent"} and child.lower_ in _SEATED:
            for noun in child.children:
                naming = namings.get(noun.i)
                actor = actors.get(naming.actor or "") if naming is not None else None
                if actor is not None and actor.kind == "organisation":
                    return noun.i
    return None
