"""Tables of answers: for the eye, as CSV, as JSON Lines."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec
import typer

from melian.cli.output import plain_text, terminal_console
from melian.exports.visible import show_controls, show_line

if TYPE_CHECKING:
    import pyarrow as pa
    from rich.table import Table

_SHOWN = 50
_LONGEST_CELL = 160
_PIPE_WIDTH = 160
_LONG = {
    "words", "proposition", "message", "text", "model", "json", "reason", "asserted_by", "denied_by", "not_said_by",
    "last_words",
}  # fmt: skip
# Spreadsheets take a cell that begins so for a formula, some of them also where it is written in full width.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


class Format(StrEnum):
    """How tables are written."""

    TABLE = "table"
    CSV = "csv"
    JSONL = "jsonl"


def write_answer(answer: pa.Table, format: Format, limit: int | None) -> None:
    """Write an answer to standard output.

    Args:
        answer: The rows.
        format: How they are written.
        limit: The user's own limit; without one, a table for the eye is cut.
    """
    if format is Format.TABLE:
        shown = answer if limit is not None else answer.slice(0, _SHOWN)
        table = _laid_out(shown)
        if sys.stdout.isatty():
            terminal_console().print(table)
        else:
            typer.echo(plain_text(table, width=_PIPE_WIDTH), nl=False)
        if shown.num_rows < answer.num_rows:
            typer.echo(
                f"{shown.num_rows} of {answer.num_rows:,} rows. --format csv writes all, --limit N another number.",
                err=True,
            )
        return
    out = sys.stdout.buffer
    for line in _csv_lines(answer) if format is Format.CSV else _json_lines(answer):
        out.write(line)
    out.flush()


def guard_cell(words: str) -> str:
    """Make text fit for a cell of CSV: no control characters, and nothing that a spreadsheet takes for a formula."""
    words = show_controls(words)
    return f"'{words}" if words.startswith(_FORMULA) else words


def _csv_lines(answer: pa.Table) -> Iterator[bytes]:
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\n")
    for row in ([*answer.column_names], *_rows(answer)):
        writer.writerow([_number_or(cell) for cell in row])
        yield held.getvalue().encode("utf-8", "replace")
        held.seek(0)
        held.truncate()


def _json_lines(answer: pa.Table) -> Iterator[bytes]:
    for row in _rows(answer):
        yield msgspec.json.encode(dict(zip(answer.column_names, row, strict=True)), enc_hook=str) + b"\n"


def _rows(answer: pa.Table) -> Iterator[list[object]]:
    for batch in answer.to_batches(max_chunksize=1_024):
        columns = [column.to_pylist() for column in batch.columns]
        yield from (list(cells) for cells in zip(*columns, strict=True))


def _number_or(cell: object) -> object:
    return cell if isinstance(cell, int | float) and not isinstance(cell, bool) else guard_cell(_words(cell))


def _words(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, list):
        return "; ".join(_words(part) for part in cell)
    if isinstance(cell, dict):
        return msgspec.json.encode(cell, enc_hook=str).decode()
    if isinstance(cell, bytes):
        return cell.decode("utf-8", "replace")
    if isinstance(cell, float):
        return f"{cell:.4g}"
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _laid_out(answer: pa.Table) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    # A column in which nothing stands tells nothing.
    names = [name for name in answer.column_names if answer.num_rows == 0 or answer[name].null_count < answer.num_rows]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in names:
        # Long words are cut to what is left of the width; an id is of use only as a whole.
        table.add_column(Text(show_line(name, 40)), no_wrap=name not in _LONG, overflow="fold")
    for row in _rows(answer.select(names)):
        table.add_row(*(Text(show_line(_words(cell), _LONGEST_CELL)) for cell in row))
    return table
