"""Whole readings of many short texts, kept, and who holds what in them, for the tables of claims and disputes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from msgspec.structs import replace

from melian import Reader
from melian.intake import report_from_text
from melian.records import Event, Reading
from melian.records.span import Span
from reading_statements import token_f1

PUBLISHED = "2024-05-10"
NAMED = 0.5
"""Token F1 of an actor's name with the words expected for a holder."""


def readings_of(texts: Mapping[str, str]) -> dict[str, Reading]:
    """Read texts by id, with their datelines, as a user's are read; the same texts are read once in a test run."""
    return _readings_of(tuple(texts.items()))


@cache
def _readings_of(texts: tuple[tuple[str, str], ...]) -> dict[str, Reading]:
    reports = [replace(report_from_text(text, published=PUBLISHED), id=key) for key, text in texts]
    return {reading.report.id: reading for reading in Reader().read_many(reports)}


def spans_of(words: str, text: str) -> list[Span]:
    """Give every place where the words stand as whole words; alternatives have "|" between them."""
    return [
        found.span()
        for alternative in words.split("|")
        for found in re.finditer(rf"(?<!\w){re.escape(alternative)}(?!\w)", text)
    ]


def is_overlapping(some: Iterable[Span], others: Iterable[Span]) -> bool:
    others = tuple(others)
    return any(a[0] < b[1] and b[0] < a[1] for a in some for b in others)


def events_told_by(words: str, reading: Reading) -> list[Event]:
    """Give the events of which some trigger lies at the words."""
    at = spans_of(words, reading.report.text)
    return [event for event in reading.events if is_overlapping([m.trigger for m in event.mentions], at)]


def holders_named(words: str, reading: Reading) -> set[str]:
    """Give the holders that the words name: "author", or statements whose speaker stands there or is called so."""
    if words == "author":
        return {"author"}
    at = spans_of(words, reading.report.text)
    actors = {actor.id: actor for actor in reading.actors}
    found = set()
    for statement in reading.statements:
        spans = [statement.speaker_span] if statement.speaker_span else []
        actor = actors.get(statement.speaker or "")
        if actor is not None:
            spans += actor.mentions
        if is_overlapping(spans, at) or (actor is not None and token_f1(actor.name, words) >= NAMED):
            found.add(statement.id)
    return found
