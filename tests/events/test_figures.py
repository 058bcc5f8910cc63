"""How many were killed and injured, as sentences tell it."""

from __future__ import annotations

import pytest

from melian.coding.coder import Coder
from melian.coding.events.figures import find_figures
from melian.records import Report
from melian.settings import Settings

pytestmark = pytest.mark.model

_CASES = [
    ("Gunmen killed two nurses on Monday.", [("dead", 2, 2)]),
    ("Gunmen killed two nurses and their driver on Monday.", [("dead", 3, 3)]),
    ("Two soldiers and a child were wounded in Mopti.", [("injured", 3, 3)]),
    ("At least six officers and 11 civilians were killed.", [("dead", 17, None)]),
    ("Three herders and forty cows were killed.", [("dead", 3, 3)]),
    ("The song tells of the 1987 shooting death of a student in Lomé.", []),
    ("One death was reported in Lomé.", [("dead", 1, 1)]),
    ("Fewer than 20 miners were killed.", [("dead", None, 20)]),
    ("No fewer than 20 miners were killed.", [("dead", 20, None)]),
    ("More than 20 miners were killed.", [("dead", 20, None)]),
    ("No more than 20 miners were killed.", [("dead", None, 20)]),
    ("Up to 20 miners were killed.", [("dead", None, 20)]),
    ("The war killed 1.5 million people.", [("dead", 1_500_000, 1_500_000)]),
    ("The famine killed half a million people.", [("dead", 500_000, 500_000)]),
    ("The blast killed four men and wounded nine.", [("dead", 4, 4), ("injured", 9, 9)]),
]


@pytest.mark.parametrize(("text", "expected"), _CASES, ids=[text for text, _ in _CASES])
def test_figures_are_read(coder: Coder, text: str, expected: list[tuple[str, int, int | None]]) -> None:
    doc = coder.parse(Report(id="r", text=text))
    found = [(f.harm, f.count.low, f.count.high) for sentence in doc.sents for f in find_figures(sentence)]
    assert found == expected


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder(Settings(use_encoder=False))
