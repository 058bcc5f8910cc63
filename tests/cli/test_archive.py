import csv
import io
import json
import sys

import pytest

from melian.cli import archive_add
from melian.exports.answers import guard_cell
from stub_readers import StubRecipe, write_reports


@pytest.fixture
def reports(tmp_path):
    return write_reports(tmp_path / "in.jsonl", range(4), outlet="=HYPERLINK(1)")


@pytest.fixture
def news(run, reports, tmp_path, monkeypatch):
    monkeypatch.setattr(archive_add, "recipe_of", lambda settings, own: StubRecipe())
    outcome = run("archive", "add", reports, "--into", tmp_path / "news", "--workers", 1)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == f"Reports: 4 read into {tmp_path / 'news'}.\n"
    return tmp_path / "news"


def test_adding_again_skips(run, news, reports):
    outcome = run("archive", "add", reports, "--into", news, "--workers", 1)
    assert outcome.out == f"Reports: 0 read into {news}; 4 there already.\n"


def test_adding_names_rejects_and_leaves_with_3(run, news, tmp_path):
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"text": ""}\n')
    outcome = run("archive", "add", bad, "--into", news, "--workers", 1)
    assert (outcome.code, outcome.err.count("rejected: ")) == (1, 1)
    good = write_reports(tmp_path / "good.jsonl", [9])
    outcome = run("archive", "add", bad, good, "--into", news, "--workers", 1)
    assert outcome.code == 3
    assert "1 rejected (empty 1)" in outcome.out


def test_another_version_is_told(run, news, reports, monkeypatch):
    monkeypatch.setattr(archive_add, "recipe_of", lambda settings, own: StubRecipe(version="2"))
    outcome = run("archive", "add", reports, "--into", news, "--workers", 1)
    assert "4 of another version replaced" in outcome.out
    status = run("archive", "status", news).out
    assert "superseded               4" in status
    assert "Reports that were read again\nevents                   4 before, 4 now" in status


def test_interrupted(run, news, reports, monkeypatch):
    def interrupted(*args, **kwargs):
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr("melian.running.add", interrupted)
    outcome = run("archive", "add", reports, "--into", news)
    assert outcome.code == 130
    assert "Run the same command again to go on" in outcome.err


def test_csv_holds_no_formula(run, news):
    outcome = run("archive", "events", news, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(outcome.out)))
    assert [row["outlet"] for row in rows] == ["'=HYPERLINK(1)"] * 4
    assert rows[0]["intensity"] == "-2.0"
    assert rows[0]["source_countries"] == "KEN"


@pytest.mark.parametrize("cell", ["=1", "+1", "-x", "@x", "\tx", "＝1", "\r=1"])
def test_formulas_are_guarded(cell):
    assert guard_cell(cell).startswith("'") or not cell.strip().startswith(guard_cell(cell)[0])


def test_cells_have_no_controls():
    assert guard_cell("a\x1b[2Jb\u202ec") == "a⟨U+001B⟩[2Jb⟨U+202E⟩c"


def test_json_lines_and_tables(run, news):
    lines = run("archive", "statements", news, "--format", "jsonl", "--limit", 2).out.splitlines()
    assert [json.loads(line)["act"] for line in lines] == ["accuse"] * 2
    table = run("archive", "dyads", news, "--by", "day").out
    assert table.count("KEN      SOM") == 4
    assert run("archive", "events", news, "--type", "AID").out.split()[:2] == ["report", "event"]
    assert run("archive", "disputes", news).code == 0


def test_a_long_table_is_cut_and_says_so(run, tmp_path, news):
    run("archive", "add", write_reports(tmp_path / "more.jsonl", range(80)), "--into", news, "--workers", 1)
    outcome = run("archive", "query", news, "SELECT report FROM events")
    assert "50 of 80 rows" in outcome.err
    assert len(run("archive", "query", news, "SELECT report FROM events", "--format", "csv").out.splitlines()) == 81


def test_show(run, news):
    assert "What happened" in run("archive", "show", news, "n2").out
    rows = run("archive", "events", news, "--format", "jsonl").out.splitlines()
    event = json.loads(rows[0])["event"]
    assert "ACCUSE" in run("archive", "show", news, event).out
    several = run("archive", "show", news, "a1")
    assert (several.code, "--report ID" in several.err) == (1, True)
    assert "Kenya" in run("archive", "show", news, "a1", "--report", "n1").out
    assert "There is no record 'x'" in run("archive", "show", news, "x").err


def test_refusals(run, news, tmp_path):
    assert "There is no archive" in run("archive", "status", tmp_path).err
    assert "The interval" in run("archive", "events", news, "--between", "95").err
    assert "no single question" in run("archive", "query", news, "DROP VIEW events").err
    assert "is not empty" in run("archive", "add", tmp_path / "in.jsonl", "--into", tmp_path).err
    assert run("archive", "add", tmp_path / "in.jsonl").code == 2


def test_an_archive_is_not_read_into_itself(run, news, tmp_path):
    outcome = run("archive", "add", tmp_path, "--into", news)
    assert outcome.code == 2
    assert "the archive would lie in" in outcome.err


def test_remove_and_compact(run, news):
    assert "Nothing was removed" in run("archive", "remove", news, "n1", "n77").err
    assert run("archive", "remove", news, "n1", "n2").out.startswith("2 removed")
    assert len(run("archive", "events", news, "--format", "csv").out.splitlines()) == 3
    assert run("archive", "compact", news).out.startswith("2 readings in one shard")
    assert run("archive", "compact", news).out == "There was nothing to do.\n"
    assert run("archive", "verify", news).out == "All is well.\n"


def test_verify_and_set_aside(run, news, reports):
    (path,) = news.glob("shards/*/claims.parquet")
    path.write_bytes(b"PAR1")
    outcome = run("archive", "verify", news)
    assert outcome.code == 1
    assert "claims.parquet has 4 bytes with another hash" in outcome.out
    assert "--set-aside" in outcome.out
    assert "1 set aside" in run("archive", "verify", news, "--set-aside").out
    assert run("archive", "verify", news).out == "All is well.\n"
    assert "4 read" in run("archive", "add", reports, "--into", news, "--workers", 1).out


def test_options_of_a_cluster_need_one(run, reports, tmp_path, monkeypatch):
    for option in ("--cluster", "--exchange"):
        outcome = run("archive", "add", reports, "--into", tmp_path / "a", option, "x")
        assert (outcome.code, "no cluster without --engine ray" in " ".join(outcome.err.split())) == (2, True)
    monkeypatch.setitem(sys.modules, "ray", None)
    outcome = run("archive", "add", reports, "--into", tmp_path / "a", "--engine", "ray")
    assert (outcome.code, 'pip install "melian[ray]"' in outcome.err) == (1, True)
