"""A file of another data set to common rows; every row that cannot be read is named."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from melian.intake.event_sets.cells import fit_cells, present
from melian.intake.event_sets.gdelt import gdelt_event
from melian.intake.event_sets.headed import (
    ICEWS_USED,
    ICEWS_WANTED,
    POLECAT_USED,
    POLECAT_WANTED,
    columns_of,
    icews_event,
    polecat_event,
)
from melian.intake.event_sets.imported import BadRow, EventSet, ImportedEvent
from melian.intake.event_sets.lines import lines_of
from melian.intake.rejects import Reject, safe_words

_NUMBER, _DAY = re.compile(r"\d+"), re.compile(r"\d{4}-\d{2}-\d{2}.*|\d{1,2}/\d{1,2}/\d{4}.*")
_KINDS = {
    "publication date": _DAY,
    "quad code": re.compile(r"(?i)(verbal|material) (cooperation|conflict)"),
    "geonames id": _NUMBER,
    "actor cow": re.compile(r"[\d; .]+"),
    "recipient cow": re.compile(r"[\d; .]+"),
    "story id": _NUMBER,
    "sentence number": _NUMBER,
}
_ALWAYS_THERE = frozenset({"publication date", "quad code", "story id", "sentence number"})
_Line = tuple[str, int, str] | Reject
_Read = Callable[[Sequence[str], Mapping[str, int], int], ImportedEvent]


def read_event_set(path: str, kind: EventSet) -> Iterator[ImportedEvent | Reject]:
    """Read the events of a file, one after another.

    Args:
        path: The file: plain, `.gz` or `.zip`.
        kind: Which data set it is of.

    Yields:
        Each event; for a row that cannot be read, and for a file that is no such table, a reject that says why.
    """
    for lines in lines_of(path):
        if kind == "gdelt":
            yield from _read_gdelt(lines)
        elif kind == "icews":
            yield from _read_headed(lines, icews_event, ICEWS_WANTED, ICEWS_USED)
        else:
            yield from _read_headed(lines, polecat_event, POLECAT_WANTED, POLECAT_USED)


def _read_gdelt(lines: Iterator[_Line]) -> Iterator[ImportedEvent | Reject]:
    for found in lines:
        if isinstance(found, Reject):
            yield found
            continue
        source, number, line = found
        try:
            yield gdelt_event(line.split("\t"), number)
        except BadRow as error:
            yield _reject(source, number, error)


def _read_headed(
    lines: Iterator[_Line], read: _Read, wanted: Sequence[str], used: Sequence[str]
) -> Iterator[ImportedEvent | Reject]:
    columns: Mapping[str, int] | None = None
    width = 0
    for found in lines:
        if isinstance(found, Reject):
            yield found
            continue
        source, number, line = found
        cells = line.split("\t")
        if columns is None:
            columns, width = columns_of(cells), len(cells)
            lacking = [name for name in wanted if name not in columns]
            if lacking:
                yield _no_header(source, number, lacking, cells)
                return
            at = [columns[name] for name in used if name in columns]
            continue
        try:
            yield read(fit_cells(cells, width, _reads_as(read, columns), at), columns, number)
        except BadRow as error:
            yield _reject(source, number, error)


def _reads_as(read: _Read, columns: Mapping[str, int]) -> Callable[[Sequence[str]], bool]:
    """Make the test by which a row with stray tabs is mended: every cell of a known kind has to be of that kind."""

    def is_row(cells: Sequence[str]) -> bool:
        try:
            event = read(cells, columns, 0)
        except BadRow:
            return False
        countries = (
            (event.source_country, event.source_iso3),
            (event.target_country, event.target_iso3),
            (event.place_country, event.place_iso3),
        )
        sectors = (event.source_sector, event.target_sector) if event.data_set == "polecat" else ()
        return (
            _are_of_their_kinds(cells, columns)
            and (event.place is not None or event.place_country is None)
            and all(iso is not None for name, iso in countries if name is not None)
            and all(len(sector) == 3 and sector.isupper() for sector in sectors if sector is not None)
        )

    return is_row


def _are_of_their_kinds(cells: Sequence[str], columns: Mapping[str, int]) -> bool:
    """Tell whether the cells that nothing else reads are what their columns say, and there where they always are."""
    found = {name: present(cells[columns[name]]) for name in _KINDS if name in columns}
    return all(
        _KINDS[name].fullmatch(text) if text is not None else name not in _ALWAYS_THERE for name, text in found.items()
    )


def _reject(source: str, number: int, error: BadRow) -> Reject:
    return Reject(source=source, number=number, reason=error.reason, message=f"This row is left out: {error}.")


def _no_header(source: str, number: int, lacking: Sequence[str], cells: Sequence[str]) -> Reject:
    found = ", ".join(safe_words(cell, 30) for cell in cells[:8])
    message = (
        f"This table's first line lacks {', '.join(map(repr, lacking))} (it has {found}). "
        "Expected tab-separated columns with a line of names. Check --format and the file."
    )
    return Reject(source=source, number=number, reason="header", message=message)
