"""What the tables tell of a person of whom the report tells less: office, sector and country on the report's day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from melian.coding.actors.cast import Member
from melian.coding.actors.terms import (
    Term,
    term_on,
    terms_alone,
    terms_by_sound,
    terms_by_surname,
    terms_named,
    was_in_office,
)
from melian.knowledge.own_actors import OwnActors

HONOURS = frozenset({"ayatollah", "imam", "prince", "princess"})
"""Titles that go with any office."""


def known_person(name: str, on: date | None, own: OwnActors) -> Member | None:
    """Give a person of the tables that a report has not introduced yet."""
    member = Member(f"person:{name}", name, "person", rule="name of a person")
    look_up(member, on, own)
    return member if member.country or member.sector else None


def look_up(member: Member, on: date | None, own: OwnActors, named: Collection[str] | None = None) -> None:
    """Take office, sector and country from the tables, where the name is known and the day lies in a term.

    What the report says wins over a namesake.

    Args:
        member: The person.
        on: The report's day.
        own: The user's table, which is asked first.
        named: Countries that the report names, one of which a person known by a common surname alone, or by how the
            name sounds, has to be of; None where that need not be.
    """
    terms = terms_named(member.name, own)
    if not terms and " " not in member.name:
        terms = _terms_of_lone(member, on, own, named)
    if not terms and " " in member.name:
        sounding = (t for t in terms_by_sound(member.name, own) if t.rank < 2 and t.is_current(on))
        terms = tuple(t for t in sounding if not named or t.country in named)
    if member.country is not None:
        terms = tuple(t for t in terms if t.country in {None, member.country})
    if not terms:
        return
    current = term_on(terms, on)
    nearest = current or max(terms, key=lambda t: (t.begins is not None and on is not None and t.begins <= on, t.row))
    member.country = member.country or nearest.country
    if len({term.person for term in terms}) > 1:
        # Which of a family is meant stays open.
        rank = min(term.rank for term in terms)
        sectors = {term.sector for term in terms if term.rank == rank and term.is_current(on)}
        member.sector = member.sector or (sectors.pop() if len(sectors) == 1 else None)
        return
    if current is not None:
        if member.office is None or member.office in HONOURS:
            is_honour = member.office is not None
            member.sector = current.sector if is_honour else member.sector or current.sector
            member.office = current.office
            member.rows.append(current.row)
    elif on is not None and member.sector is None and was_in_office(terms, on):
        # Who led the United Nations once is still of no country that is spoken of.
        member.sector = "ELI" if nearest.country else nearest.sector
        member.rows.append(nearest.row)


def _terms_of_lone(member: Member, on: date | None, own: OwnActors, named: Collection[str] | None) -> tuple[Term, ...]:
    """Give the terms of whom a surname alone means, and call the member by the whole name.

    A name that means one politician or one family does so in every report. Others count where just one of the persons
    in office then bears it: the office that the report gives, or else one of the countries that it names.
    """

    def fits(term: Term) -> bool:
        return member.country in {None, term.country}

    begun = (t for t in terms_alone(member.name, own) if on is None or t.begins is None or t.begins <= on)
    terms = tuple(filter(fits, begun))
    if not terms and not (member.office or "").startswith("former"):
        borne = tuple(t for t in terms_by_surname(member.name, own) if t.rank < 2 and t.is_current(on))
        held = tuple(t for t in borne if t.office is not None and t.office == member.office)
        there = borne if named is None else tuple(t for t in borne if t.country in named)
        only = next((some for some in (held, there) if len({(t.person, t.country) for t in some}) == 1), ())
        terms = tuple(filter(fits, only))
    if len({term.person for term in terms}) == 1:
        member.name = terms[0].person
    return terms
