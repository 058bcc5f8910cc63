"""Spans are compared by word tokens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from melian.evaluation.spans import grid_of, match_overlapping, one_to_one, overlap_share, token_f1

spans = st.tuples(st.integers(0, 30), st.integers(1, 8)).map(lambda pair: (pair[0], pair[0] + pair[1]))


def test_outer_blanks_do_not_matter() -> None:
    grid = grid_of("The  bridge, closed.")
    assert grid.tokens((5, 11)) == grid.tokens((3, 11)) == (1, 2)
    assert grid.tokens((5, 12)) == (1, 3)
    assert grid.tokens((3, 5)) is None
    assert grid.bag([(0, 3), (13, 19)]) == {0, 3}


@pytest.mark.parametrize(
    ("gold", "found", "f1"),
    [({1, 2}, {1, 2}, 1.0), (set(), set(), 1.0), ({1}, set(), 0.0), ({1, 2, 3}, {3}, 0.5)],
)
def test_token_f1(gold: set[int], found: set[int], f1: float) -> None:
    assert token_f1(frozenset(gold), frozenset(found)) == pytest.approx(f1)


def test_overlap_share() -> None:
    assert overlap_share((0, 4), (0, 4)) == 1
    assert overlap_share((0, 4), (2, 6)) == pytest.approx(2 / 6)
    assert overlap_share((0, 4), (4, 6)) == 0


@given(spans, spans)
def test_overlap_share_is_symmetric_and_bounded(a: tuple[int, int], b: tuple[int, int]) -> None:
    assert overlap_share(a, b) == overlap_share(b, a)
    assert 0 <= overlap_share(a, b) <= 1
    assert (overlap_share(a, b) == 1) == (a == b)


@given(st.lists(spans, max_size=6), st.lists(spans, max_size=6))
def test_matching_uses_each_side_once(gold: list[tuple[int, int]], found: list[tuple[int, int]]) -> None:
    pairs = match_overlapping(gold, found)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert all(overlap_share(gold[i], found[j]) > 0 for i, j in pairs)


def test_best_pairs_first() -> None:
    assert match_overlapping([(0, 4), (5, 9)], [(3, 9), (0, 2)]) == [(1, 0), (0, 1)]
    assert one_to_one([(0, 1), (0, 2), (3, 1), (4, 4)]) == [(0, 1), (4, 4)]
