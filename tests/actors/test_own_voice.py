"""Whose side a text is on: official texts and those that speak of "our country"."""

from __future__ import annotations

import pytest

from melian import Reader
from melian.records import Reading

pytestmark = pytest.mark.model

ISSUED = """Government of Zambia

Statement on the closure of the bridge at Kazungula

Lusaka, 4 May 2021

We thank Botswana for its help, and we call on Namibia to hand over the four men. Our troops crossed the river on
Sunday. "We want peace," the Namibian minister said."""

PARTIAL = """Radio of the Nation: Sudan answers for the bridge

N'Djamena, 4 May 2021

Sudan has been silent since the attack on our country. The Sudanese army shelled the bridge, and Sudanese drones burned
a school. The Prime Minister, Idriss Abakar, received the ambassadors."""


def _read(text: str) -> Reading:
    return Reader().read(text, published="2021-05-05")


def _parties(reading: Reading, trigger: str) -> tuple[set[str | None], set[str | None]]:
    countries = {actor.id: actor.country for actor in reading.actors}
    text = reading.report.text
    for event in reading.events:
        if any(text[slice(*mention.trigger)].startswith(trigger) for mention in event.mentions):
            return {countries[i] for i in event.sources}, {countries[i] for i in event.targets}
    raise AssertionError(trigger)


def test_we_of_an_official_text_is_the_state_that_issues_it() -> None:
    reading = _read(ISSUED)
    assert _parties(reading, "thank") == ({"ZMB"}, {"BWA"})
    assert _parties(reading, "call") == ({"ZMB"}, {"NAM"})
    assert _parties(reading, "crossed")[0] == {"ZMB"}


def test_we_inside_a_quotation_is_its_speaker() -> None:
    reading = _read(ISSUED)
    we = ISSUED.index("We want")
    assert next(a.country for a in reading.actors if a.kind == "state" and a.name == "Zambia") == "ZMB"
    assert all(actor.country != "ZMB" for actor in reading.actors for start, _ in actor.mentions if start == we)


def test_we_of_a_newspaper_is_nobodys() -> None:
    reading = _read("Letter from Lusaka\n\nZambia has closed the bridge. We thank Botswana for its help.")
    assert all(reading.report.text[slice(*span)] != "We" for actor in reading.actors for span in actor.mentions)


def test_officials_of_a_partial_text_are_its_own() -> None:
    premier = next(actor for actor in _read(PARTIAL).actors if actor.name == "Idriss Abakar")
    assert (premier.country, premier.office) == ("TCD", "prime minister")
