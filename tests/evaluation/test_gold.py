"""Gold files are read strictly, and what is wrong with them is named by line."""

from pathlib import Path

import pytest

from melian.errors import BadGold
from melian.evaluation.actors import GoldActor
from melian.evaluation.gold import read_lines, read_table
from melian.evaluation.relations import GoldRelation
from melian.evaluation.statements import GoldStatements
from melian.evaluation.timed import GoldDates


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "gold"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_reads_lines_and_stops_at_the_limit(tmp_path: Path) -> None:
    path = written(tmp_path, '{"doc_id": "a", "text": "x"}\n\n{"doc_id": 7, "text": "y", "more": 1}\n{broken\n')
    assert [record.doc_id for record in read_lines(path, GoldStatements, 2)] == ["a", 7]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"doc_id": "a", "text": "x"}\n{"doc_id": "b"}\n', "line 2: Object missing required field `text`"),
        ('{"doc_id": "a", "text": "x"}\n{"doc_id": \n', "line 2: "),
        ('{"doc_id": "a", "text": "x", "attributions": [{"cue": [[1]]}]}', "line 1: Expected `array` of length 2"),
        ("", "holds no record"),
        (b'{"doc_id": "a"}\n\xff', "line 2 is not UTF-8"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, text: str | bytes, message: str) -> None:
    with pytest.raises(BadGold) as caught:
        read_lines(written(tmp_path, text), GoldStatements)
    assert message in caught.value.found
    assert caught.value.expected
    assert caught.value.do


def test_a_missing_file_is_named_safely(tmp_path: Path) -> None:
    with pytest.raises(BadGold, match="There is no file") as caught:
        read_lines(tmp_path / "a\x1b[31mb\u202e", GoldActor)
    assert "\x1b" not in str(caught.value)
    assert "\u202e" not in str(caught.value)
    with pytest.raises(BadGold, match="cannot be read"):
        read_lines(tmp_path, GoldActor)


def test_table_cells_are_unquoted_only_where_a_spreadsheet_quoted_them(tmp_path: Path) -> None:
    text = (
        "\tsentence\tmarked_sentence\tgold_root\tgold_penta\n"
        '0\t"She said ""no"" twice."\t"<s>She</s> said ""no"" twice."\tREJECT\t3\n'
        '1\t"Go," he said.\t"Go," <s>he</s> said.\t\t\n'
    )
    first, second = read_table(written(tmp_path, text), GoldRelation)
    assert first.sentence == 'She said "no" twice.'
    assert (first.gold_root, first.gold_penta) == ("REJECT", 3)
    assert second.sentence == '"Go," he said.'
    assert (second.gold_root, second.gold_penta) == (None, None)


def test_quoted_cells_may_hold_tabs_and_line_ends(tmp_path: Path) -> None:
    text = 'sentence\tmarked_sentence\n"a\tb"\t"c\nd"\nx\ty\n'
    records = read_table(written(tmp_path, text), GoldRelation)
    assert [(record.sentence, record.marked_sentence) for record in records] == [("a\tb", "c\nd"), ("x", "y")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1 lacks the column 'sentence'"),
        ("sentence\tother\na\tb\n", "line 1 lacks the column 'marked_sentence' (it has sentence, other)"),
        ("sentence\tmarked_sentence\na\tb\nc\n", "line 3 has 1 cells"),
        ("sentence\tmarked_sentence\tgold_penta\na\tb\tmany\n", "line 2: Expected `float | null`"),
        ("sentence\tmarked_sentence\n", "holds no record"),
    ],
)
def test_a_bad_table_is_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(BadGold) as caught:
        read_table(written(tmp_path, text), GoldRelation)
    assert message in caught.value.found


def test_a_timex_needs_a_span(tmp_path: Path) -> None:
    line = '{"doc_id": "a", "text": "x", "timexes": [{"type": "DATE", "value": "2001"}]}'
    with pytest.raises(BadGold, match="needs `span`"):
        read_lines(written(tmp_path, line), GoldDates)
