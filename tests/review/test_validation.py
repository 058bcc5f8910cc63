"""Accuracy, agreement and the report of them, against figures from the literature and by hand."""

import csv
import io
import itertools
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invented import HOSTILE
from melian.archive.review.queue import Review
from melian.archive.review.samples import Item, Sample
from melian.archive.review.verdicts import verdicts_on
from melian.evaluation.accuracy import accuracy_of, wilson
from melian.evaluation.agreement import agreement_on, alpha
from melian.evaluation.validation import validate
from melian.exports.validation import FIGURES, render_validation, validation_lines, verdict_lines
from melian.records import Anchor, VerdictOnField
from reviewed_archive import judge

# Krippendorff, "Computing Krippendorff's alpha-reliability", 2011, part C: four coders, twelve units, missing values.
CODERS = ("1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 .")


def test_alpha_is_that_of_the_textbook():
    rows = [line.split() for line in CODERS]
    units = [[value for value in unit if value != "."] for unit in zip(*rows, strict=True)]
    assert alpha(units) == pytest.approx(0.743, abs=0.0005)
    assert agreement_on("x", units, 4).units == 11


def by_definition(units):
    """Alpha as it is defined: one minus observed over expected disagreement, pair by pair."""
    judged = [values for values in units if len(values) > 1]
    everything = [value for values in judged for value in values]
    if len(set(everything)) < 2:
        return None
    observed = sum(
        sum(a != b for a, b in itertools.permutations(values, 2)) / (len(values) - 1) for values in judged
    ) / len(everything)
    pairs = list(itertools.permutations(everything, 2))
    return 1 - observed / (sum(a != b for a, b in pairs) / len(pairs))


@settings(max_examples=100)
@given(st.lists(st.lists(st.sampled_from("abc"), max_size=4), max_size=8))
def test_alpha_is_what_it_is_defined_to_be(units):
    expected = by_definition(units)
    assert alpha(units) == (expected if expected is None else pytest.approx(expected))


def test_alpha_without_anything_to_tell_apart():
    assert alpha([]) is None
    assert alpha([["a"], ["b"]]) is None
    assert alpha([["a", "a"], ["a", "a"]]) is None
    assert alpha([["a", "a"], ["b", "b"]]) == 1.0
    assert alpha([["a", "b"], ["b", "a"]]) < 0


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    # Agresti and Coull, 1998, and by R's prop.test(correct = FALSE).
    [(0, 10, 0.0, 0.2775), (8, 10, 0.4902, 0.9433), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662)],
)
def test_wilson_is_that_of_the_literature(right, of, low, high):
    assert wilson(right / of, of) == pytest.approx((low, high), abs=0.0001)


def test_a_stratified_sample_is_weighted_and_a_proportional_one_is_as_good_as_a_simple_one():
    strata = {"common": [1.0] * 8 + [0.0] * 2, "rare": [0.0] * 10}
    assert accuracy_of("x", strata, {"common": 990, "rare": 10}).share == pytest.approx(0.792)
    even = accuracy_of("x", {"a": [1.0, 0.0] * 5, "b": [1.0] * 10}, {"a": 50, "b": 50})
    assert (even.low, even.high) == pytest.approx(wilson(0.75, 20))
    assert accuracy_of("x", {"a": []}, {"a": 5}) is None


def test_the_intervals_hold_the_truth_about_as_often_as_they_say():
    generator = random.Random(1)
    truth = [generator.random() < 0.8 for _ in range(5_000)]
    held = np.array([
        [one.low <= 0.8 <= one.high, one.drawn_low <= 0.8 <= one.drawn_high]
        for _ in range(150)
        if (one := accuracy_of("x", {"all": [float(v) for v in generator.sample(truth, 80)]}, {"all": 5_000}))
    ]).mean(axis=0)  # fmt: skip
    assert (held > 0.88).all()


def verdict(item, reviewer, verdict="confirm", field="type", value="ASSAULT", stratum="all"):
    return VerdictOnField(
        item=item, report="r", record="e", stratum=stratum, field=field, reviewer=reviewer, verdict=verdict,
        old="ASSAULT", new=value if verdict == "correct" else None, value=None if verdict == "reject" else value,
        read_by="Melian 0",
    )  # fmt: skip


def sample_of(count, populations=None, stratum="all"):
    anchor = Anchor(report="r", kind="event", record="e", spans=((0, 1),), words=("x",))
    return Sample(
        name="spring", kind="event", seed=1, filters={}, populations=populations or {"all": 100},
        items=(Item(anchor=anchor, stratum=stratum),) * count, read_by={"Melian 0": 1},
    )  # fmt: skip


def test_several_reviewers_of_a_record_count_as_their_mean():
    said = [verdict(0, "amina"), verdict(0, "badru", "correct", value="COERCE"), verdict(1, "amina")]
    found = validate(sample_of(3), said)
    (kind,) = (one for one in found.accuracy if one.what == "type")
    assert (kind.share, kind.judged, found.judged, found.drawn) == (0.75, 2, 2, 3)
    (both,) = found.agreement
    assert (both.units, both.reviewers, both.agreed) == (1, 2, 0.0)
    assert [(one.old, one.new, one.times) for one in found.changes] == [("ASSAULT", "COERCE", 1)]


def test_a_rejected_record_is_wrong_as_a_whole_and_says_nothing_of_fields():
    said = [verdict(0, "amina", "reject", field="record", value=None), verdict(1, "amina", field="record", value="")]
    said.append(verdict(1, "amina"))
    found = {one.what: (one.share, one.judged) for one in validate(sample_of(2), said).accuracy}
    assert found == {"record": (0.5, 2), "type": (1.0, 1), "everything": (0.5, 2)}


def test_nothing_judged_gives_no_figures_and_a_page():
    found = validate(sample_of(2), [])
    assert (found.accuracy, found.agreement) == ((), ())
    assert "Nothing to show." in render_validation(found)


def test_verdicts_come_from_the_archive(news):
    sample = Review(news).draw("spring", 3)
    judge(news, "e4f1c09ab", {"sources": "gunmen"}, "amina", sample="spring")
    judge(news, "e4f1c09ab", {"sources": "Gunmen"}, "badru", sample="spring")
    judge(news, "e9talks", None, "amina", is_rejected=True)
    said = verdicts_on(sample, Review(news).corrections())
    found = validate(sample, said)
    shares = {one.what: one.share for one in found.accuracy}
    assert (shares["record"], shares["sources"], shares["type"], shares["everything"]) == (0.5, 0.0, 1.0, 0.0)
    agreed = {one.field: one.agreed for one in found.agreement}
    assert (agreed["sources"], agreed["record"]) == (1.0, 1.0)
    assert "from the 3 events" in found.method
    assert "2 reviewers judged 2 of them" in found.method
    assert "1 were judged by more than one" in found.method


def test_the_figures_as_csv():
    rows = list(csv.reader(io.StringIO(b"".join(validation_lines(validate(sample_of(2), [verdict(0, "a")]))).decode())))
    assert tuple(rows[0]) == FIGURES
    assert rows[1][:3] == ["accuracy", "type", "1"]
    assert len({len(row) for row in rows}) == 1


@pytest.mark.parametrize("words", [*HOSTILE, "=HYPERLINK(1)", '"><svg onload=alert(1)>', "@SUM(1)"])
def test_hostile_words_stay_words(words):
    said = [verdict(0, words, "correct", value=words), verdict(0, "b")]
    found = validate(sample_of(1), said)
    page = render_validation(found)
    for tag in ("<script", "<img", "<svg", "\x1b", "\u202e"):
        assert tag not in page
    assert "{{ 7 * 7 }}" not in words or "49" not in page.split("<body>")[1]
    rows = csv.reader(io.StringIO(b"".join(verdict_lines(said)).decode(), newline=""))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@")) or "\x1b" in cell]


def test_a_stratified_sample_has_its_strata_in_the_report():
    said = [verdict(0, "a", stratum="AID"), verdict(1, "a", "correct", value="COERCE", stratum="AID")]
    found = validate(sample_of(2, {"AID": 10, "COERCE": 90}, "AID"), said)
    assert [(one.what, one.share) for one in found.strata] == [("AID", 0.5)]
    assert "stratum by stratum" in render_validation(found)
    assert "Kish" in found.method
    assert "1 strata with 90 records, of which none was judged, are left out" in found.method
