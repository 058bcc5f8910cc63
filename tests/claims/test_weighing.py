"""The signs by which two statements are taken to contradict each other, and their weights."""

from __future__ import annotations

from functools import cache

import pytest

from melian.coding.claims.disputes.weighing import FOUND, chance_of, signs_around
from melian.coding.coder import Coder
from melian.coding.language import Language, load_language
from melian.knowledge.factuality import Opposite, opposites, opposites_by_word, quarrel_signs
from melian.records import Report
from melian.settings import Settings


@cache
def _language() -> Language:
    return load_language(Settings().pipeline)


@pytest.mark.model
@pytest.mark.parametrize("row", opposites(), ids=lambda row: row.id)
def test_example_has_a_word_and_its_opposite(row: Opposite) -> None:
    doc = next(_language().parse([Report(id="r", text=row.example)], 1000)).doc
    first, second = ({t.lemma_.lower() for t in sentence} for sentence in list(doc.sents)[:2])
    sides = [set(row.words), set(row.against)]
    assert (first & sides[0] and second & sides[1]) or (first & sides[1] and second & sides[0])


def test_opposites_stand_in_both_orders() -> None:
    known = opposites_by_word()
    assert all(word in known[against] for word, others in known.items() for against in others)
    assert not any(set(row.words) & set(row.against) for row in opposites())


def test_a_rule_and_a_denial_make_a_quarrel_likelier() -> None:
    plain = {"next sentence": 1.0, "two lands": 1.0, "firm": 2.0}
    for look in ("alone", "together"):
        assert chance_of(plain, look) < chance_of(plain | {"contrary words": 1.0}, look)
        assert chance_of(plain, look) < chance_of(plain | {FOUND: 1.0}, look)


def test_what_is_around_leaves_out_the_statements_themselves() -> None:
    chad, sudan, togo = (frozenset({land}) for land in ("TCD", "SDN", "TGO"))
    weighed = [
        (("a", "b"), (chad, sudan), 0.9),
        (("a", "c"), (chad, sudan), 0.8),
        (("d", "e"), (sudan, chad), 0.3),
        (("f", "g"), (chad, togo), 0.2),
        (("h", "i"), (chad, togo), 0.05),
    ]
    around = signs_around(weighed)
    assert around[0] == {
        "same opponents": 0.3, "likeliest elsewhere": 0.3, "next likeliest elsewhere": 0.2, "contradicts another": 0.8,
    }  # fmt: skip
    assert around[3] == {"likeliest elsewhere": 0.9, "next likeliest elsewhere": 0.8}
    assert set(around[0]) <= set(quarrel_signs())


@pytest.mark.model
def test_two_that_a_while_sets_side_by_side_contradict_each_other() -> None:
    text = (
        "Kenya said on Monday that a Somali gunboat had rammed one of its ferries off Lamu, while Mogadishu said it "
        "was the Kenyan crew that caused the collision. Somalia denied that its sailors had fired on the ferry."
    )
    reading = Coder().read_report(Report(id="r", text=text, published="2024-05-10"))
    assert any("rammed" in dispute.proposition for dispute in reading.disputes)
