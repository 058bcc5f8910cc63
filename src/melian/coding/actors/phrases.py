"""Noun phrases as actors: "Turkish jets", "the foreign minister of Russia", "its warplanes", "a Hamas official"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from melian.coding.actors.bodies import LEADING, served_sector
from melian.coding.actors.homes import is_place_behind
from melian.coding.actors.names import KnownName, NameMatch, prefixes
from melian.coding.actors.owners import ARMED, LOOSE_PARTICIPLES, OWNING, is_compounded, is_seat, owner_behind, ruled
from melian.coding.actors.roles import COUNT_WORDS, RoleReading, read_role, role_heads, role_words
from melian.knowledge.gazetteer import place_words
from melian.records import Sector

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LEFT_PARTS = frozenset("det amod compound nummod poss nmod quantmod predet npadvmod case advmod punct appos".split())
FOREIGN = frozenset(
    (
        "western foreign international multinational regional european african asian arab kurdish global world allied "
        "hostile neighbouring neighboring overseas enemy coalition latin islamic nato un eu"
    ).split()
)
_FAITHS = frozenset(
    (
        "buddhist catholic christian muslim sunni shiite shia hindu sikh jewish orthodox protestant coptic anglican "
        "lutheran methodist baptist evangelical pentecostal adventist mormon jain islamist salafist communist maoist "
        "marxist"
    ).split()
)
"""Words with a capital for what people believe, who are none the less of the country of the scene."""
OF_ANY_BODY = frozenset(
    {"president", "chief executive", "secretary", "commissioner", "governor", "chancellor", "director-general"}
)
"""Offices that firms, clubs and foundations have as well as states."""

_OF_STATES = frozenset({"agency", "secretariat", "directorate", "inspectorate", "bureau", "secretary", "adviser"})
"""Bodies and offices that are their state's where a word tells what they are for."""
_JOINS = frozenset({"and", ",", "&", "-", "–", "/", "or"})
_PLAIN = frozenset("top supreme longtime veteran new current de facto main political senior".split())
_OF_PEOPLES = ("peoples:", "territories:")
_HYPHENS = frozenset({"-", "‑", "–"})
_STAFF = frozenset({"spokesman", "adviser", "aide", "mediator"})
"""Roles without a sector of their own, which are their government's where nothing but a state owns them."""
UPROOTED = frozenset({"displaced", "uprooted"})
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
        is_ethnic: A word before the head names a people of several countries: "Kurdish protesters".
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
    is_ethnic: bool = False

    @property
    def country(self) -> str | None:
        """Give the country that the phrase says; "Tamil rebels" are of the country where Tamils are in arms."""
        if self.owner is not None and self.owner.in_arms is not None and self.sector in ARMED:
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
    if owner is None and reading.country is None:
        owner = owner_behind(
            token, names, reading, is_owned=left.owner_token is not None, is_placed=left.joins_backer
        ) or ruled(token, names)
        bare = bare and owner is None
    sector = served_sector(token, reading, names)
    if reading.name == "officer" and any(c.dep_ in {"compound", "nmod"} and c.pos_ == "NOUN" for c in token.lefts):
        # A press officer or a chief investment officer is no soldier.
        sector = None
    if reading.name == "fighter" and (left.is_ethnic or (owner is not None and owner.row.startswith(_OF_PEOPLES))):
        sector = "REB"  # Whose fighters a people's are is told: "Tuareg fighters".
    if left.is_uprooted and sector in _AT_HOME:
        sector = "REF"
    if left.is_shadow and reading.kind == "office":
        sector = "OPP"
    if owner is not None and owner.form in {"organisation", "seat"}:
        sector = joined_sector(reading, owner)
    elif sector is None and left.is_plain and (_acts_for_country(reading, owner) or _leads_division(token, reading)):
        sector = "GOV"
    elif sector is None and not left.is_plain and _is_public(token, reading) and owner is not None and owner.country:
        sector = "GOV"  # "Denmark's food agency"; a bare agency may be one of news.
    elif owner is None and reading.office in OF_ANY_BODY and _serves_unknown_body(token):
        sector = None
    elif (sector is None and reading.kind in {"organisation", "group"}) or reading.name == "miner":
        sector = _sector_of_named(token, names) or sector
    return RolePhrase(
        start, token.i + 1, reading, owner, left.owner_token, left.is_definite, token.tag_ in {"NNS", "NNPS"}, bare,
        left.is_former, left.is_indefinite, sector, left.nation or reading.country,
        left.is_foreign or (owner is None and is_of_several_states(token)),
        left.joins_backer, tuple(left.joint), left.is_ethnic,
    )  # fmt: skip


def _is_public(token: Token, reading: RoleReading) -> bool:
    """Tell whether a body or office that a word tells the purpose of is its state's: "Denmark's food agency"."""
    return reading.name in _OF_STATES or token.text == "Service"


def _sector_of_named(token: Token, names: Mapping[int, NameMatch]) -> Sector | None:
    """Give the sector of the known body whose name stands behind its word: "telecoms group Econet"."""
    match = names.get(token.i + 1) if token.tag_ == "NN" else None
    known = match.first("organisation") if match is not None else None
    return known.sector if known is not None else None


def is_of_several_states(token: Token) -> bool:
    """Tell whether a noun, but for its number, says no more than that states are several: "most governments"."""
    if token.tag_ != "NNS" or token.lemma_.lower() not in {"government", "state"}:
        return False
    before = token.doc[left_edge(token) : token.i]
    if token.lemma_.lower() == "state" and not any(t.lower_ == "member" for t in before):
        return False
    return all(t.dep_ in {"det", "predet", "nummod"} or t.lower_ in COUNT_WORDS for t in before)


def _read_with_complement(token: Token) -> RoleReading | None:
    """Read an office that goes on behind its head: "minister of defence", "chief of staff"."""
    doc = token.doc
    end = token.i + 1
    if is_hyphened(token):
        return role_words()[_hyphened(token)]
    if end + 1 >= len(doc) or doc[end].lower_ not in {"of", "for"}:
        return None
    for size in (5, 4, 3, 2):
        words = [doc[i].lower_ for i in range(end, min(end + size, len(doc)))]
        reading = role_words().get(" ".join([token.lemma_.lower(), *words]))
        if reading is not None:
            return reading
    return None


def is_hyphened(token: Token) -> bool:
    """Tell whether a word begins an office of three words with hyphens: "editor-in-chief"."""
    return _hyphened(token) in role_words()


def _hyphened(token: Token) -> str:
    parts = token.doc[token.i : token.i + 5]
    return "".join(t.lower_ for t in parts) if len(parts) == 5 and parts[1].text == "-" == parts[3].text else ""


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
    is_ethnic: bool = False
    joins_backer: bool = False
    is_plain: bool = True
    is_uprooted: bool = False
    is_shadow: bool = False
    joint: list[KnownName] = msgspec.field(default_factory=list)


def _read_left(doc: Doc, start: int, end: int, names: Mapping[int, NameMatch]) -> _Left:
    left = _Left()
    i = behind = start
    is_of_seat = False
    while i < end:
        part = doc[i]
        match = names.get(i)
        if match is not None:
            i = max(match.end, i + 1)
            left.is_bare = False
            if is_compounded(doc, match):
                left.is_foreign = left.joins_backer = True
                # The participle goes with it; behind "pro-Russian" there is none.
                i += 2 if doc[i].text in _HYPHENS else doc[i].lower_ in LOOSE_PARTICIPLES
                continue
            known = match.first("adjective", "name", "organisation", "seat", "capital", "people")
            if known is None:
                continue
            is_ethnic = match.start > start and doc[match.start - 1].lower_ == "ethnic"
            if is_ethnic or (known.row.startswith("peoples:") and not (known.country or known.in_arms)):
                # "Ethnic Albanian rebels" and "Kurdish rebels" may be of any of several states.
                left.is_foreign = left.is_ethnic = True
                continue
            first = prefixes().get(doc[match.start - 2].text) if _has_hyphen_before(doc, match.start, start) else None
            if first is not None and left.owner is None:
                left.owner = first
            if left.owner is not None and (first is not None or _is_joined(doc, behind, match.start)):
                left.joint.append(known)
                behind = match.end
                continue
            behind = match.end
            if is_of_seat:
                left.owner = None  # "A Paris-based Iranian group" is Iranian.
            is_of_seat = left.owner is None and is_seat(doc, match)
            if left.owner is None or known.form in {"organisation", "seat"}:
                if left.owner is not None and left.owner.form in {"adjective", "name"}:
                    left.nation = left.owner.country
                left.owner = known.at_home_in(left.nation)
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
            left.is_uprooted |= lower in UPROOTED
            left.is_shadow |= lower == "shadow"
            left.is_plain = left.is_plain and lower in _PLAIN
            is_name = part.text[:1].isupper() and not part.is_sent_start and part.pos_ in {"ADJ", "PROPN"}
            is_named = (is_name or part.ent_type_ == "NORP") and lower not in _FAITHS
            left.is_foreign |= lower in FOREIGN or is_named
        i += 1
    return left


def _has_hyphen_before(doc: Doc, i: int, start: int) -> bool:
    return i - 2 >= start and doc[i - 1].text in _HYPHENS and not doc[i - 1].whitespace_


def _is_joined(doc: Doc, end: int, start: int) -> bool:
    """Tell whether nothing but a word or sign that joins, and a number, stands between: "Greek and two Turkish"."""
    between = [token for token in doc[end:start] if token.pos_ != "NUM"]
    return bool(between) and all(token.lower_ in _JOINS for token in between)


def _acts_for_country(reading: RoleReading, owner: KnownName | None) -> bool:
    """Tell whether a role is that of whoever leads a country, or speaks for it: "the Belarusian leader"."""
    if owner is None:
        return False
    is_of_staff = (reading.office or reading.name) in _STAFF and owner.kind == "state"
    is_of_people = owner.row.startswith("peoples:")  # A people's leaders are no government.
    return is_of_staff or (reading.name in LEADING and owner.country is not None and not is_of_people)


def _leads_division(token: Token, reading: RoleReading) -> bool:
    """Tell whether a role is that of whoever leads a part of a country: "the head of the Naryn region"."""
    if reading.name not in LEADING:
        return False
    behind = (noun for child in token.rights if child.lower_ == "of" for noun in child.children if noun.dep_ == "pobj")
    divisions = place_words("division nouns") | place_words("district nouns")
    return any(noun.lower_ in divisions and any(t.pos_ == "PROPN" for t in noun.lefts) for noun in behind)


def _serves_unknown_body(token: Token) -> bool:
    """Tell whether an office is one of a body that no table knows: "the president of the Ferrante Foundation"."""
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in {"of", "at", "for", "with"}:
            return any(n.dep_ == "pobj" and n.ent_type_ == "ORG" and not is_place_behind(child) for n in child.children)
    return any(c.dep_ in {"compound", "nmod"} and c.ent_type_ == "ORG" for c in token.lefts)


def joined_owners(token: Token, phrase: RolePhrase, names: Mapping[int, NameMatch]) -> list[KnownName]:
    """Give further owners of a plural: "the leaders of Greece and Turkey", "Greek and Turkish officials"."""
    if phrase.owner is None:
        return []
    if phrase.joint or not phrase.is_plural:
        return [known for known in phrase.joint if known.row != phrase.owner.row]
    firsts = [c for c in token.lefts if c.dep_ == "amod"]
    firsts += [
        n for c in token.rights if c.dep_ == "prep" and c.lower_ in OWNING for n in c.children if n.dep_ == "pobj"
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
    is_armed = owner.sector in {"MIL", "COP", "SPY"}  # The Stasi's officers are its own.
    if owner.form == "seat" and not is_armed and reading.sector in {"MIL", "JUD", "LEG", "COP", "SPY"}:
        return reading.sector
    is_of_state = reading.sector == "LEG" or reading.name == "government"
    if reading.name == "government critic" or (owner.sector == "PTY" and is_of_state):
        return reading.sector  # A critic of the Kremlin is none of the government's, and a party's government no party.
    return owner.sector or reading.sector


def name_tokens(doc: Doc, matches: list[NameMatch]) -> dict[int, NameMatch]:
    """Index known names by every token that they cover."""
    return {i: match for match in matches for i in range(match.start, match.end) if i < len(doc)}


def owner_token_of(head: Token, phrase: RolePhrase) -> int | None:
    """Give the token that says whose a role is, even where it hangs on the name: "Its director, Admiral A B"."""
    if phrase.owner_token is not None:
        return phrase.owner_token
    before = phrase.start - 1
    return before if before >= 0 and head.doc[before].tag_ == "PRP$" else None
