from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from melian.intake import IntakeOptions, Reject, read_sources
from melian.records import Report

TEXT = "Kenya's foreign minister said on Tuesday that its troops had left the town of Kismayo."


def read(*sources: str, **options: object) -> list[Report | Reject]:
    return list(read_sources(sources, IntakeOptions(**options)))  # type: ignore[arg-type]


def reasons(results: list[Report | Reject]) -> list[str]:
    return [one.reason if isinstance(one, Reject) else "report" for one in results]


def test_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(TEXT.encode() + b"\r\n")
    (report,) = read(str(path), published="2015-12-03", outlet="Example Post")
    assert isinstance(report, Report)
    assert (report.text, report.published, report.outlet) == (TEXT + "\n", "2015-12-03", "Example Post")


def test_folder_is_walked_in_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", ".hidden.txt", "sub/c.txt", ".git/d.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{TEXT} {name}.", encoding="utf-8")
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    results = read(str(tmp_path))
    assert [one.text[len(TEXT) + 1 :] if isinstance(one, Report) else one.reason for one in results] == [
        "a.txt.", "b.txt.", "binary", "sub/c.txt.",
    ]  # fmt: skip


def test_empty_folder(tmp_path: Path) -> None:
    assert reasons(read(str(tmp_path))) == ["empty"]


def test_standard_input() -> None:
    assert reasons(read("-", stdin=io.BytesIO(TEXT.encode()))) == ["report"]
    assert reasons(read("-", stdin=io.BytesIO(b""))) == ["empty"]


@pytest.mark.parametrize("name", ["nowhere.txt", "nowhere\x00.txt", "a\x1b[31mb.txt", "\udcff.txt"])
def test_missing_file(tmp_path: Path, name: str) -> None:
    (reject,) = read(str(tmp_path / name))
    assert isinstance(reject, Reject)
    assert (reject.reason, reject.number) == ("missing", None)
    assert reject.source.isprintable()
    assert reject.message.endswith(".")


def test_name_that_is_too_long() -> None:
    assert reasons(read("x" * 5_000)) == ["unreadable"]


def test_device_and_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert reasons(read("/dev/null", str(pipe))) == ["not-a-file", "not-a-file"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    path.chmod(0)
    assert reasons(read(str(path))) == ["permission"]


@pytest.mark.parametrize("ending", ["txt", "html", "json"])
def test_huge_file_is_refused_before_it_is_read(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"huge.{ending}"
    with path.open("wb") as file:
        file.truncate(50_000_000_000)
    (reject,) = read(str(path))
    assert isinstance(reject, Reject)
    assert reject.reason == "too-large"
    assert "50,000,000,000" in reject.message
    assert "JSON Lines" in reject.message


def test_page_under_a_text_name_is_read_as_a_page(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(
        f"<!DOCTYPE html><html><body><article><p>{TEXT} {TEXT}</p></article></body></html>", encoding="utf-8"
    )
    (report,) = read(str(path))
    assert isinstance(report, Report)
    assert "<" not in report.text


def test_format_can_be_set(tmp_path: Path) -> None:
    path = tmp_path / "report.dat"
    path.write_text(f"id,text\n1,{TEXT}\n", encoding="utf-8")
    (report,) = read(str(path), format="csv")
    assert isinstance(report, Report)
    assert report.text == TEXT


def test_guessed_encoding_is_named_where_a_report_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(("Министр иностранных дел заявил во вторник, что переговоры продолжатся. " * 5).encode("cp1251"))
    (reject,) = read(str(path))
    assert isinstance(reject, Reject)
    assert reject.reason == "language"
    assert "Russian" in reject.message
    assert "cp1251" in reject.message


def test_date_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert reasons(read(str(path), published="soon")) == ["date"]


@settings(max_examples=120)
@given(
    content=st.one_of(
        st.binary(max_size=200),
        st.text(max_size=120).map(lambda text: f'{{"text": "{text}"}}'.encode("utf-8", "surrogatepass")),
        st.text(max_size=120).map(lambda text: f"id,text\n1,{text}\n".encode("utf-8", "surrogatepass")),
        st.text(max_size=120).map(lambda text: f"<html><body><p>{text}".encode("utf-8", "surrogatepass")),
    ),
    kind=st.sampled_from([None, "text", "page", "jsonl", "json", "csv", "tsv", "parquet"]),
)
def test_any_bytes_in_any_format_give_reports_or_rejects(content: bytes, kind: str | None) -> None:
    for one in read("-", stdin=io.BytesIO(content), format=kind):
        assert isinstance(one, Report) or (one.reason and one.message.isprintable())


def test_bad_sources_do_not_stop_good_ones(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert reasons(read("nowhere.txt", str(path), "ftp://example.org/a", "/dev/null", str(path))) == [
        "missing", "report", "address", "not-a-file", "report",
    ]  # fmt: skip
