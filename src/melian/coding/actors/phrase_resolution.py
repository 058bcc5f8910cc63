"""One phrase to its actor, with or without a report around it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from melian.coding.actors.casting import cast_actors
from melian.coding.language.quotations import find_quotations
from melian.records import Actor, overlap

if TYPE_CHECKING:
    from spacy.tokens import Doc


def resolve_phrase(parse: Callable[[str], Doc], phrase: str, context: str | None, on: date | None) -> Actor | None:
    """Lead a phrase to an actor.

    Args:
        parse: Parses a text.
        phrase: "the Turkish foreign minister", "Hamas fighters", "Ankara".
        context: Text in which the phrase stands; without it the phrase is read as one that says something.
        on: The day, for names and offices that change with time.

    Returns:
        The actor of the longest naming inside the phrase, None where it names none.
    """
    text = context if context and phrase in context else f"{phrase[:1].upper()}{phrase[1:]} said so."
    start = max(text.find(phrase), 0)
    doc = parse(text)
    scene = cast_actors(doc, [True] * sum(1 for _ in doc.sents), find_quotations(text), (), on, None)
    ids = scene.cast.ids()
    actors = {actor.id: actor for actor in scene.cast.records()[0]}
    best: tuple[int, int, Actor] | None = None
    for naming, member, _ in scene.namings.values():
        first, last = doc[naming.start], doc[naming.end - 1]
        shared = overlap((first.idx, last.idx + len(last)), (start, start + len(phrase)))
        actor = actors.get(ids[member.key])
        if actor is not None and shared and (best is None or (shared, naming.head) > best[:2]):
            best = (shared, naming.head, actor)
    return best[2] if best else None
