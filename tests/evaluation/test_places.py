"""Place names: recognition, resolution, end to end."""

from collections.abc import Sequence

import pytest

from melian.evaluation.places import (
    FoundPlaces,
    FoundToponym,
    GoldPlaces,
    GoldToponym,
    distance_km,
    judge_places,
    predict_places,
    resolve_given,
)
from melian.evaluation.report import Outcome
from melian.records import Span, Where

TEXT = "From Paris to Lund and Springfield by the old mill."
PARIS, LUND, SPRINGFIELD, MILL = (5, 10), (14, 18), (23, 34), (42, 50)
GOLD = (
    GoldToponym(span=PARIS, lat=48.853, lon=2.349, geonameid="2988507", country="FRA"),
    GoldToponym(span=LUND, lat=55.706, lon=13.188, geonameid=2693678, country="SWE"),
    GoldToponym(span=SPRINGFIELD, lat=39.8, lon=-89.64, geonameid="4250542"),
    GoldToponym(span=MILL),
)


def country_of(toponym: GoldToponym, words: str) -> str | None:
    return toponym.country


def judged(*found: FoundToponym, is_given: bool = False) -> Outcome:
    gold = [GoldPlaces(doc_id="a", text=TEXT, toponyms=GOLD)]
    return judge_places(gold, [FoundPlaces(doc_id="a", toponyms=found)], country_of, is_given=is_given)


def values(outcome: Outcome) -> dict[str, float | None]:
    return {figure.name: figure.value for figure in outcome.figures}


def right(toponym: GoldToponym) -> FoundToponym:
    return FoundToponym(
        span=toponym.span,
        lat=toponym.lat,
        lon=toponym.lon,
        geonameid=int(toponym.geonameid or 0),
        country=toponym.country,
    )


@pytest.mark.parametrize("is_given", [False, True])
def test_perfect_and_empty(*, is_given: bool) -> None:
    perfect = values(judged(*(right(toponym) for toponym in GOLD[:3]), is_given=is_given))
    assert perfect.pop("mean error") == 0
    assert set(perfect.values()) == {100}
    empty = values(judged(is_given=is_given))
    assert empty.pop("mean error") is None
    assert set(empty.values()) == {0}


def test_known_mixed_values() -> None:
    outcome = judged(
        FoundToponym(span=(0, 10), lat=48.853, lon=2.349, geonameid=1, country="FRA"),
        FoundToponym(span=LUND, lat=55.706, lon=14.188, geonameid=2693678, country="DNK"),
        FoundToponym(span=SPRINGFIELD),
        FoundToponym(span=(35, 37), lat=0, lon=0, country="BYX"),
        FoundToponym(span=(46, 50), lat=0, lon=0),
    )
    got = values(outcome)
    assert got["exact recognition: precision"] == 50
    assert got["exact recognition: recall"] == pytest.approx(200 / 3)
    assert got["relaxed recognition: F1"] == pytest.approx(600 / 7)
    assert got["within 161 km"] == pytest.approx(200 / 3)
    assert got["exact GeoNames id"] == pytest.approx(100 / 3)
    assert got["right country"] == 50
    assert got["mean error"] == pytest.approx(distance_km((55.706, 13.188), (55.706, 14.188)) / 2)
    assert got["end to end, within 161 km: F1"] == pytest.approx(400 / 7)
    assert outcome.notes == ("1 gold names without a GeoNames id are left out.",)
    assert [miss.text for miss in outcome.misses] == ["by", "Springfield"]


def test_distance() -> None:
    assert distance_km((0, 0), (0, 180)) == pytest.approx(20015.1, abs=0.1)
    assert distance_km((51.5074, -0.1278), (48.8566, 2.3522)) == pytest.approx(343.6, abs=0.5)
    assert distance_km((10, 20), (10, 20)) == 0


def test_predictions_find_all_or_resolve_each_given_span_in_order() -> None:
    def find(text: str) -> Sequence[Where]:
        where = Where(name="Lund", country="SWE", geonameid=2693678, lat=55.7, lon=13.2, span=LUND, confidence=0.5)
        return (where, Where(name="nowhere", country=None))

    def resolve(text: str, spans: Sequence[Span]) -> Sequence[Where | None]:
        return [find(text)[0] if span == LUND else None for span in spans]

    gold = [GoldPlaces(doc_id=2, text=TEXT, toponyms=GOLD), GoldPlaces(doc_id=1, text=TEXT)]
    lund = FoundToponym(span=LUND, lat=55.7, lon=13.2, geonameid=2693678, country="SWE", confidence=0.5)
    found = list(predict_places(find, gold))
    assert [(prediction.doc_id, prediction.toponyms) for prediction in found] == [(2, (lund,)), (1, (lund,))]
    given = list(resolve_given(resolve, gold))
    assert [toponym.span for toponym in given[0].toponyms] == [PARIS, LUND, SPRINGFIELD, MILL]
    assert given[0].toponyms[1] == lund
    assert given[1].toponyms == ()
