"""Whom a noun phrase belongs to: "of Russia", "for the Turkish foreign ministry", "the junta that rules Mali"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from melian.coding.actors.names import KnownName, NameMatch
from melian.coding.actors.roles import RELATIONAL, RoleReading

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


OWNING = frozenset({"of", "from", "for", "in", "at", "within"})
_PARTICIPLES = ("ed", "led", "run", "born", "held", "built", "made", "owned", "speaking", "brokered", "friendly")
_PREFIXES = frozenset({"pro", "anti", "non", "ex", "post", "counter"})
LOOSE_PARTICIPLES = frozenset("backed led funded trained sponsored allied supported brokered".split())
_RULING = frozenset({"rule", "govern", "run", "lead", "control", "represent"})
ARMED = frozenset({"REB", "UAF", "PRM"})
HOSTED = ARMED | {"GOV", "OPP", "PTY"}
"""Sectors of those who are of where they are, whoever backs them; troops are not."""
ABROAD = frozenset(
    (
        "embassy consulate ambassador envoy consul diplomat peacekeeper journalist reporter correspondent tourist "
        "photographer traveller observer inspector mediator negotiator mission"
    ).split()
) | {"un envoy", "aid worker", "charge d'affaires", "deputy ambassador", "diplomatic mission", "foreign fighter"}
"""Roles of those who are in a country, or deal with it, for another."""


def is_compounded(doc: Doc, match: NameMatch) -> bool:
    """Tell whether a name in a compound owns nothing: "Iran-backed", "US-led", "Russian-born", "pro-Russian".

    What is based in a country is still its own.
    """
    end = match.end
    if match.start > 1 and doc[match.start - 1].text == "-" and doc[match.start - 2].lower_ in _PREFIXES:
        return True
    if end >= len(doc):
        return False
    if doc[end].text in {"-", "‑", "–"} and end + 1 < len(doc) and not doc[end].whitespace_:
        word = doc[end + 1].lower_
        return word.endswith(_PARTICIPLES) and word != "based"
    return doc[end].lower_ in LOOSE_PARTICIPLES


def is_seat(doc: Doc, match: NameMatch) -> bool:
    """Tell whether a name is but where a body has its seat: "Paris-based"."""
    end = match.end
    return end + 1 < len(doc) and doc[end].text in {"-", "‑", "–"} and doc[end + 1].lower_ == "based"


def is_abroad(doc: Doc, match: NameMatch) -> bool:
    """Tell whether a name belongs to somebody who is elsewhere than in his country: "the French embassy"."""
    return match.end < len(doc) and doc[match.end].lemma_.lower() in ABROAD


def owner_behind(
    token: Token,
    names: Mapping[int, NameMatch],
    reading: RoleReading,
    depth: int = 0,
    *,
    is_owned: bool = False,
    is_placed: bool = False,
) -> KnownName | None:
    """Find the owner in a phrase behind: "of Russia", "for the Turkish foreign ministry", "in the Kremlin".

    What is owned already, as "its embassy in Tunis" is, does not belong to the country that it is in; nor do those
    who go abroad, and an envoy for a country is another's. Those whose backer is named ("pro-Russian separatists in
    Ukraine") are of where they are, if they are no troops.
    """
    is_abroad = reading.name in ABROAD or reading.office in ABROAD

    behind = [*token.rights]
    if reading.sector == "REF" and token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "from":
        behind.append(token.nbor(1))  # The parser hangs "from Syria" on the verb.
    for child in behind:
        if child.dep_ == "prep" and child.lower_ == "with" and reading.kind == "office":
            bodies = (names[noun.i].first("organisation") for noun in child.children if noun.i in names)
            body = next((known for known in bodies if known is not None and known.country is None), None)
            if body is not None:
                return body  # "An official with Save the Children".
        if child.dep_ == "prep" and child.lower_ in OWNING and child.i - token.i <= 3:
            is_relational = reading.name in RELATIONAL
            if is_placed and (child.lower_ != "in" or reading.sector not in HOSTED):
                continue
            if child.lower_ == "in" and (is_owned or depth or is_abroad) and not is_relational:
                capital = _capital_in(child, names) if reading.kind == "organisation" and not is_owned else None
                if capital is not None and not is_abroad:
                    return capital
                continue
            if child.lower_ == "from" and is_owned and not is_relational:
                continue
            if child.lower_ == "for" and (is_abroad or reading.sector == "IGO") and reading.sector != "JRN":
                continue
            for noun in child.children:
                if noun.dep_ != "pobj":
                    continue
                match = names.get(noun.i)
                if match:
                    return match.first("name", "organisation", "seat", "capital", "adjective")
                for part in noun.lefts:
                    match = names.get(part.i)
                    if match and part.dep_ in {"amod", "compound", "nmod", "poss"}:
                        if is_compounded(token.doc, match):
                            return None
                        return match.first("adjective", "name", "organisation", "seat", "capital")
                if depth < 2:
                    return owner_behind(noun, names, reading, depth + 1)
    return None


def _capital_in(preposition: Token, names: Mapping[int, NameMatch]) -> KnownName | None:
    """Find the capital that a body is said to be in: "the Ministry of Defence in Dushanbe"."""
    found = (names[noun.i] for noun in preposition.children if noun.dep_ == "pobj" and noun.i in names)
    return next((known for match in found if (known := match.first("capital")) is not None), None)


def ruled(token: Token, names: Mapping[int, NameMatch]) -> KnownName | None:
    """Find the country of "the junta that rules Mali", in the clause behind the head."""
    for child in token.rights:
        if child.dep_ == "relcl" and child.lemma_.lower() in _RULING:
            for noun in child.children:
                match = names.get(noun.i) if noun.dep_ == "dobj" else None
                if match is not None:
                    return match.first("name", "capital")
    return None
