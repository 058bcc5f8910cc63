"""Bad input: other scripts, capitals only, no marks, broken lines, days that do not exist, the ends of the calendar."""

from __future__ import annotations

import time
from functools import cache

import pytest

from melian import Reader
from melian.coding.dates.anchoring import AT_ODDS, NO_DAY
from melian.intake import report_from_text
from melian.records import Reading

pytestmark = pytest.mark.model
NOWHERE = (
    "Rebels attacked Ghazni on 31 February 2014.",
    "Rebels attacked Ghazni on 29 February 2015.",
    "Rebels attacked Ghazni on 30/02/2014.",
    "Rebels attacked Ghazni on 2014-13-45.",
    "Rebels attacked Ghazni on April 31.",
    "Rebels attacked Ghazni at 24:61.",
    "Rebels attacked Ghazni on ٢٤ نوفمبر.",
    "Rebels attacked Ghazni on 24 ноября.",
    "Rebels attacked Ghazni on Nоvember 24.",  # with a Cyrillic о
    "Rebels attacked Ghazni on 2015年11月24日.",
    "Rebels attacked Ghazni on 24 नवंबर.",
    "Rebels attacked Ghazni on the Ides of Marchember.",
    "Rebels attacked Ghazni 99999999999999999999 years ago.",
    "Rebels attacked Ghazni 10000 centuries ago.",
    "Rebels attacked Ghazni ²⁴ days ago.",
)
ANYWHERE = (
    "REBELS ATTACKED GHAZNI ON TUESDAY NOV 24",
    "rebels attacked ghazni on tuesday they attacked kunduz the day before",
    "Rebels attacked Ghazni on Novem-\nber 24, 2O15 and on 24\nNovem ber 2015.",
    "Rebels attacked Ghazni on\n\n\nTuesday\n\n,\n24\nNovember.",
    "Rebels\u202e attacked Ghazni\u200b on Tues\u00adday, 24\u00a0November.",
    "Rebels attacked Ghazni a century ago, and a thousand years before that, and will in 9,999 years.",
    "Rebels attacked Ghazni on the day before the day before the day after yesterday.",
    "Rebels attacked Ghazni on the first anniversary of the second anniversary of the third anniversary of 3 May.",
    "Rebels attacked Ghazni before before after until by since since Tuesday.",
    "Two days after two days before two days after Tuesday, rebels attacked Ghazni.",
    "Rebels attacked Ghazni during Ramadan, at Orthodox Easter, at Eid al-Adha and on the 31st.",
)
ENDS = ("0001-01-01", "0001-12-31", "0622-07-16", "1582-10-10", "9998-12-31", "9999-12-31")


@cache
def reader() -> Reader:
    return Reader()


def read(text: str, published: str | None = "2015-12-03") -> Reading:
    return reader().read_report(report_from_text(text, published=published))


@pytest.mark.parametrize("text", NOWHERE)
def test_what_is_no_date_gives_no_day(text: str) -> None:
    reading = read(text)
    days = [day for one in reading.dates for day in (one.when.start, one.when.end) if day]
    assert [day for day in days if day != "2015-12-03"] == []
    for event in reading.events:
        assert event.date is None or event.date.start is None
        if event.date is None or event.date.end is None:
            assert any(absence.record == event.id and absence.field == "date" for absence in reading.absences)


@pytest.mark.parametrize("published", [*ENDS, None, "2015-12-03"])
@pytest.mark.parametrize("text", ANYWHERE)
def test_any_text_at_any_time_is_read(text: str, published: str | None) -> None:
    reading = read(text, published)
    for when in (*(one.when for one in reading.dates), *(e.date for e in reading.events if e.date)):
        assert not (when.start and when.end) or when.start <= when.end
        assert (when.basis == "unknown") == (when.start is None and when.end is None)


def test_a_dateline_that_contradicts_publication_anchors_nothing() -> None:
    reading = read("LAGOS, 3 March 2011 (AP) – Nigerian soldiers attacked the sect on Tuesday.", "2019-08-19")
    assert reading.report.published == "2019-08-19"
    assert [one.when.start for one in reading.dates] == [None]
    assert [a.reason for a in reading.absences if a.record == reading.report.id] == [AT_ODDS]
    assert read("Soldiers attacked the sect on 3 May 2011.", None).absences[0].record != reading.report.id


def test_relative_dates_of_an_undated_report_stay_open_with_the_reason() -> None:
    reading = read("Nigerian soldiers attacked the sect on Tuesday.", None)
    assert [a.reason for a in reading.absences if a.record == reading.report.id] == [NO_DAY]
    assert [one.when.value for one in reading.dates] == ["XXXX-WXX-2"]


def test_stated_dates_stand_whatever_the_datelines_say() -> None:
    reading = read("LAGOS, 3 March 2011 (AP) – Nigerian soldiers attacked the sect on 1 March 2011.", "2019-08-19")
    assert [one.when.start for one in reading.dates] == ["2011-03-01"]


def test_a_sentence_of_nothing_but_dates_takes_no_longer_than_its_length() -> None:
    def seconds(count: int) -> float:
        text = "Rebels attacked Ghazni " + "on Tuesday and two days after 3 May, " * count + "."
        start = time.perf_counter()
        read(text)
        return time.perf_counter() - start

    seconds(5)
    short, long = seconds(40), seconds(160)
    assert long < 12 * short + 1


def test_a_span_that_ends_before_it_begins_says_so() -> None:
    reading = read("Rebels shelled Ghazni from 10 May 2014 to 3 May 2014.")
    (event,) = reading.events
    assert event.date is not None
    assert (event.date.start, event.date.end) == (None, None)
    assert "it ends before it begins" in [a.reason for a in reading.absences if a.field == "date"]


def test_a_year_far_off_is_not_taken_for_the_nearest() -> None:
    reading = read("Rebels shelled Ghazni on 31 December 9999.")
    assert [event.date.start for event in reading.events if event.date] == ["9999-12-31"]
