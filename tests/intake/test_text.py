from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from melian.errors import BadReport
from melian.intake import report_from_text
from melian.intake.paragraphs import paragraphs_of
from melian.intake.text import clean_text, decode_bytes
from melian.records import Report

WORDS = "The envoy’s visit to São Tomé was put off, the ministry said on Monday – for the second time."


@pytest.mark.parametrize(
    ("encoding", "read_as"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("utf-16-le", "utf-16-le"),
     ("utf-16-be", "utf-16-be"), ("utf-32", "utf-32"), ("cp1252", "cp1252")],
)  # fmt: skip
def test_encodings(encoding: str, read_as: str) -> None:
    decoded = decode_bytes(WORDS.encode(encoding))
    assert (decoded.text, decoded.encoding) == (WORDS, read_as)


def test_latin_1() -> None:
    words = "The envoy's visit to São Tomé was put off, the ministry said on Monday."
    assert decode_bytes(words.encode("latin-1")).text == words


def test_declared_encoding_is_used_unless_it_is_wrong() -> None:
    assert decode_bytes("Łódź said no".encode("cp1250"), "cp1250").text == "Łódź said no"
    assert decode_bytes(WORDS.encode(), "ascii").text == WORDS
    assert decode_bytes(WORDS.encode(), "no-such-thing").text == WORDS


def test_cyrillic_code_page_is_detected() -> None:
    words = "Министр иностранных дел заявил во вторник, что переговоры продолжатся на следующей неделе. " * 5
    assert decode_bytes(words.encode("cp1251")).text == words


@pytest.mark.parametrize(
    ("head", "what"),
    [(b"%PDF-1.7\n", "a PDF"), (b"PK\x03\x04abc", "ZIP"), (b"\x89PNG\r\n\x1a\n", "PNG"), (b"\xff\xd8\xff\xe0", "JPEG"),
     (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"), (b"{\\rtf1", "RTF"), (b"\x1f\x8b\x08", "gzip"),
     (b"The envoy\x00 left", "NUL"), (bytes(range(1, 32)) * 4 + b"\xff", "control")],
)  # fmt: skip
def test_binary_is_refused_by_name(head: bytes, what: str) -> None:
    with pytest.raises(BadReport, match=what) as caught:
        decode_bytes(head)
    assert caught.value.reason == "binary"


def test_line_ends_become_newlines() -> None:
    assert clean_text("One.\r\nTwo.\rThree.\n").text == "One.\nTwo.\nThree.\n"


def test_odd_characters_keep_their_place() -> None:
    raw = "A\x00b\x07c\ud800d\x85e\tf"
    cleaned = clean_text(raw)
    assert cleaned.text == "A b c\ufffdd e\tf"
    assert cleaned.warnings == ("control-characters", "replaced-characters")


def test_bidirectional_controls_are_kept_and_warned_of() -> None:
    cleaned = clean_text("The envoy \u202eleft\u202c.")
    assert cleaned.text == "The envoy \u202eleft\u202c."
    assert cleaned.warnings == ("bidirectional-controls",)


@pytest.mark.parametrize("broken", ["The envoyâ€™s visit", "SÃ£o TomÃ© said"])
def test_mojibake_is_warned_of(broken: str) -> None:
    assert "mojibake" in clean_text(broken).warnings


def test_good_text_has_no_warning() -> None:
    assert clean_text(WORDS + " NÃO, Â, Café").warnings == ()


@pytest.mark.parametrize("text", ["", " \n\t ", "\ufeff", "\x00\x00", "\u2003\u2003"])
def test_empty(text: str) -> None:
    with pytest.raises(BadReport) as caught:
        report_from_text(text)
    assert caught.value.reason == "empty"


def test_too_long() -> None:
    with pytest.raises(BadReport) as caught:
        report_from_text("a " * 600, largest_report=1_000)
    assert caught.value.reason == "too-long"


@pytest.mark.parametrize(
    "text",
    ['"' * 10_000, "(Reporting by " * 5_000, "By Jane " * 5_000, "- " * 10_000, "\n" * 50_000 + "a", "A" * 100_000,
     "May 6 " * 10_000, "(" * 10_000, "a@" * 10_000, "“" * 10_000],
)  # fmt: skip
def test_hostile_text_is_read(text: str) -> None:
    assert report_from_text(text).text == text


def test_same_report_same_id() -> None:
    first, second = report_from_text(WORDS, outlet="Example Post"), report_from_text(WORDS, outlet="Example Post")
    assert first == second
    assert first.id != report_from_text(WORDS, outlet="Example Times").id
    assert report_from_text(WORDS, ident="x7").id == "x7"


def test_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "The foreign minister of Kenya said on Tuesday that the troops\nhad left the port town of Kismayo, and that "
        "they would\nnot come back before the end of the year, unless asked to\ndo so by the town.\n\nThey left."
    )
    assert [part.words[-9:] for part in paragraphs_of(text)] == ["the town.", "hey left."]


def check_report(report: Report) -> None:
    for one in report.furniture:
        start, end = one.span
        assert 0 <= start < end <= len(report.text)
    spans = [one.span for one in report.furniture]
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    if report.dateline.span is not None:
        start, end = report.dateline.span
        assert 0 <= start < end <= len(report.text)
        assert report.text[:start].rpartition("\n")[2].strip() == ""


PIECES = st.sampled_from(
    ["NAIROBI", ", May 6", " (Reuters)", " – ", "\n", "By Jane Doe", "Read more", ". ", "“", "Kenya said it had left",
     "ENDS", "(Reporting by Jane Doe)", "FILE PHOTO: ", " ", "/TASS/", "2015", "\u202e", "\x85", "The town fell.", "-"]
)  # fmt: skip


@settings(max_examples=150)
@given(st.one_of(st.text(st.characters(), max_size=300), st.lists(PIECES, max_size=30).map("".join)))
def test_any_text_is_a_report_or_refused(text: str) -> None:
    report = None
    try:
        report = report_from_text(text)
    except BadReport as error:
        reason = error.reason
    else:
        reason = None
    assert reason in {None, "empty", "binary", "language"}
    if report is None:
        return
    check_report(report)
    assert len(report.text) == len(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    again = report_from_text(
        report.text, title=report.title, outlet=report.outlet, url=report.url, published=report.published
    )
    assert again.text == report.text


@settings(max_examples=100)
@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(content: bytes) -> None:
    try:
        result = decode_bytes(content).text
    except BadReport as error:
        result = error.reason
    assert isinstance(result, str)
