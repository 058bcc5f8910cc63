"""Where outlets are at home: a name without any other context is sooner one of their own country."""

from __future__ import annotations

from functools import cache
from urllib.parse import urlsplit

import msgspec

from melian.knowledge.gazetteer import country_points, place_words
from melian.knowledge.table import rows_of

_CALLED_OTHERWISE = {"uk": "GB", "eu": ""}


class Outlet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One newspaper or station: its names, the ends of its addresses, and its country as alpha-3."""

    id: str
    names: tuple[str, ...]
    domains: tuple[str, ...]
    country: str
    example: str
    provenance: str


@cache
def outlets() -> tuple[Outlet, ...]:
    """Load every outlet."""
    return rows_of("gazetteer/outlets.tsv", Outlet)


def home_of(outlet: str | None, url: str | None = None) -> str | None:
    """Give the country that an outlet writes from, None where it is not known or where it writes from everywhere.

    The table comes first; else the end of the address tells, unless outlets anywhere borrow it ("outlet.tv").

    Args:
        outlet: Its name or domain.
        url: The report's address.
    """
    name = (outlet or "").strip().casefold()
    if name in _by_name():
        return _by_name()[name]
    for domain in filter(None, (_domain(url or ""), _domain(name))):
        labels = domain.split(".")
        for start in range(len(labels) - 1):
            known = _by_name().get(".".join(labels[start:]))
            if known is not None:
                return known
        end = labels[-1]
        if len(end) == 2 and end not in place_words("borrowed domains"):
            country = _by_code().get(_CALLED_OTHERWISE.get(end, end.upper()))
            if country is not None:
                return country
    return None


def _domain(address: str) -> str:
    """Give the host of an address or of a bare domain; empty for anything else."""
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
    return host if "." in host and not any(c.isspace() for c in host) else ""


@cache
def _by_name() -> dict[str, str]:
    return {name.casefold(): row.country for row in outlets() for name in (*row.names, *row.domains)}


@cache
def _by_code() -> dict[str, str]:
    return {point.iso2: point.id for point in country_points()}
