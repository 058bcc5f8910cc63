from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from melian.intake import IntakeOptions, Reject, read_sources, report_from_text
from melian.records import ProducedBy, Reading, Report, to_json

FIRST = "Kenya's foreign minister said on Tuesday that its troops had left the town."
SECOND = "Residents said on Wednesday that soldiers, armed and in trucks, were still to be seen.\n\nThey were not."


def read(path: Path, **options: object) -> list[Report | Reject]:
    return list(read_sources([str(path)], IntakeOptions(**options)))  # type: ignore[arg-type]


def outcome(results: list[Report | Reject]) -> list[object]:
    return [(one.number, one.reason) if isinstance(one, Reject) else one.text for one in results]


def test_json_lines_with_broken_lines(tmp_path: Path) -> None:
    path = tmp_path / "reports.jsonl"
    lines = [
        json.dumps(
            {"id": 7, "text": FIRST, "title": "Troops leave", "date": "3 December 2015", "source": "Example Post"}
        ),
        "{broken",
        "",
        json.dumps({"text": ""}),
        json.dumps({"words": FIRST}),
        json.dumps([FIRST]),
        json.dumps({"text": FIRST, "date": "soon"}),
        json.dumps({"text": 5}),
        '{"text": "' + FIRST + ' \\ud800"}',
        json.dumps({"text": SECOND, "date": None}),
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    results = read(path)
    assert outcome(results) == [
        FIRST, (2, "broken-record"), (4, "empty"), (5, "missing-column"), (6, "broken-record"), (7, "date"),
        (8, "broken-record"), FIRST + " \ufffd", SECOND,
    ]  # fmt: skip
    first = results[0]
    assert isinstance(first, Report)
    assert (first.id, first.title, first.published, first.outlet) == ("7", "Troops leave", "2015-12-03", "Example Post")
    late = results[5]
    assert isinstance(late, Reject)
    assert '"soon"' in late.message
    assert "2015-12-03" in late.message


def test_line_in_another_encoding_does_not_end_the_file(tmp_path: Path) -> None:
    path = tmp_path / "reports.jsonl"
    path.write_bytes(b'{"text": "The envoy left S\xe3o Tom\xe9."}\n' + json.dumps({"text": FIRST}).encode())
    assert outcome(read(path)) == ["The envoy left São Tomé.", FIRST]


def test_overlong_line_is_skipped(tmp_path: Path) -> None:
    path = tmp_path / "reports.jsonl"
    path.write_text(json.dumps({"text": "a " * 100_000}) + "\n" + json.dumps({"text": FIRST}) + "\n", encoding="utf-8")
    assert outcome(read(path, largest_report=1_000)) == [(1, "too-long"), FIRST]


def test_own_readings_are_read_again(tmp_path: Path) -> None:
    report = report_from_text(FIRST, outlet="Example Post", published="2015-12-03")
    made_by = ProducedBy(melian="0", model="m", knowledge="k", settings="s")
    path = tmp_path / "readings.jsonl"
    path.write_bytes(to_json(Reading(report=report, produced_by=made_by)) + b"\n")
    assert read(path) == [report]


def test_json_documents(tmp_path: Path) -> None:
    path = tmp_path / "reports.json"
    rows = [{"body": FIRST}, {"body": SECOND}, 3]
    path.write_text(json.dumps(rows), encoding="utf-8")
    assert outcome(read(path)) == [FIRST, SECOND, (3, "broken-record")]
    path.write_text(json.dumps({"articles": rows[:2]}), encoding="utf-8")
    assert outcome(read(path)) == [FIRST, SECOND]
    path.write_text(json.dumps({"text": FIRST}), encoding="utf-8")
    assert outcome(read(path)) == [FIRST]
    path.write_text(json.dumps({"text": FIRST}) + "\n" + json.dumps({"text": SECOND}), encoding="utf-8")
    assert outcome(read(path)) == [FIRST, SECOND]
    path.write_text("[" * 100_000, encoding="utf-8")
    assert outcome(read(path)) == [(None, "broken-record")]


def test_csv(tmp_path: Path) -> None:
    path = tmp_path / "reports.csv"
    rows = f'\ufeff"",headline,text,date\r\n1,Troops leave,"{FIRST}",2015-12-03\r\n2,,"{SECOND}",\r\n3,x\r\n4,,,\r\n'
    path.write_bytes(rows.encode())
    results = read(path, published="2016-01-01", outlet="Example Post")
    assert outcome(results) == [FIRST, SECOND, (3, "broken-record"), (4, "empty")]
    assert [(one.title, one.published, one.outlet) for one in results if isinstance(one, Report)] == [
        ("Troops leave", "2015-12-03", "Example Post"),
        (None, "2016-01-01", "Example Post"),
    ]


def test_csv_with_a_wide_cell_and_odd_bytes(tmp_path: Path) -> None:
    path = tmp_path / "reports.csv"
    wide = "The army said that it was ready. " * 10_000
    path.write_bytes(b'id,body\n1,The envoy left S\xe3o Tom\xe9.\n2,"' + wide.encode() + b'"\n')
    assert outcome(read(path)) == ["The envoy left São Tomé.", wide]


def test_csv_in_utf_16(tmp_path: Path) -> None:
    path = tmp_path / "reports.csv"
    path.write_bytes(f"id,text\n1,{FIRST}\n".encode("utf-16"))
    assert outcome(read(path)) == [FIRST]


def test_csv_with_an_open_quotation_mark(tmp_path: Path) -> None:
    path = tmp_path / "reports.csv"
    path.write_text('id,text\n1,"' + "The army was ready.\n" * 20_000, encoding="utf-8")
    assert outcome(read(path, largest_report=1_000)) in ([(1, "broken-record")], [(1, "too-long")])


def test_tsv(tmp_path: Path) -> None:
    path = tmp_path / "reports.tsv"
    path.write_text(f"id\ttext\n1\t{FIRST}\n", encoding="utf-8")
    assert outcome(read(path)) == [FIRST]


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_missing_column_names_those_that_there_are(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"reports.{ending}"
    if ending == "csv":
        path.write_text(f"nr,words\n1,{FIRST}\n", encoding="utf-8")
    else:
        pq.write_table(pa.table({"nr": [1], "words": [FIRST]}), path)
    (result,) = read(path)
    assert isinstance(result, Reject)
    assert (result.number, result.reason) == (None, "missing-column")
    assert "nr, words" in result.message
    assert outcome(read(path, text_column="words")) == [FIRST]
    assert outcome(read(path, text_column="words", id_column="key")) == [(None, "missing-column")]


def test_parquet(tmp_path: Path) -> None:
    path = tmp_path / "reports.parquet"
    columns = {"text": [FIRST, None, SECOND], "date": [date(2015, 12, 3), None, None], "doc_id": [11, 12, 13]}
    pq.write_table(pa.table(columns), path, row_group_size=1)
    results = read(path)
    assert outcome(results) == [FIRST, (2, "empty"), SECOND]
    assert [(one.id, one.published) for one in results if isinstance(one, Report)] == [
        ("11", "2015-12-03"),
        ("13", None),
    ]


def test_broken_parquet(tmp_path: Path) -> None:
    path = tmp_path / "reports.parquet"
    path.write_bytes(b"PAR1" + b"x" * 100)
    assert outcome(read(path)) == [(None, "format")]


@pytest.mark.parametrize(
    "content", [f"id,text\n1,{FIRST}\n", json.dumps({"text": FIRST}), f'[\n{{"text": "{FIRST}"}}]']
)
def test_tables_on_standard_input_are_told_by_their_heads(content: str) -> None:
    results = list(read_sources(["-"], IntakeOptions(stdin=io.BytesIO(content.encode()))))
    assert outcome(results) == [FIRST]


def test_empty_tables(tmp_path: Path) -> None:
    for name, content in (("a.csv", "id,text\n"), ("b.csv", ""), ("c.jsonl", "\n\n"), ("d.json", "[]")):
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        assert outcome(read(path)) == [(None, "empty")]


@pytest.mark.parametrize("mark", [";", "\t"])
def test_a_csv_file_of_a_spreadsheet_that_writes_other_marks(tmp_path, mark):
    path = tmp_path / "reports.csv"
    words = "Chad, on Thursday, recalled its ambassador from Khartoum; he left."
    path.write_text(f'day{mark}text\n2026-03-12{mark}"{words}"\n')
    (report,) = read_sources([str(path)], IntakeOptions(published_column="day"))
    assert (report.published, report.text.startswith("Chad, on Thursday")) == ("2026-03-12", True)
