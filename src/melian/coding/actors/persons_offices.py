"""Offices and countries of persons, from the words around their names and from the table of terms in office."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Protocol

import msgspec

from melian.coding.actors.bodies import LEADING
from melian.coding.actors.cast import Member
from melian.coding.actors.homes import body_beside, country_behind, served_by
from melian.coding.actors.introductions import described, head_of_several, introducing_role, nouns_before_comma
from melian.coding.actors.names import NameMatch
from melian.coding.actors.owners import is_compounded
from melian.coding.actors.people import PersonName
from melian.coding.actors.phrases import FORMER, OF_ANY_BODY, RolePhrase, joined_sector, owner_token_of, read_phrase
from melian.coding.actors.roles import PLATFORMS, RELATIONAL, RoleReading, find_title, gender_of, read_role, role_words
from melian.coding.actors.scene import STATE_SECTORS
from melian.coding.actors.tabled import HONOURS, look_up
from melian.knowledge.offices import given_names, offices
from melian.knowledge.own_actors import OwnActors

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spacy.tokens import Doc, Token

    from melian.coding.actors.coreference import Trace
    from melian.coding.draft import Naming


_RANKS = frozenset({"general", "colonel", "major", "captain", "lieutenant", "admiral", "officer", "military officer"})
_BODIES = frozenset({"organisation", "group"})
_VAGUE_OFFICES = _RANKS | HONOURS | {None, "minister", "president", "leader"}


class Surroundings(Protocol):
    """What must be known of the report to place a person."""

    doc: Doc
    names: Mapping[int, NameMatch]
    people: Mapping[int, PersonName]
    on: date | None
    traces: list[Trace]
    namings: dict[int, tuple[Naming, Member, tuple[Member, ...]]]
    countries_named: frozenset[str]
    countries_at: Mapping[int, str]
    own: OwnActors


@cache
def _office_sectors() -> dict[str, tuple[str, str | None]]:
    return {office.id: (office.name, office.sector) for office in offices()}


@cache
def _genders() -> dict[str, str]:
    return {name.id.lower(): name.gender for name in given_names()}


def enrich_person(scene: Surroundings, member: Member, person: PersonName, number: int) -> None:
    """Add what the words around one mention of a name tell of the person's office and country.

    Words of the report win over the table of terms in office.
    """
    doc = scene.doc
    _add_gender(member, doc, person)
    _read_before(scene, member, person)
    apposed = [(head, read_phrase(head, scene.names)) for head in _apposed(doc, person)]
    if all(phrase is None or phrase.reading.kind == "organisation" for _, phrase in apposed):
        apposed = []  # "In the district court, A B": nobody is a court.
    for head, phrase in apposed:
        if phrase is not None and not phrase.is_plural:
            _apply(scene, member, head, phrase, number)
    _take_from_plural(scene, member, person)
    _read_beside(scene, member, person)
    _read_of(scene, member, person)
    member.country = member.country or _country_of_holder(scene, member)
    if member.country is None or member.office is None or member.office in HONOURS:
        look_up(member, scene.on, scene.own, scene.countries_named)


def _country_of_holder(scene: Surroundings, member: Member) -> str | None:
    """Give the country of the one holder of an office so far: "Mexico's ambassador", later "Ambassador X"."""
    if member.office is None or member.office in _VAGUE_OFFICES:
        return None
    met = (trace.member for trace in scene.traces if trace.member.unnamed and not trace.member.is_plural)
    countries = {other.country for other in met if other.office == member.office and other.country is not None}
    return countries.pop() if len(countries) == 1 else None


def _take_from_plural(scene: Surroundings, member: Member, person: PersonName) -> None:
    """Take the country of the several of whom a name is one: "its nationals, identified as A B and C D"."""
    found = scene.namings.get(head_of_several(scene.doc, scene.people, person))
    if found is not None and found[1].is_plural and found[1].unnamed:
        member.country = member.country or found[1].country
        member.sector = member.sector or found[1].sector


def _read_beside(scene: Surroundings, member: Member, person: PersonName) -> None:
    """Read the body that a name is said to be of, or to lead: "the World Bank's A B", "A B, who heads a union"."""
    if member.office is not None:
        return
    body = body_beside(scene.doc, scene.names, person)
    led = served_by(scene.doc, person) if body is None else None
    phrase = read_phrase(led, scene.names) if led is not None else None
    if body is not None:
        member.country, member.sector = member.country or body.country, member.sector or body.sector
        member.rows += [body.row] * (body.row not in member.rows)
    elif led is not None and phrase is not None and phrase.reading.kind in _BODIES:
        member.country = member.country or phrase.country or _country_of_place(scene, led)
        member.sector = member.sector or phrase.sector


def _read_of(scene: Surroundings, member: Member, person: PersonName) -> None:
    """Read the country behind a name: "Foreign Minister X of Y", "A B of Norway"."""
    doc = scene.doc
    if member.country is not None or person.end + 1 >= len(doc):
        return
    if doc[person.end].lower_ != "of":
        return
    behind = person.end + 1 + (doc[person.end + 1].lower_ == "the")
    match = scene.names.get(behind)
    known = match.first("name", "organisation") if match else None
    if match is None or known is None or (known.kind != "state" and member.office is None):
        return
    if not known.is_ambiguous | (match.start != behind):
        member.country = known.country
        member.rows.append(known.row)


def _add_gender(member: Member, doc: Doc, person: PersonName) -> None:
    if member.gender is not None:
        return
    title = find_title(doc, person.start)
    gender = title[2] if title else None
    if gender is None and " " in person.full:
        gender = _genders().get(person.full.split()[0].lower())
    if gender is None:
        gender = next((told for head in _apposed(doc, person) if (told := gender_of(head)) is not None), None)
    member.gender = gender


def _read_before(scene: Surroundings, member: Member, person: PersonName) -> None:
    """Read titles and offices right before the name: "Russian Foreign Minister Sergey Lavrov", "Gen. Smith"."""
    doc = scene.doc
    title = find_title(doc, person.start)
    if title is None or (title[1] is not None and not _is_mere_role(doc[person.start - 1])):
        # "Foreign Minister X" is read as the office that it is; "Mr X", "spokesman Col. X" and "Inspector X", who is no
        # arms inspector, go on before the title.
        _read_office(scene, member, person.start)
    if title is not None:
        start, office, _ = title
        if office != "prince" or member.office is None:
            _read_office(scene, member, start)
        member.called.add(doc[person.start - 1].lower_)
        if office is not None and member.office is None:
            member.office = office
            sector = next((s for name, s in _office_sectors().values() if name == office), None)
            member.sector = member.sector or sector  # type: ignore[assignment]


def _is_mere_role(token: Token) -> bool:
    reading = role_words().get(token.lower_)
    return reading is not None and reading.office is None and reading.sector not in STATE_SECTORS


def _read_office(scene: Surroundings, member: Member, edge: int) -> None:
    """Read the office that ends right before a token, with the country or organisation before it."""
    doc = scene.doc
    if not edge:
        return
    last = doc[edge - 1]
    if last.pos_ not in {"NOUN", "PROPN"} or last.tag_ in {"NNS", "NNPS"}:
        return
    floor = edge - 1
    while floor > 0 and edge - floor < 12 and not doc[floor].is_sent_start:
        floor -= 1
    read = read_role([doc[i].lower_ for i in range(max(edge - 5, floor), edge)], last.lemma_.lower())
    if read is None:
        return
    reading, size = read
    if reading.name in PLATFORMS or (reading.kind == "population" and find_title(doc, edge) is not None):
        return  # "Father A B" is a priest, and nobody's father.
    country, sector, rows, former, is_plain = None, None, [], False, True
    i = edge - size - 1
    while i >= floor and edge - i < 10:
        token = doc[i]
        match = scene.names.get(i)
        if match is not None:
            known = match.first("adjective", "name", "organisation", "seat", "capital")
            if known is not None and not is_compounded(doc, match):
                country = country or known.country
                if known.form in {"organisation", "seat"}:
                    sector = sector or joined_sector(reading, known)
                rows.append(known.row)
            i = match.start - 1
            continue
        if token.tag_ == "PRP$" and i in scene.namings:
            country = country or scene.namings[i][1].country
        owning = read_phrase(doc[i - 1], scene.names) if token.tag_ == "POS" and i else None
        if owning is not None and owning.reading.kind in _BODIES:
            sector = sector or owning.sector  # "the rebels' commander A B"
        former = former or token.lower_ in FORMER
        is_plain = is_plain and token.pos_ not in {"ADJ", "NOUN", "PROPN"}
        country = country or scene.countries_at.get(token.idx)
        sector = "OPP" if token.lower_ == "shadow" else sector
        if token.pos_ not in {"ADJ", "NOUN", "PROPN", "PART"} and token.text not in {"-", "’s", "'s"}:
            break
        i -= 1
    if sector is None and reading.name in LEADING and country is not None and is_plain:
        sector = "GOV"
    if sector is None and not (reading.office in OF_ANY_BODY and doc[i + 1].ent_type_ == "ORG" and i + 1 < edge - size):
        sector = reading.sector
    member.called.add(last.lemma_.lower())
    _set(member, reading, country, sector, rows, is_former=former)


def _apposed(doc: Doc, person: PersonName) -> list[Token]:
    """Find role nouns in apposition: "X, the foreign minister of Y," and "the foreign minister of Y, X,"."""
    found = []
    for i in range(person.start, person.end):
        token = doc[i]
        if token.dep_ == "appos" and not person.start <= token.head.i < person.end:
            head = token.head
            found.append(head)
            # "the director of the hospital in X, A B": the name may hang on any noun of the phrase.
            while head.dep_ == "pobj" and head.head.dep_ == "prep" and head.head.head.pos_ in {"NOUN", "PROPN"}:
                head = head.head.head
                found.insert(0, head)
        found += [
            c
            for c in token.children
            if (c.dep_ == "appos" and c.i >= person.end) or (c.dep_ in {"compound", "nmod"} and c.i < person.start)
        ]
    found += [c for token in found for c in token.children if c.dep_ == "appos" and c.i > person.end]
    introducing = introducing_role(doc, person)
    found += [introducing] if introducing is not None else []
    behind = person.end
    noun = described(doc, person)
    found += [noun] if noun is not None else []
    if behind >= len(doc) or doc[behind].text in {",", ".", ")"}:
        found += nouns_before_comma(doc, person.start)
    return [token for token in found if token.pos_ in {"NOUN", "PROPN"}]


def _apply(scene: Surroundings, member: Member, head: Token, phrase: RolePhrase, number: int) -> None:
    reading, country, sector = phrase.reading, phrase.country, phrase.sector
    if reading.name in PLATFORMS:
        return
    if reading.name in RELATIONAL and reading.name != "counterpart":
        country = country if phrase.owner and phrase.owner.form == "adjective" else None
    elif country is None and (owner_at := owner_token_of(head, phrase)) in scene.namings:
        owner = scene.namings[owner_at][1]
        country = owner.country
        if head.lower_ == "deputy" and owner.office is not None:
            sector = owner.sector  # "Mr X's deputy" is of X's office, no member of a parliament.
            reading = msgspec.structs.replace(reading, office=f"deputy {owner.office}", sector=sector)
        elif owner.kind in _BODIES:
            sector = owner.sector or sector
        elif owner.kind == "state" and reading.office:
            sector = sector or "GOV"  # "the country's adviser"
    elif country is None:
        country = _country_of_place(scene, head) or _country_of_same(scene, phrase)
    if reading.name == "counterpart":
        _copy_counterpart(scene, member, country, number)
        return
    member.called.add(head.lemma_.lower())
    rows = [phrase.owner.row] if phrase.owner else []
    _set(member, reading, country, sector, rows, is_former=phrase.is_former)


def _country_of_place(scene: Surroundings, head: Token) -> str | None:
    """Give the country of the place that an office is of: "the Governor of Niassa Province"."""
    for child in head.rights:
        if child.dep_ == "prep" and child.lower_ in {"of", "in", "from"} and child.i - head.i <= 2:
            places = (scene.countries_at.get(t.idx) for t in child.subtree)
            return next((country for country in places if country), None) or country_behind(child)
    return None


def _country_of_same(scene: Surroundings, phrase: RolePhrase) -> str | None:
    """Give the country of whom "the ambassador, A B," was before he was named: "the Libyan ambassador"."""
    if not (phrase.is_definite and phrase.is_bare):
        return None
    return next(
        (
            t.member.country
            for t in reversed(scene.traces)
            if t.member.unnamed and t.member.lemma == phrase.reading.name
        ),
        None,
    )


def _copy_counterpart(scene: Surroundings, member: Member, country: str | None, number: int) -> None:
    """Give "his Turkish counterpart" the office of the one whose counterpart it is."""
    member.country = member.country or country
    other = find_counterpart(scene.traces, country, number, member)
    if other is not None:
        member.office = member.office or other.office
        member.sector = member.sector or other.sector
        member.rows += [row for row in other.rows if row.startswith("offices:") and row not in member.rows]


def find_counterpart(
    traces: Sequence[Trace], country: str | None, sentence: int, but: Member | None = None
) -> Member | None:
    """Find the officer of another country, not far before, whose counterpart one is."""
    for trace in reversed(traces):
        if sentence - trace.sentence > 2:
            return None
        if trace.member is not but and trace.member.office and trace.member.country != country:
            return trace.member
    return None


def _set(
    member: Member, reading: RoleReading, country: str | None, sector: str | None, rows: list[str], *, is_former: bool
) -> None:
    if reading.name == "counterpart":
        return
    member.country = member.country or country or reading.country
    if is_former and member.office is None and (reading.office or reading.name in LEADING):
        former = f"former {(reading.office or reading.name).removeprefix('former ')}"
        member.office, member.sector = former, member.sector or "ELI"
    elif reading.office and member.office in _VAGUE_OFFICES:
        if member.office in _RANKS | HONOURS and sector is not None:
            member.sector = sector  # type: ignore[assignment]
        member.office = reading.office
    member.sector = member.sector or sector  # type: ignore[assignment]
    member.rows += [row for row in (reading.row, *rows) if row not in member.rows]


def person_with_office(
    scene: Surroundings, phrase: RolePhrase, country: str | None, number: int, noun: str = ""
) -> Member | None:
    """Find the person met before whom "the Turkish minister", "the president" or "the colonel" leads to.

    Args:
        scene: What is known so far.
        phrase: The phrase.
        country: The country that it says, if any.
        number: Which sentence it stands in.
        noun: Lemma of its head.
    """
    words = phrase.reading.name.split()
    for trace in reversed(scene.traces):
        member = trace.member
        if number - trace.sentence > 25:
            return None
        if member.kind != "person" or not (member.office or noun in member.called):
            continue
        if country is not None and member.country != country:
            continue
        office = member.office or ""
        if phrase.is_former or "vice" in office or "former" in office:
            continue
        if office.split()[-len(words) :] == words or (noun in member.called and phrase.is_definite):
            return member
    return None
