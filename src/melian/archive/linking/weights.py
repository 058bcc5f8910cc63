"""The tables of linking: weights and limits, kindred types, and words that say nothing of one event alone."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec

from melian.knowledge.countries import countries
from melian.knowledge.cues import cue_words
from melian.knowledge.ontology import event_kinds, event_words
from melian.knowledge.organisations import organisations
from melian.knowledge.table import parse_rows


class Weight(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One number of `weights.tsv`: a logit that speaks for or against a link, or a limit."""

    id: str
    value: float
    meaning: str
    provenance: str


class KinTypes(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Types by which two reports may tell one event."""

    id: str
    types: tuple[str, ...]
    example: str
    provenance: str


def _text(name: str) -> str:
    return (files("melian.archive.linking") / name).read_text(encoding="utf-8")


@cache
def weights() -> dict[str, float]:
    """Load the weights by name."""
    return {row.id: row.value for row in parse_rows(_text("weights.tsv"), "linking/weights.tsv", Weight)}


@cache
def kin_types() -> tuple[KinTypes, ...]:
    """Load the groups of kindred types."""
    return parse_rows(_text("kin_types.tsv"), "linking/kin_types.tsv", KinTypes)


def groups_of_types() -> list[tuple[str, tuple[str, ...]]]:
    """Give every group within which tellings are compared: those of kindred types, and each type alone."""
    return [(row.id, row.types) for row in kin_types()] + [(row.id, (row.id,)) for row in event_kinds()]


@cache
def dull_words() -> frozenset[str]:
    """Gather the words by which no event is known again, in small letters.

    They are words without content, words for countries, which are compared as parties, and words that attribute.
    """
    named = [phrase for land in countries() for phrase in (*land.names, *land.adjectives, *land.people)]
    said = [row.lemma for row in cue_words()]
    listed = _text("dull_words.txt").split()
    return frozenset(word for phrase in (*named, *said, *listed) for word in phrase.lower().replace("-", " ").split())


@cache
def type_words() -> frozenset[tuple[str, str]]:
    """Gather the words that tell events of each type or of its kin, as (type, word): what the type says already."""
    kin = {(one, other) for row in kin_types() for one in row.types for other in row.types}
    kin |= {(row.id, row.id) for row in event_kinds()}
    return frozenset(
        (one, word)
        for row in event_words()
        for one, other in kin
        if other == row.type
        for word in row.lemma.lower().replace("-", " ").split()
    )


def known_outlets() -> list[tuple[str, str]]:
    """Give names of papers, stations and agencies in small letters, each with its country."""
    return [
        (name.lower(), one.country)
        for one in organisations()
        if one.country and "JRN" in (one.sector, *one.other_sectors)
        for name in dict.fromkeys((one.name, *one.aliases))
    ]


def linking_version() -> str:
    """Name everything on which links depend, beside readings and decisions."""
    import duckdb

    from melian.archive.marks import hash_of

    folder = files("melian.archive.linking")
    parts = sorted(child.name for child in folder.iterdir() if child.name.endswith((".sql", ".tsv", ".txt", ".py")))
    # DuckDB's own hash is not promised to stay from version to version, and marks and nodes are such hashes.
    return hash_of(duckdb.__version__, *(_text(part) for part in parts))
