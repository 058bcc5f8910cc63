"""Who is only blamed for a deed, and who did another one."""

from __future__ import annotations

from functools import cache

import pytest

from melian.coding.events.charges import is_blamed
from melian.coding.events.clauses import is_agent_elsewhere
from melian.coding.language import load_language
from melian.records import Report
from melian.settings import Settings

pytestmark = pytest.mark.model


@cache
def _language():
    return load_language(Settings().pipeline)


def _words(text, *words):
    doc = next(iter(_language().parse([Report(id="r", text=text)], 40_000))).doc
    return [next(token for token in doc if token.text == word) for word in words]


@pytest.mark.parametrize(
    ("text", "word", "trigger", "expected"),
    [
        ("The cabinet in Lomé blamed the Beninese army for the attack.", "army", "attack", True),
        ("The army was accused of shelling the market.", "army", "shelling", True),
        ("Rebels suspect the governor and his brother of the killing.", "brother", "killing", True),
        ("The army shelled the market after the attack.", "army", "attack", False),
        ("The cabinet blamed the drought for the army's attack.", "army", "attack", False),
        ("The cabinet blamed the army for the attack.", "cabinet", "attack", False),
    ],
)
def test_who_is_blamed_is_told_from_who_did_it(text, word, trigger, expected):
    assert is_blamed(*_words(text, word, trigger)) is expected


@pytest.mark.parametrize(
    ("text", "word", "trigger", "expected"),
    [
        ("Two sailors were shot; three were pulled from the river by Danish divers.", "divers", "shot", True),
        ("Two sailors were shot; three were pulled from the river by Danish divers.", "divers", "pulled", False),
        ("Two sailors were shot by Danish divers.", "divers", "shot", False),
    ],
)
def test_who_did_another_deed_is_left_out(text, word, trigger, expected):
    assert is_agent_elsewhere(*_words(text, word, trigger)) is expected
