"""Sources in a store of objects are read as files are."""

import gzip
import sys

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from melian.errors import BadSetting, MissingExtra
from melian.intake import IntakeOptions, read_sources
from melian.intake.counting import expected_reports
from melian.intake.stored import files_stored
from melian.records import Report

WORDS = "Kenya recalled its ambassador from Somalia on Tuesday, the foreign ministry said in Nairobi. Take {}."


def line(n):
    return f'{{"text": "{WORDS.format(n)}"}}\n'.encode()


def read(*sources):
    results = read_sources(sources, IntakeOptions())
    return [one.text[-2] if isinstance(one, Report) else (one.source, one.reason) for one in results]


@pytest.fixture
def bucket():
    store = fsspec.filesystem("memory")
    store.pipe("/bucket/a.jsonl", line(1) + line(2))
    store.pipe("/bucket/deep/b.jsonl.gz", gzip.compress(line(3)))
    store.pipe("/bucket/deep/.hidden.jsonl", line(4))
    with store.open("/bucket/e.parquet", "wb") as file:
        pq.write_table(pa.table({"text": [WORDS.format(5)]}), file)
    yield "memory://bucket"
    store.rm("/bucket", recursive=True)


def test_a_folder_of_a_store_is_read_in_order(bucket):
    assert files_stored(bucket) == [f"memory:///bucket/{n}" for n in ("a.jsonl", "deep/b.jsonl.gz", "e.parquet")]
    assert read(bucket) == ["1", "2", "3", "5"]


def test_one_file_and_one_that_is_not_there(bucket):
    assert read(f"{bucket}/deep/b.jsonl.gz", f"{bucket}/none.jsonl", f"{bucket}/a.jsonl") == [
        "3", (f"{bucket}/none.jsonl", "missing"), "1", "2",
    ]  # fmt: skip
    assert expected_reports([bucket], IntakeOptions()) is None


def test_what_a_driver_raises_of_its_own_is_a_reject(bucket, monkeypatch):
    def refuse(*args, **kwargs):
        raise RuntimeError("no key\x1b[2J")

    monkeypatch.setattr(type(fsspec.filesystem("memory")), "_open", refuse)
    (reject, *_) = read_sources([f"{bucket}/a.jsonl"], IntakeOptions())
    assert reject.reason == "unreadable"
    assert "no key" in reject.message
    assert "\x1b" not in reject.message


def test_a_missing_library_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(MissingExtra, match=r"melian\[remote\]"):
        read("s3://bucket/a.jsonl")


def test_chained_addresses_are_refused():
    with pytest.raises(BadSetting):
        read("memory://a::file:///etc/passwd")
