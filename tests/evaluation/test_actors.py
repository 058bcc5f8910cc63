"""Actor phrases: accuracy of country and sector."""

import msgspec
import pytest

from melian.evaluation.actors import FoundActor, GoldActor, judge_actors, predict_actors
from melian.evaluation.report import Outcome
from melian.records import Actor


def values(outcome: Outcome) -> dict[str, float | None]:
    return {figure.name: figure.value for figure in outcome.figures}


def test_known_values() -> None:
    gold = [
        GoldActor(id=1, phrase="the Swedish navy", country="SWE", sector="MIL"),
        GoldActor(id=2, phrase="villagers", country=None, sector="CVL"),
        GoldActor(id=3, phrase="Lima", country="PER"),
        GoldActor(id=4, phrase="someone"),
    ]
    found = [
        FoundActor(id=1, country="SWE", sector="GOV"),
        FoundActor(id=2, sector="CVL"),
        FoundActor(id=3, country="CHL"),
        FoundActor(id=4, country="CHL"),
    ]
    outcome = judge_actors(gold, found)
    assert values(outcome) == {
        "country: accuracy": pytest.approx(200 / 3),
        "sector: accuracy": 50,
        "country and sector: accuracy": 50,
    }
    assert [(miss.record, miss.expected) for miss in outcome.misses] == [("1", "SWE MIL"), ("3", "PER")]


def test_a_null_answer_is_an_answer_and_a_missing_one_is_none() -> None:
    decode = msgspec.json.Decoder(GoldActor).decode
    assert decode('{"id": "a", "phrase": "x", "country": null}').country is None
    assert decode('{"id": "a", "phrase": "x"}').country is msgspec.UNSET


def test_one_prediction_a_phrase_in_order() -> None:
    def resolve(phrase: str, context: str | None, date: str | None) -> tuple[Actor, ...]:
        if phrase == "the moon":
            return ()
        one = Actor(id="a", name=f"{phrase}/{context}/{date}", kind="state", country="SWE", sector="GOV")
        return (one, Actor(id="b", name="Norway", kind="state", country="NOR"))

    gold = [
        GoldActor(id=9, phrase="the moon"),
        GoldActor(id=1, phrase="Sweden", context="Sweden won.", date="2001-02-03"),
    ]
    assert list(predict_actors(resolve, gold)) == [
        FoundActor(id=9),
        FoundActor(id=1, country="SWE", sector="GOV", name="Sweden/Sweden won./2001-02-03", countries=("SWE", "NOR")),
    ]


def test_several_countries_have_all_to_be_found() -> None:
    gold = [GoldActor(id=1, phrase="Swedish and Norwegian troops", country=("NOR", "SWE"), sector="MIL")] * 2
    found = [
        FoundActor(id=1, country="SWE", sector="MIL", countries=("SWE", "NOR")),
        FoundActor(id=1, country="SWE", sector="MIL", countries=("SWE",)),
    ]
    outcome = judge_actors(gold, found)
    assert [figure.value for figure in outcome.figures] == [50.0, 100.0, 50.0]
    assert [miss.expected for miss in outcome.misses] == ["NOR+SWE MIL"]
