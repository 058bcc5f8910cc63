"""Rejects of a file of another kind are one; those among good lines stay each its own."""

import pytest

from melian.intake.rejects import Reject, fold_rejects


def reject(number):
    return Reject(source="f", number=number, reason="no-reading", message=f"Line {number} is odd.")


def test_a_file_without_one_good_line_is_one_reject():
    (one,) = fold_rejects(map(reject, range(1, 8)), "a file of readings")
    assert (one.number, one.reason) == (None, "no-reading")
    assert one.message == "None of 7 lines can be read. Line 1: Line 1 is odd. Check that this is a file of readings."


@pytest.mark.parametrize("found", [[], [reject(1)], ["good"], [reject(1), reject(2), "good", reject(4)]])
def test_nothing_else_changes(found):
    assert list(fold_rejects(iter(found), "a table")) == found


def test_what_is_held_is_bounded():
    assert len(list(fold_rejects(map(reject, range(1_500)), "a table"))) == 1_500
