"""Organisations and groups that have names of their own."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Literal

import msgspec

from melian.knowledge.table import rows_of
from melian.records import Sector


class Organisation(
    msgspec.Struct, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True, rename={"from_": "from"}
):
    """One organisation, armed group, party, company or news outlet.

    Attributes:
        id: A short name of the table's own.
        name: The usual English name.
        aliases: Every other name and abbreviation. Matching minds capital letters.
        kind: "group" for armed groups and movements, else "organisation".
        country: ISO 3166-1 alpha-3 of its home, None for international bodies and groups across borders.
        sector: PLOVER sector.
        other_sectors: Further sectors.
        ambiguous: Those of its names that often stand for something else.
        from_: First day, None where it does not matter to reports.
        until: First day on which it was no more.
        example: A sentence that names it.
        provenance: Where the row comes from.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: Literal["organisation", "group"]
    country: str | None = None
    sector: Sector
    other_sectors: tuple[Sector, ...] = ()
    ambiguous: tuple[str, ...] = ()
    from_: date | None = None
    until: date | None = None
    example: str
    provenance: str


@cache
def organisations() -> tuple[Organisation, ...]:
    """Load every organisation."""
    return rows_of("organisations/organisations.tsv", Organisation)
