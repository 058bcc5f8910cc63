"""Words of content by which a speaker does something: each row's example does what the row says."""

from __future__ import annotations

import pytest

from melian.knowledge.cues import deed_rows
from reading_statements import statements_of

pytestmark = pytest.mark.model


@pytest.mark.parametrize("row", deed_rows(), ids=lambda row: row.id)
def test_example_does_what_the_row_says(row):
    examples = {other.id: other.example for other in deed_rows()}
    assert row.act in {statement.act for statement in statements_of(examples)[row.id].statements}


@pytest.mark.parametrize("row", deed_rows(), ids=lambda row: row.id)
def test_no_word_stands_twice_in_a_kind(row):
    others = {word for other in deed_rows() if other.kind == row.kind and other.id != row.id for word in other.words}
    assert others.isdisjoint(row.words)
