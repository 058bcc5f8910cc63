import json
import subprocess
import sys

import pytest

from melian.records import from_json

MELIAN = [sys.executable, "-c", "from melian.cli import main; main()"]


def test_pretty_is_the_default_in_a_pipe_too(run, report):
    outcome = run("read", report, "--published", "2026-05-06", "--title", "A title", "--outlet", "An outlet")
    assert outcome.code == 0
    assert outcome.out.startswith("A title\nAn outlet · 2026-05-06")
    assert "\x1b" not in outcome.out
    assert outcome.err == ""


def test_json_is_one_object(run, report):
    outcome = run("read", report, "--format", "json")
    assert outcome.code == 0
    assert from_json(outcome.out).report.text.startswith("Kenya recalled")


def test_jsonl_is_one_reading_a_line(run, table):
    outcome = run("read", table, "--format", "jsonl")
    assert [from_json(line).report.title for line in outcome.out.splitlines()] == ["Day 0", "Day 1", "Day 2"]


def test_limit(run, table):
    assert len(run("read", table, "--format", "jsonl", "--limit", 2).out.splitlines()) == 2


def test_json_takes_one_report_only(run, table):
    outcome = run("read", table, "--format", "json")
    assert (outcome.code, outcome.out) == (2, "")
    assert "jsonl" in outcome.err


def test_html_is_one_page(run, table):
    outcome = run("read", table, "--format", "html")
    assert outcome.out.startswith("<!DOCTYPE html>")
    assert outcome.out.count("<article") == 3


def test_output_is_not_overwritten_without_force(run, report, tmp_path):
    output = tmp_path / "out.json"
    assert run("read", report, "--format", "json", "--output", output).code == 0
    first = output.read_bytes()
    again = run("read", report, "--format", "jsonl", "--output", output)
    assert again.code == 2
    assert "--force" in again.err
    assert output.read_bytes() == first
    assert run("read", report, "--format", "jsonl", "--output", output, "--force").code == 0
    assert output.read_bytes() != first
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.json", "report.txt"]


def test_output_needs_its_folder(run, report, tmp_path):
    assert run("read", report, "--output", tmp_path / "no" / "out").code == 2
    assert run("read", report, "--output", tmp_path).code == 2


def test_a_reject_is_named_and_the_others_are_read(run, report, tmp_path):
    (tmp_path / "empty.txt").write_text("")
    outcome = run("read", tmp_path / "empty.txt", report, tmp_path / "missing.txt", "--format", "jsonl")
    assert outcome.code == 3
    assert len(outcome.out.splitlines()) == 1
    lines = outcome.err.splitlines()
    assert len(lines) == 2
    assert "empty.txt" in lines[0]
    assert "missing.txt" in lines[1]
    assert "no such file" in lines[1]


def test_nothing_could_be_read(run, tmp_path):
    outcome = run("read", tmp_path / "missing.txt", "--output", tmp_path / "out")
    assert outcome.code == 1
    assert not (tmp_path / "out").exists()


def test_a_file_name_steers_no_terminal(run, tmp_path):
    outcome = run("read", tmp_path / "a\x1b[2Jb\u202e.txt")
    assert not set(outcome.err) & {"\x1b", "\u202e"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["read"], "SOURCE"),
        (["read", "x", "--format", "xml"], "xml"),
        (["read", "x", "--limit", "0"], "limit"),
        (["read", "x", "--published", "someday"], "someday"),
        (["read", "x", "--nonsense"], "nonsense"),
    ],
)
def test_wrong_use(run, arguments, words):
    outcome = run(*arguments)
    assert outcome.code == 2
    assert words in outcome.err


def test_a_bad_setting_is_a_message_not_a_traceback(run, report):
    outcome = run("read", report, "--pipeline", "")
    assert outcome.code == 1
    assert outcome.err.startswith("melian: A setting cannot be used")


def test_standard_input_and_a_closed_pipe(report):
    many = "".join(json.dumps({"text": "An envoy of Kenya met ministers in Nairobi to talk."}) + "\n" for _ in range(3))
    done = subprocess.run(
        [*MELIAN, "read", "-", "--format", "json"], input=many, text=True, capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 2
    running = subprocess.Popen([*MELIAN, "schema"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    running.stdout.close()
    assert b"Traceback" not in running.stderr.read()
    running.stderr.close()
    running.wait(timeout=60)


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["read", "--help"], ["schema"]])
def test_light_commands_load_nothing_heavy(arguments):
    heavy = {"spacy", "trafilatura", "pyarrow", "numpy", "jinja2", "lxml"}
    code = (
        "import sys; from melian.cli import main\n"
        "try:\n    main()\n"
        f"finally:\n    loaded = {heavy!r} & set(sys.modules); assert not loaded, loaded"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.model
def test_the_examples_are_read():
    done = subprocess.run(
        [*MELIAN, "read", "examples/air-strike.txt", "examples/saved-page.html", "--format", "jsonl"],
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    strike, summit = (from_json(line) for line in done.stdout.splitlines())
    assert strike.report.dateline.place
    assert summit.report.published == "2026-05-18"
    assert "cookies" not in summit.report.text


def test_an_unwritable_output_is_a_message(run, report, tmp_path, monkeypatch):
    def refuse(**_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    outcome = run("read", report, "--output", tmp_path / "out")
    assert outcome.code == 1
    assert "cannot be written: Permission denied" in outcome.err
