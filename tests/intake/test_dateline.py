from __future__ import annotations

import pytest

from melian.intake import report_from_text
from melian.intake.dateline import read_dateline

PUBLISHED = "2016-01-20"

DATELINES = [
    # head, words of the dateline, place, date, outlet
    ("NAIROBI, May 6 (Reuters) – Kenya said", "NAIROBI, May 6 (Reuters) –", "NAIROBI", "2015-05-06", "Reuters"),
    ("ANKARA (AFP) - Turkey said on Monday", "ANKARA (AFP) -", "ANKARA", None, "AFP"),
    ("BEIJING, Dec. 3 (Xinhua) -- China will", "BEIJING, Dec. 3 (Xinhua) --", "BEIJING", "2015-12-03", "Xinhua"),
    ("WASHINGTON — The United States", "WASHINGTON —", "WASHINGTON", None, None),
    ("Moscow, 12 January. /TASS/. The envoy", "Moscow, 12 January. /TASS/.", "Moscow", "2016-01-12", "TASS"),
    ("KYIV, Ukraine (AP) — Russia fired", "KYIV, Ukraine (AP) —", "KYIV, Ukraine", None, "AP"),
    ("GENEVA/NAIROBI (Reuters) - The UN", "GENEVA/NAIROBI (Reuters) -", "GENEVA/NAIROBI", None, "Reuters"),
    ("PARIS, 6 May 2014 (AFP) - The head", "PARIS, 6 May 2014 (AFP) -", "PARIS", "2014-05-06", "AFP"),
    ("UNITED NATIONS, May 6 (IPS) -- It", "UNITED NATIONS, May 6 (IPS) --", "UNITED NATIONS", "2015-05-06", "IPS"),
    ("ALBANY, N.Y., Sept. 26 (UPI) — The", "ALBANY, N.Y., Sept. 26 (UPI) —", "ALBANY, N.Y.", "2015-09-26", "UPI"),
    ("(Reuters) - Turkey said", "(Reuters) -", None, None, "Reuters"),
    ("Ankara (dpa) - Turkey's president", "Ankara (dpa) -", "Ankara", None, "dpa"),
    ("DAMASCUS, (SANA) – The army", "DAMASCUS, (SANA) –", "DAMASCUS", None, "SANA"),
    ("DAMASCUS, SANA – The army", "DAMASCUS, SANA –", "DAMASCUS", None, "SANA"),
    ("Tehran, May 6, IRNA – Iran's", "Tehran, May 6, IRNA –", "Tehran", "2015-05-06", "IRNA"),
    ("Baghdad / NINA / -- The police", "Baghdad / NINA / --", "Baghdad", None, "NINA"),
    ("KABUL, Afghanistan | The Taliban", "KABUL, Afghanistan |", "KABUL, Afghanistan", None, None),
    ("ISLAMABAD: The foreign office", "ISLAMABAD:", "ISLAMABAD", None, None),
    ("LONDON —", "LONDON —", "LONDON", None, None),
    ("Lusaka, 4 May 2014", "Lusaka, 4 May 2014", "Lusaka", "2014-05-04", None),
    ("Tripoli, 4 May 2014 (translated)", "Tripoli, 4 May 2014 (translated)", "Tripoli", "2014-05-04", None),
    ("Washington – The State Department", "Washington –", "Washington", None, None),
    ("Nairobi — The government of", "Nairobi —", "Nairobi", None, None),
    ("Nairobi, Kenya - Police fired", "Nairobi, Kenya -", "Nairobi, Kenya", None, None),
    ("May 6, 2015 (JUBA) – South Sudan's", "May 6, 2015 (JUBA) –", "JUBA", "2015-05-06", None),
    ("MOSCOW (Sputnik) Russian troops", "MOSCOW (Sputnik)", "MOSCOW", None, "Sputnik"),
    ("KHARTOUM (Nile Valley News) – The", "KHARTOUM (Nile Valley News) –", "KHARTOUM", None, "Nile Valley News"),
    (
        "JERUSALEM, Tuesday, May 6, 2015 (AP) — Israel",
        "JERUSALEM, Tuesday, May 6, 2015 (AP) —",
        "JERUSALEM",
        "2015-05-06",
        "AP",
    ),
    ("GAO, Mali - Soldiers fired", "GAO, Mali -", "GAO, Mali", None, None),
    ("SANAA, Yemen (AP) _ Rebels", "SANAA, Yemen (AP) _", "SANAA, Yemen", None, "AP"),
    ("May 6, 2015", "May 6, 2015", None, "2015-05-06", None),
    ("Tuesday, 6 May 2015", "Tuesday, 6 May 2015", None, "2015-05-06", None),
    ("PORT-AU-PRINCE, Haiti (AP) — Police", "PORT-AU-PRINCE, Haiti (AP) —", "PORT-AU-PRINCE, Haiti", None, "AP"),
    ("Sana'a, 3 Dec 2015 (Saba) - The", "Sana'a, 3 Dec 2015 (Saba) -", "Sana'a", "2015-12-03", "Saba"),
    ("ROME/PARIS, Feb 29 (Reuters) - Two", "ROME/PARIS, Feb 29 (Reuters) -", "ROME/PARIS", "XXXX-02-29", "Reuters"),
    ("McALLEN, Texas (AP) — Agents", "McALLEN, Texas (AP) —", "McALLEN, Texas", None, "AP"),
    ('BAGHDAD - "We will fight," he said', "BAGHDAD -", "BAGHDAD", None, None),
    ("BEIRUT (Reuters) - eight people died", "BEIRUT (Reuters) -", "BEIRUT", None, "Reuters"),
    ("TEHRAN (FNA)- Iran", "TEHRAN (FNA)-", "TEHRAN", None, "Fars News Agency"),
]  # fmt: skip

NO_DATELINES = [
    "LONDON police said on Monday that the street was shut.",
    "NATO — the alliance of 28 — said it would help.",
    "Turkey — NATO's second-largest army — said it would help.",
    "BREAKING: Jet shot down over the border.",
    "JEWELL: I never said that.",
    "Lavrov (Russia) said that talks would go on.",
    "Moscow said on May 6 that - as ever - it was ready.",
    "Kerry, who met Lavrov on May 6 (Tuesday) – said no.",
    "In Nairobi, May 6 was a holiday.",
    "US - China trade talks resumed on Monday.",
    "ANALYSIS — The war in the north.",
    "IMF, World Bank - Two lenders with one aim.",
    "Moscow, May 6 will be remembered for this.",
    "Germany, France and Italy — The three said no.",
    "Assad – The Man Who Stayed",
    "Washington — Ankara ties are strained.",
    "MOSCOW and Ankara agreed.",
    "Lusaka, 4 May",
    "Talks, 4 May 2014",
    "By Jane Doe in Kyiv",
]


@pytest.mark.parametrize(("head", "words", "place", "day", "outlet"), DATELINES)
def test_dateline_is_read(head: str, words: str, place: str | None, day: str | None, outlet: str | None) -> None:
    found = read_dateline(head, PUBLISHED)
    assert found is not None
    assert found.dateline.span is not None
    assert head[slice(*found.dateline.span)] == words
    assert (found.dateline.place, found.dateline.date, found.outlet) == (place, day, outlet)


@pytest.mark.parametrize("head", NO_DATELINES)
def test_sentence_is_no_dateline(head: str) -> None:
    assert read_dateline(head, PUBLISHED) is None


@pytest.mark.xfail(reason="ours: a full stop between date and an agency that is closed by one slash", strict=True)
def test_dateline_with_one_slash() -> None:
    assert read_dateline("BAKU, May 6. AzerTAc/ The minister", PUBLISHED) is not None


def test_year_is_never_guessed_without_publication() -> None:
    found = read_dateline("NAIROBI, May 6 (Reuters) – Kenya said")
    assert found is not None
    assert found.dateline.date == "XXXX-05-06"


def test_full_date_of_the_dateline_dates_the_report() -> None:
    report = report_from_text("GENEVA, May 6, 2015 (Reuters) – The two sides met on Tuesday and will meet again.")
    assert (report.published, report.outlet, report.dateline.date) == ("2015-05-06", "Reuters", "2015-05-06")
    assert "undated" not in report.warnings


def test_given_outlet_and_date_win() -> None:
    report = report_from_text(
        "GENEVA, May 6 (Reuters) – The two sides met on Tuesday.", outlet="Example Post", published="2014-05-08"
    )
    assert (report.published, report.outlet, report.dateline.date) == ("2014-05-08", "Example Post", "2014-05-06")


def test_dates_over_the_parts_of_a_chronology_date_nothing() -> None:
    text = "How the port was lost\n3 May 2014\nThe troops came.\n6 May 2015\nThe troops left the town again."
    report = report_from_text(text)
    assert (report.published, report.dateline.span) == (None, None)


def test_line_of_a_date_and_a_place_line_make_one_dateline() -> None:
    text = "Two sides meet again in the lake city\nMay 06, 2015\nGENEVA — The two sides met on Tuesday."
    report = report_from_text(text)
    assert (report.dateline.place, report.dateline.date) == ("GENEVA", "2015-05-06")
    assert [one.kind for one in report.furniture] == ["title", "dateline", "dateline"]
