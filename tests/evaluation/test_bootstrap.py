"""Figures and their intervals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from melian.evaluation.bootstrap import f1, macro_f1, measure, precision, recall, share

rows = st.lists(st.tuples(*[st.integers(0, 9)] * 3), min_size=1, max_size=12)


def test_known_values() -> None:
    tallies = [[2.0, 1.0, 0.0], [1.0, 0.0, 2.0]]
    assert measure("p", tallies, precision).value == pytest.approx(75)
    assert measure("r", tallies, recall).value == pytest.approx(60)
    assert measure("f", tallies, f1).value == pytest.approx(100 * 6 / 9)
    assert measure("s", [[1.0, 2.0], [2.0, 2.0]], share, unit="each").value == pytest.approx(0.75)


def test_macro_f1_leaves_out_classes_that_never_occur() -> None:
    assert measure("m", [[1.0, 0, 0, 0, 1, 1, 0, 0, 0]], macro_f1).value == pytest.approx(50)


def test_nothing_to_measure_has_no_value() -> None:
    assert measure("none", [], f1).value is None
    assert measure("none", [[0.0, 0.0, 0.0]], f1).value is None
    assert measure("none", [[0.0, 0.0]], share).value is None


def test_missing_everything_is_zero() -> None:
    assert [measure("x", [[0.0, 0.0, 3.0]], formula).value for formula in (precision, recall, f1)] == [0, 0, 0]
    assert [measure("x", [[0.0, 3.0, 0.0]], formula).value for formula in (precision, recall, f1)] == [0, 0, 0]


def test_alike_documents_leave_no_doubt_and_unlike_ones_do() -> None:
    sure = measure("x", [[1.0, 2.0]] * 20, share)
    assert (sure.low, sure.value, sure.high) == (50, 50, 50)
    unsure = measure("x", [[0.0, 1.0], [1.0, 1.0]] * 10, share)
    assert unsure.low is not None
    assert unsure.high is not None
    assert unsure.low < 40 < 60 < unsure.high


@given(rows)
def test_the_same_every_time_and_in_bounds(tallies: list[tuple[int, int, int]]) -> None:
    first, second = measure("x", tallies, f1), measure("x", tallies, f1)
    assert first == second
    if first.value is not None and first.low is not None and first.high is not None:
        assert 0 <= first.low <= first.high <= 100
        assert 0 <= first.value <= 100
