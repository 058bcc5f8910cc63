"""Outcomes in a terminal: article text can do no harm there."""

import io
import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from melian.evaluation.bootstrap import Figure
from melian.evaluation.report import Miss, Outcome, safe_text, show, worst


def shown(outcome: Outcome) -> str:
    out = io.StringIO()
    show(outcome, "a title", Console(file=out, width=100, force_terminal=True, color_system=None))
    return out.getvalue()


def test_markup_and_control_sequences_are_only_text() -> None:
    hostile = (
        "[bold red]x[/] [/nothing] \x1b]0;title\x07\x1b[2J \u202etxt\u2066 \r\ngone\x00 :boom: [link=file:x]y[/link]"
    )
    text = shown(
        Outcome(
            figures=(Figure(name=hostile, value=12.345, low=1, high=20, of=1234),),
            misses=(Miss(record=hostile, text=hostile, expected=hostile, found=hostile),),
            notes=(hostile,),
        )
    )
    assert "[bold red]x[/] [/nothing]" in text
    assert ":boom:" in text
    for character in "\x00\x07\r\u202e\u2066":
        assert character not in text
    assert "\x1b]" not in text
    assert "\x1b[2J" not in text


@given(st.text(max_size=400))
def test_safe_text_is_short_and_holds_nothing_that_steers(text: str) -> None:
    safe = safe_text(text, 50)
    assert len(safe) <= 50
    assert not any(unicodedata.category(character) in ("Cc", "Cf", "Cs") for character in safe)
    assert "\u2028" not in safe
    assert "\u2029" not in safe


def test_long_text_is_cut() -> None:
    assert safe_text("word " * 10_000, 20) == "word word word word…"


def test_no_record_hides_the_others() -> None:
    misses = tuple(Miss(record="bad", text=str(n), expected="", found="", weight=9) for n in range(50))
    other = Miss(record="other", text="x", expected="", found="", weight=1)
    picked = worst((*misses, other))
    assert len(picked) == 4
    assert picked[-1] == other


def test_a_figure_without_value_is_a_dash() -> None:
    text = shown(Outcome(figures=(Figure(name="nothing", value=None), Figure(name="far", value=3, unit="km"))))
    assert "–" in text
    assert "3.0 km" in text
    assert "Worst" not in text
