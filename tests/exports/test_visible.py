import pytest
from hypothesis import given
from hypothesis import strategies as st

from melian.exports.visible import clamp, excerpt, show_controls, show_line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain\ttext\n", "plain\ttext\n"),
        ("\x1b[2J", "⟨U+001B⟩[2J"),
        ("a\x9bb", "a⟨U+009B⟩b"),
        ("a\u202eb", "a⟨U+202E⟩b"),
        ("a\r\nb", "a\nb"),
        ("a\ud800b", "a⟨U+D800⟩b"),
        ("a\u2028b", "a⟨U+2028⟩b"),
    ],
)
def test_controls_become_visible(text, shown):
    assert show_controls(text) == shown


def test_a_line_is_one_line_and_not_too_long():
    assert show_line(" a \n\n b ") == "a b"
    assert show_line("abcdef", 4) == "abc…"
    assert show_line("the harbour of Kismayo is closed", 30) == "the harbour of Kismayo is…"
    assert show_line("the " + "o" * 40, 30) == "the " + "o" * 25 + "…"


@given(st.text(), st.tuples(st.integers(), st.integers()))
def test_any_span_can_be_cut(text, span):
    start, end = clamp(span, len(text))
    assert 0 <= start <= end <= len(text)
    assert excerpt(text, span) == text[start:end]
