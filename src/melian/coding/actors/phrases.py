"""Noun phrases as actors: "Turkish jets", "the foreign minister of Russia", "its warplanes", "a Hamas official"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from melian.coding.actors.names import KnownName, NameMatch
from melian.coding.actors.roles import RoleReading, read_role
from melian.records import Sector

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LEFT_PARTS = frozenset("det amod compound nummod poss nmod quantmod predet npadvmod case advmod punct appos".split())
_OWNERS = frozenset({"of", "from", "for", "in"})
_FORMER = frozenset("former ex late onetime one-time erstwhile ousted deposed".split())


@dataclass(frozen=True, slots=True)
class RolePhrase:
    """A noun phrase whose head names a role.

    Attributes:
        start: First token.
        end: Behind the head.
        reading: What the head says.
        owner: The known name that it belongs to ("Turkish", "of Russia", "UN").
        owner_token: Token of a possessive pronoun or noun that it belongs to, where no known name says it.
        is_definite: "the", "this", a possessive.
        is_plural: By its tag.
        is_bare: Nothing but a determiner stands before the head, and no phrase of belonging behind it.
        is_former: "former president".
        is_indefinite: "a", "an", "another".
    """

    start: int
    end: int
    reading: RoleReading
    owner: KnownName | None
    owner_token: int | None
    is_definite: bool
    is_plural: bool
    is_bare: bool
    is_former: bool
    is_indefinite: bool
    sector: Sector | None


def left_edge(token: Token) -> int:
    """Find where the noun phrase of a head begins, going only over what stands right before it."""
    start = token.i
    for child in reversed(list(token.lefts)):
        if child.dep_ not in LEFT_PARTS or child.is_space:
            break
        edge = child.left_edge.i
        if start - child.right_edge.i > 2:
            break
        start = edge
    while start < token.i and (token.doc[start].is_punct or token.doc[start].is_space):
        start += 1
    return start


def read_phrase(token: Token, names: Mapping[int, NameMatch]) -> RolePhrase | None:
    """Read the noun phrase of a head as an actor by its role.

    Args:
        token: The head.
        names: Known names by each token that they cover.

    Returns:
        None where the head is no role word.
    """
    start = left_edge(token)
    doc = token.doc
    words = [doc[i].text.lower() for i in range(max(start, token.i - 5), token.i + 1)]
    read = read_role(words, token.lemma_.lower())
    if read is None:
        return None
    reading, size = read
    owner: KnownName | None = None
    owner_token: int | None = None
    sector = reading.sector
    definite = former = indefinite = False
    bare = True
    role_start = token.i - size + 1
    i = start
    while i < role_start:
        part = doc[i]
        match = names.get(i)
        if match is not None:
            known = match.first("adjective", "name", "organisation", "seat", "capital", "people")
            if known is not None and (owner is None or known.form in {"organisation", "seat"}):
                owner = known
            bare = False
            i = max(match.end, i + 1)
            continue
        lower = part.text.lower()
        if part.dep_ == "poss":
            owner_token = i
            definite = True
            bare = bare and part.pos_ == "PRON"
        elif lower in {"the", "this", "that", "these", "those"}:
            definite = True
        elif lower in {"a", "an", "another"}:
            indefinite = True
        elif lower in _FORMER:
            former = True
        elif part.pos_ in {"ADJ", "NOUN", "PROPN", "VERB"} and part.dep_ != "poss":
            bare = False
        i += 1
    if owner is None:
        owner = _owner_behind(token, names)
        if owner is not None:
            bare = False
    if sector is None:
        sector = _sector_behind(token)
    if owner is not None and owner.form in {"organisation", "seat"}:
        sector = _joined_sector(reading, owner)
    plural = token.tag_ in {"NNS", "NNPS"}
    return RolePhrase(
        start, token.i + 1, reading, owner, owner_token, definite, plural, bare, former, indefinite, sector
    )


def _owner_behind(token: Token, names: Mapping[int, NameMatch], depth: int = 0) -> KnownName | None:
    """Find the owner in a phrase behind: "of Russia", "for the Turkish foreign ministry", "in the Kremlin"."""
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ in _OWNERS and child.i - token.i <= 3:
            for noun in child.children:
                if noun.dep_ != "pobj":
                    continue
                match = names.get(noun.i)
                if match:
                    return match.first("name", "organisation", "seat", "capital", "adjective")
                for part in noun.lefts:
                    match = names.get(part.i)
                    if match and part.dep_ in {"amod", "compound", "nmod", "poss"}:
                        return match.first("adjective", "name", "organisation", "seat", "capital")
                if depth < 2:
                    return _owner_behind(noun, names, depth + 1)
    return None


def joined_owners(token: Token, phrase: RolePhrase, names: Mapping[int, NameMatch]) -> list[KnownName]:
    """Give further owners of a plural: "the leaders of Greece and Turkey", "Greek and Turkish officials"."""
    if phrase.owner is None or not phrase.is_plural:
        return []
    firsts = [c for c in token.lefts if c.dep_ == "amod"]
    firsts += [
        n for c in token.rights if c.dep_ == "prep" and c.lower_ in _OWNERS for n in c.children if n.dep_ == "pobj"
    ]
    found = []
    for first in firsts:
        for other in first.conjuncts:
            match = names.get(other.i)
            known = match.first("name", "adjective", "capital", "organisation", "seat") if match else None
            if known is not None and known.row != phrase.owner.row:
                found.append(known)
    return found


def _sector_behind(token: Token) -> Sector | None:
    """Give a spokesman the sector of those for whom he speaks: "a spokesman for the rebels"."""
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ in {"of", "for"}:
            for noun in child.children:
                read = read_role([noun.lower_], noun.lemma_.lower()) if noun.dep_ == "pobj" else None
                if read:
                    return read[0].sector
    return None


def _joined_sector(reading: RoleReading, owner: KnownName) -> Sector | None:
    """Join a role with its organisation: a Hamas official is Hamas's, a UN peacekeeper the UN's."""
    if owner.form == "seat" and reading.sector in {"MIL", "JUD", "LEG", "COP", "SPY"}:
        return reading.sector
    return owner.sector or reading.sector


def country_of(phrase: RolePhrase) -> str | None:
    """Give the country that a phrase's owner says."""
    return phrase.owner.country if phrase.owner else None


def name_tokens(doc: Doc, matches: list[NameMatch]) -> dict[int, NameMatch]:
    """Index known names by every token that they cover."""
    return {i: match for match in matches for i in range(match.start, match.end) if i < len(doc)}
