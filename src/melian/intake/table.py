"""JSON Lines, JSON, CSV, TSV and Parquet: one row, one report. All but JSON are read as a stream."""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import BinaryIO

import msgspec

from melian.errors import BadReport
from melian.intake.columns import Columns, choose_columns, report_of_reading, report_of_row
from melian.intake.lines import BoundedLines, OverlongLine, bounded_lines
from melian.intake.options import LARGEST_FILE, IntakeOptions
from melian.intake.rejects import safe_words
from melian.intake.text import decode_bytes, name_binary
from melian.records import Report

Numbered = tuple[int | None, Report | BadReport]
_BATCH = 256
_CSV_DO = "Save the table again as CSV with its text in quotation marks"


def read_json_lines(stream: BinaryIO, options: IntakeOptions) -> Iterator[Numbered]:
    """Read one object a line; a broken line is an error with the line's number, and the others are read."""
    is_any = False
    for number, line in bounded_lines(stream, options.longest_line):
        if isinstance(line, BadReport):
            yield number, line
        elif line.strip():
            yield number, _attempt_line(line, options)
        else:
            continue
        is_any = True
    if not is_any:
        yield None, _no_rows()


def read_json(content: bytes, options: IntakeOptions) -> Iterator[Numbered]:
    """Read a JSON document: one object, a list of them, or an object that holds such a list."""
    try:
        document: object = _parse(decode_bytes(content).text)
    except BadReport as error:
        lines = content.strip().split(b"\n")
        if len(lines) > 1 and lines[0].strip().startswith(b"{") and lines[0].strip().endswith(b"}"):
            yield from read_json_lines(io.BytesIO(content), options)
        else:
            yield None, error
        return
    rows = _rows_of_document(document)
    if rows is None:
        yield None, _attempt_row(document, options)
        return
    if not rows:
        yield None, _no_rows()
    for number, row in enumerate(rows, 1):
        yield number, _attempt_row(row, options)


def read_delimited(stream: BinaryIO, options: IntakeOptions, delimiter: str) -> Iterator[Numbered]:
    """Read CSV or TSV with a line of names at its head. Records are counted from 1 behind it."""
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)  # type: ignore[type-var]
    head = buffered.peek(4)[:4]
    what = name_binary(head)
    if what is not None:
        yield None, BadReport("binary", f"This is {what}", "a table", "Save it as CSV")
        return
    wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    # Bytes that are no UTF-8 come through as surrogates and are decoded cell by cell: one does not end the file.
    lines = io.TextIOWrapper(
        buffered,
        encoding="utf-16" if wide else "utf-8-sig",
        errors="replace" if wide else "surrogateescape",
        newline="",
    )
    # The limit is the module's own and the same for all; it only ever rises.
    csv.field_size_limit(max(csv.field_size_limit(), 2 * options.largest_report))
    reader = csv.reader(
        BoundedLines(lines, options.longest_line), delimiter=_delimiter_of(buffered.peek(), delimiter), strict=False
    )
    columns: Columns | None = None
    names: list[str] = []
    number = 0
    try:
        while (cells := _next_cells(reader)) is not None:
            if isinstance(cells, OverlongLine):
                number += 1
                yield number, cells
                continue
            if not any(cells):
                continue
            if columns is None:
                names = [_decode_cell(name).strip() for name in cells]
                columns = choose_columns(names, options)
                continue
            number += 1
            if len(cells) != len(names):
                yield (
                    number,
                    BadReport(
                        "broken-record",
                        f"This record, near line {reader.line_num}, has {len(cells)} cells",
                        f"{len(names)}, as the first line has",
                        _CSV_DO,
                    ),
                )
                continue
            try:
                row = {name: _decode_cell(cell) for name, cell in zip(names, cells, strict=True)}
                result: Report | BadReport = report_of_row(row, columns, options)
            except BadReport as error:
                result = error
            yield number, result
        if columns is None or number == 0:
            yield None, _no_rows()
    except BadReport as error:
        yield None, error
    except (csv.Error, UnicodeError) as error:
        found = f"The table breaks off near line {reader.line_num}: {safe_words(error)}"
        yield number + 1, BadReport("broken-record", found, "a table of which every quotation mark is closed", _CSV_DO)
    finally:
        lines.detach()


def read_parquet(stream: BinaryIO, options: IntakeOptions) -> Iterator[Numbered]:
    """Read a Parquet file batch by batch, only the columns that are used."""
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    number = 0
    try:
        with ParquetFile(stream) as file:
            columns = choose_columns(file.schema_arrow.names, options)
            chosen = [columns.text, columns.title, columns.published, columns.outlet, columns.url, columns.ident]
            wanted = list(dict.fromkeys(name for name in chosen if name is not None))
            for batch in file.iter_batches(batch_size=_BATCH, columns=wanted):
                for row in batch.to_pylist():
                    number += 1
                    try:
                        result: Report | BadReport = report_of_row(row, columns, options)
                    except BadReport as error:
                        result = error
                    yield number, result
        if number == 0:
            yield None, _no_rows()
    except BadReport as error:
        yield None, error
    except (ArrowException, OSError, ValueError, OverflowError) as error:
        yield (
            (number + 1) if number else None,
            BadReport("format", f"This Parquet file cannot be read: {safe_words(error)}", "Parquet", "Write it again"),
        )


def _delimiter_of(head: bytes, usual: str) -> str:
    """Tell what stands between the names of the first line: spreadsheets of many countries write semicolons."""
    names = head.partition(b"\n")[0]
    if usual.encode() in names:
        return usual
    return next((mark for mark in (";", "\t", ",") if mark.encode() in names), usual)


def _next_cells(reader: Iterator[list[str]]) -> list[str] | OverlongLine | None:
    """Give the next record, the error of a line that is too long for one, or None at the end."""
    try:
        return next(reader, None)
    except OverlongLine as error:
        return error


def _attempt_line(line: bytes, options: IntakeOptions) -> Report | BadReport:
    try:
        row = _parse(decode_bytes(line).text)
    except BadReport as error:
        return error
    return _attempt_row(row, options)


def _attempt_row(row: object, options: IntakeOptions) -> Report | BadReport:
    try:
        if not isinstance(row, Mapping):
            raise BadReport(
                "broken-record", "This record is no object", 'an object such as {"text": "…"}', "Correct it"
            )
        report = row.get("report")
        if isinstance(report, Mapping) and "text" in report:
            return report_of_reading(report, options)
        return report_of_row(row, choose_columns(row, options), options)
    except BadReport as error:
        return error


def _parse(text: str) -> object:
    try:
        return json.loads(text) if "\\ud" in text or "\\uD" in text else msgspec.json.decode(text)
    except (ValueError, RecursionError, UnicodeError) as error:
        raise BadReport(
            "broken-record", f"This is no JSON: {safe_words(error)}", "a JSON object", "Correct it"
        ) from error


def _rows_of_document(document: object) -> list[object] | None:
    if isinstance(document, list):
        return document
    if isinstance(document, dict) and not isinstance(document.get("report"), dict):
        lists = [
            value for value in document.values() if isinstance(value, list) and value and isinstance(value[0], dict)
        ]
        if len(lists) == 1 and not any(isinstance(value, str) and len(value) > 200 for value in document.values()):
            return lists[0]
    return None


def _decode_cell(cell: str) -> str:
    if cell.isascii() or not any("\udc80" <= char <= "\udcff" for char in cell):
        return cell
    return decode_bytes(cell.encode("utf-8", "surrogateescape")).text


def _no_rows() -> BadReport:
    return BadReport(
        "empty", "This table has no rows", f"at least one (up to {LARGEST_FILE:,} bytes as JSON)", "Check it"
    )
