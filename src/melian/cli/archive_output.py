"""Tables of answers: for the eye, as CSV, as JSON Lines."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING

import typer

from melian.cli.output import show_on_screen
from melian.exports.answers import cell_words, csv_lines, json_lines, table_rows
from melian.exports.visible import show_line
from melian.exports.wording import describe_stretch

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
        show_on_screen(table, pipe_width=_PIPE_WIDTH)
        if answer.num_rows == 0:
            typer.echo("Nothing in the archive fits.", err=True)
        if shown.num_rows < answer.num_rows:
            typer.echo(
                f"{shown.num_rows} of {answer.num_rows:,} rows. --format csv writes all, --limit N another number.",
                err=True,
            )
        return
    out = sys.stdout.buffer
    lines = csv_lines if format is Format.CSV else json_lines
    for line in lines(answer.column_names, table_rows(answer)):
        out.write(line)
    out.flush()


def with_stretches(answer: pa.Table) -> pa.Table:
    """Add the column `when`: the days of events for the eye, no finer than they are known."""
    import pyarrow as pa

    days = zip(answer["first_day"].to_pylist(), answer["last_day"].to_pylist(), strict=True)
    return answer.append_column("when", pa.array([describe_stretch(*both) for both in days], pa.string()))


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
    for row in table_rows(answer.select(names)):
        cells = (round(cell, 2) if isinstance(cell, float) else cell for cell in row)
        table.add_row(*(Text(show_line(cell_words(cell), _LONGEST_CELL)) for cell in cells))
    return table
