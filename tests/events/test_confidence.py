"""Confidence of events: what it is told from, and the threshold."""

from __future__ import annotations

import pytest

from melian.coding.coder import Coder
from melian.coding.encoder.calibration import log_odds
from melian.coding.events.confidence import BY_LEXICON_ALONE, weighing
from melian.errors import BadSetting
from melian.records import Report
from melian.settings import Settings, settings_from

TEXT = (
    "Chad recalled its ambassador from Khartoum on Thursday. Sudanese jets bombed a market in Tine on Friday, "
    "residents said. Officials warned of turbulence, and a trader complained to the mayor. Sudan denied bombing it."
)


AT_TRIGGER = ("odds", "lexicon alone", "both", "noun", "before a noun", "needs", "seen")


def confidence(sureness, **evidence):
    evidence = {"seen": float(log_odds(sureness))} | evidence
    first = (float(log_odds(sureness)), *(float(evidence.get(name.replace(" ", "_"), 0)) for name in AT_TRIGGER[1:]))
    against = float(evidence.get("against", 0))
    return weighing().confidence.confidence((*first, against, 1.0, 1.0, 1.0, float(evidence.get("retold", 0))))


def test_surer_heads_and_a_second_witness_make_surer():
    assert confidence(0.3) < confidence(0.8) < confidence(0.99)
    assert confidence(0.8) < confidence(0.8, both=1)
    assert confidence(0.05, lexicon_alone=1) < confidence(0.8, both=1)
    assert confidence(0.8, before_a_noun=1) < confidence(0.8)
    assert confidence(0.8, against=-2) < confidence(0.8) < confidence(0.8, retold=1)


@pytest.mark.model
def test_what_the_lexicon_alone_tells_needs_the_heads_not_to_gainsay_it():
    texts = ("The board shot the plan down in May.", "Chad's army shot three Sudanese herders in May.")
    readings = [Coder().read_report(Report(id="r1", text=text)) for text in texts]
    assert [len(reading.events) for reading in readings] == [0, 1]


@pytest.mark.model
def test_news_of_public_life_is_told_from_other_news():
    deed = "Two men shot a guard at the gate on Friday and wounded a nurse."
    ordinary = f"The bakery opens at six. {deed} Its rolls have won a prize. A clown sings on Saturdays."
    public = f"Chad's army left the town. {deed} Sudan's foreign minister blamed the rebels. Khartoum sent troops."
    sure = [
        max(
            (e.confidence for e in Coder().read_report(Report(id="r1", text=text)).events if e.type == "ASSAULT"),
            default=0,
        )
        for text in (ordinary, public)
    ]
    assert sure[0] < sure[1]


@pytest.mark.model
def test_a_bare_noun_and_what_came_of_it_are_told_again():
    text = (
        "Rebels killed a Sudanese soldier near Tine on Friday. Five others were wounded in the attack. "
        "The attack hurt a nurse as well."
    )
    events = Coder().read_report(Report(id="r1", text=text, published="2026-03-12")).events
    assert len([event for event in events if event.type == "ASSAULT"]) == 1


@pytest.mark.model
def test_without_the_heads_the_lexicon_reads_alone():
    report = Report(id="r1", text=TEXT, published="2026-03-12")
    events = Coder(Settings(use_encoder=False)).read_report(report).events
    assert events
    assert {event.confidence for event in events} == {BY_LEXICON_ALONE}


@pytest.mark.model
def test_a_threshold_leaves_out_what_is_less_sure_with_its_claims():
    report = Report(id="r1", text=TEXT, published="2026-03-12")
    every = Coder().read_report(report)
    sure = sorted(event.confidence for event in every.events)
    assert len(set(sure)) > 1
    threshold = sure[-1]
    kept = Coder(Settings(min_confidence=threshold)).read_report(report)
    assert [e for e in every.events if e.confidence >= threshold] == list(kept.events)
    assert {claim.event for claim in kept.claims} == {event.id for event in kept.events}
    assert {absence.record for absence in kept.absences} <= {absence.record for absence in every.absences}


@pytest.mark.parametrize("value", [-0.1, 1.1, "high"])
def test_thresholds_are_shares(value):
    with pytest.raises(BadSetting):
        settings_from({"min_confidence": value})
