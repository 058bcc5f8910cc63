"""Hostile and huge input: bounded memory, bounded time, and one reject with its reason for what is refused."""

import gzip
import io
import tracemalloc

import pyarrow as pa
import pytest

from melian.intake import IntakeOptions, read_sources
from melian.intake.options import Bounds
from melian.records import Report

WORDS = "Kenya recalled its ambassador from Somalia on Tuesday, the foreign ministry said in Nairobi. Take {}."
SMALL = Bounds(largest_file=100_000, expansion=50, unquestioned=100_000)


def line(n):
    return f'{{"text": "{WORDS.format(n)}"}}\n'.encode()


def read(source, **options):
    return list(read_sources([str(source)], IntakeOptions(**options)))


def outcome(results):
    return [one.text[-2] if isinstance(one, Report) else (one.number, one.reason) for one in results]


class Stream(io.RawIOBase):
    """Pieces, one after another, of which some are repeated many times and never held at once."""

    def __init__(self, *pieces):
        self.pieces = (piece for content, times in pieces for piece in (content for _ in range(times)))
        self.rest = b""

    def readable(self):
        return True

    def readinto(self, buffer):
        self.rest = self.rest or next(self.pieces, b"")
        content, self.rest = self.rest[: len(buffer)], self.rest[len(buffer) :]
        buffer[: len(content)] = content
        return len(content)


BLOCK = b"a" * 100_000
LONG = (b'{"text": "', 1), (BLOCK, 2_000), (b'"}\n', 1)
LONG_ROW = (b"1,", 1), (BLOCK, 2_000), (b"\n", 1)


@pytest.mark.parametrize(
    ("kind", "pieces"),
    [
        ("jsonl", [(line(1), 1), *LONG, (line(2), 1)]),
        ("csv", [(b"id,text\n", 1), (f'1,"{WORDS.format(1)}"\n'.encode(), 1), *LONG_ROW,
                 (f'2,"{WORDS.format(2)}"\n'.encode(), 1)]),
    ],
)  # fmt: skip
def test_a_line_of_200_megabytes_is_one_reject(kind, pieces):
    list(read_sources(["-"], IntakeOptions(stdin=io.BytesIO(line(0)), format="jsonl")))  # what is loaded once
    tracemalloc.start()
    stdin = io.BufferedReader(Stream(*pieces))
    results = read("-", stdin=stdin, format=kind, largest_report=10_000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert outcome(results) == ["1", (2, "too-long"), "2"]
    assert peak < 5_000_000


@pytest.mark.parametrize("ending", ["gz", "zst"])
@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.warc", "a.txt", "a.json"])
def test_a_bomb_is_read_no_further(tmp_path, name, ending):
    path = tmp_path / f"{name}.{ending}"
    content = (b"id,text\n" if ".csv" in name else line(1)) + b" " * 10_000_000
    if ending == "gz":
        path.write_bytes(gzip.compress(content))
    else:
        with pa.CompressedOutputStream(str(path), "zstd") as file:
            file.write(content)
    results = read(path, bounds=SMALL)
    assert outcome(results)[-1][1] in ("bomb", "too-large")
    assert len(results) <= 2


def test_a_table_that_repeats_itself_is_no_bomb(tmp_path):
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(line(1) * 5_000))
    assert len(read(tmp_path / "a.jsonl.gz")) == 5_000


def test_a_poisoned_report_in_ten_thousand_is_one_reject(tmp_path):
    rows = [line(n % 10) for n in range(10_000)]
    poisons = {
        17: b'{"text": "\\ud800 ' + b"\x00" * 40 + b'"}\n', 4_000: b"[" * 100_000 + b"\n", 5_000: b"\xff\xfe\x00{\n",
        6_000: b'{"text": {"text": 1}}\n', 9_998: b'{"text": "' + b"\\u0000" * 500 + b'"}\n',
    }  # fmt: skip
    for number, poison in poisons.items():
        rows[number] = poison
    (tmp_path / "a.jsonl").write_bytes(b"".join(rows))
    results = read(tmp_path / "a.jsonl")
    assert sum(isinstance(one, Report) for one in results) == 10_000 - len(poisons)
    assert [one.number for one in results if not isinstance(one, Report)] == [number + 1 for number in poisons]
