"""Offices, who held them when, courtesy titles, and given names that tell he from she."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Literal

import msgspec

from melian.knowledge.table import rows_of
from melian.records import Sector

Gender = Literal["m", "f"]
Sureness = Literal["high", "medium", "low"]


class Office(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One office that a person can hold or speak for.

    Attributes:
        id: A short name of the table's own.
        name: The name a reading gives: "foreign minister".
        words: Surface forms in lower case ("PM", "MP" and the like keep their capitals), the name among them.
        sector: Empty where it is that of the holder's organisation, as for a spokesman.
        country: ISO 3166-1 alpha-3 of the one state that has such an office, None for offices of many.
        rank: 1 head of state, 2 head of government, 3 minister or its like, 4 deputy, envoy, general or governor,
            5 lawmaker, judge, officer and the like, 6 spokesman, aide and other staff.
        example: A sentence that names it.
        provenance: Where the row comes from.
    """

    id: str
    name: str
    words: tuple[str, ...]
    sector: Sector | None = None
    country: str | None = None
    rank: int
    example: str
    provenance: str


class Holder(msgspec.Struct, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """One person's term in one office of one country or international body.

    Attributes:
        id: A short name of the table's own.
        person: Full name as reports in English write it.
        variants: Other spellings of the name.
        office: Id of the office.
        country: ISO 3166-1 alpha-3, None for an international body's office.
        organisation: Id of the international body whose office it is.
        from_: First day of the term.
        until: First day after the term, None for a term whose end the table does not know.
        sure: How sure the row is: "high" where the days are known, "medium" where a day may be wrong, "low" where the
            month may be.
        example: A sentence that names the person.
        provenance: Where the row comes from.
    """

    id: str
    person: str
    variants: tuple[str, ...] = ()
    office: str
    country: str | None = None
    organisation: str | None = None
    from_: date
    until: date | None = None
    sure: Sureness
    example: str
    provenance: str


class Figure(msgspec.Struct, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """One person whom reports name for what he or she is outside the offices of the table of terms.

    Attributes:
        id: A short name of the table's own.
        person: Full name as reports in English write it.
        variants: Other spellings of the name.
        country: ISO 3166-1 alpha-3, None for those of international bodies and of groups across borders.
        sector: PLOVER sector of the time from `from_` until `until`.
        office: Id of the office, None where no office of the table fits.
        from_: First day, None where it does not matter to reports.
        until: First day on which it was so no more, None where the table knows no end.
        sure: How sure the days are; see `Holder`.
        example: A sentence that names the person.
        provenance: Where the row comes from.
    """

    id: str
    person: str
    variants: tuple[str, ...] = ()
    country: str | None = None
    sector: Sector
    office: str | None = None
    from_: date | None = None
    until: date | None = None
    sure: Sureness
    example: str
    provenance: str


class Surname(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One name (the id) that, standing alone, means one politician or one family of politicians.

    Attributes:
        id: The name as reports in English write it, nearly always a surname.
        person: Full name of the bearer, None where several of the family have held office.
        country: ISO 3166-1 alpha-3.
        example: A sentence with it.
        provenance: Where the row comes from.
    """

    id: str
    person: str | None = None
    country: str
    example: str
    provenance: str


class Title(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One title before a person's name.

    Attributes:
        id: The title as written most.
        names: Its spellings, the id among them. Matching minds capital letters.
        gender: What it tells of the person, None for nothing.
        office: Id of the office that it stands for, None for mere courtesy.
        example: A sentence with it.
        provenance: Where the row comes from.
    """

    id: str
    names: tuple[str, ...]
    gender: Gender | None = None
    office: str | None = None
    example: str
    provenance: str


class GivenName(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One given name (the id) that is borne nearly always by one gender."""

    id: str
    gender: Gender
    provenance: str


@cache
def offices() -> tuple[Office, ...]:
    """Load every office."""
    return rows_of("offices/offices.tsv", Office)


@cache
def holders() -> tuple[Holder, ...]:
    """Load every known term of office."""
    return rows_of("offices/holders.tsv", Holder)


@cache
def figures() -> tuple[Figure, ...]:
    """Load every person known otherwise."""
    return rows_of("offices/figures.tsv", Figure)


@cache
def surnames() -> tuple[Surname, ...]:
    """Load every name that means one politician or one family of them."""
    return rows_of("offices/surnames.tsv", Surname)


@cache
def titles() -> tuple[Title, ...]:
    """Load every title."""
    return rows_of("offices/titles.tsv", Title)


@cache
def given_names() -> tuple[GivenName, ...]:
    """Load every given name."""
    return rows_of("offices/given_names.tsv", GivenName)
