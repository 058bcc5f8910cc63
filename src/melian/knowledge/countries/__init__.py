"""Countries, territories inside or between them, and the seats that stand for their governments."""

from __future__ import annotations

from datetime import date
from functools import cache

import msgspec

from melian.knowledge.table import rows_of
from melian.records import Sector


class Country(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """One state, living or former, with every English name by which reports call it.

    Attributes:
        id: ISO 3166-1 alpha-3 (also XKX; withdrawn codes for former states).
        name: The usual English short name.
        names: Every name and abbreviation, the short name among them. Matching minds capital letters.
        adjectives: "Turkish".
        people: Nouns for its people, singular and plural: "Turk", "Turks".
        prefixes: First parts of compounds: "Franco" of "Franco-German".
        capital: The capital or seat of government.
        capital_names: Its spellings, `capital` among them.
        ambiguous: Those of the names, adjectives and capital names that often stand for something else.
        from_: First day of the state, None for a state older than the reports.
        until: First day on which it was no more.
        note: A ruling that the row rests on.
        example: A sentence that names it.
        provenance: Where the row comes from.
    """

    id: str
    name: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    capital: str
    capital_names: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    from_: date | None = None
    until: date | None = None
    note: str | None = None
    example: str
    provenance: str


class Territory(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One land that is no state of its own in the tables, with the country that it is coded under.

    Attributes:
        id: A short name of the table's own.
        name: The usual English name.
        names: Every name, the usual one among them.
        adjectives: "Chechen".
        people: Nouns for its people, singular and plural.
        country: ISO 3166-1 alpha-3 of the sovereign in United Nations usage.
        sector: "PRE" for authorities that broke away from that country.
        policy: How the country was chosen, where that is open to dispute.
        example: A sentence that names it.
        provenance: Where the row comes from.
    """

    id: str
    name: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    country: str
    sector: Sector | None = None
    policy: str | None = None
    example: str
    provenance: str


class Seat(msgspec.Struct, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """One building, street or named body of a state that stands for a branch of its government.

    Attributes:
        id: A short name of the table's own.
        name: The usual English name.
        names: Every name, the usual one among them.
        country: ISO 3166-1 alpha-3.
        sector: The branch: GOV, LEG, JUD, MIL, COP, SPY and the like.
        shared: Those of the names that bodies of other states bear too, so that the report has to name the country.
        from_: First day, None where it does not matter to reports.
        until: First day on which it was no more.
        example: A sentence that names it.
        provenance: Where the row comes from.
    """

    id: str
    name: str
    names: tuple[str, ...]
    country: str
    sector: Sector
    shared: tuple[str, ...] = ()
    from_: date | None = None
    until: date | None = None
    example: str
    provenance: str


class People(msgspec.Struct, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True):
    """One people, or the people of a part of the world, that is not the people of a state.

    Attributes:
        id: A short name of the table's own.
        name: The usual English name.
        adjectives: "Tamil".
        people: Nouns, singular and plural.
        country: ISO 3166-1 alpha-3 of the state where reports mean by the word alone, None for peoples of several.
        in_arms: The state that is meant where the word is said of armed men, if not `country`: "Tamil rebels".
        example: A sentence that names it.
        provenance: Where the row comes from.
    """

    id: str
    name: str
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    country: str | None = None
    in_arms: str | None = None
    example: str
    provenance: str


class Several(msgspec.Struct, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True):
    """One name for several states.

    Attributes:
        id: A short name of the table's own.
        name: The usual English name.
        names: Every name, the usual one among them.
        countries: ISO 3166-1 alpha-3 of each of the states.
        example: A sentence that names them.
        provenance: Where the row comes from.
    """

    id: str
    name: str
    names: tuple[str, ...]
    countries: tuple[str, ...]
    example: str
    provenance: str


class Half(msgspec.Struct, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True):
    """One state of a divided land that reports name by a point of the compass.

    Attributes:
        id: A short name of the table's own.
        name: The word behind "the".
        adjective: The word before what is of that state.
        country: ISO 3166-1 alpha-3.
        among: The states of which a report must name one for the word to mean this.
        example: A sentence that names it.
        provenance: Where the row comes from.
    """

    id: str
    name: str
    adjective: str
    country: str
    among: tuple[str, ...]
    example: str
    provenance: str


@cache
def halves() -> tuple[Half, ...]:
    """Load every state that is named by a point of the compass."""
    return rows_of("countries/halves.tsv", Half)


@cache
def several() -> tuple[Several, ...]:
    """Load every name for several states."""
    return rows_of("countries/several.tsv", Several)


@cache
def peoples() -> tuple[People, ...]:
    """Load every people."""
    return rows_of("countries/peoples.tsv", People)


@cache
def countries() -> tuple[Country, ...]:
    """Load every state, living and former."""
    return rows_of("countries/countries.tsv", Country)


@cache
def territories() -> tuple[Territory, ...]:
    """Load every territory."""
    return rows_of("countries/territories.tsv", Territory)


@cache
def seats() -> tuple[Seat, ...]:
    """Load every seat."""
    return rows_of("countries/seats.tsv", Seat)
