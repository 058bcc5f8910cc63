"""Every row of the event lexicon finds what its example promises; sentences of a table give the events they must."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
from msgspec.structs import replace

from melian.coding.coder import Coder
from melian.coding.draft import Draft
from melian.coding.stages import ORDER
from melian.knowledge.ontology import event_words
from melian.records import Reading, Report

_SENTENCES = Path(__file__).parents[1] / "cases" / "event_sentences.tsv"
_RECIPROCAL = frozenset({"AGREE", "CONSULT", "COOPERATE"})
pytestmark = pytest.mark.model
Told = tuple[str, frozenset[str], frozenset[str]]


def sentences() -> list[object]:
    lines = [line for line in _SENTENCES.read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")]
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return [
        pytest.param(
            row["text"],
            row["expects"],
            id=row["id"],
            marks=pytest.mark.xfail(strict=True, reason=row["state"]) if row["state"] else (),
        )
        for row in rows
    ]


def told(kind: str, sources: set[str], targets: set[str]) -> Told:
    """Join the sides of what is done together; a party without a country is as good as none."""
    if kind in _RECIPROCAL:
        return kind, frozenset(sources | targets), frozenset()
    return kind, frozenset(sources), frozenset(targets)


def promised(expects: str) -> Told:
    kind, _, rest = expects.partition(" ")
    sources, _, targets = rest.partition(">")
    return told(kind, set(sources.split("+")) - {"", "?"}, set(targets.split("+")) - {"", "?"})


def found(reading: Reading | Draft) -> set[Told]:
    country = {actor.id: actor.country for actor in reading.actors}

    def countries(ids: tuple[str, ...]) -> set[str]:
        return {code for i in ids if (code := country[i])}

    return {told(event.type, countries(event.sources), countries(event.targets)) for event in reading.events}


def keeps(expects: str, reading: Reading | Draft) -> bool:
    return not reading.events if expects == "NONE" else promised(expects) in found(reading)


@cache
def reader() -> Coder:
    return Coder()


def found_by_lexicon(texts: Iterable[str]) -> list[Draft]:
    drafts = []
    for draft in reader().begin(Report(id=str(n), text=text) for n, text in enumerate(texts)):
        for stage in ORDER:
            draft = stage(replace(draft, encoded=()) if stage.name == "events" else draft)
        drafts.append(draft)
    return drafts


def test_every_example_gives_what_its_row_promises():
    rows = event_words()
    drafts = found_by_lexicon(row.example for row in rows)
    assert [row.id for row, draft in zip(rows, drafts, strict=True) if not keeps(row.expects, draft)] == []


@pytest.mark.parametrize(("text", "expects"), sentences())
def test_a_sentence_gives_the_event_it_must(text: str, expects: str):
    assert keeps(expects, reader().read_report(Report(id="r", text=text)))


def test_no_two_rows_say_the_same():
    seen: dict[tuple[object, ...], str] = {}
    for row in event_words():
        key = (row.lemma, row.pos, frozenset(row.needs), frozenset(row.unless))
        assert key not in seen, f"{row.id} and {seen[key]}"
        seen[key] = row.id
