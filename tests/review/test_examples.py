"""Corrections as examples: what they say is what the training reads."""

import json
import sys
from collections import Counter
from pathlib import Path

import pytest
from msgspec.structs import replace

import melian
from invented import find, invent_reading
from melian.archive.review.correcting import correct_reading
from melian.archive.review.queue import Review
from melian.evaluation.examples import articles_of, passages_of
from melian.evaluation.statements import GoldStatements
from reviewed_archive import judge, store

CORPUS = Path(__file__).parents[2] / "training" / "corpus"


@pytest.fixture
def news(tmp_path):
    store(tmp_path / "news", invent_reading())
    return tmp_path / "news"


def examples(folder, kind, of):
    made = melian.Archive(folder, is_corrected=False).reading("r0badcafe")
    corrected = correct_reading(made, Review(folder).corrections())
    marks = {record: mark for (of_kind, record), mark in corrected.marks.items() if of_kind == kind}
    left_out = Counter()
    return list(of(made, corrected.reading, marks, left_out)), left_out


def test_a_judged_sentence_becomes_a_passage(news):
    judge(news, "e9talks", {"type": "COOPERATE"})
    ((passage,), left_out) = examples(news, "event", passages_of)
    assert passage.text == "Kenya and Somalia held talks in Djibouti last week."
    (event,) = passage.events
    assert (event.type, event.trigger, event.by, event.certainty) == ("COOPERATE", "talks", None, "certain")
    assert [(party.words, party.country) for party in event.source] == [("Kenya", "KEN"), ("Somalia", "SOM")]
    assert (passage.kinds, left_out) == (("review", "corrected"), Counter())


def test_a_rejected_event_teaches_that_there_is_none(news):
    judge(news, "e9talks", is_rejected=True)
    ((passage,), _) = examples(news, "event", passages_of)
    assert (passage.events, passage.kinds) == ((), ("review", "rejected"))


def test_who_denies_is_kept(news):
    judge(news, "e4f1c09ab", {"targets": "Kismayo [SOM]"})
    ((passage,), _) = examples(news, "event", passages_of)
    (event,) = passage.events
    assert (event.polarity, event.by) == ("negative", "Kenya's foreign minister, Amina Odhiambo")
    assert [(party.words, party.country) for party in event.target] == [("Kismayo", "SOM")]


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ([("e9talks", {"targets": "Ruritania"})], "a party is not named in the sentence"),
        ([("e9talks", {"type": "AID"}), ("e9talks", {"type": "AGREE"})], "reviewers differ"),
    ],
)
def test_what_cannot_be_told_by_the_sentence_is_left_out_and_counted(news, answers, reason):
    for reviewer, (record, changes) in zip(("amina", "badru"), answers, strict=False):
        judge(news, record, changes, reviewer)
    found, left_out = examples(news, "event", passages_of)
    assert (found, left_out) == ([], Counter({reason: 1}))


def test_a_sentence_with_an_event_that_nobody_judged_is_left_out(tmp_path):
    whole = invent_reading()
    mention = replace(whole.events[2].mentions[0], trigger=find("held"))
    same = replace(whole.events[2], id="e8other", mentions=(mention,))
    store(tmp_path / "news", replace(whole, events=(*whole.events, same)))
    judge(tmp_path / "news", "e9talks")
    assert examples(tmp_path / "news", "event", passages_of) == (
        [], Counter({"an event of the sentence was not judged": 1}),
    )  # fmt: skip
    judge(tmp_path / "news", "e8other", is_rejected=True)
    ((passage,), _) = examples(tmp_path / "news", "event", passages_of)
    assert len(passage.events) == 1


def test_a_judged_paragraph_becomes_an_article(news):
    judge(news, "s2ground", {"speaker": "none"}, kind="statement")
    ((article,), _) = examples(news, "statement", articles_of)
    assert article.text == "“Our aircraft were on the ground,” she said."
    (one,) = article.attributions
    assert one.source == ()
    assert [article.text[slice(*span)] for span in (*one.cue, *one.content)] == [
        "said",
        "Our aircraft were on the ground",
    ]
    judge(news, "s3resi", kind="statement")
    _, left_out = examples(news, "statement", articles_of)
    assert left_out == Counter({"a statement of the paragraph was not judged": 1})


def test_the_command_writes_what_the_training_and_the_evaluation_read(news, tmp_path, monkeypatch, capsys):
    import msgspec

    from melian.cli.app import build

    judge(news, "e9talks")
    judge(news, "s2ground", is_rejected=True, kind="statement")
    build()(["train", str(news), "--with-corrections", "--output", str(tmp_path / "out" / "x")], standalone_mode=False)
    said = capsys.readouterr().out
    assert "events.jsonl: 1 sentences" in said
    assert "confidence of events: 1 judged, 1 right; no scale: it takes 60 judged records" in said
    assert not (tmp_path / "out" / "x" / "confidence.json").exists()
    monkeypatch.syspath_prepend(str(CORPUS))
    for name in ("passages", "check"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    import passages

    (passage,) = passages.passages_of(tmp_path / "out" / "x" / "events.jsonl")
    assert passage.events[0].type == "CONSULT"
    line = (tmp_path / "out" / "x" / "statements.jsonl").read_bytes()
    assert json.loads(line)["attributions"] == []
    msgspec.json.decode(line, type=GoldStatements)
