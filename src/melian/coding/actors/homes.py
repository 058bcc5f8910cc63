"""Countries by the places that stand behind words, and the bodies that stand beside names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from melian.coding.actors.names import KnownName, NameMatch
from melian.coding.actors.people import PersonName
from melian.coding.actors.roles import role_parts
from melian.knowledge.gazetteer import entries_named, fold_name, place_words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

TOWN = 20_000
"""Inhabitants from which on a place is known by its name alone."""
_FAR_LARGER = 8
"""How many times the inhabitants of its namesakes elsewhere the place has that is meant without another word."""
POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
_BELONGING = frozenset({"of", "from", "at", "with"})
_HEADING = frozenset("head lead run chair direct command edit own found manage represent".split())


def country_behind(preposition: Token) -> str | None:
    """Give the country of the division or town that a name behind a preposition means, if there is no other."""
    noun = next((child for child in preposition.children if child.dep_ == "pobj"), None)
    if noun is None or noun.pos_ != "PROPN":
        return None
    countries = _countries_of(noun.doc[noun.left_edge.i : noun.i + 1].text)
    return countries.pop() if len(countries) == 1 else None


def is_place_behind(preposition: Token) -> bool:
    """Tell whether a division or town of some size, if of whatever country, bears the name behind a preposition."""
    noun = next((child for child in preposition.children if child.dep_ == "pobj"), None)
    return noun is not None and bool(_countries_of(noun.doc[noun.left_edge.i : noun.i + 1].text))


def country_at_head(words: str) -> str | None:
    """Give the country of the one division or town that begins a body's name: "Osaka District Court"."""
    parts = words.split()
    for size in range(min(3, len(parts) - 1), 0, -1):
        countries = _countries_of(" ".join(parts[:size]))
        if countries:
            return countries.pop() if len(countries) == 1 else None
    return None


def _countries_of(name: str) -> set[str | None]:
    """Give the countries of the divisions and towns of some size that bear a name, None for a region of the world."""
    if name.lower() in place_words("site nouns") or name.lower() in role_parts():
        return set()  # "The Gulf states" are not of the Gulf Province, nor the police of the Polish town.
    largest: dict[str | None, int] = {}
    for entry in entries_named(fold_name(name)):
        if entry.kind in {"division", "region"} or entry.population >= TOWN:
            largest[entry.country] = max(entry.population, largest.get(entry.country, 0))
    least = max(largest.values(), default=0) // _FAR_LARGER
    return {country for country, population in largest.items() if population > least or country is None}


def body_beside(doc: Doc, names: Mapping[int, NameMatch], person: PersonName) -> KnownName | None:
    """Find the body or state that a name is said to be of: "the World Bank's A B", "A B, of Human Rights Watch,".

    Args:
        doc: The parse.
        names: Known names by each token that they cover.
        person: The name.

    Returns:
        None where nothing beside the name says it. Behind a name, only bodies count: "A B, of Kenya" may be anybody.
    """
    edge = person.start - 1
    if edge > 0 and doc[edge].text in POSSESSIVES and (match := names.get(edge - 1)) is not None:
        return match.first("organisation", "seat", "name")
    of = person.end + (person.end < len(doc) and doc[person.end].text == ",")
    if of + 1 >= len(doc) or doc[of].lower_ not in _BELONGING:
        return None
    behind = names.get(of + 1 + (doc[of + 1].lower_ == "the"))
    return behind.first("organisation", "seat") if behind is not None else None


def served_by(doc: Doc, person: PersonName) -> Token | None:
    """Find the noun for what somebody leads or is of: "A B, who heads a women's group", "A B of the tailors' union"."""
    behind = person.end + (person.end < len(doc) and doc[person.end].text == ",")
    if behind + 2 >= len(doc):
        return None
    if doc[behind].lower_ in _BELONGING:
        return next((child for child in doc[behind].rights if child.dep_ == "pobj"), None)
    verb = doc[behind].head
    if doc[behind].lower_ != "who" or verb.lemma_.lower() not in _HEADING:
        return None
    return next((child for child in verb.rights if child.dep_ == "dobj"), None)
