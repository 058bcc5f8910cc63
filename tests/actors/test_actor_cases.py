"""Actors in short reports written for the project: tests/cases/actors.tsv."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

import pytest

from melian.coding.actors import ActorsStage
from melian.coding.dates.stage import DatesStage
from melian.coding.draft import Draft
from melian.coding.language import load_language
from melian.coding.places.stage import PlacesStage
from melian.intake import report_from_text
from melian.records import Actor, Span, overlap
from melian.settings import Settings

_TABLE = Path(__file__).parents[1] / "cases" / "actors.tsv"
pytestmark = pytest.mark.model


def _rows() -> list[dict[str, str]]:
    lines = [line for line in _TABLE.read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


ROWS = _rows()
_Key = tuple[str, str, str]


def _key(row: dict[str, str]) -> _Key:
    return row["date"], row["home"], row["sentence"]


@cache
def _drafts() -> dict[_Key, Draft]:
    """Read every report of the table in one batch."""
    keys = list(dict.fromkeys(_key(row) for row in ROWS))
    reports = [report_from_text(f"{home} — {text}" if home else text, published=day) for day, home, text in keys]
    drafts = {}
    for key, draft in zip(keys, load_language(Settings().pipeline).parse(reports, 100_000), strict=True):
        for stage in (DatesStage(), PlacesStage(), ActorsStage()):
            draft = stage(draft)
        drafts[key] = draft
    return drafts


def _led_to(draft: Draft, phrase: str) -> list[Actor]:
    """Give the actors of the naming that covers a phrase best."""
    found = re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", draft.report.text)
    assert found is not None
    span = found.span()
    best: tuple[tuple[int, int], list[str]] | None = None
    for naming in draft.namings:
        first, last = draft.doc[naming.start], draft.doc[naming.end - 1]
        own: Span = (first.idx, last.idx + len(last))
        shared = overlap(own, span)
        rank = (shared, -abs(own[0] - span[0]) - abs(own[1] - span[1]))
        if shared and (best is None or rank > best[0]):
            best = (rank, [naming.actor or "", *naming.others])
    actors = {actor.id: actor for actor in draft.actors}
    return [actors[one] for one in best[1]] if best else []


def _cases() -> list[object]:
    cases = []
    for row in ROWS:
        marks = [] if row["state"] == "met" else [pytest.mark.xfail(reason=row["state"], strict=True)]
        cases.append(pytest.param(row, id=f"{row['id']} {row['phrase']}"[:70], marks=marks))
    return cases


@pytest.mark.parametrize("row", _cases())
def test_case(row):
    found = _led_to(_drafts()[_key(row)], row["phrase"])
    if row["name"] == "-":
        assert not found
        return
    assert found
    if " + " in row["name"]:
        assert sorted(actor.name for actor in found) == sorted(row["name"].split(" + "))
        return
    if row["name"]:
        assert found[0].name == row["name"]
    for field in ("kind", "country", "sector", "office"):
        if row[field]:
            assert (getattr(found[0], field) or "none") == row[field]


def test_there_are_enough_cases():
    assert len(ROWS) >= 300
    assert len({row["id"] for row in ROWS}) == len(ROWS)
    assert len({(_key(row), row["phrase"]) for row in ROWS}) == len(ROWS)


def test_every_mention_slices_the_text_and_every_naming_has_its_actor():
    for draft in _drafts().values():
        text, known = draft.report.text, {actor.id for actor in draft.actors}
        for actor in draft.actors:
            assert actor.mentions
            assert all(0 <= a < b <= len(text) and text[a:b].strip() for a, b in actor.mentions)
        for naming in draft.namings:
            assert {naming.actor, *naming.others} <= known
            assert naming.start <= naming.head < naming.end
