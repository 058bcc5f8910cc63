"""Offices and countries of persons, from the words around their names and from the table of terms in office."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Protocol

from melian.coding.actors.cast import Member
from melian.coding.actors.names import NameMatch
from melian.coding.actors.people import PersonName
from melian.coding.actors.phrases import RolePhrase, read_phrase
from melian.coding.actors.roles import RoleReading, read_role, title_genders, title_offices
from melian.knowledge.offices import Holder, given_names, holders, offices

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Doc, Token

    from melian.coding.actors.coreference import Trace
    from melian.coding.draft import Naming


class Surroundings(Protocol):
    """What must be known of the report to place a person."""

    doc: Doc
    names: Mapping[int, NameMatch]
    people: Mapping[int, PersonName]
    on: date | None
    traces: list[Trace]
    namings: dict[int, tuple[Naming, Member, tuple[Member, ...]]]


@cache
def _holders_by_name() -> dict[str, tuple[Holder, ...]]:
    found: dict[str, list[Holder]] = {}
    for holder in holders():
        for name in (holder.person, *holder.variants):
            found.setdefault(name.lower(), []).append(holder)
    return {name: tuple(terms) for name, terms in found.items()}


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
    for head in _apposed(doc, person):
        phrase = read_phrase(head, scene.names)
        if phrase is not None and not phrase.is_plural:
            _apply(scene, member, phrase.reading, phrase, number)
    if member.country is None or member.office is None:
        _look_up(member, scene.on)


def _add_gender(member: Member, doc: Doc, person: PersonName) -> None:
    if member.gender is not None:
        return
    before = doc[person.start - 1].text.lower() if person.start else ""
    gender = title_genders().get(before)
    if gender is None and " " in person.full:
        gender = _genders().get(person.full.split()[0].lower())
    member.gender = gender


def _read_before(scene: Surroundings, member: Member, person: PersonName) -> None:
    """Read titles and offices right before the name: "Russian Foreign Minister Sergey Lavrov", "Gen. Smith"."""
    doc = scene.doc
    first = person.start
    if not first:
        return
    titled = title_offices().get(doc[first - 1].text.lower())
    if titled and member.office is None:
        member.office = titled
        sector = next((s for name, s in _office_sectors().values() if name == titled), None)
        member.sector = member.sector or sector  # type: ignore[assignment]
    edge = first - 1 if doc[first - 1].text.lower() in title_offices() else first
    last = doc[edge - 1] if edge else None
    if last is None or last.pos_ not in {"NOUN", "PROPN"}:
        return
    words = [doc[i].text.lower() for i in range(max(0, edge - 5, last.sent.start), edge)]
    read = read_role(words, last.lemma_.lower())
    if read is None:
        return
    reading, size = read
    country, sector, rows = None, None, []
    i = edge - size - 1
    while i >= last.sent.start and edge - i < 10:
        token = doc[i]
        match = scene.names.get(i)
        if match is not None:
            known = match.first("adjective", "name", "organisation", "seat", "capital")
            if known is not None:
                country = country or known.country
                sector = sector or (known.sector if known.form in {"organisation", "seat"} else None)
                rows.append(known.row)
            i = match.start - 1
            continue
        if token.tag_ == "PRP$" and i in scene.namings:
            country = country or scene.namings[i][1].country
        if token.pos_ not in {"ADJ", "NOUN", "PROPN", "PART", "DET", "PRON"} and token.text != "-":
            break
        if token.pos_ in {"DET", "PRON"}:
            break
        i -= 1
    _set(member, reading, country, sector, rows)


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
    behind = person.end
    if behind + 1 < len(doc) and doc[behind].text == "," and doc[behind + 1].lower_ in {"the", "a", "an", "who"}:
        nouns = [doc[i] for i in range(behind + 2, min(behind + 7, len(doc))) if doc[i].pos_ in {"NOUN", "PROPN"}]
        found += nouns[:1] if nouns and nouns[0].dep_ not in {"compound", "nsubj"} else []
    return [token for token in found if token.pos_ in {"NOUN", "PROPN"}]


def _apply(scene: Surroundings, member: Member, reading: RoleReading, phrase: RolePhrase, number: int) -> None:
    country = phrase.owner.country if phrase.owner else None
    if country is None and phrase.owner_token is not None and phrase.owner_token in scene.namings:
        country = scene.namings[phrase.owner_token][1].country
    if reading.name == "counterpart":
        _copy_counterpart(scene, member, country, number)
        return
    rows = [phrase.owner.row] if phrase.owner else []
    _set(member, reading, country, phrase.sector, rows)


def _copy_counterpart(scene: Surroundings, member: Member, country: str | None, number: int) -> None:
    """Give "his Turkish counterpart" the office of the one whose counterpart it is."""
    member.country = member.country or country
    for trace in reversed(scene.traces):
        other = trace.member
        if number - trace.sentence > 2:
            return
        if other is not member and other.office and other.country != country:
            member.office = member.office or other.office
            member.sector = member.sector or other.sector
            member.rows += [row for row in other.rows if row.startswith("offices:") and row not in member.rows]
            return


def _set(member: Member, reading: RoleReading, country: str | None, sector: str | None, rows: list[str]) -> None:
    if reading.name == "counterpart":
        return
    member.country = member.country or country
    if reading.office and member.office in {None, "minister", "president", "leader"}:
        member.office = reading.office
    member.sector = member.sector or reading.sector or sector  # type: ignore[assignment]
    member.rows += [row for row in (reading.row, *rows) if row not in member.rows]


def _look_up(member: Member, on: date | None) -> None:
    """Take office and country from the table of terms, where the name is known and the day lies in the term."""
    terms = _holders_by_name().get(member.name.lower(), ())
    current = [t for t in terms if on is None or (t.from_ <= on and (t.until is None or on < t.until))]
    if not terms:
        return
    member.country = member.country or terms[0].country
    if current and member.office is None:
        office, sector = _office_sectors().get(current[-1].office, (current[-1].office, None))
        member.office = office
        member.sector = member.sector or sector  # type: ignore[assignment]
        member.rows.append(f"holders:{current[-1].id}")
    elif not current and on is not None and member.sector is None:
        member.sector = "ELI"
        member.rows.append(f"holders:{terms[-1].id}")


def person_with_office(scene: Surroundings, phrase: RolePhrase, country: str | None, number: int) -> Member | None:
    """Find the person met before whom "the Turkish minister" or "the president" leads to."""
    words = phrase.reading.name.split()
    for trace in reversed(scene.traces):
        member = trace.member
        if number - trace.sentence > 25:
            return None
        if member.kind != "person" or member.office is None:
            continue
        if country is not None and member.country != country:
            continue
        if phrase.is_former or "vice" in member.office or "former" in member.office:
            continue
        if member.office.split()[-len(words) :] == words:
            return member
    return None
