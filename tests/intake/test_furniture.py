from __future__ import annotations

import pytest

from melian.intake import report_from_text
from melian.intake.dateline import read_dateline
from melian.knowledge.furniture import AgencyRow, FurnitureRow, agency_names, furniture_patterns, furniture_rows
from melian.knowledge.table import rows_of

ROWS = furniture_rows()
LEAD = "Kenya's foreign minister said on Tuesday that its troops had left the port town of Kismayo."
MORE = "Residents said that soldiers were still to be seen near the harbour on Wednesday morning."


def is_hit(row: FurnitureRow, words: str) -> bool:
    pattern = next(pattern for other, pattern in furniture_patterns() if other.id == row.id)
    return (pattern.fullmatch(words) if row.where == "paragraph" else pattern.search(words)) is not None


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_row_keeps_its_example_and_counterexample(row: FurnitureRow) -> None:
    assert is_hit(row, row.example)
    assert not is_hit(row, row.counterexample)


def test_every_agency_signs_its_example() -> None:
    for row in rows_of("furniture/agencies.tsv", AgencyRow):
        found = read_dateline(row.example)
        assert found is not None, row.id
        assert found.outlet == agency_names()[row.forms[0]], row.id


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Read more: Five things to know about the port", "boilerplate"),
        ("Advertisement", "boilerplate"),
        ("FILE PHOTO: A soldier stands guard near the harbour", "caption"),
        ("Additional reporting by Jane Doe; Editing by John Roe", "byline"),
        ("(Reporting by Jane Doe; Editing by John Roe)", "wire"),
        ("ENDS", "wire"),
        ("/TASS/", "wire"),
        ("© 2020 Example Post. All rights reserved.", "boilerplate"),
        ("Correction: an earlier version of this report gave a wrong name.", "correction"),
    ],
)
def test_line_is_left_out(line: str, kind: str) -> None:
    report = report_from_text(f"{LEAD}\n\n{MORE}\n\n{line}\n")
    assert [(one.kind, report.text[slice(*one.span)]) for one in report.furniture] == [(kind, line)]


def test_tails_come_off_one_after_another() -> None:
    report = report_from_text(f"{LEAD}\n{MORE} (Reporting by Jane Doe; Editing by John Roe) – Reuters")
    assert [report.text[slice(*one.span)] for one in report.furniture] == [
        "(Reporting by Jane Doe; Editing by John Roe)",
        "– Reuters",
    ]


def test_plain_report_has_no_furniture() -> None:
    assert report_from_text(f"{LEAD}\n{MORE}\n").furniture == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "The memo, first published by a newspaper in Kampala, named two ministers.",
        "The original report said five people had died in the village.",
        "Today's attack was claimed on Facebook by a group that few had heard of.",
        "Jane Doe was a columnist who was shot outside her house in Nairobi.",
        "An earlier version of the plan gave the rebels two seats.",
        "(c) the parties shall withdraw their troops to the lines of 1994.",
        "Russian Troops in Syria shelled a village on Monday, residents said.",
        "Published polls gave the president 41 percent of the vote.",
    ],
)
def test_report_is_not_eaten(sentence: str) -> None:
    assert report_from_text(f"{LEAD}\n{sentence}\n{MORE}\n").furniture == ()
