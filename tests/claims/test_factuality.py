"""The tables of words that settle whether something happened: every row's example is run."""

from __future__ import annotations

from functools import cache

import pytest

from melian.coding.claims.judging import judge
from melian.coding.coder import Coder
from melian.coding.language import Language, load_language
from melian.knowledge.factuality import (
    Contrary,
    Governor,
    Modifier,
    contraries,
    denial_words,
    governors,
    governors_by_frame,
    modifiers,
)
from melian.records import Report
from melian.settings import Settings

_WANT = {
    "so": ("positive", "certain", None), "not": ("negative", None, None), "fact": ("positive", "certain", None),
    "likely": ("positive", "probable", None), "maybe": ("positive", "possible", None),
    "able": ("positive", "possible", None), "unlikely": ("negative", "probable", None),
    "open": ("positive", "uncommitted", None), "wish": ("positive", None, "hypothetical"),
    "condition": ("positive", "certain", "hypothetical"),
    "future": ("positive", "certain", "future"), "planned": ("positive", "probable", "future"),
    "never": ("negative", None, "future"), "part": ("positive", "certain", None),
}  # fmt: skip


@cache
def _language() -> Language:
    return load_language(Settings().pipeline)


@cache
def _reader() -> Coder:
    return Coder()


@pytest.mark.model
@pytest.mark.parametrize("row", [*governors(), *modifiers()], ids=lambda row: row.id)
def test_example_is_judged_so(row: Governor | Modifier) -> None:
    doc = next(_language().parse([Report(id="r", text=row.example)], 1000)).doc
    told = judge(next(t for t in doc if t.text == row.word))
    polarity, certainty, tense = _WANT[row.if_so if isinstance(row, Governor) else row.effect]
    assert told.polarity == polarity
    assert certainty in (None, told.certainty)
    assert tense in (None, told.tense)
    assert row.id in told.rows


@pytest.mark.model
@pytest.mark.parametrize("row", contraries(), ids=lambda row: row.id)
def test_example_says_the_contrary(row: Contrary) -> None:
    reading = _reader().read_report(Report(id="r", text=row.example, published="2024-05-10"))
    assert [dispute.kind for dispute in reading.disputes] == ["contradiction"]
    assert any(f"factuality:{row.id}" in reason.rows for reason in reading.reasons)


def test_words_are_lower_case() -> None:
    assert all(lemma == lemma.lower() for lemma, _, _ in governors_by_frame())
    assert set(denial_words()) == {"claim", "false", "lie", "part", "deny", "figure", "wish"}
