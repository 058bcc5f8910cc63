"""The countries on either side of an event, weighed by the whole report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from melian import Reader
from melian.coding.encoder.arrays import arrays_of
from melian.coding.events.side_evidence import NAMES
from melian.coding.events.sides import likely_sides, rows_of
from melian.records import Reading, Reason
from melian.settings import Settings

MET = (
    "Luxembourg's premier spent three hours in Tirana on Wednesday with Edi Rama, whose wit he praised and whose "
    "justice reform he praised rather less."
)
REPORTS = sorted((Path(__file__).parents[1] / "acceptance" / "reports").glob("*.txt"))[:12]
BURN = (
    "The Bishop of Goma, reading out a letter from the M23's governor, told his flock that the movement would burn the "
    "house of anyone who went on listening to Kinshasa's radio."
)


def sides(*countries: str) -> frozenset[str]:
    return frozenset(countries)


@pytest.mark.parametrize(
    ("kind", "before", "here", "chances", "after"),
    [
        # Who is named stays unless it is unlikely.
        ("ASSAULT", ("PER", ""), "PER", {"PER": (0.35, 0.1)}, ("PER", "")),
        ("ASSAULT", ("PER", ""), "PER", {"PER": (0.2, 0.1)}, ("", "")),
        # Where nobody's country is known the likeliest comes, wherever it is named, and only one of two.
        ("ASSAULT", ("PER", ""), "PER", {"PER": (0.9, 0.6), "BOL": (0.1, 0.57)}, ("PER", "PER")),
        ("ASSAULT", ("PER", ""), "PER", {"PER": (0.9, 0.5), "BOL": (0.1, 0.56)}, ("PER", "BOL")),
        ("ASSAULT", ("PER", ""), "PER", {"PER": (0.9, 0.5), "BOL": (0.1, 0.5)}, ("PER", "")),
        # To others comes who is very likely, named in the sentence, and not opposite.
        ("ASSAULT", ("PER", "BOL"), "PER BOL CHL", {"BOL": (0.9, 0.9), "CHL": (0.85, 0)}, ("CHL PER", "BOL")),
        ("ASSAULT", ("PER", "BOL"), "PER BOL", {"CHL": (0.85, 0)}, ("PER", "BOL")),
        # Who meets is one side, though it is recorded as two.
        ("CONSULT", ("PER", ""), "PER BOL", {"PER": (0.9, 0.9), "BOL": (0.9, 0.8)}, ("PER", "BOL")),
        ("CONSULT", ("", "PER"), "PER BOL", {"PER": (0.9, 0.9), "BOL": (0.9, 0.8)}, ("BOL", "PER")),
        ("CONSULT", ("PER", ""), "PER", {"PER": (0.9, 0.9), "BOL": (0.9, 0.8)}, ("PER", "")),
        ("CONSULT", ("", ""), "", {"PER": (0.9, 0.9)}, ("", "")),
    ],
)  # fmt: skip
def test_countries_stay_and_come(
    kind: str,
    before: tuple[str, str],
    here: str,
    chances: dict[str, tuple[float, float]],
    after: tuple[str, str],
) -> None:
    told = likely_sides(kind, [sides(*one.split()) for one in before], sides(*here.split()), chances)
    assert [" ".join(sorted(side)) for side in told] == list(after)


def test_evidence_is_read_in_one_order() -> None:
    assert len(set(NAMES)) == len(NAMES)
    arrays = arrays_of("sides.npz")
    assert arrays["first.weight"].shape[1] == arrays["plain.weight"].shape[1] == len(NAMES)
    row = rows_of([{NAMES[3]: 0.5}, {}])
    assert row.shape == (2, len(NAMES))
    assert row[0, 3] == 0.5
    assert not row[1].any()


def countries(reading: Reading, ids: Sequence[str]) -> set[str | None]:
    return {actor.country for actor in reading.actors if actor.id in ids}


def changes(reading: Reading) -> list[Reason]:
    return [r for r in reading.reasons if " is likely a " in r.rule or " is hardly a " in r.rule]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "type_", "source", "target"),
    [
        (MET, "CONSULT", {"LUX"}, {"ALB"}),
        ("Japan gave two patrol boats to Vietnam.", "AID", {"JPN"}, {None, "VNM"}),
        ("Russian and Chinese bombers in joint patrol over Sea of Japan", "COOPERATE", {"RUS", "CHN"}, set()),
        # "Turkish-backed" says of what kind they are, not whose.
        ("A Turkish-backed militia shelled a Syrian village on Monday.", "ASSAULT", {None}, {"SYR"}),
    ],
)
def test_sides_are_weighed(text: str, type_: str, source: set[str | None], target: set[str | None]) -> None:
    reading = Reader().read(text)
    event = next(event for event in reading.events if event.type == type_)
    assert (countries(reading, event.sources), countries(reading, event.targets)) == (source, target)


@pytest.mark.model
@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_reasons_fit_what_is_recorded(path: Path) -> None:
    reading = Reader().read(path.read_text(encoding="utf-8"))
    events = {event.id: event for event in reading.events}
    known = {actor.id: actor for actor in reading.actors}
    for reason in changes(reading):
        country, side = reason.rule.split()[0], reason.rule.rpartition(" ")[2]
        if reason.record in known:
            assert known[reason.record].country == country
            continue
        event = events[reason.record]
        on_side = countries(reading, event.sources if side == "source" else event.targets)
        assert (country in on_side) == ("likely" in reason.rule)
        assert reason.score is not None
        assert 0.55 <= reason.score <= 1 if "likely" in reason.rule else 0 <= reason.score < 0.3
        named = {span for actor in reading.actors if actor.country == country for span in actor.mentions}
        assert set(reason.spans) <= named


@pytest.mark.model
def test_each_change_has_a_reason_with_its_chance_and_words() -> None:
    reading = Reader().read(BURN)
    (reason,) = changes(reading)
    (event,) = (event for event in reading.events if event.id == reason.record)
    assert (event.type, reason.rule) == ("THREATEN", "COD is likely a target")
    assert reason.score is not None
    assert 0.55 <= reason.score <= 1
    assert [BURN[slice(*span)] for span in reason.spans] == ["anyone"]


@pytest.mark.model
def test_without_the_encoder_sides_are_those_of_the_rules() -> None:
    assert not changes(Reader(Settings(use_encoder=False)).read(MET))
