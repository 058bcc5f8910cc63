"""The user's rows win over those of the package, on the days for which they hold."""

from __future__ import annotations

import pytest

from melian.coding.coder import Coder
from melian.intake import report_from_text
from melian.intake.own_actors import make_row
from melian.knowledge.own_actors import OwnActors
from melian.settings import Settings

pytestmark = pytest.mark.model
ROWS = [
    {"name": "Amina Okoth", "aliases": "Aminah Okot", "kind": "person", "sector": "GOV", "country": "KEN",
     "office": "foreign minister", "from": "2026-02-01", "until": "2027-02-01"},
    {"name": "Kisima Front", "aliases": "Kisima", "kind": "group", "sector": "REB", "country": "KEN"},
    {"name": "Sergei Lavrov", "kind": "person", "sector": "ELI", "country": "RUS"},
    {"name": "The Hamas", "aliases": "Hamas", "kind": "organisation", "sector": "PTY", "country": "PSE"},
]  # fmt: skip
TEXT = (
    "Amina Okoth flew to Kampala on Monday. Kisima rebels shot at her plane. Sergei Lavrov wished her well, and so did "
    "Hamas."
)


def _actors(published: str) -> dict[str, tuple[str | None, str | None, str | None]]:
    own = OwnActors(tuple(make_row(row, "test") for row in ROWS), "1")
    draft = Coder(Settings(use_encoder=False), own).cast(report_from_text(TEXT, published=published))
    return {actor.name: (actor.country, actor.sector, actor.office) for actor in draft.actors}


def test_the_users_rows_win():
    actors = _actors("2026-03-02")
    assert actors["Amina Okoth"] == ("KEN", "GOV", "foreign minister")
    assert actors["Kisima rebels"] == ("KEN", "REB", None)
    assert actors["Sergei Lavrov"] == ("RUS", "ELI", None)
    assert actors["The Hamas"] == ("PSE", "PTY", None)


def test_a_row_holds_for_its_days():
    assert _actors("2028-03-02")["Amina Okoth"][2] is None


def test_readings_say_which_table_they_were_made_with():
    assert Coder(Settings(use_encoder=False), OwnActors((), "abc")).produced_by.knowledge.endswith(", abc")
