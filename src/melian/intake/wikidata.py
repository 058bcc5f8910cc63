"""Rows of the query service of Wikidata as rows of a user's table of actors."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache

from melian.knowledge.countries import countries
from melian.knowledge.offices import offices
from melian.knowledge.roles import roles

_ITEM = re.compile(r"(?:^|/)(Q\d{1,12})$")
_DAY = re.compile(r"^\+?(\d{4}-\d\d-\d\d)(?:T|$)")
_PLACE = re.compile(r"\s+(?:of|for|in)\s+(?:the\s+)?[A-Z].*$")
_GROUPS = {
    "political party": ("organisation", "PTY"),
    "militant": ("group", "REB"),
    "rebel": ("group", "REB"),
    "guerrilla": ("group", "REB"),
    "insurgen": ("group", "REB"),
    "armed organization": ("group", "REB"),
    "paramilitar": ("group", "PRM"),
    "cartel": ("group", "CRM"),
    "criminal organization": ("group", "CRM"),
    "intelligence agency": ("organisation", "SPY"),
    "law enforcement": ("organisation", "COP"),
    "police": ("organisation", "COP"),
    "trade union": ("organisation", "LAB"),
    "international organization": ("organisation", "IGO"),
    "non-governmental": ("organisation", "NGO"),
    "nonprofit": ("organisation", "NGO"),
    "newspaper": ("organisation", "JRN"),
    "news agency": ("organisation", "JRN"),
    "broadcaster": ("organisation", "JRN"),
    "television": ("organisation", "JRN"),
    "university": ("organisation", "EDU"),
    "think tank": ("organisation", "EDU"),
    "company": ("organisation", "BUS"),
    "enterprise": ("organisation", "BUS"),
    "business": ("organisation", "BUS"),
    "bank": ("organisation", "BUS"),
    "ministry": ("organisation", "GOV"),
    "government agency": ("organisation", "GOV"),
    "church": ("organisation", "REL"),
}
"""What a word of the class of an item says of its kind and sector; the first that fits."""


def is_wikidata(columns: Collection[str]) -> bool:
    """Tell whether columns are those of an extract: the service calls a variable's name `xLabel`."""
    return "item" in columns and "itemLabel" in columns


def row_of_wikidata(record: Mapping[str, str]) -> dict[str, str]:
    """Make the cells of a row from one result.

    Args:
        record: By variable: `item`, `itemLabel`; and, where there, `itemAltLabel` (names with commas between them),
            `positionLabel` (a person's office), `instanceLabel` (an item's class), `countryLabel` or `iso3`, `start`,
            `end`, `kind` and `sector`.

    Raises:
        ValueError: The result names no item, or a country that the tables do not know.
    """
    item = _ITEM.search(record.get("item", ""))
    if item is None:
        raise ValueError(f"the item {record.get('item', '')[:60]!r}. Expected an address that ends with Q and a number")
    name = record.get("itemLabel", "")
    if name == item[1]:
        raise ValueError(f"the item {item[1]} has no label. Expected one in English")
    position, start = record.get("positionLabel", ""), _day(record.get("start", ""))
    office, sector = _office(position) if position else (None, None)
    kind, of_class = _class(record.get("instanceLabel", ""))
    cells = {
        "id": "-".join(filter(None, (item[1], office and office.replace(" ", "-"), start))),
        "name": name,
        "aliases": "|".join(part.strip() for part in record.get("itemAltLabel", "").split(",")),
        "kind": record.get("kind") or ("person" if position else kind or ""),
        "sector": record.get("sector") or sector or of_class or "",
        "country": record.get("iso3") or _country(record.get("countryLabel", "")),
        "office": office or position,
        "from": start,
        "until": _day(record.get("end", "")),
        "provenance": f"Wikidata {item[1]}",
    }
    return {column: cell for column, cell in cells.items() if cell}


def _day(value: str) -> str:
    found = _DAY.match(value)
    return found[1].replace("-00", "-01") if found else ""


def _office(position: str) -> tuple[str | None, str | None]:
    """Read a position: "Minister of Foreign Affairs of Chile" is a foreign minister, "member of the X" what it says."""
    for words in (position, _PLACE.sub("", position), *(position.rsplit(" of ", 1)[:1])):
        found = _offices().get(words.lower())
        if found is not None and found[1] is not None:
            return found
    if re.match(r"(?i)(?:member|deputy|senator)\b", position):
        return "lawmaker", "LEG"
    return None, None


def _class(label: str) -> tuple[str | None, str | None]:
    low = label.lower()
    return next((found for word, found in _GROUPS.items() if word in low), (None, None))


@cache
def _offices() -> dict[str, tuple[str, str | None]]:
    found: dict[str, tuple[str, str | None]] = {
        word: (role.id, role.sector) for role in roles() if role.kind == "office" for word in (role.id, *role.words)
    }
    found.update((word.lower(), (office.name, office.sector)) for office in offices() for word in office.words)
    return found


def _country(label: str) -> str:
    if not label:
        return ""
    code = _countries().get(label.lower().removeprefix("the "))
    if code is None:
        raise ValueError(f"the country {label[:60]!r}. Expected one that the tables know, or its code in a column iso3")
    return code


@cache
def _countries() -> dict[str, str]:
    rows = sorted(countries(), key=lambda row: row.until is None)
    return {name.lower(): row.id for row in rows for name in row.names}
