"""Every row of the event lexicon finds what its example promises; what does not is listed in a table."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from melian.coding.coder import Coder
from melian.knowledge.ontology import event_words
from melian.records import Reading, Report

_UNMET = Path(__file__).parents[1] / "cases" / "event_words_unmet.tsv"
_RECIPROCAL = frozenset({"AGREE", "CONSULT", "COOPERATE"})
pytestmark = pytest.mark.model
Told = tuple[str, frozenset[str], frozenset[str]]


def unmet() -> dict[str, str]:
    lines = _UNMET.read_text(encoding="utf-8").split("\n")
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {row[0]: row[1] for row in rows[1:]}


def told(kind: str, sources: set[str], targets: set[str]) -> Told:
    """Join the sides of what is done together; a party without a country is as good as none."""
    if kind in _RECIPROCAL:
        return kind, frozenset(sources | targets), frozenset()
    return kind, frozenset(sources), frozenset(targets)


def promised(expects: str) -> Told:
    kind, _, rest = expects.partition(" ")
    sources, _, targets = rest.partition(">")
    return told(kind, set(sources.split("+")) - {"", "?"}, set(targets.split("+")) - {"", "?"})


def found(reading: Reading) -> set[Told]:
    country = {actor.id: actor.country for actor in reading.actors}

    def countries(ids: tuple[str, ...]) -> set[str]:
        return {code for i in ids if (code := country[i])}

    return {told(event.type, countries(event.sources), countries(event.targets)) for event in reading.events}


@cache
def missed() -> frozenset[str]:
    rows = event_words()
    readings = Coder().read_many(Report(id=row.id, text=row.example) for row in rows)
    return frozenset(
        row.id
        for row, reading in zip(rows, readings, strict=True)
        if (bool(reading.events) if row.expects == "NONE" else promised(row.expects) not in found(reading))
    )


def test_every_example_gives_what_its_row_promises():
    assert sorted(missed() - unmet().keys()) == []


def test_no_unmet_row_has_been_met():
    assert sorted(unmet().keys() - missed()) == []


def test_unmet_rows_name_rows_and_classes():
    assert unmet().keys() <= {row.id for row in event_words()}
    assert set(unmet().values()) <= {"ours", "upstream"}


def test_no_two_rows_say_the_same():
    seen: dict[tuple[object, ...], str] = {}
    for row in event_words():
        key = (row.lemma, row.pos, frozenset(row.needs), frozenset(row.unless))
        assert key not in seen, f"{row.id} and {seen[key]}"
        seen[key] = row.id
