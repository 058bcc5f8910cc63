"""A file of another data set to common rows; every row that cannot be read is named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

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
from melian.intake.event_sets.mending import ReadRow, fit_cells, row_test
from melian.intake.rejects import Reject, fold_rejects, safe_words

_Line = tuple[str, int, str] | Reject


def read_event_set(path: str, kind: EventSet) -> Iterator[ImportedEvent | Reject]:
    """Read the events of a file, one after another.

    Args:
        path: The file: plain, `.gz` or `.zip`.
        kind: Which data set it is of.

    Yields:
        Each event; for a row that cannot be read, and for a file that is no such table, a reject that says why.
    """
    for lines in lines_of(path):
        yield from fold_rejects(_read_table(lines, kind), f"a table of {kind.upper()}")


def _read_table(lines: Iterator[_Line], kind: EventSet) -> Iterator[ImportedEvent | Reject]:
    if kind == "gdelt":
        return _read_gdelt(lines)
    if kind == "icews":
        return _read_headed(lines, icews_event, ICEWS_WANTED, ICEWS_USED)
    return _read_headed(lines, polecat_event, POLECAT_WANTED, POLECAT_USED)


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
    lines: Iterator[_Line], read: ReadRow, wanted: Sequence[str], used: Sequence[str]
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
            is_row = row_test(read, columns)
            continue
        try:
            yield read(fit_cells(cells, width, is_row, at), columns, number)
        except BadRow as error:
            yield _reject(source, number, error)


def _reject(source: str, number: int, error: BadRow) -> Reject:
    return Reject(source=source, number=number, reason=error.reason, message=f"This row is left out: {error}.")


def _no_header(source: str, number: int, lacking: Sequence[str], cells: Sequence[str]) -> Reject:
    found = ", ".join(safe_words(cell, 30) for cell in cells[:8])
    message = (
        f"This table's first line lacks {', '.join(map(repr, lacking))} (it has {found}). "
        "Expected tab-separated columns with a line of names. Check --format and the file."
    )
    return Reject(source=source, number=number, reason="header", message=message)
