from __future__ import annotations

import pytest

from melian.intake import report_from_text

LEAD = "Kenya's foreign minister said on Tuesday that its troops had left the port town of Kismayo."
MORE = "Residents said that soldiers were still to be seen near the harbour on Wednesday morning."


def title_words(text: str, **known: str) -> tuple[str | None, list[str]]:
    report = report_from_text(text, **known)  # type: ignore[arg-type]
    return report.title, [report.text[slice(*one.span)] for one in report.furniture if one.kind == "title"]


def test_headline_is_the_title() -> None:
    line = "Kenya pulls troops out of port town"
    assert title_words(f"{line}\n\n{LEAD}\n\n{MORE}") == (line, [line])


def test_repeated_lead_is_the_title() -> None:
    line = "The ministers of Kenya and Somalia met in Geneva on Thursday."
    lead = "The ministers of Kenya and Somalia met in Geneva on Thursday, the first such talks in a year."
    assert title_words(f"{line}\n{lead}\n{MORE}") == (line, [line])


def test_repeated_lead_behind_a_dateline() -> None:
    line = "The ministers of Kenya and Somalia met in Geneva on Thursday."
    assert title_words(f"{line}\nGENEVA (AFP) - {line}\n{MORE}") == (line, [line])


def test_headline_with_full_stop_and_capitals() -> None:
    line = "Foreign Ministers Meet Again in Geneva After Border Clash."
    assert title_words(f"{line}\n\n{LEAD}\n\n{MORE}") == (line, [line])


def test_byline_comes_after_the_title() -> None:
    report = report_from_text(f"Kenya pulls troops out of port town\nBy Jane Doe\n{LEAD}")
    assert [one.kind for one in report.furniture] == ["title", "byline"]


def test_given_title_is_kept_and_marked() -> None:
    assert title_words(f"Kenya pulls out\n{LEAD}", title="Kenya pulls out") == ("Kenya pulls out", ["Kenya pulls out"])
    assert title_words(f"{LEAD}\n{MORE}", title="Kenya pulls out") == ("Kenya pulls out", [])


@pytest.mark.parametrize(
    "text",
    [
        LEAD,
        f"{LEAD}\n{MORE}",
        "Kenya pulls troops out of port town",
        '"We shall not leave the town," he said:\n' + MORE,
        "one\ntwo\nthree",
        f"GENEVA — {LEAD}\nWhat the residents say\n{MORE}",
        # A text cut to a width: no line of it is a headline.
        "Kenya's foreign minister said on Tuesday that its troops had left\nthe port town of Kismayo, and that they "
        "would not\ncome back before the end of the year, unless they were asked to\ndo so by the town itself.",
    ],
)
def test_first_line_is_no_title(text: str) -> None:
    assert title_words(text) == (None, [])
