"""Sources to reports: which reader a file, folder, stream or address needs."""

from __future__ import annotations

import csv
import io
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO

from melian.errors import BadReport
from melian.intake.address import is_address
from melian.intake.columns import USUAL
from melian.intake.compressed import ending_of, opened
from melian.intake.options import Format, IntakeOptions
from melian.intake.page import is_page, read_page
from melian.intake.rejects import Reject, reject_of, safe_words
from melian.intake.report import report_from_text
from melian.intake.stored import files_stored, is_stored
from melian.intake.table import Numbered, read_delimited, read_json, read_json_lines, read_parquet
from melian.intake.text import decode_bytes
from melian.intake.warc import read_warc
from melian.records import Report

if TYPE_CHECKING:
    from melian.intake.fetching import Fetched

ENDINGS: dict[str, Format] = {
    ".txt": "text", ".text": "text", ".md": "text",
    ".html": "page", ".htm": "page", ".xhtml": "page",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json",
    ".csv": "csv", ".tsv": "tsv", ".tab": "tsv",
    ".parquet": "parquet", ".pq": "parquet", ".warc": "warc",
}  # fmt: skip
"""What a file is, by its ending; `.gz` and `.zst` may stand behind all of them but Parquet's."""
_HEAD = 65_536


def read_sources(sources: Sequence[str], options: IntakeOptions) -> Iterator[Report | Reject]:
    """Read every report of every source, in order, one at a time.

    Args:
        sources: Files, folders (their files in sorted order, without hidden ones), "-" for the standard input,
            addresses that begin with http:// or https://, and those of stores of objects (`s3://…`).
        options: What the caller says of them.

    Yields:
        A report, or a reject with its reason. Bad input raises nothing.
    """
    for source in sources:
        if source == "-":
            yield from _name(_read_stdin(options), source)
        elif is_stored(source):
            yield from _read_stored(source, options)
        elif is_address(source):
            yield from _name(_read_address(source, options), source)
        elif os.path.isdir(source):
            yield from _read_folder(source, options)
        else:
            yield from _name(_read_file(source, options), source)


def _name(results: Iterator[Numbered], source: str) -> Iterator[Report | Reject]:
    try:
        for number, result in results:
            yield reject_of(result, source, number) if isinstance(result, BadReport) else result
    except BadReport as error:
        yield reject_of(error, source)
    except OSError as error:
        yield reject_of(_unreadable(error), source)


def _read_folder(folder: str, options: IntakeOptions) -> Iterator[Report | Reject]:
    failed: list[OSError] = []
    is_any = False
    for path in files_below(folder, failed):
        is_any = True
        yield from _name(_read_file(path, options), path)
    for error in failed:
        yield reject_of(_unreadable(error), error.filename or folder)
    if not is_any and not failed:
        yield reject_of(BadReport("empty", "There is no file in this folder", "files with reports", "Check it"), folder)


def files_below(folder: str, failed: list[OSError]) -> Iterator[str]:
    """Yield the files of a folder in sorted order, without hidden ones.

    Args:
        folder: The folder.
        failed: Takes the errors of folders that cannot be read.
    """
    for place, folders, names in os.walk(folder, onerror=failed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in names if not name.startswith(".")):
            yield os.path.join(place, name)


def _read_stored(address: str, options: IntakeOptions) -> Iterator[Report | Reject]:
    try:
        names = files_stored(address)
    except OSError as error:
        yield reject_of(_unreadable(error), address)
        return
    for name in names:
        yield from _name(_read_opened(name, None, options), name)


def _read_file(path: str, options: IntakeOptions) -> Iterator[Numbered]:
    if "\x00" in path:
        raise BadReport("missing", "There is no such file", "a file, a folder, - or an address", "Check the name")
    about = os.stat(path)
    if not stat.S_ISREG(about.st_mode):
        raise BadReport("not-a-file", "This is a device or a pipe", "a file", "Give - and send it to standard input")
    yield from _read_opened(path, about.st_size, options)


def _read_opened(path: str, size: int | None, options: IntakeOptions) -> Iterator[Numbered]:
    ending, packing = ending_of(path)
    with opened(path, packing, options.bounds) as stream:
        kind = options.format or ENDINGS.get(ending) or _sniff(stream.peek(_HEAD)[:_HEAD])
        if kind == "parquet":
            if packing is not None:
                raise BadReport("format", f"This is Parquet in {packing}", "Parquet, which packs itself", "Unpack it")
            yield from read_parquet(stream, options)
            return
        if kind in ("text", "page", "json") and size is not None and size > options.bounds.largest_file:
            raise _too_large(options, size)
        # A file ending can lie: a page saved as .txt is a page.
        if kind == "text" and options.format is None and is_page(stream.peek(_HEAD)[:_HEAD]):
            kind = "page"
        yield from _read_stream(stream, kind, options)


def _read_stdin(options: IntakeOptions) -> Iterator[Numbered]:
    raw = options.stdin if options.stdin is not None else sys.stdin.buffer
    stream = raw if isinstance(raw, io.BufferedReader) else io.BufferedReader(_Raw(raw))
    kind = options.format or _sniff(stream.peek(_HEAD)[:_HEAD])
    if kind == "parquet":
        raise BadReport("format", "Parquet cannot be read from standard input", "a file", "Give the file's name")
    yield from _read_stream(stream, kind, options)


def _read_stream(stream: io.BufferedReader, kind: Format, options: IntakeOptions) -> Iterator[Numbered]:
    if kind == "jsonl":
        yield from read_json_lines(stream, options)
    elif kind in ("csv", "tsv"):
        yield from read_delimited(stream, options, "," if kind == "csv" else "\t")
    elif kind == "warc":
        yield from read_warc(stream, options)
    else:
        content = stream.read(options.bounds.largest_file + 1)
        if len(content) > options.bounds.largest_file:
            raise _too_large(options)
        if kind == "json":
            yield from read_json(content, options)
        elif kind == "page":
            yield None, read_page(content, options)
        else:
            yield None, _read_text(content, options)


def _read_text(content: bytes, options: IntakeOptions, fetched: Fetched | None = None) -> Report:
    decoded = decode_bytes(content, fetched.charset if fetched else None)
    try:
        return report_from_text(
            decoded.text,
            outlet=options.outlet,
            url=fetched.url if fetched else None,
            published=options.published,
            largest_report=options.largest_report,
        )
    except BadReport as error:
        if not decoded.is_guessed:
            raise
        found = f"{error.found} (its encoding was guessed to be {decoded.encoding})"
        raise BadReport(error.reason, found, error.expected, error.do) from error


def _read_address(url: str, options: IntakeOptions) -> Iterator[Numbered]:
    from melian.intake.fetching import fetch

    fetched = fetch(url, options)
    if fetched.kind == "text/plain":
        yield None, _read_text(fetched.content, options, fetched)
    elif fetched.kind in ("text/html", "application/xhtml+xml"):
        yield None, read_page(fetched.content, options, fetched.url, fetched.charset)
    else:
        is_lines = fetched.kind != "application/json"
        rows = (
            read_json_lines(io.BytesIO(fetched.content), options) if is_lines else read_json(fetched.content, options)
        )
        yield from rows


def _sniff(head: bytes) -> Format:
    """Tell what a file without a telling ending is, by its first bytes."""
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"WARC/"):
        return "warc"
    if is_page(head):
        return "page"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    first, _, rest = start.partition(b"\n")
    if first.startswith(b"{"):
        return "jsonl" if first.rstrip().endswith(b"}") and (not rest.strip() or rest.lstrip()[:1] == b"{") else "json"
    if first.startswith((b"[{", b"[\r", b"[\n")) or first.strip() == b"[":
        return "json"
    for delimiter, kind in ((",", "csv"), ("\t", "tsv")):
        if _is_header(first, delimiter):
            return "csv" if kind == "csv" else "tsv"
    return "text"


def _is_header(line: bytes, delimiter: str) -> bool:
    if len(line) > 2_000 or not line.isascii():
        return False
    cells = next(csv.reader([line.decode("ascii").strip()], delimiter=delimiter), [])
    names = [cell.strip().casefold() for cell in cells]
    return len(names) > 1 and all(len(name) < 40 for name in names) and any(name in USUAL["text"] for name in names)


def _too_large(options: IntakeOptions, size: int | None = None) -> BadReport:
    most = options.bounds.largest_file
    found = f"This has {size:,} bytes" if size is not None else f"This has over {most:,} bytes"
    return BadReport(
        "too-large",
        found,
        f"at most {most:,} for one text, page or JSON document",
        "Split it into reports, one a line of JSON Lines: that may be of any size",
    )


def _unreadable(error: OSError) -> BadReport:
    if isinstance(error, (FileNotFoundError, NotADirectoryError)):
        return BadReport("missing", "There is no such file", "a file, a folder, - or an address", "Check the name")
    if isinstance(error, PermissionError):
        return BadReport("permission", "This may not be read", "a file that you may read", "Change its permissions")
    if isinstance(error, IsADirectoryError):
        return BadReport("not-a-file", "This is a folder", "a file", "Give the folder itself")
    why = safe_words(error.strerror or type(error).__name__)
    return BadReport("unreadable", f"This could not be read: {why}", "a file", "Check the disk and the name")


class _Raw(io.RawIOBase):
    """Any binary stream under a buffer that can look ahead."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill a buffer from the stream."""
        content = self._stream.read(len(buffer))
        buffer[: len(content)] = content
        return len(content)
