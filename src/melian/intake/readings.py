"""Files of readings, as `melian read` writes them: JSON Lines, read as a stream, or one JSON object."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from melian.errors import BadReport
from melian.intake.lines import bounded_lines
from melian.intake.options import LARGEST_FILE
from melian.intake.rejects import Reject, fold_rejects, reject_of, safe_words
from melian.records import Reading, from_json

LONGEST_LINE = 200_000_000
"""Bytes of one reading: a report with everything taken from it."""
_HEAD = 64
_EXPECTED = "a reading as melian read --format json or jsonl writes it"


def read_readings(path: str, longest: int = LONGEST_LINE) -> Iterator[Reading | Reject]:
    """Read the readings of a file, one after another.

    Args:
        path: A file of JSON Lines, or of one JSON object.
        longest: Longer lines, in bytes, are rejected.

    Yields:
        Each reading; for a line that is none, and for a file that cannot be read, a reject that says why.
    """
    try:
        with Path(path).open("rb") as stream:
            # Looked at and not taken: what comes through a pipe cannot be wound back.
            head = stream.peek(_HEAD)[:_HEAD].removeprefix(codecs.BOM_UTF8)
            if head.partition(b"\n")[0].strip() in (b"{", b"["):
                yield _read_object(stream, path)
            else:
                yield from fold_rejects(_read_lines(stream, path, longest), "a file of readings")
    except (OSError, ValueError) as error:
        why = safe_words(getattr(error, "strerror", None) or error)
        yield reject_of(
            BadReport("unreadable", f"This could not be read: {why}", "a file of readings", "Check the name"), path
        )


def _read_lines(stream: BinaryIO, path: str, longest: int) -> Iterator[Reading | Reject]:
    is_any = False
    for number, line in bounded_lines(stream, longest):
        if isinstance(line, BadReport):
            yield reject_of(line, path, number)
        elif line.strip():
            yield _read_one(line, path, number)
        else:
            continue
        is_any = True
    if not is_any:
        yield reject_of(BadReport("empty", "This file holds no reading", _EXPECTED), path)


def _read_object(stream: BinaryIO, path: str) -> Reading | Reject:
    content = stream.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        error = BadReport("too-large", f"This object has over {LARGEST_FILE:,} bytes", "JSON Lines for more", "Use it")
        return reject_of(error, path)
    return _read_one(content.removeprefix(codecs.BOM_UTF8), path, None)


def _read_one(content: bytes, path: str, number: int | None) -> Reading | Reject:
    try:
        return from_json(content)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        found = f"This is no reading: {safe_words(error)}"
        return reject_of(BadReport("no-reading", found, _EXPECTED, "Write it again"), path, number)
