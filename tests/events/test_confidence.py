"""Confidence of events: what it is told from, and the threshold."""

from __future__ import annotations

import pytest

from melian.coding.coder import Coder
from melian.coding.encoder.calibration import fitted
from melian.coding.events.confidence import evidence_of
from melian.errors import BadSetting
from melian.records import Report
from melian.settings import Settings, settings_from

TEXT = (
    "Chad recalled its ambassador from Khartoum on Thursday. Sudanese jets bombed a market in Tine on Friday, "
    "residents said. Officials warned of turbulence, and a trader complained to the mayor. Sudan denied bombing it."
)


def confidence(sureness, is_ruled):
    return fitted("event_confidence.json").confidence(evidence_of(sureness, is_ruled))


def test_surer_heads_and_a_second_witness_make_surer():
    assert confidence(0.5, False) < confidence(0.8, False) < confidence(0.99, False)
    assert confidence(0.8, False) < confidence(0.8, True)
    assert confidence(None, True) < confidence(0.8, True)
    assert all(0 <= confidence(s, r) <= 1 for s in (None, 0.0, 0.5, 1.0) for r in (True, False))


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
