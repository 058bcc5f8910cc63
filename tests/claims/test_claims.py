"""What each holder says of an event: tests/cases/claims.tsv, and what holds for every reading."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from melian import Reader
from melian.coding.claims.judging import judge
from melian.knowledge.factuality import governors
from melian.records import Reading, Report

_CASES = Path(__file__).parents[1] / "cases"
pytestmark = pytest.mark.model
_ASIDE = re.compile(r"[A-Z]\w+, (which|who|whose) [^.,;]*$")
# Words that take what they speak of for granted, so that the author does too, and words of planning and demanding.
_GRANTING = {lemma for row in governors() if row.if_so in {"fact", "planned"} for lemma in row.lemmas}
_GRANTING |= {"demand", "worry", "accept", "please"}  # what is answered or pleases is there


def _rows(name: str) -> list[dict[str, str]]:
    lines = [line for line in (_CASES / name).read_text(encoding="utf-8").split("\n") if line and line[0] != "#"]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


ROWS = _rows("claims.tsv")
TEXTS = sorted({row["text"] for name in ("claims.tsv", "disputes.tsv") for row in _rows(name)})


@cache
def _reader() -> Reader:
    return Reader()


@cache
def _readings() -> dict[str, Reading]:
    reports = [Report(id=f"r{n}", text=text, published="2024-05-10") for n, text in enumerate(TEXTS)]
    return {reading.report.text: reading for reading in _reader().read_many(reports)}


def _marked() -> list[object]:
    return [
        pytest.param(row, id=row["id"], marks=[pytest.mark.xfail(reason=row["state"])] if row["state"] else [])
        for row in ROWS
    ]


@pytest.mark.parametrize("row", _marked())
def test_holder_says(row: dict[str, str]) -> None:
    text = row["text"]
    want = (row["polarity"], row["certainty"], row["tense"])
    if row["holder"] == "words":
        token = next(t for t in _reader().parse(Report(id="r", text=text)) if t.text == row["word"])
        told = judge(token)
        assert (told.polarity, told.certainty, told.tense) == want
        return
    reading = _readings()[text]
    words = set(row["word"].split("|"))
    event = next(e for e in reading.events if any(text[slice(*m.trigger)] in words for m in e.mentions))
    holders = {"author"}
    if row["holder"] != "author":
        holders = {s.id for s in reading.statements if s.speaker_span and row["holder"] in text[slice(*s.speaker_span)]}
    claims = [c for c in reading.claims if c.event == event.id and c.holder in holders]
    assert want in [(c.polarity, c.certainty, c.tense) for c in claims]


def _check(reading: Reading) -> None:
    statements = {s.id: s for s in reading.statements}
    reasons = {r.record for r in reading.reasons}
    for event in reading.events:
        own = [c for c in reading.claims if c.event == event.id and c.holder == "author"]
        assert len(own) == 1
        inside = [
            [s for s in reading.statements if any(a <= m.trigger[0] < b for a, b in s.content)] for m in event.mentions
        ]
        told_only = all(inside) and not any(
            s.cue is None or s.cue.lemma in _GRANTING or s.speaker_span is None for held in inside for s in held
        )
        # What a clause behind a name adds ("arms for the LRA, which attacked …") is the author's, whoever names it.
        asides = [
            _ASIDE.search(reading.report.text[min(s.content[0][0] for s in held) : m.trigger[0]])
            for held, m in zip(inside, event.mentions, strict=True)
            if held
        ]
        assert not (told_only and not any(asides) and own[0].certainty == "certain")
    assert len({c.id for c in reading.claims}) == len(reading.claims)
    assert len({(c.event, c.holder) for c in reading.claims}) == len(reading.claims)
    for claim in reading.claims:
        assert claim.holder == "author" or claim.holder in statements
        assert claim.id in reasons
    claims = {c.id: c for c in reading.claims}
    for dispute in reading.disputes:
        assert {side.stance for side in dispute.sides} == {"assert", "deny"}
        assert dispute.id in reasons
        assert dispute.proposition
        holders = [set(side.holders) for side in dispute.sides]
        assert all(holders)
        assert not set.intersection(*holders)
        for side in dispute.sides:
            assert {claims[i].holder for i in side.claims} <= set(side.holders)


@pytest.mark.parametrize("text", TEXTS)
def test_every_event_has_the_author_and_he_asserts_only_in_his_own_words(text: str) -> None:
    _check(_readings()[text])


@settings(max_examples=15)
@given(st.lists(st.sampled_from(TEXTS), min_size=2, max_size=5, unique=True))
def test_texts_joined_keep_their_order(texts: list[str]) -> None:
    _check(_reader().read_report(Report(id="r", text="\n".join(texts), published="2024-05-10")))
