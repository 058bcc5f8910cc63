"""Noun phrases as actors: "Turkish jets", "the foreign minister of Russia", "its warplanes", "a Hamas official"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from melian.coding.actors.bodies import LEADING, served_sector
from melian.coding.actors.names import KnownName, NameMatch, prefixes
from melian.coding.actors.roles import RELATIONAL, RoleReading, read_role, role_heads, role_words
from melian.records import Sector

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LEFT_PARTS = frozenset("det amod compound nummod poss nmod quantmod predet npadvmod case advmod punct appos".split())
_OWNERS = frozenset({"of", "from", "for", "in", "at", "within"})
_PARTICIPLES = ("ed", "led", "run", "born", "held", "built", "made", "owned", "speaking", "brokered", "friendly")
_PREFIXES = frozenset({"pro", "anti", "non", "ex", "post"})
_LOOSE_PARTICIPLES = frozenset("backed led funded trained sponsored allied supported armed brokered".split())
_FOREIGN = frozenset(
    (
        "western foreign international multinational regional european african asian arab kurdish global world allied "
        "hostile neighbouring neighboring overseas enemy coalition latin islamic nato un eu"
    ).split()
)
OF_ANY_BODY = frozenset(
    {"president", "chief executive", "secretary", "commissioner", "governor", "chancellor", "director-general"}
)
"""Offices that firms, clubs and foundations have as well as states."""

_ARMED = frozenset({"REB", "UAF", "PRM"})
_JOINS = frozenset({"and", ",", "&", "-", "–", "/", "or"})
_RULING = frozenset({"rule", "govern", "run", "lead", "control", "represent"})
_PLAIN = frozenset("top supreme longtime veteran new current de facto main political senior".split())
ABROAD = frozenset(
    (
        "embassy consulate ambassador envoy consul diplomat peacekeeper journalist reporter correspondent tourist "
        "photographer traveller observer inspector mediator negotiator"
    ).split()
) | {"un envoy", "aid worker", "charge d'affaires", "deputy ambassador", "diplomatic mission", "foreign fighter"}
"""Roles of those who are in a country, or deal with it, for another."""
_UPROOTED = frozenset({"displaced", "uprooted"})
_AT_HOME = frozenset({"CVL", "SOC", None})
"""Sectors of those who are refugees where they are said to be displaced."""
FORMER = frozenset("former ex late onetime one-time erstwhile ousted deposed retired toppled".split())


class RolePhrase(msgspec.Struct, frozen=True):
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
        sector: Sector of the role, joined with that of its organisation.
        nation: Country of an adjective before an owner that is an organisation: "a British UN official".
        is_foreign: A word before the head tells that it is not, or not just, of the country of the scene.
        is_compounded: A name before the head owns nothing: "Iran-backed", "pro-Russian".
        joint: Further owners that are joined with the first: "Greek and Turkish troops", "the Franco-German brigade".
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
    nation: str | None = None
    is_foreign: bool = False
    is_compounded: bool = False
    joint: tuple[KnownName, ...] = ()

    @property
    def country(self) -> str | None:
        """Give the country that the phrase says; "Tamil rebels" are of the country where Tamils are in arms."""
        if self.owner is not None and self.owner.in_arms is not None and self.sector in _ARMED:
            return self.owner.in_arms
        return (self.owner.country if self.owner else None) or self.nation


def left_edge(token: Token) -> int:
    """Find where the noun phrase of a head begins, going only over what stands right before it."""
    start = token.i
    doc = token.doc
    if token.n_lefts:
        for child in reversed(list(token.lefts)):
            if child.dep_ not in LEFT_PARTS or child.is_space:
                break
            if child.dep_ == "compound" and child.ent_type_ == "DATE":
                break  # "In December officers arrested …"
            if start - child.right_edge.i > 2:
                break
            start = child.left_edge.i
    while start < token.i and (doc[start].is_punct or doc[start].is_space):
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
    if token.lower_ not in role_heads() and token.lemma_.lower() not in role_heads():
        return None
    doc = token.doc
    start = left_edge(token)
    words = [doc[i].lower_ for i in range(max(start, token.i - 5), token.i + 1)]
    read = read_role(words, token.lemma_.lower())
    longer = _read_with_complement(token)
    if read is None and longer is None:
        return None
    reading, size = (longer, 1) if longer is not None else read  # type: ignore[misc]
    left = _read_left(doc, start, token.i - size + 1, names)
    owner, bare = left.owner, left.is_bare
    if owner is None:
        owner = _owner_behind(
            token, names, reading, is_owned=left.owner_token is not None, is_placed=left.joins_backer
        ) or _ruled(token, names)
        bare = bare and owner is None
    sector = served_sector(token, reading, names)
    if reading.name == "officer" and any(c.dep_ in {"compound", "nmod"} and c.pos_ == "NOUN" for c in token.lefts):
        # A press officer or a chief investment officer is no soldier.
        sector = None
    if left.is_uprooted and sector in _AT_HOME:
        sector = "REF"
    if owner is not None and owner.form in {"organisation", "seat"}:
        sector = joined_sector(reading, owner)
    elif sector is None and left.is_plain and _leads_country(reading, owner):
        sector = "GOV"
    elif owner is None and reading.office in OF_ANY_BODY and _serves_unknown_body(token):
        sector = None
    return RolePhrase(
        start, token.i + 1, reading, owner, left.owner_token, left.is_definite, token.tag_ in {"NNS", "NNPS"}, bare,
        left.is_former, left.is_indefinite, sector, left.nation or reading.country, left.is_foreign,
        left.joins_backer, tuple(left.joint),
    )  # fmt: skip


def _read_with_complement(token: Token) -> RoleReading | None:
    """Read an office that goes on behind its head: "minister of defence", "chief of staff"."""
    doc = token.doc
    end = token.i + 1
    if end + 1 >= len(doc) or doc[end].lower_ not in {"of", "for"}:
        return None
    for size in (5, 4, 3, 2):
        words = [doc[i].lower_ for i in range(end, min(end + size, len(doc)))]
        reading = role_words().get(" ".join([token.lemma_.lower(), *words]))
        if reading is not None:
            return reading
    return None


class _Left(msgspec.Struct):
    """What stands before the words of a role."""

    owner: KnownName | None = None
    nation: str | None = None
    owner_token: int | None = None
    is_definite: bool = False
    is_indefinite: bool = False
    is_former: bool = False
    is_bare: bool = True
    is_foreign: bool = False
    joins_backer: bool = False
    is_plain: bool = True
    is_uprooted: bool = False
    joint: list[KnownName] = msgspec.field(default_factory=list)


def _read_left(doc: Doc, start: int, end: int, names: Mapping[int, NameMatch]) -> _Left:
    left = _Left()
    i = behind = start
    while i < end:
        part = doc[i]
        match = names.get(i)
        if match is not None:
            i = max(match.end, i + 1)
            left.is_bare = False
            if is_compounded(doc, match):
                left.is_foreign = left.joins_backer = True
                continue
            known = match.first("adjective", "name", "organisation", "seat", "capital", "people")
            if known is None:
                continue
            is_ethnic = match.start > start and doc[match.start - 1].lower_ == "ethnic"
            if is_ethnic or (known.row.startswith("peoples:") and not (known.country or known.in_arms)):
                # "Ethnic Albanian rebels" and "Kurdish rebels" may be of any of several states.
                left.is_foreign = True
                continue
            first = prefixes().get(doc[match.start - 2].text) if _has_hyphen_before(doc, match.start, start) else None
            if first is not None and left.owner is None:
                left.owner = first
            if left.owner is not None and (first is not None or _is_joined(doc, behind, match.start)):
                left.joint.append(known)
                behind = match.end
                continue
            behind = match.end
            if left.owner is None or known.form in {"organisation", "seat"}:
                if left.owner is not None and left.owner.form in {"adjective", "name"}:
                    left.nation = left.owner.country
                left.owner = known
            continue
        lower = part.lower_
        if part.dep_ == "poss":
            left.owner_token = i
            left.is_definite = True
            left.is_bare = left.is_bare and part.pos_ == "PRON"
        elif lower in {"the", "this", "that", "these", "those"}:
            left.is_definite = True
        elif lower in {"a", "an", "another"}:
            left.is_indefinite = True
        elif lower in FORMER:
            left.is_former = True
        elif part.pos_ in {"ADJ", "NOUN", "PROPN", "VERB"}:
            left.is_bare = False
            left.is_uprooted |= lower in _UPROOTED
            left.is_plain = left.is_plain and lower in _PLAIN
            is_name = part.text[:1].isupper() and not part.is_sent_start and part.pos_ in {"ADJ", "PROPN"}
            left.is_foreign |= lower in _FOREIGN or is_name or part.ent_type_ == "NORP"
        i += 1
    return left


def _has_hyphen_before(doc: Doc, i: int, start: int) -> bool:
    return i - 2 >= start and doc[i - 1].text in {"-", "–"} and not doc[i - 1].whitespace_


def _is_joined(doc: Doc, end: int, start: int) -> bool:
    """Tell whether nothing but a word or sign that joins stands between two names: "Greek and Turkish"."""
    return start > end and all(doc[i].lower_ in _JOINS for i in range(end, start))


def _leads_country(reading: RoleReading, owner: KnownName | None) -> bool:
    """Tell whether a role is that of whoever leads a country: "the Belarusian leader", "the head of Dagestan"."""
    return reading.name in LEADING and owner is not None and owner.country is not None


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
    return doc[end].lower_ in _LOOSE_PARTICIPLES


def is_abroad(doc: Doc, match: NameMatch) -> bool:
    """Tell whether a name belongs to somebody who is elsewhere than in his country: "the French embassy"."""
    return match.end < len(doc) and doc[match.end].lemma_.lower() in ABROAD


def _serves_unknown_body(token: Token) -> bool:
    """Tell whether an office is one of a body that no table knows: "the president of the Ferrante Foundation"."""
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in {"of", "at", "for", "with"}:
            return any(noun.dep_ == "pobj" and noun.ent_type_ == "ORG" for noun in child.children)
    return any(c.dep_ in {"compound", "nmod"} and c.ent_type_ == "ORG" for c in token.lefts)


def _owner_behind(
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
    Ukraine") are of where they are, if they are in arms.
    """
    is_abroad = reading.name in ABROAD or reading.office in ABROAD

    behind = [*token.rights]
    if reading.sector == "REF" and token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "from":
        behind.append(token.nbor(1))  # The parser hangs "from Syria" on the verb.
    for child in behind:
        if child.dep_ == "prep" and child.lower_ in _OWNERS and child.i - token.i <= 3:
            is_relational = reading.name in RELATIONAL
            if is_placed and (child.lower_ != "in" or reading.sector not in _ARMED):
                continue
            if child.lower_ == "in" and (is_owned or depth or is_abroad) and not is_relational:
                capital = _capital_in(child, names) if reading.kind == "organisation" and not is_owned else None
                if capital is not None and not is_abroad:
                    return capital
                continue
            if child.lower_ == "from" and is_owned and not is_relational:
                continue
            if child.lower_ == "for" and (is_abroad or reading.sector == "IGO"):
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
                    return _owner_behind(noun, names, reading, depth + 1)
    return None


def _capital_in(preposition: Token, names: Mapping[int, NameMatch]) -> KnownName | None:
    """Find the capital that a body is said to be in: "the Ministry of Defence in Dushanbe"."""
    found = (names[noun.i] for noun in preposition.children if noun.dep_ == "pobj" and noun.i in names)
    return next((known for match in found if (known := match.first("capital")) is not None), None)


def _ruled(token: Token, names: Mapping[int, NameMatch]) -> KnownName | None:
    """Find the country of "the junta that rules Mali", in the clause behind the head."""
    for child in token.rights:
        if child.dep_ == "relcl" and child.lemma_.lower() in _RULING:
            for noun in child.children:
                match = names.get(noun.i) if noun.dep_ == "dobj" else None
                if match is not None:
                    return match.first("name", "capital")
    return None


def joined_owners(token: Token, phrase: RolePhrase, names: Mapping[int, NameMatch]) -> list[KnownName]:
    """Give further owners of a plural: "the leaders of Greece and Turkey", "Greek and Turkish officials"."""
    if phrase.owner is None:
        return []
    if phrase.joint or not phrase.is_plural:
        return [known for known in phrase.joint if known.row != phrase.owner.row]
    firsts = [c for c in token.lefts if c.dep_ == "amod"]
    firsts += [
        n for c in token.rights if c.dep_ == "prep" and c.lower_ in _OWNERS for n in c.children if n.dep_ == "pobj"
    ]
    found = []
    for first in firsts:
        for other in first.conjuncts:
            match = names.get(other.i)
            if match is None or is_compounded(token.doc, match):
                continue
            known = match.first("name", "adjective", "capital", "organisation", "seat")
            if known is not None and known.row != phrase.owner.row:
                found.append(known)
    return found


def joined_sector(reading: RoleReading, owner: KnownName) -> Sector | None:
    """Join a role with its organisation: a Hamas official is Hamas's, a UN peacekeeper the UN's, a Labour MP an MP."""
    if owner.form == "seat" and reading.sector in {"MIL", "JUD", "LEG", "COP", "SPY"}:
        return reading.sector
    if owner.sector == "PTY" and reading.sector == "LEG":
        return "LEG"
    return owner.sector or reading.sector


def name_tokens(doc: Doc, matches: list[NameMatch]) -> dict[int, NameMatch]:
    """Index known names by every token that they cover."""
    return {i: match for match in matches for i in range(match.start, match.end) if i < len(doc)}
