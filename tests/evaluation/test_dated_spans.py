"""Gold that gives days in place of TIMEX3 values."""

from datetime import date

import msgspec
import pytest

from melian.evaluation.dated_spans import DatedSpan, meant_by
from melian.evaluation.dates import judge_dates, timexes_of
from melian.evaluation.timed import FoundDates, FoundTimex, GoldDates
from melian.records import ProducedBy, Reading, Report, TimeExpression, When

TEXT = "It began on Monday, went on in May, for six days or so, and ended last week."


def at(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


GOLD = GoldDates(
    doc_id="a",
    text=TEXT,
    genre="news",
    dates=(
        DatedSpan(span=at("Monday"), when="2020-03-02"),
        DatedSpan(span=at("May"), when="2019-05"),
        DatedSpan(span=at("six days")),
        DatedSpan(span=at("last week"), first="2020-02-24", last="2020-03-01"),
    ),
)


def figures(*found: tuple[str, str]) -> dict[str, float | None]:
    timexes = tuple(FoundTimex(span=at(words), type="DATE", value=value) for words, value in found)
    outcome = judge_dates([GOLD], [FoundDates(doc_id="a", timexes=timexes)])
    return {figure.name: figure.value for figure in outcome.figures}


@pytest.mark.parametrize(
    ("value", "first", "last", "clock"),
    [
        ("2020-03-02", (2020, 3, 2), (2020, 3, 2), ""),
        ("2020-03-02T22:30:00", (2020, 3, 2), (2020, 3, 2), "T22:30"),
        ("2020-03-02TNI", (2020, 3, 2), (2020, 3, 2), ""),
        ("2020-03", (2020, 3, 1), (2020, 3, 31), ""),
        ("2020-W09", (2020, 2, 24), (2020, 3, 1), ""),
        ("2020-W09-WE", (2020, 2, 29), (2020, 3, 1), ""),
        ("2020-SU", (2020, 6, 1), (2020, 8, 31), ""),
        ("2020-Q4", (2020, 10, 1), (2020, 12, 31), ""),
        ("2020-H1", (2020, 1, 1), (2020, 6, 30), ""),
        ("2020", (2020, 1, 1), (2020, 12, 31), ""),
        ("199", (1990, 1, 1), (1999, 12, 31), ""),
        ("19", (1900, 1, 1), (1999, 12, 31), ""),
        ("2019-05/2020-03-02", (2019, 5, 1), (2020, 3, 2), ""),
    ],
)
def test_a_value_means_days(value: str, first: tuple[int, int, int], last: tuple[int, int, int], clock: str) -> None:
    assert meant_by(value) == ((date(*first), date(*last)), clock)


@pytest.mark.parametrize(
    "value",
    ["", "P3D", "PRESENT_REF", "XXXX-05-02", "2014-02-30", "2014-13", "2014-Q9", "0000", "2014-W99", "2014/", "x"],
)
def test_other_values_mean_none(value: str) -> None:
    assert meant_by(value) is None


def test_days_are_compared_however_they_are_written() -> None:
    perfect = figures(("Monday", "2020-03-02"), ("May", "2019-05"), ("last week", "2020-W09"), ("six days", "2020-03"))
    assert set(perfect.values()) == {100}
    assert set(figures(("for", "P6D")).values()) == {0, None}


def test_wrong_days_and_extra_words_count() -> None:
    got = figures(("Monday", "2020-03-02"), ("May", "2020-05"), ("began", "2020"))
    assert got["relaxed span: F1"] == pytest.approx(200 / 3)
    assert got["value: F1"] == pytest.approx(100 / 3)
    assert got["value right, of spans found"] == 50
    assert got["news: value F1"] == pytest.approx(100 / 3)


def test_a_line_of_gold_is_read() -> None:
    line = (
        b'{"doc_id":1,"text":"May","date":"2019-06-01","dates":[{"span":[0,3],"from":"2019-05-01","to":"2019-05-31"}]}'
    )
    record = msgspec.json.decode(line, type=GoldDates)
    assert record.dates is not None
    assert record.dates[0].meant == ((date(2019, 5, 1), date(2019, 5, 31)), "")


@pytest.mark.parametrize(
    ("words", "value", "expected"),
    [
        ("from 2009 to 2011", "2009/2011", [("2009", "2009"), ("2011", "2011")]),
        ("between May and June 2014", "2014-05/2014-06", [("May", "2014-05"), ("June 2014", "2014-06")]),
        ("3-5 May", "2014-05-03/2014-05-05", [("3", "2014-05-03"), ("5 May", "2014-05-05")]),
        ("Ramadan", "2015-06-17/2015-07-18", [("Ramadan", "2015-06-17/2015-07-18")]),
    ],
)
def test_both_ends_of_a_range_stand_for_themselves(words: str, value: str, expected: list[tuple[str, str]]) -> None:
    when = When(start=None, end=None, precision="open", basis="unknown", value=value, span=(0, len(words)))
    reading = Reading(
        report=Report(id="r", text=words),
        dates=(TimeExpression(span=(0, len(words)), kind="date", when=when),),
        produced_by=ProducedBy(melian="0", model="", knowledge="", settings=""),
    )
    found = timexes_of(reading, lambda one: ("DATE", one.when.value or ""))
    assert [(words[slice(*one.span)], one.value) for one in found] == expected
