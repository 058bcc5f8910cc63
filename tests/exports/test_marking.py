from hypothesis import given
from hypothesis import strategies as st

from invented import TEXT, find, invent_reading
from melian.exports.marking import LAYERS, Mark, cut_pieces, mark_reading

MARKS = st.lists(
    st.builds(
        Mark,
        span=st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted).map(tuple),
        layer=st.sampled_from(LAYERS),
        label=st.sampled_from(["A1", "S1"]),
    ).filter(lambda mark: mark.span[0] < mark.span[1]),
    max_size=8,
)


@given(MARKS)
def test_pieces_join_to_the_whole_text_and_carry_exactly_the_marks_that_lie_over_them(marks):
    marks = list(dict.fromkeys(marks))
    pieces = cut_pieces(30, marks)
    assert [n for piece in pieces for n in range(*piece.span)] == list(range(30))
    for piece in pieces:
        for mark in marks:
            lies = mark.span[0] <= piece.span[0] and piece.span[1] <= mark.span[1]
            assert (mark in piece.marks) == lies
    assert sorted(map(repr, marks)) == sorted(repr(mark) for piece in pieces for mark in piece.opening)
    assert sorted(map(repr, marks)) == sorted(repr(mark) for piece in pieces for mark in piece.closing)


def test_a_nested_trigger_lies_under_its_content():
    marks = mark_reading(invent_reading())
    piece = next(p for p in cut_pieces(len(TEXT), marks) if p.span == find("bombed"))
    assert [(mark.layer, mark.label) for mark in piece.marks] == [("content", "S1"), ("event", "E1")]
