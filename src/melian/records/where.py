"""Places: gazetteer entries that names lead to."""

from __future__ import annotations

from typing import Literal

import msgspec

from melian.records.span import Span

PlacePrecision = Literal["site", "city", "district", "province", "country", "region"]


class Where(msgspec.Struct, frozen=True, kw_only=True):
    """A place as a name in the text leads to it.

    Attributes:
        name: The gazetteer's name; the report's own words where nothing was found.
        country: ISO 3166-1 alpha-3, or None for seas, regions over borders and unresolved names.
        admin1: Name of the first-level division.
        geonameid: GeoNames id.
        lat: Degrees north.
        lon: Degrees east.
        precision: What kind of place it is; None where it is unresolved. A country stays a country.
        span: The words.
        confidence: 0 to 1.
    """

    name: str
    country: str | None
    admin1: str | None = None
    geonameid: int | None = None
    lat: float | None = None
    lon: float | None = None
    precision: PlacePrecision | None = None
    span: Span | None = None
    confidence: float = 1.0
