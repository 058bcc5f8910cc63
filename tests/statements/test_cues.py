"""Every cue word's own example holds a statement with that cue and that content, for the rules that use the table."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest

from melian.knowledge.cues import CueWord, cue_words
from reading_statements import content_of, statements_of, token_f1

pytestmark = pytest.mark.model
ENOUGH = 0.6

UNMET: dict[str, str] = {}
"""Rows whose example the parser reads otherwise, by id, with the class of the failure."""


@cache
def examples() -> dict[str, str]:
    return {row.id: row.example for row in cue_words()}


def rows() -> list[object]:
    marks = {i: pytest.mark.xfail(strict=True, reason=why) for i, why in UNMET.items()}
    return [pytest.param(row, id=row.id, marks=marks.get(row.id, ())) for row in cue_words()]


@pytest.mark.parametrize("row", rows())
def test_example_holds_its_cue(row: CueWord) -> None:
    reading = statements_of(examples(), by_rules_alone=True)[row.id]
    lemmas = {row.lemma} if row.lemma != "*" else None
    best = max(
        (
            token_f1(content_of(reading.text, s), row.content)
            for s in reading.statements
            if s.cue and (lemmas is None or s.cue.lemma in lemmas)
        ),
        default=0.0,
    )
    assert best >= ENOUGH, [(s.cue.lemma if s.cue else None, content_of(reading.text, s)) for s in reading.statements]


def test_ids_say_lemma_and_part_of_speech() -> None:
    for row in cue_words():
        assert row.id.rsplit(".", 1)[1] == row.pos
        assert row.example
        assert row.content
        assert row.provenance
        assert all(word in row.example for word in row.content.split())


def test_lemmas_stand_once_for_each_part_of_speech() -> None:
    keys = [(row.lemma, row.pos) for row in cue_words()]
    assert len(keys) == len(set(keys))


NO_CUES = Path(__file__).parents[1] / "cases" / "no_cues.tsv"


@cache
def plain() -> dict[str, dict[str, str]]:
    lines = [line for line in NO_CUES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return {row["id"]: row for row in csv.DictReader(lines, delimiter="\t")}


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(row, id=row["id"], marks=pytest.mark.xfail(strict=True) if row["state"] else ())
        for row in plain().values()
    ],
)
def test_the_word_is_no_cue_here(row: dict[str, str]) -> None:
    read = statements_of({ident: one["text"] for ident, one in plain().items()})[row["id"]]
    assert row["lemma"] not in {s.cue.lemma for s in read.statements if s.cue}


@pytest.mark.parametrize("verb", ["divulged", "tweeted", "disclosed"])
def test_who_says_that_something_is_so_denies_nothing(verb: str) -> None:
    text = f"The minister {verb} that two envoys had left Tunis."
    assert [s.act for s in statements_of({verb: text})[verb].statements] == ["state"]
