"""Actors: persons, offices, organisations, states and groups that can act politically."""

from __future__ import annotations

from typing import Literal

import msgspec

from melian.records.span import Span

ActorKind = Literal["person", "office", "organisation", "state", "group", "population", "unknown"]
Sector = Literal[
    "COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK",
    "AGR", "BUS", "CRM", "CVL", "EDU", "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC",
    "IGO", "NGO", "ISM", "IMG", "MNC",
]  # fmt: skip


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """One actor of a report, with every place where it is named.

    Attributes:
        id: Stable within the report.
        name: The fullest name the report or the knowledge tables give.
        kind: What it is.
        country: ISO 3166-1 alpha-3 (also PSE, XKX, TWN), None where the report does not make it plain.
        sector: PLOVER sector, or IGO, NGO and the like for international bodies.
        office: The office held, such as "foreign minister".
        unnamed: True for "officials", "residents", "a source".
        mentions: Every span that leads to this actor, in order.
    """

    id: str
    name: str
    kind: ActorKind
    country: str | None = None
    sector: Sector | None = None
    office: str | None = None
    unnamed: bool = False
    mentions: tuple[Span, ...] = ()
