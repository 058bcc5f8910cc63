"""Phrases alone, or in a sentence, and the country and sector that they stand for: tests/cases/actor_phrases.tsv."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest

from melian.coding.coder import Coder
from melian.evaluation.tools import ReaderTools
from melian.records import Actor
from melian.settings import Settings

_TABLE = Path(__file__).parents[1] / "cases" / "actor_phrases.tsv"
pytestmark = pytest.mark.model


def _rows() -> list[dict[str, str]]:
    lines = [line for line in _TABLE.read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


ROWS = _rows()


@cache
def _tools() -> ReaderTools:
    return ReaderTools(Coder(Settings(use_encoder=False)))


def _cases() -> list[object]:
    cases = []
    for row in ROWS:
        marks = [] if row["state"] == "met" else [pytest.mark.xfail(reason=row["state"], strict=True)]
        cases.append(pytest.param(row, id=f"{row['id']} {row['phrase']}"[:70], marks=marks))
    return cases


def _countries(actors: tuple[Actor, ...]) -> str:
    return "+".join(sorted({actor.country or "none" for actor in actors})) or "none"


@pytest.mark.parametrize("row", _cases())
def test_phrase(row):
    actors = _tools().resolve_phrase(row["phrase"], row["context"] or None, row["date"] or None)
    if row["country"]:
        assert _countries(actors) == "+".join(sorted(row["country"].split("+")))
    if row["sector"]:
        assert (actors[0].sector if actors else None) == (None if row["sector"] == "none" else row["sector"])


def test_there_are_enough_phrases_of_every_kind():
    assert len(ROWS) >= 800
    assert len({row["id"] for row in ROWS}) == len(ROWS)
    assert len({(row["phrase"], row["context"], row["date"]) for row in ROWS}) == len(ROWS)
    assert len({row["about"] for row in ROWS}) >= 10
