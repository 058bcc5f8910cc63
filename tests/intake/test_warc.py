"""WARC files: pages of a crawl, whole, broken, cut short and hostile."""

import gzip
import io
import zlib

import pyarrow as pa
import pytest

from melian.intake import IntakeOptions, Reject, read_sources
from melian.intake.counting import expected_reports
from melian.intake.options import Bounds
from melian.records import Report

WORDS = "Kenya's foreign minister said on Tuesday that its troops had left the town of Kismayo, day {}."


def page(n, filler=""):
    text = WORDS.format(n)
    return f"<!DOCTYPE html><html><body><article><p>{text} {text}</p></article>{filler}</body></html>".encode()


def record(body, kind="response", url="https://example.org/a", length=None):
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nContent-Type: application/http\r\n"
    return f"{head}Content-Length: {len(body) if length is None else length}\r\n\r\n".encode() + body + b"\r\n\r\n"


def response(body, status="200 OK", kind="text/html; charset=utf-8", **headers):
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{lines}\r\n".encode() + body


def pages(*numbers):
    return [record(response(page(n)), url=f"https://example.org/{n}") for n in numbers]


def read(path, **options):
    return list(read_sources([str(path)], IntakeOptions(**options)))


def outcome(results):
    return [one.url if isinstance(one, Report) else (one.number, one.reason) for one in results]


URLS = [f"https://example.org/{n}" for n in range(3)]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "a.warc.zst", "crawl"])
def test_pages_of_a_crawl(tmp_path, name):
    records = [record(b"software: crawler\r\n", "warcinfo"), *pages(0, 1, 2), record(b"GET / HTTP/1.1\r\n", "request")]
    if name.endswith("gz"):
        (tmp_path / name).write_bytes(b"".join(map(gzip.compress, records)))
    elif name.endswith("zst"):
        with pa.CompressedOutputStream(str(tmp_path / name), "zstd") as file:
            file.write(b"".join(records))
    else:
        (tmp_path / name).write_bytes(b"".join(records))
    results = read(tmp_path / name, outlet="Example Post")
    assert outcome(results) == URLS
    assert WORDS.format(1) in results[1].text
    assert {one.outlet for one in results} == {"Example Post"}


def test_what_is_no_page_is_a_reject(tmp_path):
    records = [
        record(response(b"gone", "404 Not Found")), record(response(b"\x89PNG", kind="image/png")), record(b""),
        record(response(b"<html></html>")), *pages(0),
        record(page(1), "resource").replace(b"application/http", b"text/html"),
    ]  # fmt: skip
    (tmp_path / "a.warc").write_bytes(b"".join(records))
    assert outcome(read(tmp_path / "a.warc")) == [
        (1, "status"), (2, "content-type"), (3, "broken-record"), (4, "no-article"), URLS[0], "https://example.org/a",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(page(0), mtime=0), {"Content_Encoding": "gzip"}),
        (zlib.compress(page(0)), {"Content_Encoding": "deflate"}),
        (page(0), {"Content_Encoding": "gzip"}),  # undone by the crawler, which left the header
        (page(0), {"Content_Encoding": "unknown"}),
        (b"%x\r\n%s\r\n0\r\n\r\n" % (len(page(0)), page(0)), {"Transfer_Encoding": "chunked"}),
        (page(0), {"Transfer_Encoding": "chunked"}),
    ],
)
def test_transfers_are_undone(tmp_path, body, headers):
    (tmp_path / "a.warc").write_bytes(record(response(body, **headers)))
    (report,) = read(tmp_path / "a.warc")
    assert WORDS.format(0) in report.text


@pytest.mark.parametrize("is_packed", [False, True])
def test_cut_short_is_told_and_the_next_file_is_read(tmp_path, is_packed):
    whole = pages(0, 1)
    content = b"".join(map(gzip.compress, whole) if is_packed else whole)[:-30]
    name = "a.warc.gz" if is_packed else "a.warc"
    (tmp_path / name).write_bytes(content)
    (tmp_path / "b.warc").write_bytes(pages(2)[0])
    results = read(tmp_path)
    assert outcome(results) == [URLS[0], (None, "compressed" if is_packed else "cut-short"), URLS[2]]
    assert name in results[1].source


def test_a_broken_record_takes_no_other_with_it(tmp_path):
    first, second, third = pages(0, 1, 2)
    wrong = record(response(page(1)), length=100)
    endless = b"WARC/1.0\r\n" + b"X: y\r\n" * 300_000 + b"\r\n"
    without = second.replace(b"Content-Length", b"Content-Size")
    for broken in (wrong, endless, without, b"\x00\xff" * 100_000 + b"\n", b"WARC/1.0\r\nContent-Length: -1\r\n\r\n"):
        (tmp_path / "a.warc").write_bytes(first + broken + third)
        found = outcome(read(tmp_path / "a.warc"))
        assert (found[0], found[-1]) == (URLS[0], URLS[2])
        assert {reason for _, reason in found[1:-1]} <= {"broken-record", "no-article"}


def test_hostile_records_stay_within_bounds(tmp_path):
    bomb = record(response(gzip.compress(b" " * 3_000_000), Content_Encoding="gzip"))
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (3_000_000, b" " * 3_000_000)
    records = [bomb, record(response(chunked, Transfer_Encoding="chunked")), *pages(0)]
    (tmp_path / "a.warc").write_bytes(b"".join(records))
    results = read(tmp_path / "a.warc", bounds=Bounds(largest_file=100_000))
    assert outcome(results) == [(1, "too-large"), (2, "too-large"), URLS[0]]


def test_on_standard_input():
    results = list(read_sources(["-"], IntakeOptions(stdin=io.BytesIO(b"".join(pages(0, 1))))))
    assert outcome(results) == URLS[:2]


def test_empty_and_uncounted(tmp_path):
    (tmp_path / "a.warc").write_bytes(record(b"software: crawler\r\n", "warcinfo"))
    (reject,) = read(tmp_path / "a.warc")
    assert isinstance(reject, Reject)
    assert reject.reason == "empty"
    assert expected_reports([str(tmp_path / "a.warc")], IntakeOptions()) is None
