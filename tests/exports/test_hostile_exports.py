"""No reading breaks an exporter, and no text in one breaks out of its cell."""

import csv
import io
import json

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from invented import invent_reading, readings
from melian.exports.delimited import Code, aligned_cell, comma_line, list_cell, tab_line, text_cell
from melian.exports.export import EXPORT_FORMATS, columns_of, layout_of, write_export
from melian.exports.sentences import is_in_lead, sentence_number, sentence_starts

SAFE = [format for format in EXPORT_FORMATS if format != "jsonl"]
NASTY = (
    '=HYPERLINK("http://evil.test")',
    "+1\t2",
    "@SUM(A1)",
    "-2+3",
    "＝1+1",
    "a\tb\nc\rd\x0be\u2028f",
    "\x1b[31mred",
    "\u202egnp.exe",
    'quote " and, comma; semicolon',
    "\ud800",
    "\x00",
)


def lines_of(reading, format, has_attribution=True):
    file = io.BytesIO()
    write_export([reading], format, file, claims="all", has_attribution=has_attribution)
    return file.getvalue()


@pytest.mark.parametrize("format", SAFE)
@settings(max_examples=60)
@given(reading=readings())
def test_any_reading_is_written(format, reading):
    out = lines_of(reading, format)
    if format in ("polecat", "icews", "gdelt", "phoenix"):
        width = len(columns_of(layout_of(format), has_attribution=True))
        for line in out.decode("utf-8").split("\n")[:-1]:
            assert line.count("\t") + 1 == width
            assert not any(ord(c) < 32 and c != "\t" for c in line)
    elif format == "csv":
        width = len(columns_of(layout_of(format), has_attribution=True))
        assert all(len(row) == width for row in csv.reader(io.StringIO(out.decode("utf-8"), newline="")))
    elif format == "plover":
        assert all(isinstance(json.loads(line), dict) for line in out.splitlines())


def hostile(words):
    reading = invent_reading()
    event = replace(reading.events[0], place=replace(reading.events[0].place, name=words, admin1=words))
    return replace(
        reading,
        report=replace(reading.report, id=words, outlet=words, url=words, title=words, language=words),
        actors=tuple(replace(actor, name=words, office=words) for actor in reading.actors),
        events=(event, *reading.events[1:]),
    )


@pytest.mark.parametrize("words", NASTY)
@pytest.mark.parametrize("format", SAFE)
def test_hostile_words_stay_in_their_cells(words, format):
    out = lines_of(hostile(words), format)
    if format in ("plover", "parquet"):
        return
    text = out.decode("utf-8")
    delimiter = "," if format == "csv" else "\t"
    quoting = csv.QUOTE_MINIMAL if format == "csv" else csv.QUOTE_NONE
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting))
    assert len({len(row) for row in rows}) == 1
    for cell in (cell for row in rows for cell in row):
        for part in cell.split(";"):
            assert not part.startswith(("=", "+", "@", "＝")), part
        assert not any(ord(c) < 32 or c in "\u2028\u202e\x7f" for c in cell)
        if cell.startswith("-"):
            assert cell.startswith("---") or float(cell) < 0


def test_cells():
    assert text_cell("=1+1") == "'=1+1"
    assert text_cell("  ") is None
    assert text_cell("two\nlines") == "two lines"
    assert list_cell(["a;b", None, "a;b", "=c"]) == "a,b;'=c"
    assert aligned_cell([None, None]) is None
    assert aligned_cell(["x", None, "x"]) == "x;;x"
    assert tab_line(["a\tb", None, 1, 2.0, -0.5, True, Code("---MIL")], "NA") == b"a b\tNA\t1\t2\t-0.5\ttrue\t---MIL\n"
    assert tab_line(['"open', 'in "side"']) == b'\'"open\tin "side"\n'
    assert comma_line(['say "a, b"', None, -9.5]) == b'"say ""a, b""",,-9.5\r\n'


def test_sentences_are_counted_without_furniture():
    report = invent_reading().report
    starts = sentence_starts(report)
    numbers = [sentence_number(starts, report.text.index(words)) for words in ("Kenya's", "she said", "Residents")]
    assert numbers == [1, 2, 3]
    assert sentence_number(starts, report.text.index("Hargeisa")) == 4
    assert is_in_lead(report, report.text.index("bombed"))
    assert not is_in_lead(report, report.text.index("bombing"))
