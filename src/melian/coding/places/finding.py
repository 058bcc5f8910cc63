"""From a parsed report to its places: recognition, resolution, and the reading's choice among them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from melian.coding.places.candidates import holder_entries
from melian.coding.places.finders import stands_as_place
from melian.coding.places.mention import Mention
from melian.coding.places.metonymy import is_literal, is_venue
from melian.coding.places.passage import Passage, lay_out
from melian.coding.places.recognition import find_mentions
from melian.coding.places.resolution import INSIDE, Choice, choose_places, count_peoples
from melian.coding.span_index import SpanIndex
from melian.knowledge.gazetteer import adjective_countries, adjective_entries, entries_named, fold_name, name_key
from melian.records import Span, Where

if TYPE_CHECKING:
    from spacy.tokens import Doc

_SMALL = 15_000
_MIDDLING = 100_000
_MANY = 5
"""Different words for countries and places in them from which on it tells something that none is of a country."""
_STRAY = Choice(None, 0.2, "the gazetteer's only place of the name lies in a country of which the report says nothing")
_TRUST = {
    "entity": 0.95, "table": 0.95, "preposition": 0.75, "chain": 0.95, "noun": 0.85, "dateline": 1.0, "adjective": 0.9,
    "given": 1.0, "beside": 0.75,
}  # fmt: skip


def find_places(
    doc: Doc,
    *,
    dateline: str | None = None,
    home: str | None = None,
    skip: Sequence[Span] = (),
    literal_only: bool = True,
    with_adjectives: bool = False,
) -> tuple[Where, ...]:
    """Find the places that a parsed report names, and which places of the gazetteer they are.

    Args:
        doc: The parse, with entities, tags and dependencies. Spans are code points of `doc.text`.
        dateline: The place of the dateline, where intake found one.
        home: Country of the outlet, as alpha-3.
        skip: Stretches of the text to leave out, such as furniture.
        literal_only: Leave out countries and capitals that stand for their governments ("Ankara said"), and place
            names inside the names of organisations ("Bank of England"). A reading wants this; measuring does not.
        with_adjectives: Also give adjectives ("Turkish") as their countries, which some gold sets mark.

    Returns:
        One record a name, in order. A name that the gazetteer lacks has no coordinates, a low confidence, and no
        country but the one that the report names with it ("Porga, Benin").
    """
    return tuple(
        where
        for where, _ in find_places_with_bases(
            doc, dateline=dateline, home=home, skip=skip, literal_only=literal_only, with_adjectives=with_adjectives
        )
    )


def find_places_with_bases(
    doc: Doc,
    *,
    dateline: str | None = None,
    home: str | None = None,
    skip: Sequence[Span] = (),
    literal_only: bool = True,
    with_adjectives: bool = False,
) -> tuple[tuple[Where, str], ...]:
    """Find places as `find_places` does, each with what decided among the places of its name."""
    passage = lay_out(doc)
    mentions = find_mentions(passage, dateline=dateline, skip=skip, with_adjectives=with_adjectives)
    choices = choose_places(mentions, peoples=count_peoples(_capitals(passage)), home=home)
    homes = Counter(c.entry.country for c in choices if c.entry is not None)
    spoken_of = _spoken_of(mentions, choices, passage, home)
    choices = tuple(_STRAY if _is_stray(m, c, spoken_of) else c for m, c in zip(mentions, choices, strict=True))
    tokens = {i for mention in mentions for i in range(*mention.tokens)}
    told = _countries_told(passage.text, mentions, choices)
    return tuple(
        (_where(passage.text, mention, choice, told), choice.basis)
        for mention, choice in zip(mentions, choices, strict=True)
        if not _is_chance(mention, choice, passage, homes)
        and (not literal_only or _is_for_reading(doc, mention, choice, tokens))
    )


def resolve_names(doc: Doc, spans: Sequence[Span], *, dateline: str | None = None) -> tuple[Where, ...]:
    """Resolve names at given spans, one record for each and in the same order.

    Args:
        doc: The parse; what stands around the spans counts.
        spans: Code points of `doc.text`. Adjectives ("Turkish") lead to their countries.
        dateline: The place of the dateline.
    """
    passage = lay_out(doc)
    found = find_mentions(passage, dateline=dateline)
    known = {(m.start, m.end): m for m in found}
    taken = SpanIndex((span, span) for span in spans)
    nearby = SpanIndex(((m.start, m.end), m) for m in found)
    given = [known.get(span) or _given(passage, span, nearby) for span in spans]
    others = [m for m in found if not taken.touching((m.start, m.end))]
    everything = sorted({*given, *others}, key=lambda m: (m.start, m.end))
    choices = dict(zip(everything, choose_places(everything, peoples=count_peoples(_capitals(passage))), strict=True))
    return tuple(
        msgspec.structs.replace(_where(passage.text, mention, choices[mention], {}), span=span)
        for mention, span in zip(given, spans, strict=True)
    )


def _capitals(passage: Passage) -> list[str]:
    return [fold_name(word) for word, is_capital in zip(passage.words, passage.capital, strict=True) if is_capital]


def _given(passage: Passage, span: Span, found: SpanIndex[Mention]) -> Mention:
    start, end = max(0, span[0]), max(0, span[1])
    inside = passage.doc.char_span(start, min(end, len(passage.text)), alignment_mode="expand") if end > start else None
    tokens = (inside.start, inside.end) if inside is not None else (0, 0)
    key = name_key(passage.text[start:end])
    if key.startswith("the "):
        key = key[4:]
    if key in adjective_entries():
        return Mention(start, end, key, "adjective", tokens)
    near = next(iter(found.touching((start, end))), None) if end > start else None
    mention = Mention(start, end, key, "given", tokens)
    if near is not None:
        return replace(mention, hint=near.hint, holders=near.holders)
    after = passage.text[end : end + 40].lstrip(" ")
    if after.startswith(","):
        following = next((m for m in found.touching((end, end + 4)) if m.start >= end), None)
        if following is not None:
            return replace(mention, holders=(following.key, *following.holders))
    return mention


def _is_chance(mention: Mention, choice: Choice, passage: Passage, homes: Counter[str | None]) -> bool:
    """Tell whether a name only happens to be that of a small place in a country that the report does not speak of."""
    entry = choice.entry
    if entry is None or entry.kind not in ("city", "district") or mention.origin not in ("entity", "table"):
        return False
    if entry.population >= _SMALL or mention.holders or mention.hint or stands_as_place(mention, passage):
        return False
    same = homes[entry.country]
    return same <= 1 or (mention.origin == "table" and same == sum(homes.values()))


def _spoken_of(
    mentions: Sequence[Mention], choices: Sequence[Choice], passage: Passage, home: str | None
) -> Counter[str]:
    """Count by how many different words a report speaks of each country: places in it, its people, its outlet."""
    words = {(c.entry.country, m.key) for m, c in zip(mentions, choices, strict=True) if c.entry is not None}
    known = adjective_countries()
    for word in set(_capitals(passage)):
        words |= {(entry.country, word) for entry in entries_named(word) if entry.kind == "country"}
        words |= {(known[word], word)} if word in known else set()
    words |= {(home, "")}
    return Counter(country for country, _ in words if country is not None)


def _is_stray(mention: Mention, choice: Choice, spoken_of: Counter[str]) -> bool:
    """Tell whether a name is taken for a smaller town of a country of which a report that names many says nothing.

    Nearly always a namesake is meant that the gazetteer lacks: "the town of Taji" in news from Iraq is none in Japan.
    """
    entry = choice.entry
    if entry is None or entry.kind not in ("city", "district") or entry.country is None or mention.holders:
        return False
    if entry.population >= _MIDDLING or mention.origin == "dateline":
        return False
    return spoken_of[entry.country] <= 1 and sum(spoken_of.values()) > _MANY


def _is_for_reading(doc: Doc, mention: Mention, choice: Choice, tokens: set[int]) -> bool:
    if mention.origin == "dateline":
        return True
    if mention.is_part or mention.origin == "adjective":
        return False
    if mention.holders and choice.basis == INSIDE:
        return True
    if choice.entry is None or choice.entry.kind not in ("country", "capital", "region", "division"):
        return True
    if choice.entry.kind == "capital" and is_venue(doc, *mention.tokens):
        return True
    return is_literal(doc, *mention.tokens, tokens, can_govern=choice.entry.kind in ("country", "capital"))


def _countries_told(text: str, mentions: Sequence[Mention], choices: Sequence[Choice]) -> dict[str, str]:
    """Give the countries that stand behind the commas of names that the gazetteer lacks, by the folded name."""
    told: dict[str, str] = {}
    for mention, choice in zip(mentions, choices, strict=True):
        name, *behind = text[mention.start : mention.end].split(",")
        holders = (*map(fold_name, behind), *mention.holders)
        entries = (entry for holder in holders for entry in holder_entries(holder)[:1])
        countries = {entry.country for entry in entries if entry.country is not None}
        if choice.entry is None and len(countries) == 1:
            told.setdefault(fold_name(name), countries.pop())
    return told


def _where(text: str, mention: Mention, choice: Choice, told: Mapping[str, str]) -> Where:
    span = (mention.start, mention.end)
    entry = choice.entry
    if entry is None:
        name = text[mention.start : mention.end]
        country = told.get(fold_name(name.split(",")[0]))
        return Where(name=name, country=country, span=span, confidence=choice.confidence)
    return Where(
        name=entry.name,
        country=entry.country,
        admin1=entry.admin1,
        geonameid=entry.geonameid,
        lat=round(entry.lat, 3),
        lon=round(entry.lon, 3),
        precision=entry.precision,
        span=span,
        confidence=round(choice.confidence * _TRUST[mention.origin], 2),
    )
