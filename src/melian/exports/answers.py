"""Rows of answers as CSV and as JSON Lines, with no text in them that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from melian.exports.visible import show_controls

if TYPE_CHECKING:
    import pyarrow as pa

# Spreadsheets take a cell that begins so for a formula, some of them also where it is written in full width.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def guard_cell(words: str) -> str:
    """Make text fit for a cell of CSV: no control characters, and nothing that a spreadsheet takes for a formula."""
    words = show_controls(words)
    return f"'{words}" if words.startswith(_FORMULA) else words


def csv_lines(names: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """Yield the lines of a CSV table with its head."""
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\n")
    for row in _headed(names, rows):
        writer.writerow([_number_or(cell) for cell in row])
        yield held.getvalue().encode("utf-8", "replace")
        held.seek(0)
        held.truncate()


def json_lines(names: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """Yield an object a line."""
    for row in rows:
        yield msgspec.json.encode(dict(zip(names, row, strict=True)), enc_hook=str) + b"\n"


def table_rows(answer: pa.Table) -> Iterator[list[object]]:
    """Yield the rows of an Arrow table as plain values."""
    for batch in answer.to_batches(max_chunksize=1_024):
        columns = [column.to_pylist() for column in batch.columns]
        yield from (list(cells) for cells in zip(*columns, strict=True))


def cell_words(cell: object) -> str:
    """Write a value of any kind as words."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, list | tuple):
        return "; ".join(cell_words(part) for part in cell)
    if isinstance(cell, dict):
        return msgspec.json.encode(cell, enc_hook=str).decode()
    if isinstance(cell, bytes):
        return cell.decode("utf-8", "replace")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _headed(names: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[Sequence[object]]:
    yield names
    yield from rows


def _number_or(cell: object) -> object:
    return cell if isinstance(cell, int | float) and not isinstance(cell, bool) else guard_cell(cell_words(cell))
