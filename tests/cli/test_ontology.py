"""`melian ontology`: check, train, evaluate."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILE = ROOT / "examples" / "protest-issues.toml"


def test_check_says_what_is_there(run):
    outcome = run("ontology", "check", FILE)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("protest-issues/1.0: 10 types, 100 examples")


def test_check_names_file_and_line(run, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(FILE.read_text(encoding="utf-8").replace("Students [marched] in", "Students marched in"))
    outcome = run("ontology", "check", path)
    assert (outcome.code, outcome.out) == (1, "")
    assert "mine.toml, line " in outcome.err
    assert "Put brackets around it." in outcome.err


@pytest.mark.model
def test_train_writes_one_small_file_and_not_over_another(run, tmp_path):
    path = tmp_path / "issues.npz"
    outcome = run("ontology", "train", FILE, "--output", path)
    assert outcome.code == 0
    assert "F1" in outcome.out
    assert path.stat().st_size < 100_000
    assert run("ontology", "train", FILE, "--output", path).code == 2
    measured = run("ontology", "evaluate", path, ROOT / "tests" / "cases" / "protest_issues.jsonl")
    assert "type alone: F1" in measured.out


def test_read_refuses_what_is_not_trained(run, report):
    outcome = run("ontology", "evaluate", FILE, report)
    assert outcome.code == 1
