"""Lines of plain, gzipped and zipped files, one after another, none held longer than needed."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from melian.errors import BadReport
from melian.intake.lines import bounded_lines
from melian.intake.rejects import Reject, reject_of, safe_words

LONGEST_LINE = 1_000_000
"""Bytes of one row; no data set has longer ones."""


def lines_of(path: str) -> Iterator[Iterator[tuple[str, int, str] | Reject]]:
    """Give the tables of a file: one, or one for each file inside a ZIP archive.

    Args:
        path: The file: plain, `.gz` or `.zip`, told by how it begins.

    Yields:
        For each table its lines: what to call the table, the line's number, the line. A line that is too long, and a
        file that cannot be read on, is a reject instead.
    """
    shown = safe_words(path)
    if not Path(path).exists():
        error = BadReport("missing", "There is no such file", "a file of the data set", "Check the name")
        yield iter([reject_of(error, shown)])
        return
    try:
        with Path(path).open("rb") as file:
            head = file.peek(4)[:4]
            if head.startswith(b"PK"):
                with zipfile.ZipFile(file) as archive:
                    for member in archive.infolist():
                        if not member.is_dir():
                            with archive.open(member) as inner:
                                yield _numbered(inner, f"{shown}: {safe_words(member.filename)}")
            elif head.startswith(b"\x1f\x8b"):
                with gzip.open(file) as inner:
                    yield _numbered(inner, shown)
            else:
                yield _numbered(file, shown)
    except (OSError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile) as error:
        yield iter([_broken(shown, None, error)])


def decode_line(line: bytes) -> str:
    """Decode one line: UTF-8, else Windows-1252, which is ISO-8859-1 with letters where that has controls."""
    for encoding in ("utf-8", "cp1252"):
        try:
            return line.decode(encoding)
        except UnicodeDecodeError:
            continue
    return line.decode("latin-1")


def _numbered(stream: IO[bytes] | io.BufferedIOBase, shown: str) -> Iterator[tuple[str, int, str] | Reject]:
    number = 0
    try:
        for number, line in bounded_lines(stream, LONGEST_LINE):
            if isinstance(line, BadReport):
                yield reject_of(line, shown, number)
            elif line.strip():
                yield shown, number, decode_line(line.rstrip(b"\r\n"))
    except (OSError, EOFError, zlib.error, RuntimeError, zipfile.BadZipFile) as error:
        yield _broken(shown, number + 1, error)


def _broken(shown: str, number: int | None, error: Exception) -> Reject:
    why = safe_words(getattr(error, "strerror", None) or error or type(error).__name__)
    message = f"This cannot be read on: {why}. Expected a plain file, a gzip file or a ZIP archive. Fetch it again."
    return Reject(source=shown, number=number, reason="unreadable", message=message)
