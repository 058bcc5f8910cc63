"""Strict reading of gold files: JSON Lines, and tab-separated tables with a header."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TypeVar

import msgspec

from melian.errors import BadGold
from melian.evaluation.report import safe_text

Record = TypeVar("Record", bound=msgspec.Struct)

LARGEST_CELL = 10_000_000
"""Characters a cell may hold; more is not a table."""


def read_lines(path: Path, kind: type[Record], limit: int | None = None) -> tuple[Record, ...]:
    """Read a gold file of JSON Lines.

    Args:
        path: The file.
        kind: What every line must be.
        limit: Read no more than this many records.

    Raises:
        BadGold: There is no such file, a line is not JSON, or it lacks a field or has one of the wrong kind.
    """
    decoder = msgspec.json.Decoder(kind)
    records: list[Record] = []
    for number, line in enumerate(_text_of(path).split("\n"), 1):
        if not line.strip():
            continue
        if limit is not None and len(records) >= limit:
            break
        try:
            record = decoder.decode(line)
        except (msgspec.DecodeError, UnicodeEncodeError) as error:
            raise _bad_line(path, number, error, kind) from error
        records.append(record)
    if not records:
        raise BadGold(f"{_name(path)} holds no record", "one JSON object a line", "Give another file")
    return tuple(records)


def read_table(path: Path, kind: type[Record], limit: int | None = None) -> tuple[Record, ...]:
    """Read a gold file of tab-separated cells under a header; columns that `kind` does not name are passed over.

    Cells may be quoted as spreadsheets quote them. A quotation mark that only opens a cell is taken as written.

    Raises:
        BadGold: There is no such file, a column is missing, or a line has too few or too many cells.
    """
    lines = cells_of(_text_of(path), _name(path))
    _, header = next(lines, (1, [""]))
    for field in msgspec.structs.fields(kind):
        if field.required and field.encode_name not in header:
            columns = ", ".join(safe_text(column, 30) for column in header[:12] if column)
            raise BadGold(
                f"{_name(path)}, line 1 lacks the column {field.encode_name!r}"
                + f" (it has {columns})" * bool(columns),
                f"a tab-separated header with {_fields(kind)}",
                "Name the columns in the first line",
            )
    records: list[Record] = []
    for number, cells in islice(lines, limit):
        if len(cells) != len(header):
            raise BadGold(
                f"{_name(path)}, line {number} has {len(cells)} cells",
                f"{len(header)}, as in the header",
                "Mend the line",
            )
        values = {column: cell for column, cell in zip(header, cells, strict=True) if column and cell}
        try:
            records.append(msgspec.convert(values, kind, strict=False))
        except msgspec.ValidationError as error:
            raise _bad_line(path, number, error, kind) from error
    if not records:
        raise BadGold(f"{_name(path)} holds no record", "lines below the header", "Give another file")
    return tuple(records)


def cells_of(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield line number and cells of a tab-separated table."""
    plain = [(number, line.rstrip("\r")) for number, line in enumerate(text.split("\n"), 1)]
    plain = [(number, line) for number, line in plain if line.strip()]
    if len({line.count("\t") for _, line in plain}) == 1:
        yield from ((number, [_unquoted(cell) for cell in line.split("\t")]) for number, line in plain)
        return
    # Cells differ in number: either quoted cells hold line ends or tabs, or the table is broken.
    csv.field_size_limit(LARGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t")
    try:
        yield from ((reader.line_num, row) for row in reader if row)
    except csv.Error as error:
        raise BadGold(f"{name}, line {reader.line_num}: {error}", "tab-separated cells", "Mend the line") from error


def _unquoted(cell: str) -> str:
    inner = cell[1:-1]
    if len(cell) > 1 and cell[0] == cell[-1] == '"' and '"' not in inner.replace('""', ""):
        return inner.replace('""', '"')
    return cell


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise BadGold(f"There is no file {_name(path)}", "a gold file", "Check the path") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise BadGold(f"{_name(path)}, line {line} is not UTF-8", "a UTF-8 text file", "Convert the file") from error
    except OSError as error:
        why = safe_text(error.strerror or "unknown reason")
        raise BadGold(f"{_name(path)} cannot be read: {why}", "a gold file", "Check the path") from error


def _bad_line(path: Path, number: int, error: Exception, kind: type[msgspec.Struct]) -> BadGold:
    return BadGold(
        f"{_name(path)}, line {number}: {safe_text(str(error), 160)}",
        f"a record with {_fields(kind)}",
        "Mend the line, or check that the file is of this kind",
    )


def _fields(kind: type[msgspec.Struct]) -> str:
    names = [(field.encode_name, field.required) for field in msgspec.structs.fields(kind)]
    return ", ".join(name if required else f"{name} (optional)" for name, required in names)


def _name(path: Path) -> str:
    return safe_text(str(path), 120)
