"""Who is a member of an international body or an alliance, and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Literal

import msgspec

from melian.errors import BadKnowledge
from melian.knowledge.countries import countries, territories
from melian.knowledge.organisations import Organisation, organisations
from melian.knowledge.table import rows_of

TABLE = "organisations/members.tsv"
Standing = Literal["member", "permanent", "elected", "associate", "suspended", "absent"]


class Accession(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """One row of the table: those that came to stand alike in one body on one day.

    Attributes:
        organisation: The body, by its id in the table of organisations.
        members: ISO 3166-1 alpha-3 of states, and ids of the tables of territories and organisations.
        standing: "absent" is who is a member by name and takes no part by its own choice.
        from_: First day.
        until: First day on which it held no more, None where it goes on.
        sure: How exactly the days are known.
        note: What a reader has to know besides.
        example: A sentence that says of one of the members, on one day, how it stands.
        provenance: Where the row comes from.
    """

    organisation: str
    members: tuple[str, ...]
    standing: Standing
    from_: date
    until: date | None = None
    sure: Literal["day", "month", "year"]
    note: str | None = None
    example: str
    provenance: str


class Member(msgspec.Struct, frozen=True, order=True, kw_only=True):
    """One member of a body on a day.

    Attributes:
        member: ISO 3166-1 alpha-3 of a state, or the id of a territory or an organisation.
        name: Its usual English name.
        standing: How it stands.
        begins: Since when.
        until: First day on which it stood so no more, None where it goes on.
        sure: How exactly the two days are known.
        note: What a reader has to know besides.
        provenance: Where this comes from.
    """

    name: str
    member: str
    standing: Standing
    begins: date
    until: date | None
    sure: Literal["day", "month", "year"]
    note: str | None
    provenance: str


def members_of(organisation: str, on: date) -> tuple[Member, ...]:
    """Give the members of a body on a day, by name; none of a body whose members no table has.

    Args:
        organisation: Its id, or one of its names.
        on: The day.

    Raises:
        BadKnowledge: No organisation is called so.
    """
    body = organisation_called(organisation)
    names = _member_names()
    return tuple(
        sorted(
            Member(
                name=names[member], member=member, standing=row.standing, begins=row.from_, until=row.until,
                sure=row.sure, note=row.note, provenance=row.provenance,
            )
            for row in accessions()
            if row.organisation == body.id and row.from_ <= on and (row.until is None or on < row.until)
            for member in row.members
        )
    )  # fmt: skip


def organisation_called(name: str) -> Organisation:
    """Find an organisation by its id or a name; where several share a name, an international body first.

    Raises:
        BadKnowledge: No organisation is called so.
    """
    wanted = name.strip().casefold()
    found = [one for one in organisations() if wanted in {n.casefold() for n in (one.id, one.name, *one.aliases)}]
    if not found:
        raise BadKnowledge(
            f"No organisation is called {name[:60]!r}",
            "a name or an abbreviation of the table of organisations",
            "Write it as reports do, for instance NATO or Arab League",
        )
    return min(found, key=lambda one: one.sector != "IGO")


@cache
def accessions() -> tuple[Accession, ...]:
    """Load every row, checked."""
    rows = rows_of(TABLE, Accession)
    check_accessions(rows, TABLE)
    return rows


def check_accessions(rows: Sequence[Accession], name: str) -> None:
    """Refuse rows that cannot be right.

    Args:
        rows: The rows of a table.
        name: What the table is called in errors.

    Raises:
        BadKnowledge: An organisation or a member is unknown, a term ends before it begins, or two terms of one member
            overlap.
    """
    bodies = {one.id for one in organisations()}
    known = _member_names()
    terms: defaultdict[tuple[str, str], list[Accession]] = defaultdict(list)
    for row in rows:
        what = f"{name}: {row.organisation}, {'|'.join(row.members)} from {row.from_}"
        if row.organisation not in bodies:
            raise BadKnowledge(f"{what}: no such organisation", "an id of organisations.tsv")
        if unknown := [member for member in row.members if member not in known]:
            raise BadKnowledge(f"{what}: no such member {unknown[0]!r}", "an alpha-3 code or an id of another table")
        if row.until is not None and row.until <= row.from_:
            raise BadKnowledge(f"{what} ends on {row.until}", "a day after the first")
        for member in row.members:
            terms[row.organisation, member].append(row)
    for (body, member), held in terms.items():
        for earlier, later in pairwise(sorted(held, key=lambda row: row.from_)):
            if earlier.until is None or earlier.until > later.from_:
                raise BadKnowledge(
                    f"{name}: two terms of {member} in {body} overlap, from {earlier.from_} and from {later.from_}",
                    "an end of the earlier one, on the first day of the later one at the latest",
                )


@cache
def _member_names() -> dict[str, str]:
    tables = (territories(), organisations(), countries())
    return {row.id: row.name for table in tables for row in table}
