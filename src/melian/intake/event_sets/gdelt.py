"""GDELT events: no header, read by position; 61 columns in version 2.0, 58 or 57 in 1.0."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from melian.intake.event_sets.cells import countries_of, day, number, present, wanted
from melian.intake.event_sets.headed import cameo_code
from melian.intake.event_sets.imported import BadRow, ImportedEvent
from melian.knowledge.vocabularies.cameo import type_of_cameo
from melian.knowledge.vocabularies.country_codes import iso_of_cameo, iso_of_fips

# Where the event's place begins, by the number of columns: 1.0 has no second-level divisions, and at first no address.
_ACTION_GEO = {61: 51, 58: 49, 57: 49}
_LAT_BEHIND = {61: 5, 58: 4, 57: 4}


def gdelt_event(cells: Sequence[str], line: int) -> ImportedEvent:
    """Read one row of GDELT.

    Raises:
        BadRow: The number of columns is none of GDELT's, an id, date or code is missing, or a number is none.
    """
    if len(cells) not in _ACTION_GEO:
        raise BadRow("cells", f"it has {len(cells)} cells, expected 61 (GDELT 2.0), 58 or 57 (1.0)")
    geo = _ACTION_GEO[len(cells)]
    lat = geo + _LAT_BEHIND[len(cells)]
    code = cameo_code(wanted(cells[26], "EventCode"))
    source, target, country = present(cells[7]), present(cells[17]), present(cells[geo + 2])
    return ImportedEvent(
        data_set="gdelt",
        id=wanted(cells[0], "GLOBALEVENTID"),
        date=day(cells[1], "SQLDATE"),
        type=type_of_cameo(code),
        code=code,
        source_name=present(cells[6]),
        source_country=source,
        source_iso3=countries_of(source, iso_of_cameo()),
        source_sector=present(cells[12]),
        target_name=present(cells[16]),
        target_country=target,
        target_iso3=countries_of(target, iso_of_cameo()),
        target_sector=present(cells[22]),
        place=present(cells[geo + 1]),
        place_country=country,
        place_iso3=countries_of(country, iso_of_fips()),
        lat=number(cells[lat], "ActionGeo_Lat", 90),
        lon=number(cells[lat + 1], "ActionGeo_Long", 180),
        publisher=_host(cells[-1]) if len(cells) != 57 else None,
        intensity=number(cells[30], "GoldsteinScale"),
        line=line,
    )


def _host(address: str) -> str | None:
    try:
        return urlsplit(address.strip()).hostname
    except ValueError:
        return None
