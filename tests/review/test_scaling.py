"""A confidence scale fitted on corrections: it helps where the shipped one is wrong, and is refused where it is not."""

import json
import random

import msgspec
import pytest
from msgspec.structs import replace

import melian
from invented import invent_reading
from melian.archive.review.correcting import correct_reading
from melian.archive.review.queue import Review
from melian.coding.encoder.scale import SHIPPED, Scale, Scales, load_scales, version_of
from melian.coding.stages import stages_of
from melian.errors import BadSetting
from melian.evaluation.scaling import Case, cases_of, fit_scale
from melian.settings import Settings
from reviewed_archive import judge


def cases(right, count=400, kinds=("AID", "ASSAULT")):
    """Judged records of many reports, right as often as `right` says of confidence and type."""
    chance = random.Random(5)
    for number in range(count):
        shipped, kind = round(chance.uniform(0.2, 0.95), 2), chance.choice(kinds)
        yield Case(f"r{number // 4}", kind, shipped, chance.random() < right(shipped, kind))


def test_a_scale_that_promises_too_much_is_brought_down():
    fit = fit_scale(list(cases(lambda shipped, _: shipped / 2)))
    assert fit.scale is not None
    assert fit.after < fit.before
    assert fit.scale.confidence(0.8, "AID") == pytest.approx(0.4, abs=0.1)


def test_a_type_that_is_mostly_wrong_is_brought_down_alone():
    fit = fit_scale(list(cases(lambda shipped, kind: shipped if kind == "AID" else 0.1)))
    assert fit.scale.confidence(0.7, "ASSAULT") < 0.35
    assert fit.scale.confidence(0.7, "AID") == pytest.approx(0.7, abs=0.15)


@pytest.mark.parametrize("seed", range(5))
def test_a_scale_that_is_right_already_is_left_alone(seed):
    found = list(cases(lambda shipped, _: shipped))
    random.Random(seed).shuffle(found)
    fit = fit_scale(found)
    assert fit.scale is None
    assert fit.why == "it is not surely better than the shipped one"


@pytest.mark.parametrize("count", [0, 1, 40])
def test_few_answers_say_nothing(count):
    fit = fit_scale(list(cases(lambda *_: 0.1, count)))
    assert fit.scale is None
    assert fit.why.startswith("it takes 60 judged records")


def test_the_order_of_answers_makes_no_difference():
    found = list(cases(lambda shipped, _: shipped / 2))
    assert fit_scale(found) == fit_scale(found[::-1])


def test_more_sure_is_never_less_right():
    fit = fit_scale(list(cases(lambda shipped, _: 1 - shipped)))
    assert fit.scale is None or fit.scale.slope >= 0


def test_what_was_judged_is_right_by_what_confidence_is_of(news):
    judge(news, "e9talks", {"type": "COOPERATE"})
    judge(news, "e4f1c09ab", {"date": "2026-03-11"})
    made = melian.Archive(news, is_corrected=False).reading("r0badcafe")
    found = cases_of(made, correct_reading(made, Review(news).corrections()), "event")
    # Another type is wrong; another date is not what the confidence is of.
    assert {case.kind: case.is_right for case in found} == {"CONSULT": False, "ASSAULT": True}


def test_what_reviewers_differ_on_is_no_case(news):
    judge(news, "e9talks")
    judge(news, "e9talks", reviewer="badru", is_rejected=True)
    made = melian.Archive(news, is_corrected=False).reading("r0badcafe")
    assert cases_of(made, correct_reading(made, Review(news).corrections()), "event") == []


def test_a_scale_moves_confidence_and_what_is_left_out_by_it(tmp_path):
    path = tmp_path / "confidence.json"
    path.write_bytes(msgspec.json.encode(Scales(event=Scale(bias=-2.0, types={"ACCUSE": 0.5}))))
    stages = {stage.name: stage for stage in stages_of(Settings(confidence=str(path)))}
    assert stages["events"].scale.confidence(0.5, "ACCUSE") == 0.18
    assert stages["statements"].scale == SHIPPED
    text, seen = "Kenya condemned Somalia on Tuesday.", {}
    for name, settings in {
        "shipped": Settings(use_encoder=False),
        "own": Settings(use_encoder=False, confidence=str(path)),
        "left out": Settings(use_encoder=False, confidence=str(path), min_confidence=0.3),
    }.items():
        seen[name] = melian.Reader(settings).read(text, published="2026-03-12")
    ((shipped,), (own,)) = seen["shipped"].events, seen["own"].events
    assert own == replace(shipped, confidence=stages["events"].scale.confidence(shipped.confidence, shipped.type))
    assert own.confidence < shipped.confidence
    assert seen["left out"].events == ()
    assert f"confidence {version_of(str(path))}" in seen["own"].produced_by.knowledge


@pytest.mark.parametrize(
    "held",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b'{"format": "melian.confidence/2"}',
        b'{"event": {"bias": "x"}}',
        b'{"other": 1}',
        b'{"event": {"bias": 1e999}}',
        b"[" * 100_000,
        b" " * 1_000_001,
    ],
)
def test_what_is_no_scale_is_refused_with_what_to_do(tmp_path, held):
    path = tmp_path / "confidence.json"
    path.write_bytes(held)
    with pytest.raises(BadSetting) as refused:
        load_scales(str(path))
    assert refused.value.found.startswith(str(path))
    assert refused.value.expected
    with pytest.raises(BadSetting):
        stages_of(Settings(confidence=str(tmp_path / "none.json")))


def test_a_scale_is_read_back_as_it_was_written(tmp_path):
    scales = Scales(event=Scale(bias=0.5, slope=1.2, types={"AID": -0.25}))
    (tmp_path / "s.json").write_bytes(msgspec.json.encode(scales))
    assert load_scales(str(tmp_path / "s.json")) == scales
    assert json.loads((tmp_path / "s.json").read_bytes())["format"] == "melian.confidence/1"


def test_no_scale_is_the_shipped_one():
    assert [SHIPPED.confidence(sure, "AID") for sure in (0.0, 0.4, 1.0)] == [0.0, 0.4, 1.0]
    assert invent_reading().events[0].confidence == SHIPPED.confidence(invent_reading().events[0].confidence, "AID")
