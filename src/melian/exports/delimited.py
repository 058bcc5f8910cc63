"""Cells and lines of delimited tables that no text in them can break, steer or turn into a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from melian.exports.visible import show_line


class Code(str):
    """Text of our own that is written as it stands: it never comes from a report."""

    __slots__ = ()


Cell = str | int | float | bool | None
_FORMULA = tuple("=+-@＝＋－＠")
_GUARD = "'"


def text_cell(text: str | None) -> str | None:
    """Make text fit for a cell: one line, no controls, and a mark before what a spreadsheet would take for a formula.

    Reference:
        OWASP, "CSV Injection": cells that begin with =, +, - or @, of either width, are run by spreadsheets.
    """
    if text is None:
        return None
    line = show_line(text)
    return (_GUARD + line if line.startswith(_FORMULA) else line) or None


def list_cell(parts: Iterable[str | None], between: str = ";") -> str | None:
    """Join parts in one cell, each once; a part that holds the mark between them has a comma (or a blank) instead."""
    return aligned_cell(dict.fromkeys(part for part in parts if part), between)


def aligned_cell(parts: Iterable[str | None], between: str = ";") -> str | None:
    """Join parts in one cell, every one of them, so that the n-th parts of several cells belong together."""
    instead = "," if between != "," else " "
    cells = [(text_cell((part or "").replace(between, instead)) or "") for part in parts]
    return between.join(cells) if any(cells) else None


def tab_line(cells: Sequence[Cell], missing: str = "") -> bytes:
    """Write one line of a table whose cells are parted by tabs and never quoted.

    Args:
        cells: The row. Tabs and line ends in text become blanks. Text that begins with a quotation mark has an
            apostrophe before it: many readers would take the mark for one that opens a cell, and swallow lines.
        missing: What stands for a missing value.
    """
    written = (_written(cell, missing) for cell in cells)
    line = "\t".join(_GUARD + cell if cell.startswith('"') else cell for cell in written)
    return line.encode("utf-8", "replace") + b"\n"


def comma_line(cells: Sequence[Cell], missing: str = "") -> bytes:
    """Write one line of CSV as RFC 4180 has it, quoted where needed."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([_written(cell, missing) for cell in cells])
    return line.getvalue().encode("utf-8", "replace")


def _written(cell: Cell, missing: str) -> str:
    if cell is None or cell == "":
        return missing
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return repr(cell).removesuffix(".0")
    return str(cell) if isinstance(cell, (int, Code)) else text_cell(cell) or missing
