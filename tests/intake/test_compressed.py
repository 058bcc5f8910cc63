"""Packed files are read as what is in them."""

import gzip

import pyarrow as pa
import pytest

from melian.intake import IntakeOptions, Reject, read_sources
from melian.intake.counting import expected_reports

WORDS = "Kenya recalled its ambassador from Somalia on Tuesday, the foreign ministry said in Nairobi. Take {}."
LINES = "".join(f'{{"text": "{WORDS.format(n)}"}}\n' for n in range(3)).encode()


def zstd(content, path):
    with pa.CompressedOutputStream(str(path), "zstd") as file:
        file.write(content)


def read(path, **options):
    return list(read_sources([str(path)], IntakeOptions(**options)))


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.jsonl.zst", "a.GZ"])
def test_packed_lines(tmp_path, name):
    path = tmp_path / name
    zstd(LINES, path) if name.endswith("zst") else path.write_bytes(gzip.compress(LINES))
    assert [report.text for report in read(path)] == [WORDS.format(n) for n in range(3)]


def test_packed_text_and_table(tmp_path):
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(WORDS.encode()))
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(f'id,body\n1,"{WORDS}"\n'.encode()))
    assert read(tmp_path / "a.txt.gz")[0].text == WORDS
    assert read(tmp_path / "b.csv.gz", text_column="body")[0].id == "1"


@pytest.mark.parametrize("content", [LINES, b"", gzip.compress(LINES, mtime=0)[:60], b"\x1f\x8b"])
def test_what_is_not_packed_as_it_says_is_a_reject(tmp_path, content):
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(content)
    found = read(path)
    assert isinstance(found[-1], Reject)
    assert found[-1].reason in {"compressed", "empty"}


def test_packed_parquet_is_refused(tmp_path):
    (tmp_path / "a.parquet.gz").write_bytes(gzip.compress(b"PAR1"))
    assert read(tmp_path / "a.parquet.gz")[0].reason == "format"


def test_a_packed_bomb_is_not_unpacked_whole(tmp_path):
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b" " * 30_000_000))
    assert read(tmp_path / "a.txt.gz")[0].reason == "too-large"


def test_counting_beforehand(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(LINES)
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(LINES))
    (tmp_path / "c.csv").write_text('id,text\n1,"two\nlines"\n2,x\n')
    (tmp_path / "d.txt").write_text(WORDS)
    assert expected_reports([str(tmp_path)], IntakeOptions()) == 9
    assert expected_reports(["-"], IntakeOptions()) is None
    assert expected_reports([str(tmp_path / "none.csv")], IntakeOptions()) is None
