"""WARC files, as web crawls write them: each page that was fetched becomes a report, as a saved page does.

Reference: ISO 28500:2017, https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from melian.errors import BadReport
from melian.intake.options import IntakeOptions
from melian.intake.page import read_page
from melian.intake.rejects import safe_words
from melian.records import Report

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_LONGEST_LINE = 65_536
_MOST_HEADERS = 1_000_000
_PIECE = 1 << 16
_PAGES = ("text/html", "application/xhtml+xml")
_BEGIN = re.compile(rb"WARC/\d")
_CHARSET = re.compile(r"charset\s{0,3}=\s{0,3}[\"']?([\w:.-]{2,40})", re.IGNORECASE)
_DO = "Fetch the file again"


def read_warc(stream: BinaryIO, options: IntakeOptions) -> Iterator[tuple[int | None, Report | BadReport]]:
    """Read the pages of a WARC file.

    Args:
        stream: The file, unpacked.
        options: What the caller says.

    Yields:
        For each response and resource its number among the file's records, and the report or the error that says why
        there is none. A record that is broken is an error, and what stands behind it is read.

    Raises:
        BadReport: "cut-short", where the file ends within a record, and what unpacking raises.
    """
    from warcio.exceptions import ArchiveLoadFailed
    from warcio.recordloader import ArcWarcRecordLoader

    loader = ArcWarcRecordLoader(verify_http=False, arc2warc=False)
    records = _Records(stream)
    number, is_any = 0, False
    while line := records.next_beginning():
        number += 1
        if records.passed:
            yield number, _broken(f"Before this record stand {records.passed:,} bytes of no record")
        try:
            record = loader.parse_record_stream(records, line, "warc", no_record_parse=True)
        except (ArchiveLoadFailed, EOFError, _EndlessHead) as error:
            yield number, _broken(f"This record cannot be read: {safe_words(error)}")
            continue
        if record.length is None:
            yield number, _broken("This record does not say how long it is")
            continue
        most = options.bounds.largest_file
        body = _take(record, most + 1)
        is_longer = _pass_over(record)
        if record.raw_stream.limit > 0:
            raise BadReport(
                "cut-short", f"The file ends within record {number}", f"{record.raw_stream.limit:,} bytes more", _DO
            )
        if record.rec_type in ("response", "resource"):
            is_any = True
            if is_longer or len(body) > most:
                yield number, _too_large(most)
            else:
                yield number, _attempt(record, body, options)
    if not is_any:
        yield None, BadReport("empty", "This file holds no page", "WARC with the responses of a crawl", "Check it")


class _EndlessHead(Exception):
    """The head of a record that does not end."""


class _Records:
    """The bytes of a file for the loader of records, with a bound on a record's head.

    Attributes:
        passed: How many bytes that are no record were passed over on the way to the last beginning.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._head = 0
        self.passed = 0

    def next_beginning(self) -> bytes:
        """Go to the next line that begins a record; nothing at the end of the file."""
        self._head, self.passed = 0, 0
        while line := self._stream.readline(_LONGEST_LINE):
            if _BEGIN.match(line):
                return line
            self.passed += len(line) if line.strip() else 0
        return b""

    def readline(self, length: int | None = None) -> bytes:
        """Read a line of a record's head."""
        line = self._stream.readline(_LONGEST_LINE if length is None else min(length, _LONGEST_LINE))
        self._head += len(line)
        if self._head > _MOST_HEADERS:
            raise _EndlessHead(f"its head has over {_MOST_HEADERS:,} bytes")
        return line

    def read(self, length: int) -> bytes:
        """Read of a record's body."""
        return self._stream.read(length)


def _take(record: ArcWarcRecord, most: int) -> bytes:
    body = bytearray()
    while len(body) < most and (piece := record.raw_stream.read(min(_PIECE, most - len(body)))):
        body += piece
    return bytes(body)


def _pass_over(record: ArcWarcRecord) -> bool:
    is_any = False
    while record.raw_stream.read(_PIECE):
        is_any = True
    return is_any


def _attempt(record: ArcWarcRecord, body: bytes, options: IntakeOptions) -> Report | BadReport:
    try:
        return _report_of(record, body, options)
    except BadReport as error:
        return error


def _report_of(record: ArcWarcRecord, body: bytes, options: IntakeOptions) -> Report:
    from warcio.statusandheaders import StatusAndHeadersParser

    url = record.rec_headers.get_header("WARC-Target-URI")
    about = record.rec_headers.get_header("Content-Type") or ""
    content = body
    if record.rec_type == "response":
        stream = io.BytesIO(body)
        try:
            http = StatusAndHeadersParser([], verify=False).parse(stream)
        except EOFError as error:
            raise _broken("This response is empty") from error
        status = http.get_statuscode()
        if status != "200":
            raise BadReport("status", f"The host answered with {safe_words(status, 20)}", "200 and a page", "Leave it")
        about = http.get_header("Content-Type") or "text/html"
        is_chunked = (http.get_header("Transfer-Encoding") or "").strip().lower() == "chunked"
        content = _unpack(stream, is_chunked, http.get_header("Content-Encoding"), options.bounds.largest_file)
    kind = about.partition(";")[0].strip().lower()
    if kind not in _PAGES:
        raise BadReport("content-type", f"This is {safe_words(kind, 60)}", "a page", "Leave it")
    charset = _CHARSET.search(about)
    return read_page(content, options, url, charset[1] if charset else None)


def _unpack(stream: io.BytesIO, is_chunked: bool, encoding: str | None, most: int) -> bytes:
    """Undo what the transfer did. Crawlers often undo it and leave the header: then it is taken as it stands."""
    from urllib3 import HTTPResponse
    from urllib3.exceptions import HTTPError
    from warcio.bufferedreaders import ChunkedDataReader

    raw: bytes = ChunkedDataReader(stream).read() if is_chunked else stream.read()
    if not encoding:
        return raw
    response = HTTPResponse(io.BytesIO(raw), {"Content-Encoding": encoding}, preload_content=False)
    content = bytearray()
    try:
        while piece := response.read(_PIECE, decode_content=True):
            content += piece
            if len(content) > most:
                raise _too_large(most)
    except HTTPError:
        return raw
    return bytes(content)


def _broken(found: str) -> BadReport:
    return BadReport("broken-record", found, "WARC", _DO)


def _too_large(most: int) -> BadReport:
    return BadReport("too-large", f"This page has over {most:,} bytes", "one report", "Leave it")
