"""What is told several times in a report is one event, and what is told apart stays apart."""

from __future__ import annotations

import pytest

from melian import Reader

pytestmark = pytest.mark.model
ROWS = [
    # Type, events of it, text.
    ("CONSULT", 1, "Peru and Chile held talks in Quito on Monday. Nothing was signed. Lima called the talks useful."),
    (
        "CONSULT",
        1,
        "Norway and Iceland met in Bergen. Nothing was signed at the meeting. The meeting lasted two hours.",
    ),
    (
        "CONSULT",
        2,
        "Peru and Chile held talks in Quito in March. Kenya and Uganda held separate talks in Kampala in May.",
    ),
    (
        "CONSULT",
        2,
        "Peru and Chile held talks in Quito on 3 March. The talks in Lima on 9 April brought Bolivia to the table.",
    ),
]


@pytest.mark.parametrize(("kind", "count", "text"), ROWS)
def test_tellings_are_as_many_events_as_there_were(kind: str, count: int, text: str) -> None:
    found = [event for event in Reader().read(text).events if event.type == kind]
    assert len(found) == count
