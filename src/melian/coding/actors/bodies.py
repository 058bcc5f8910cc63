"""The body that a role serves, and what sector it gives the role: "the head of the junta's press office"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from melian.coding.actors.names import NameMatch
from melian.coding.actors.roles import RoleReading, read_role
from melian.records import Sector

if TYPE_CHECKING:
    from spacy.tokens import Token

LEADING = frozenset({"leader", "head", "chief", "ruler", "leadership", "strongman", "boss"})
"""Words for whoever leads: of a country, its government."""
_BORROWING = frozenset(
    {"chief of staff", "president", "chief executive", "secretary", "commissioner", "chancellor", "director-general"}
)
"""Offices of states that other bodies have too, and take their sector from them."""
_KIN = frozenset(
    (
        "son daughter wife husband widow widower brother sister father mother nephew niece cousin uncle aunt grandson "
        "granddaughter relative family in-law"
    ).split()
)
_OF_ELITES = frozenset({"GOV", "LEG", "JUD", "MIL", "PTY", "OPP", "ELI"})
_SERVING = frozenset({"of", "for", "at", "to", "with"})
_DEEPEST = 3


def served_sector(token: Token, reading: RoleReading, names: Mapping[int, NameMatch]) -> Sector | None:
    """Give a role the sector of the body that it serves, where the role alone has none or lends itself to any body.

    Args:
        token: The role's head.
        reading: What its words say.
        names: Known names by each token that they cover.

    Returns:
        The role's own sector where no body tells another.
    """
    if token.lemma_.lower() in _KIN:
        return "ELI" if _sector_around(token, names, 0) in _OF_ELITES else reading.sector
    is_deputy = token.lower_ == "deputy" and token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "to"
    if reading.sector is None or reading.name in _BORROWING or is_deputy:
        return _sector_around(token, names, 0, frozenset(reading.name.split())) or reading.sector
    return reading.sector


def _sector_around(
    token: Token, names: Mapping[int, NameMatch], depth: int, within: frozenset[str] = frozenset()
) -> Sector | None:
    for noun in _bodies(token, within):
        match = names.get(noun.i)
        known = match.first("organisation", "seat") if match else None
        if known is not None and known.sector is not None:
            return known.sector
        if match is not None:
            continue
        doc = noun.doc
        words = [doc[i].lower_ for i in range(max(0, noun.i - 4), noun.i + 1)]
        read = read_role(words, noun.lemma_.lower())
        if read is not None and read[0].kind == "population" and read[0].sector == "CVL":
            continue  # "The director for the protection of citizens" is of no sector of theirs.
        sector = served_sector(noun, read[0], names) if read and depth < _DEEPEST else None
        if sector is None and depth < _DEEPEST:
            sector = _sector_around(noun, names, depth + 1)
        if sector is not None:
            return sector
    return None


def _bodies(token: Token, within: frozenset[str]) -> Iterator[Token]:
    """Yield the nouns that may name the body: behind "of" and the like, before "'s", and right before the head.

    Words of the role itself are gone over: "the chief of staff of the president".
    """
    for child in token.rights:
        if child.dep_ in {"prep", "dative"} and child.lower_ in _SERVING and child.i - token.i <= 3:
            for noun in child.children:
                if noun.dep_ == "pobj" and noun.lower_ in within:
                    yield from _bodies(noun, within)
                elif noun.dep_ == "pobj":
                    yield noun
    yield from (child for child in token.lefts if child.dep_ == "poss" and child.pos_ != "PRON")
    compounded = (child for child in reversed(list(token.lefts)) if child.dep_ in {"compound", "nmod"})
    yield from (child for child in compounded if child.lower_ not in within)
