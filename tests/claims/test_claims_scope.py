"""What negation, modals, conditions and the like leave of a deed, for each holder: tests/cases/claims_scope.tsv.

Run this file as a program for the share of each kind:
`PYTHONPATH=tests python tests/claims/test_claims_scope.py`.
"""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from melian.records.claim import Certainty, Polarity, Tense
from reading_claims import events_told_by, holders_named, readings_of, spans_of

pytestmark = pytest.mark.model
_TABLE = Path(__file__).parents[1] / "cases" / "claims_scope.tsv"
JUDGEMENT = {"polarity": get_args(Polarity), "certainty": get_args(Certainty), "tense": get_args(Tense)}
FEWEST_OF_A_KIND = 10


@cache
def rows() -> tuple[dict[str, str], ...]:
    lines = [line for line in _TABLE.read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")]
    return tuple(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def cases() -> list[object]:
    return [
        pytest.param(
            row, id=row["id"], marks=pytest.mark.xfail(strict=True, reason=row["state"]) if row["state"] else ()
        )
        for row in rows()
    ]


def find_wrong(row: dict[str, str]) -> str:
    """Say in a few words what is wrong with the holder's claim, with nothing where it is right."""
    reading = readings_of({text: text for text in dict.fromkeys(r["text"] for r in rows())})[row["text"]]
    events = {event.id for event in events_told_by(row["trigger"], reading)}
    if not events:
        return "the event is missed"
    holders = holders_named(row["holder"], reading)
    claims = [claim for claim in reading.claims if claim.event in events and claim.holder in holders]
    if not claims:
        return "the holder is missed"
    wrong = [[name for name in JUDGEMENT if getattr(claim, name) != row[name]] for claim in claims]
    least = min(wrong, key=len)
    return " and ".join(least) + (" differs" if len(least) == 1 else " differ") if least else ""


@pytest.mark.parametrize("row", cases())
def test_holder_claims_so_much(row: dict[str, str]) -> None:
    assert find_wrong(row) == ""


def test_every_kind_has_enough_rows() -> None:
    kinds = Counter(row["kind"] for row in rows())
    assert min(kinds.values()) >= FEWEST_OF_A_KIND
    assert len(kinds) >= 14
    assert sum(kinds.values()) >= 150
    assert len({row["id"] for row in rows()}) == len(rows())


def test_words_stand_in_the_text() -> None:
    for row in rows():
        assert len(spans_of(row["trigger"], row["text"])) == 1
        assert row["holder"] == "author" or spans_of(row["holder"], row["text"])
        assert all(row[name] in known for name, known in JUDGEMENT.items())
        assert row["state"].partition(":")[0] in {"", "ours", "upstream", "never"}


if __name__ == "__main__":
    right: Counter[str] = Counter()
    for case in rows():
        wrong = find_wrong(case)
        right[case["kind"]] += not wrong
        if wrong:
            print(case["id"], "|", wrong, "|", case["text"], "|", case["trigger"], "|", case["holder"])  # noqa: T201
    total = Counter(case["kind"] for case in rows())
    for kind, count in total.items():
        print(f"{kind:24}{right[kind]:4} of {count}")  # noqa: T201
    print(f"{right.total()} of {total.total()}")  # noqa: T201
