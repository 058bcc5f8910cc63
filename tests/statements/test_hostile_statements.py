"""Texts that no writer of news would write: nothing raises, time stays even, and no statement swallows its report."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from spacy.tokens import Token

from melian.coding.claims.disputes.told import Told
from melian.reader import Reader
from melian.records import Reading, Statement

pytestmark = pytest.mark.model
SENTENCE = "the minister of trade said that the ports of the north would open again and that the ships of Peru"
SPEECH = "We shall open the ports, and we shall pay the crews, because no one else will do it for us. "
TRANSCRIPT = """MODERATOR: Good evening. Minister, will the ports open?
MINISTER: They will open on Monday, and the crews will be paid.
MODERATOR: And the strikers?
MINISTER: We have told the strikers that the law applies to everybody.
UNION LEADER: That is untrue. Nobody has told us anything.
"""
TABLE = """Country | Ships | Crews
Peru | 12 | 340
Chile | 9 | 210
- The ministry said on Monday that three ports were closed.
- Ports open: Callao, Arica
* Note: figures of March
1. Lima said "the list is final".
"""


@cache
def reader() -> Reader:
    return Reader()


def read(text: str) -> Reading:
    reading = reader().read(text)
    for statement in reading.statements:
        said = sum(end - start for start, end in statement.content)
        assert 0 < said < len(text.strip())
        assert all(text[start:end].strip() for start, end in statement.content)
    return reading


def test_one_sentence_of_twenty_thousand_characters():
    text = "On Monday " + ", and ".join([SENTENCE] * 200) + " stayed away."
    assert len(text) > 20_000
    assert len(read(text).statements) > 1


def test_a_quotation_of_five_thousand_words():
    text = f"The ports will open, the minister of trade said on Monday.\n\n“{SPEECH * 250}” Minister Ana Ríos said.\n"
    assert len(text.split()) > 5_000
    assert read(text).statements


def test_a_quotation_that_nothing_closes():
    text = f"The minister said on Monday: “{SPEECH * 50}\n\nThe union said that it had heard nothing of this."
    assert len(read(text).statements) > 1


def test_paragraphs_run_together_whose_marks_open_and_do_not_close():
    told = "The ministry said on Monday that the “northern” ports were open, and ships left Callao in the night. "
    text = f"“We wait. {told * 8}“We go on waiting,” the union said. “Nobody has called. “Nobody will,” it added."
    assert max(end - start for statement in read(text).statements for start, end in statement.content) < 200


@pytest.mark.parametrize("marks", ["“‘\"'»«”’", '"' * 40, "’”" * 30, "“" * 40, "'\"'\"'\"“’"])
def test_marks_without_order(marks: str):
    text = f"{marks[:4]}The minister said {marks}that ports {marks[::-1]} were closed,{marks} and he {marks}denied it."
    read(text + marks)


def test_a_transcript_with_labels():
    said = [statement.speaker_span for statement in read(TRANSCRIPT).statements]
    assert any(span is not None and TRANSCRIPT[slice(*span)] in {"MINISTER", "UNION LEADER"} for span in said)


def test_lists_and_tables():
    reading = read(TABLE)
    assert any("three ports were closed" in TABLE[s.content[0][0] : s.content[0][1]] for s in reading.statements)


def test_seventy_denials_of_denials(monkeypatch: pytest.MonkeyPatch):
    looked_through: dict[str, int] = {}
    tokens = Told.tokens

    def counted(told: Told, statement: Statement) -> Iterator[Token]:
        words = list(tokens(told, statement))
        looked_through[statement.id] = len(words)
        return iter(words)

    monkeypatch.setattr(Told, "tokens", counted)
    denials = " ".join(f"{name} denied that" for name in ("Chad", "Peru", "Iran", "Mali", "Togo") * 14)
    assert len(read(f"{denials} Tine was bombed.").statements) == 70
    assert max(looked_through.values()) < 30
