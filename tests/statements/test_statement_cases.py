"""Who said what in passages written for Melian; each row is one statement that a careful reader finds.

Run this file as a program for the share of each kind:
`PYTHONPATH=tests python tests/statements/test_statement_cases.py`.
"""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from melian.records import Statement
from reading_statements import Read, content_of, statements_of, token_f1

pytestmark = pytest.mark.model
_TABLE = Path(__file__).parents[1] / "cases" / "statements.tsv"
ENOUGH = 0.6
"""Token F1 of a content with the expected one."""
NAMED = 0.5
"""Token F1 of the words for a speaker, or for who relays him."""
FEWEST_OF_A_KIND = 10


@cache
def rows() -> tuple[dict[str, str], ...]:
    lines = [line for line in _TABLE.read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")]
    found = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, restval="")
    return tuple({**row, "text": row["text"].replace("\\n", "\n")} for row in found)


def cases() -> list[object]:
    return [
        pytest.param(
            row, id=row["id"], marks=pytest.mark.xfail(strict=True, reason=row["state"]) if row["state"] else ()
        )
        for row in rows()
    ]


def is_right(row: dict[str, str]) -> bool:
    read = statements_of({r["id"]: r["text"] for r in rows()})[row["id"]]
    return any(_fits(row, read, number) for number in range(len(read.statements)))


def _fits(row: dict[str, str], read: Read, number: int) -> bool:
    statement = read.statements[number]
    if token_f1(content_of(read.text, statement), row["content"]) < ENOUGH:
        return False
    if row["act"] and statement.act != row["act"]:
        return False
    names = {actor.id: {read.text[s:e] for s, e in actor.mentions} | {actor.name} for actor in read.actors}
    if row["via"] and not any(token_f1(word, row["via"]) >= NAMED for i in statement.via for word in names.get(i, ())):
        return False
    outer = next((one for one in read.statements if one.id == statement.parent), None)
    if row["inside"] and (outer is None or not _is_said_by(row["inside"], outer, read, names)):
        return False
    return _is_said_by(row["speaker"], statement, read, names)


def _is_said_by(speaker: str, statement: Statement, read: Read, names: dict[str, set[str]]) -> bool:
    own = names.get(statement.speaker or "", set())
    if statement.speaker_span is not None:
        own = own | {read.text[slice(*statement.speaker_span)]}
    if not speaker:
        return statement.speaker_span is None
    return any(token_f1(word, speaker) >= NAMED or word.startswith(speaker) for word in own)


@pytest.mark.parametrize("row", cases())
def test_statement(row: dict[str, str]) -> None:
    assert is_right(row)


def test_every_kind_has_enough_rows() -> None:
    kinds = Counter(row["kind"] for row in rows())
    assert min(kinds.values()) >= FEWEST_OF_A_KIND
    assert sum(kinds.values()) >= 300


def test_words_stand_in_the_text() -> None:
    for row in rows():
        assert row["speaker"] in row["text"]
        assert row["content"] in row["text"]
        assert row["state"].partition(":")[0] in {"", "ours", "upstream", "never"}


if __name__ == "__main__":
    right: Counter[str] = Counter()
    for case in rows():
        right[case["kind"]] += is_right(case)
        if not is_right(case):
            print(case["id"], "|", case["text"], "|", case["speaker"], "|", case["content"])  # noqa: T201
    total = Counter(case["kind"] for case in rows())
    for kind, count in total.items():
        print(f"{kind:24}{right[kind]:4} of {count}")  # noqa: T201
    print(f"{sum(right.values())} of {sum(total.values())}")  # noqa: T201
