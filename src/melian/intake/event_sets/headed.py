"""POLECAT and ICEWS: tables with a line of names, read by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import get_args

from melian.intake.event_sets.cells import countries_of, day, number, present, wanted
from melian.intake.event_sets.imported import BadRow, ImportedEvent
from melian.intake.rejects import safe_words
from melian.knowledge.vocabularies.cameo import type_of_cameo
from melian.knowledge.vocabularies.country_codes import iso_of_name
from melian.records import EventType

_TYPES = frozenset(get_args(EventType))
POLECAT_WANTED = ("event id", "event date", "event type")
POLECAT_USED = (
    *POLECAT_WANTED, "event mode", "intensity", "actor name", "actor country", "primary actor sector", "recipient name",
    "recipient country", "primary recipient sector", "placename", "country", "latitude", "longitude", "source",
)  # fmt: skip
ICEWS_WANTED = ("event id", "event date", "cameo code")
ICEWS_USED = (
    *ICEWS_WANTED, "intensity", "source name", "source country", "source sectors", "target name", "target country",
    "target sectors", "publisher", "city", "district", "province", "country", "latitude", "longitude",
)  # fmt: skip
# Headers differ from release to release.
_ALIASES = {"event intensity": "intensity", "goldstein": "intensity"}


def columns_of(header: Sequence[str]) -> Mapping[str, int]:
    """Map names of columns, in small letters, to where they stand; of two of one name the first counts."""
    found: dict[str, int] = {}
    for at, cell in enumerate(header):
        name = " ".join(cell.strip('" ').casefold().replace("_", " ").split())
        found.setdefault(_ALIASES.get(name, name), at)
    return found


def polecat_event(cells: Sequence[str], columns: Mapping[str, int], line: int) -> ImportedEvent:
    """Read one row of POLECAT.

    Raises:
        BadRow: It lacks an id, a date or a known type, or a number is none.
    """
    row = _Row(cells, columns)
    kind = wanted(row["event type"], "Event Type").upper()
    if kind not in _TYPES:
        raise BadRow("type", f"Event Type is {safe_words(kind, 40)!r}, expected one of PLOVER's 16")
    mode = present(row["event mode"])
    return ImportedEvent(
        data_set="polecat",
        id=wanted(row["event id"], "Event ID"),
        date=day(row["event date"], "Event Date"),
        type=kind,
        mode=mode,
        source_name=present(row["actor name"]),
        source_country=present(row["actor country"]),
        source_iso3=_iso(row["actor country"]),
        source_sector=present(row["primary actor sector"]),
        target_name=present(row["recipient name"]),
        target_country=present(row["recipient country"]),
        target_iso3=_iso(row["recipient country"]),
        target_sector=present(row["primary recipient sector"]),
        place=present(row["placename"]),
        place_country=present(row["country"]),
        place_iso3=_iso(row["country"]),
        lat=number(row["latitude"], "Latitude", 90),
        lon=number(row["longitude"], "Longitude", 180),
        publisher=present(row["source"]),
        intensity=number(row["intensity"], "Intensity"),
        line=line,
    )


def icews_event(cells: Sequence[str], columns: Mapping[str, int], line: int) -> ImportedEvent:
    """Read one row of ICEWS.

    Raises:
        BadRow: It lacks an id, a date or a CAMEO code, or a number is none.
    """
    row = _Row(cells, columns)
    code = cameo_code(wanted(row["cameo code"], "CAMEO Code"))
    place = (present(row[name]) for name in ("city", "district", "province", "country"))
    return ImportedEvent(
        data_set="icews",
        id=wanted(row["event id"], "Event ID"),
        date=day(row["event date"], "Event Date"),
        type=type_of_cameo(code),
        code=code,
        source_name=present(row["source name"]),
        source_country=present(row["source country"]),
        source_iso3=_iso(row["source country"]),
        source_sector=present(row["source sectors"]),
        target_name=present(row["target name"]),
        target_country=present(row["target country"]),
        target_iso3=_iso(row["target country"]),
        target_sector=present(row["target sectors"]),
        place=next((name for name in place if name), None),
        place_country=present(row["country"]),
        place_iso3=_iso(row["country"]),
        lat=number(row["latitude"], "Latitude", 90),
        lon=number(row["longitude"], "Longitude", 180),
        publisher=present(row["publisher"]),
        intensity=number(row["intensity"], "Intensity"),
        line=line,
    )


def cameo_code(text: str) -> str:
    """Give a CAMEO code as text of three or four digits, with the zero that a reading as a number has lost.

    Raises:
        BadRow: It is no CAMEO code.
    """
    digits = text.removesuffix(".0")
    if not (digits.isascii() and digits.isdigit() and 2 <= len(digits) <= 4):
        raise BadRow("code", f"CAMEO Code is {safe_words(text, 40)!r}, expected three or four digits")
    has_lost_zero = len(digits) == 2 or (len(digits) == 3 and int(digits[:2]) > 20)
    code = f"0{digits}" if has_lost_zero else digits
    if not 1 <= int(code[:2]) <= 20:
        raise BadRow("code", f"CAMEO Code is {safe_words(text, 40)!r}, expected roots 01 to 20")
    return code


class _Row:
    """Cells by name of column; a column that the file lacks is empty."""

    def __init__(self, cells: Sequence[str], columns: Mapping[str, int]) -> None:
        self._cells = cells
        self._columns = columns

    def __getitem__(self, name: str) -> str:
        at = self._columns.get(name)
        return self._cells[at] if at is not None else ""


def _iso(cell: str) -> str | None:
    return countries_of(present(cell), iso_of_name(), str.casefold)
