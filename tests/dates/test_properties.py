"""Whatever the text: no error, spans that slice inside it, no overlap, no interval that ends before it begins."""

from __future__ import annotations

from datetime import date

import pytest
import spacy
from hypothesis import example, given, settings
from hypothesis import strategies as st

from melian.coding.dates import find_times, timex_of
from melian.coding.dates.anchoring import anchor_of
from melian.coding.dates.stage import DatesStage
from melian.coding.draft import Draft
from melian.knowledge.dates import feasts, time_rules, time_words
from melian.records import Dateline, Report

NLP = spacy.blank("en")
WORDS = sorted({word for row in time_words() for word in row.words} | {word for row in feasts() for word in row.words})
NUMBERS = st.one_of(
    st.integers(0, 99999).map(str),
    st.sampled_from(
        ["30", "31", "2015", "9999", "0001", "1000", "24:59", "10:30", "2015-13-45", "32/13/2015", "99th", "'82"]
    ),
    st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(0, 9999)).map(lambda t: f"{t[0]}/{t[1]}/{t[2]}"),
)
GLUE = st.sampled_from(
    [
        "the",
        "of",
        "a",
        "in",
        "on",
        "to",
        "and",
        "between",
        "from",
        "since",
        "next",
        "last",
        "this",
        "ago",
        "later",
        "earlier",
        "before",
        "after",
        "every",
        "at",
        "half",
        ",",
        ".",
        "-",
        "–",
        "(",
        ")",
        "\n",
        "\n\n",
    ]
)
LIKELY = st.lists(
    st.one_of(st.sampled_from(WORDS), st.sampled_from(WORDS).map(str.title), NUMBERS, GLUE), max_size=14
).map(" ".join)
ANCHORS = st.one_of(st.none(), st.dates())


def check(text: str, anchor: date | None) -> None:
    doc = NLP(text)
    behind = 0
    for one in find_times(doc, anchor):
        start, end = one.span
        assert behind <= start < end <= len(doc.text)
        assert doc.text[start:end].strip() == doc.text[start:end]
        behind = end
        when = one.when
        assert when.span == one.span
        if when.start and when.end:
            assert when.start <= when.end
        if when.start or when.end:
            assert when.basis != "unknown"
        if anchor is None:
            assert when.basis in ("stated", "relative", "unknown")
        kind, _ = timex_of(one)
        assert kind in ("DATE", "TIME", "DURATION", "SET")


@settings(max_examples=400)
@given(LIKELY, ANCHORS)
@example("New Year", date(6, 1, 1))
def test_words_of_time_in_any_order(text: str, anchor: date | None) -> None:
    check(text, anchor)


@settings(max_examples=150)
@given(st.text(max_size=80), ANCHORS)
def test_any_text(text: str, anchor: date | None) -> None:
    check(text, anchor)


@given(LIKELY, st.dates())
@settings(max_examples=50)
def test_the_same_twice(text: str, anchor: date) -> None:
    doc = NLP(text)
    assert find_times(doc, anchor) == find_times(doc, anchor)


def test_skip_leaves_the_dateline_out() -> None:
    doc = NLP("NAIROBI, 6 May 2014 - The port was shelled on 5 May 2014.")
    assert [one.when.value for one in find_times(doc, None, ((0, 19),))] == ["2014-05-05"]


def test_wrapped_lines_do_not_cut_a_date() -> None:
    doc = NLP("The port was shelled on 5\nMay 2014 and again\nbefore the rains\nof June 2014 came.")
    assert [one.when.value for one in find_times(doc, None)] == ["2014-05-05", "2014-06"]


def test_lines_of_their_own_do_not_join() -> None:
    doc = NLP("The port stays shut until Friday\nSeptember 18, 2009\nThe port was shelled.")
    assert [one.when.value for one in find_times(doc, None)] == ["XXXX-WXX-5", "2009-09-18"]


@pytest.mark.parametrize(
    ("published", "dateline", "anchor"),
    [
        ("2014-05-06", None, date(2014, 5, 6)),
        ("2014-05-06T10:00:00Z", "2014-05-05", date(2014, 5, 5)),
        ("2014-05-06", "2014-05-07", date(2014, 5, 7)),
        ("2014-05-06", "2014-05-09", None),
        ("2014-05-06", "2011-05-05", None),
        ("2014-05-06", "2014-02-30", date(2014, 5, 6)),
        (None, "2014-05-05", date(2014, 5, 5)),
        (None, "XXXX-05-05", None),
        ("in spring", None, None),
        (None, None, None),
    ],
)
def test_anchor(published: str | None, dateline: str | None, anchor: date | None) -> None:
    assert anchor_of(Report(id="r", text="", published=published, dateline=Dateline(date=dateline))) == anchor


def test_stage_fills_the_dates_and_nothing_else() -> None:
    text = "NAIROBI, May 6 - The port was shelled yesterday."
    report = Report(id="r", text=text, published="2014-05-06", dateline=Dateline(span=(0, 14)))
    draft = Draft(report=report, doc=NLP(text))
    done = DatesStage()(draft)
    assert [one.when.start for one in done.dates] == ["2014-05-05"]
    assert (done.report, done.doc, done.namings) == (draft.report, draft.doc, draft.namings)


@pytest.mark.parametrize("rule", time_rules(), ids=lambda rule: rule.id)
def test_the_example_of_every_rule_holds_an_expression(rule: object) -> None:
    from melian.coding.dates.alphabet import alphabet
    from melian.coding.dates.lexing import pieces_of

    pattern = next(each.pattern for each in alphabet().rules if each.id == rule.id)
    assert pattern.search(pieces_of(rule.example)[1])


@pytest.mark.model
def test_every_word_and_feast_is_met_in_its_example() -> None:
    missing = [
        row.id
        for row in (*time_words(), *feasts())
        if not any(word in row.example.lower().replace("’", "'") for word in row.words)
    ]
    assert missing == []
