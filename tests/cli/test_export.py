import pytest

from invented import invent_reading
from melian.exports.json import line_json


@pytest.fixture
def readings(tmp_path):
    path = tmp_path / "readings.jsonl"
    path.write_bytes(line_json(invent_reading()))
    return path


def test_help_shows_examples(run):
    assert "melian export readings.jsonl" in run("export", "--help").out
    assert "melian import" in run("import", "--help").out


def test_a_file_is_written_and_what_is_left_out_is_said(run, readings, tmp_path):
    output = tmp_path / "events.txt"
    done = run("export", readings, "--format", "polecat", "--output", output)
    assert done.code == 0
    assert len(output.read_text().splitlines()) == 3
    assert done.err.splitlines()[0] == "left out: 1 event: nobody asserts them (--claims all takes them)"


def test_all_claims_with_who_says_so(run, readings, tmp_path):
    output = tmp_path / "events.csv"
    done = run("export", readings, "--format", "csv", "--claims", "all", "--attributed", "--output", output)
    assert (done.code, done.err) == (0, "")
    lines = output.read_text().splitlines()
    assert len(lines) == 4
    assert lines[0].endswith(",holder,speaker,polarity,certainty,tense,disputed,corrected")


def test_json_lines_come_out_as_they_went_in(run, readings, tmp_path):
    output = tmp_path / "again.jsonl"
    assert run("export", readings, "--format", "jsonl", "--output", output).code == 0
    assert output.read_bytes() == readings.read_bytes()


def test_broken_lines_are_named(run, readings, tmp_path):
    readings.write_bytes(readings.read_bytes() + b"{}\n")
    done = run("export", readings, "--format", "icews", "--output", tmp_path / "events.tab")
    assert done.code == 3
    assert ", line 2: This is no reading" in done.err


def test_nothing_is_written_where_nothing_is_read(run, tmp_path):
    output = tmp_path / "events.tab"
    assert run("export", tmp_path / "none.jsonl", "--format", "icews", "--output", output).code == 1
    assert not output.exists()


@pytest.mark.parametrize(
    "arguments", [["--format", "parquet"], ["--format", "xml"], ["--format", "csv", "--claims", "some"], []]
)
def test_wrong_use(run, readings, arguments):
    assert run("export", readings, *arguments).code == 2


def test_neither_a_file_nor_the_readings_are_overwritten(run, readings, tmp_path):
    assert run("export", readings, "--format", "csv", "--output", readings).code == 2
    assert run("export", readings, "--format", "csv", "--output", readings, "--force").code == 2


@pytest.mark.parametrize("format", ["polecat", "icews", "gdelt"])
def test_what_is_exported_can_be_imported(run, readings, tmp_path, format):
    from pyarrow.parquet import read_table

    events, output = tmp_path / "events.txt", tmp_path / "events.parquet"
    run("export", readings, "--format", format, "--output", events)
    done = run("import", events, "--format", format, "--output", output)
    assert done.code == 0
    first = read_table(output).to_pylist()[0]
    assert (first["type"], str(first["date"])) == ("ASSAULT", "2026-05-05")
    assert (first["source_iso3"], first["target_iso3"], first["place_iso3"]) == ("KEN", "SOM", "SOM")
    assert first["data_set"] == format


def test_bad_rows_are_named_and_counted(run, readings, tmp_path):
    events, output = tmp_path / "events.txt", tmp_path / "events.parquet"
    run("export", readings, "--format", "icews", "--output", events)
    events.write_text(events.read_text() + "1\t2\n\x1b[2J\t3\n")
    done = run("import", events, "--format", "icews", "--output", output)
    assert done.code == 3
    assert "line 5: This row is left out: it has 2 cells, expected 20." in done.err
    assert done.err.endswith("3 events written, 2 left out for cells\n")
    assert "\x1b" not in done.err


def test_no_table_is_written_of_nothing(run, tmp_path):
    output = tmp_path / "events.parquet"
    done = run("import", tmp_path / "none.txt", "--format", "gdelt", "--output", output)
    assert (done.code, output.exists()) == (1, False)
