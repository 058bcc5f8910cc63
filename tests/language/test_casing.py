"""Headlines and lines in capitals are read as sentences are written; the table is tests/cases/headlines.tsv."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from melian import Reader
from melian.coding.language import load_language
from melian.coding.language.casing import EnglishWords, plain_case
from melian.coding.language.pipeline import Language
from melian.intake import report_from_text
from melian.knowledge.table import parse_rows
from melian.records import Reading
from melian.settings import Settings

pytestmark = pytest.mark.model
TABLE = Path(__file__).parents[1] / "cases" / "headlines.tsv"


class Headline(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line, how a sentence writes it, and the type of the event that it tells."""

    id: str
    text: str
    plain: str
    type: str = ""
    state: str = ""


HEADLINES = parse_rows(TABLE.read_text(encoding="utf-8"), TABLE.name, Headline)
TELLING = [
    pytest.param(case, id=case.id, marks=[pytest.mark.xfail(strict=True, reason=case.state)] if case.state else [])
    for case in HEADLINES
    if case.type
]


@cache
def language() -> Language:
    return load_language(Settings().pipeline)


@cache
def readings() -> dict[str, Reading]:
    reports = [report_from_text(case.text) for case in HEADLINES]
    return dict(zip((case.id for case in HEADLINES), Reader().read_many(reports), strict=True))


@pytest.mark.parametrize("case", HEADLINES, ids=lambda case: case.id)
def test_a_headline_is_written_as_a_sentence_is(case: Headline) -> None:
    assert language().plain(case.text) == case.plain


@pytest.mark.parametrize("case", TELLING)
def test_a_headline_tells_its_event(case: Headline) -> None:
    assert case.type in {event.type for event in readings()[case.id].events}


@pytest.mark.parametrize("case", HEADLINES, ids=lambda case: case.id)
def test_records_keep_the_reports_own_letters(case: Headline) -> None:
    reading = readings()[case.id]
    assert reading.report.text == case.text
    for event in reading.events:
        start, end = event.mentions[0].trigger
        assert case.text[start:end].strip()


def test_what_the_text_itself_writes_decides() -> None:
    text = "Unita Rebels Storm Hope Bridge\n\nThe rebels crossed the bridge that is called Hope by all."
    assert language().plain(text).split("\n")[0] == "Unita rebels storm Hope bridge"


def test_a_lemmatiser_without_tables_knows_no_words() -> None:
    english = EnglishWords(SimpleNamespace(get_pipe=lambda name: object()))
    assert not english.is_word("arrests")
    assert plain_case("Denmark Arrests Twenty in Raid", english) == "Denmark Arrests Twenty in Raid"


WORDS = st.sampled_from("Turkey STRIKE Kills of İzmir ǅ ß in 12 “ ” : . - \n Xi ALI UN Straße May 4 é".split(" "))


@settings(max_examples=200)
@given(st.lists(WORDS, max_size=30).map(" ".join))
def test_nothing_but_the_size_of_letters_changes(text: str) -> None:
    plain = language().plain(text)
    assert len(plain) == len(text)
    assert all(a == b or a.lower() == b.lower() or a.upper() == b.upper() for a, b in zip(text, plain, strict=True))
    assert language().plain(plain).lower() == plain.lower()
