"""The user's own actors, which win over those of the package."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from melian.records import Sector

OwnKind = Literal["person", "organisation", "group"]


class OwnActor(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """One person, organisation or group that the user adds, or knows better than the tables of the package.

    Attributes:
        id: A short name of the table's own.
        name: The name that readings give.
        aliases: Every other name, spelling and abbreviation. Matching minds capital letters, except in persons' names.
        kind: What it is.
        country: ISO 3166-1 alpha-3, None for international bodies and groups across borders.
        sector: PLOVER sector.
        office: A person's office, in the words that readings give.
        from_: First day on which the row holds, None for always.
        until: First day on which it holds no more.
        provenance: Where the row comes from.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: OwnKind
    country: str | None = None
    sector: Sector
    office: str | None = None
    from_: date | None = None
    until: date | None = None
    provenance: str


class OwnActors(msgspec.Struct, frozen=True, eq=False):
    """A user's table as it was read.

    Attributes:
        rows: Its rows.
        version: Hash of its content, for readings to say what they were made with.
    """

    rows: tuple[OwnActor, ...] = ()
    version: str = ""


NONE = OwnActors()
"""No table of the user's."""
