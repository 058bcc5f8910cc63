"""Events: statuses, expansion into triples, and measures."""

from collections.abc import Iterable, Iterator

import pytest

from melian.evaluation.events import (
    ExpectedEvent,
    FoundEvent,
    FoundEvents,
    GoldEvents,
    HolderStatus,
    Triple,
    judge_events,
    predict_events,
    status_of,
    triples_of,
)
from melian.evaluation.report import Outcome
from melian.records import Actor, Claim, Event, Mention, ProducedBy, Reading, Report
from melian.records.claim import Certainty, Polarity, Tense

EVENT = Event(
    id="e1",
    type="ASSAULT",
    modes=("drone", "aerial"),
    quad=4,
    intensity=-9,
    sources=("a1", "a3", "a4"),
    targets=("a2",),
    mentions=(Mention(trigger=(4, 7), sentence=(0, 12)),),
)
ACTORS = tuple(
    Actor(id=name, name=name, kind="state", country=code)
    for name, code in (("a1", "TCD"), ("a2", "KEN"), ("a3", None), ("a4", "TCD"))
)


def claim(holder: str, polarity: Polarity, certainty: Certainty, tense: Tense = "past", about: str = "e1") -> Claim:
    return Claim(id="c", event=about, holder=holder, polarity=polarity, certainty=certainty, tense=tense, span=(0, 12))


@pytest.mark.parametrize(
    ("claims", "status"),
    [
        ([], "asserted"),
        ([claim("author", "positive", "certain")], "asserted"),
        ([claim("author", "positive", "probable", "present")], "asserted"),
        ([claim("author", "positive", "possible")], "hypothetical"),
        ([claim("author", "negative", "certain")], "denied"),
        ([claim("author", "positive", "certain", "future")], "planned"),
        ([claim("author", "positive", "certain", "hypothetical")], "hypothetical"),
        ([claim("author", "positive", "uncommitted"), claim("s1", "positive", "certain")], "attributed"),
        ([claim("author", "positive", "uncommitted"), claim("s1", "negative", "certain")], "denied"),
        ([claim("s1", "negative", "certain"), claim("s2", "positive", "possible")], "attributed"),
        ([claim("s1", "positive", "certain", "future")], "planned"),
        ([claim("author", "positive", "uncommitted")], "attributed"),
        ([claim("author", "negative", "certain", about="e2")], "asserted"),
    ],
)
def test_status(claims: list[Claim], status: HolderStatus) -> None:
    assert status_of(EVENT, claims) == status


@pytest.mark.parametrize(
    ("type_", "source", "target", "triples"),
    [
        ("AID", ("FRA", "DEU"), ("MLI",), {("AID", "FRA", "MLI"), ("AID", "DEU", "MLI")}),
        ("PROTEST", ("FRA",), (), {("PROTEST", "FRA", None)}),
        ("ASSAULT", (), ("FRA",), {("ASSAULT", None, "FRA")}),
        ("CONSULT", ("PER",), ("CHL",), {("CONSULT", "CHL", "PER")}),
        ("CONSULT", ("PER", "CHL"), (), {("CONSULT", "CHL", "PER")}),
        ("CONSULT", ("C", "A", "B"), (), {("CONSULT", "A", "B"), ("CONSULT", "A", "C"), ("CONSULT", "B", "C")}),
        ("CONSULT", ("PER",), ("PER",), {("CONSULT", "PER", None)}),
        ("CONSULT", (), (), {("CONSULT", None, None)}),
    ],
)
def test_triples(type_: str, source: tuple[str, ...], target: tuple[str, ...], triples: set[Triple]) -> None:
    assert triples_of(type_, source, target) == triples


def judged(expected: list[ExpectedEvent], found: list[FoundEvent]) -> Outcome:
    return judge_events(
        [GoldEvents(id="a", text="some words", expected=tuple(expected))], [FoundEvents(id="a", events=tuple(found))]
    )


def values(outcome: Outcome) -> dict[str, float | None]:
    return {figure.name: figure.value for figure in outcome.figures}


GOLD = [
    ExpectedEvent(type="ASSAULT", source=("TCD",), target=("KEN",)),
    ExpectedEvent(type="CONSULT", source=("PER", "CHL")),
    ExpectedEvent(type="AID", source=("FRA",), target=("MLI",)),
]


def test_perfect() -> None:
    outcome = judged(GOLD, [FoundEvent(type=e.type, source=e.source, target=e.target) for e in GOLD])
    assert {name: value for name, value in values(outcome).items() if value != 100} == {"extra events a gold event": 0}
    assert outcome.misses == ()


def test_empty() -> None:
    outcome = judged(GOLD, [])
    assert values(outcome)["type and dyad: F1"] == values(outcome)["extra events a gold event"] == 0
    assert values(outcome)["direction right"] is None
    assert len(outcome.misses) == 3


def test_known_mixed_values() -> None:
    outcome = judged(
        GOLD,
        [
            FoundEvent(type="ASSAULT", source=("KEN",), target=("TCD",)),
            FoundEvent(type="CONSULT", source=("PER",), target=("CHL",), holder_status="attributed"),
            FoundEvent(type="COOPERATE", source=("FRA",), target=("MLI",), holder_status="planned"),
            FoundEvent(type="CONSULT", source=("PER",), target=("CHL",)),
            FoundEvent(type="AID", source=("FRA",), target=("MLI",), holder_status="denied"),
        ],
    )
    got = values(outcome)
    assert got["type and dyad: precision"] == 25
    assert got["type and dyad: recall"] == pytest.approx(100 / 3)
    assert got["type and dyad: F1"] == pytest.approx(200 / 7)
    assert got["type alone: F1"] == pytest.approx(400 / 7)
    assert got["dyad alone: F1"] == pytest.approx(400 / 7)
    assert got["direction right"] == 0
    assert got["extra events a gold event"] == pytest.approx(2 / 3)
    assert outcome.notes == ("1 predicted events are denied or hypothetical and not counted.",)


def test_predictions_carry_countries_mode_status_and_trigger() -> None:
    class Fixed:
        def read_many(self, reports: Iterable[Report]) -> Iterator[Reading]:
            for report in reports:
                assert report.published == "2020-01-02"
                yield Reading(
                    report=report,
                    actors=ACTORS,
                    events=(EVENT,),
                    claims=(claim("author", "negative", "certain"),),
                    produced_by=ProducedBy(melian="0", model="", knowledge="", settings=""),
                )

    gold = [GoldEvents(id=number, text="Chad hit it.", date="2020-01-02") for number in (3, 1, 2)]
    found = list(predict_events(Fixed(), gold))
    assert [prediction.id for prediction in found] == [3, 1, 2]
    assert found[0].events == (
        FoundEvent(
            type="ASSAULT", mode="drone", source=("TCD",), target=("KEN",), holder_status="denied", trigger=(4, 7)
        ),
    )
