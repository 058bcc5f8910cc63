"""What data sets in CAMEO need beside the codes of events: roles of actors, mirrored codes and older scores."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import msgspec

from melian.knowledge.table import rows_of
from melian.records import EventType, Sector


class CameoRole(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One PLOVER sector in other vocabularies.

    Attributes:
        id: PLOVER sector.
        cameo: CAMEO role code, None where there is none.
        icews: ICEWS sector words.
        example: An actor of that sector.
        provenance: Where the row comes from.
    """

    id: Sector
    cameo: str | None = None
    icews: tuple[str, ...] = ()
    example: str
    provenance: str


class CameoMirror(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One CAMEO code of an event between equals, and the code by which the other side does the same.

    Attributes:
        id: Code of the event from A to B.
        code: Code of the same event from B to A.
        name: Name of `code`.
        goldstein: Score of `code`.
        example: A sentence that tells such an event.
        provenance: Where the row comes from.
    """

    id: str
    code: str
    name: str
    goldstein: float
    example: str
    provenance: str


class CameoScore(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One Goldstein score of the older table that differs from CAMEO 1.1b3."""

    id: str
    goldstein: float
    example: str
    provenance: str


@cache
def cameo_roles() -> Mapping[str, CameoRole]:
    """Load the roles by PLOVER sector."""
    return MappingProxyType({row.id: row for row in rows_of("vocabularies/cameo_roles.tsv", CameoRole)})


@cache
def cameo_mirrors() -> Mapping[str, CameoMirror]:
    """Load the mirrored codes by the code that they mirror."""
    return MappingProxyType({row.id: row for row in rows_of("vocabularies/cameo_mirrors.tsv", CameoMirror)})


@cache
def older_scores() -> Mapping[str, float]:
    """Load the scores of the older table by code, only where they differ."""
    return MappingProxyType({row.id: row.goldstein for row in rows_of("vocabularies/cameo_scores.tsv", CameoScore)})


class CameoType(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The beginning of CAMEO codes and the PLOVER type that they mean."""

    id: str
    type: EventType
    example: str
    provenance: str


def type_of_cameo(code: str) -> EventType | None:
    """Give the PLOVER type of a CAMEO code; None for statements (roots 01, 02) and for what is no code."""
    types = _cameo_types()
    return next((types[code[:end]] for end in range(len(code), 1, -1) if code[:end] in types), None)


@cache
def _cameo_types() -> Mapping[str, EventType]:
    return MappingProxyType({row.id: row.type for row in rows_of("vocabularies/cameo_types.tsv", CameoType)})


class KnownGroup(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One international body with a CAMEO code: its name and its actor code, with its group code at the end."""

    id: str
    code: str
    example: str
    provenance: str


@cache
def known_groups() -> Mapping[str, str]:
    """Map names of international bodies to their CAMEO actor codes."""
    return MappingProxyType({row.id: row.code for row in rows_of("vocabularies/known_groups.tsv", KnownGroup)})
