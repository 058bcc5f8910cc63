"""Codes of states and territories in the systems of other data sets, there and back."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import msgspec

from melian.knowledge.countries import countries
from melian.knowledge.gazetteer import country_points
from melian.knowledge.table import rows_of


class CountryCodes(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One state or territory in other systems.

    Attributes:
        id: ISO 3166-1 alpha-3, as in the table of countries.
        cow: Correlates of War number, None for what is no member of the system of states.
        fips: FIPS 10-4, None for former states.
        cameo: CAMEO code, None where it is the `id`.
        icews: Name in ICEWS, None where it is the usual one.
        plover: Code in PLOVER, None where it is the `id`.
        names: Names in ISO 3166 that the table of countries lacks.
        example: A sentence that names it.
        provenance: Where the row comes from.
    """

    id: str
    cow: int | None = None
    fips: str | None = None
    cameo: str | None = None
    icews: str | None = None
    plover: str | None = None
    names: tuple[str, ...] = ()
    example: str
    provenance: str


@cache
def country_codes() -> Mapping[str, CountryCodes]:
    """Load the codes by ISO 3166-1 alpha-3."""
    return MappingProxyType({row.id: row for row in rows_of("vocabularies/country_codes.tsv", CountryCodes)})


@cache
def country_names() -> Mapping[str, str]:
    """Give the usual English name of every state and territory by ISO 3166-1 alpha-3."""
    names = {point.id: point.name for point in country_points()}
    return MappingProxyType(names | {country.id: country.name for country in countries()})


@cache
def iso_of_fips() -> Mapping[str, str]:
    """Map FIPS 10-4 to ISO 3166-1 alpha-3."""
    return MappingProxyType({row.fips: row.id for row in country_codes().values() if row.fips})


@cache
def iso_of_cameo() -> Mapping[str, str]:
    """Map CAMEO codes of countries to ISO 3166-1 alpha-3."""
    return MappingProxyType({row.cameo or row.id: row.id for row in country_codes().values()})


@cache
def iso_of_name() -> Mapping[str, str]:
    """Map every name of a state or territory, in small letters, to ISO 3166-1 alpha-3."""
    found = {name.casefold(): code for code, name in country_names().items()}
    found |= {name.casefold(): row.id for row in countries() if row.until is None for name in row.names}
    found |= {row.icews.casefold(): row.id for row in country_codes().values() if row.icews}
    found |= {name.casefold(): row.id for row in country_codes().values() for name in row.names}
    return MappingProxyType(found)
