"""The common row to which other data sets' events are brought, for comparison beside Melian's."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    from pyarrow import Schema

EventSet = Literal["polecat", "icews", "gdelt"]


class ImportedEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One row of another data set.

    Attributes:
        data_set: Which one.
        id: Its id there. In ICEWS ids are not unique: id and date together are.
        date: Day of the event.
        type: PLOVER type; of CAMEO codes by the table of beginnings, None for statements.
        mode: PLOVER mode as written there, None in CAMEO.
        code: CAMEO code with its leading zero, None in POLECAT.
        source_name: As written there, as with the following; several parted by `;`.
        source_country: Name or code of the country, as written there.
        source_iso3: ISO 3166-1 alpha-3 of it, None where no table knows it.
        source_sector: Sector or role.
        target_name: As for the source, and so on.
        target_country: Likewise.
        target_iso3: Likewise.
        target_sector: Likewise.
        place: Name of the place.
        place_country: Name or code of its country, as written there.
        place_iso3: ISO 3166-1 alpha-3 of it.
        lat: Degrees north.
        lon: Degrees east.
        publisher: Who published it; in GDELT the host of the address.
        intensity: PLOVER score or Goldstein score.
        line: Line of the file.
    """

    data_set: EventSet
    id: str
    date: datetime.date
    type: str | None
    mode: str | None = None
    code: str | None = None
    source_name: str | None
    source_country: str | None
    source_iso3: str | None
    source_sector: str | None
    target_name: str | None
    target_country: str | None
    target_iso3: str | None
    target_sector: str | None
    place: str | None
    place_country: str | None
    place_iso3: str | None
    lat: float | None
    lon: float | None
    publisher: str | None
    intensity: float | None
    line: int


class BadRow(Exception):
    """A row that cannot be read: what was found and what was expected.

    Args:
        reason: A short stable word for counting.
        message: What was found and what was expected.
    """

    def __init__(self, reason: str, message: str) -> None:
        self.reason = reason
        super().__init__(message)


def imported_schema() -> Schema:
    """Give the columns of the common table."""
    import pyarrow as pa

    kinds = {
        "date": pa.date32(),
        "lat": pa.float64(),
        "lon": pa.float64(),
        "intensity": pa.float64(),
        "line": pa.int64(),
    }
    return pa.schema([(name, kinds.get(name, pa.string())) for name in ImportedEvent.__struct_fields__])
