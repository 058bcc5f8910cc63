"""Rows that stray tabs have made too long, mended where it can be told what belongs together."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from melian.intake.event_sets.cells import present
from melian.intake.event_sets.imported import BadRow, ImportedEvent

ReadRow = Callable[[Sequence[str], Mapping[str, int], int], ImportedEvent]
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


def fit_cells(
    cells: Sequence[str], width: int, is_row: Callable[[Sequence[str]], bool], used: Sequence[int]
) -> Sequence[str]:
    """Bring a row that stray tabs have made too long back to its width.

    Empty cells at the end are dropped, if the row then makes sense. Else neighbouring cells are joined, wherever it
    does then; where that can be done in several ways which differ in what is used of the row, it is refused.

    Args:
        cells: The row's cells.
        width: How many there should be.
        is_row: Tells whether cells of the right number make sense where dates and numbers should be.
        used: Indices of the cells that are used.

    Raises:
        BadRow: There are too few cells, or it cannot be told where the tabs are too many.
    """
    surplus = len(cells) - width
    if surplus == 0:
        return cells
    if surplus > 0 and not any(cell.strip() for cell in cells[width:]) and is_row(cells[:width]):
        return cells[:width]
    if surplus > 0:
        joined = [
            [*cells[:at], " ".join(cells[at : at + surplus + 1]), *cells[at + surplus + 1 :]] for at in range(width)
        ]
        fits = {tuple(present(row[n]) for n in used): row for row in joined if is_row(row)}
        if len(fits) == 1:
            return next(iter(fits.values()))
    raise BadRow("cells", f"it has {len(cells)} cells, expected {width}")


def row_test(read: ReadRow, columns: Mapping[str, int]) -> Callable[[Sequence[str]], bool]:
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
