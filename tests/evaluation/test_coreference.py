"""Measures of coreference against worked examples, and the evaluation of mentions over several reports."""

import json

import pytest

from melian.evaluation.clusterings import b_cubed, ceaf_e, conll_f1, muc
from melian.evaluation.coreference import (
    FoundCoreference,
    FoundMention,
    GoldCoreference,
    judge_coreference,
    link_given,
)
from melian.evaluation.evaluate import evaluation_of
from melian.evaluation.gold import read_lines

# The example of Luo (2005): {1-5}, {6, 7}, {8, 9, A-C} against two clusters of which one holds the last two together.
GOLD = dict(zip("123456789ABC", "aaaaabbccccc", strict=True))
FOUND = dict(zip("123456789ABC", "xxxxxyyyyyyy", strict=True))


def test_measures_agree_with_the_literature():
    assert muc(GOLD, FOUND).f1 == pytest.approx(94.7, abs=0.1)
    assert b_cubed(GOLD, FOUND).f1 == pytest.approx(86.5, abs=0.1)
    assert ceaf_e(GOLD, FOUND).f1 == pytest.approx(73.3, abs=0.1)
    assert conll_f1(GOLD, GOLD) == pytest.approx(100)


def test_mentions_that_only_one_side_has_are_missed():
    assert b_cubed(GOLD, {}).f1 == 0
    assert b_cubed(GOLD, {**GOLD, "extra": "z"}).f1 < 100
    assert muc(GOLD, {key: value for key, value in GOLD.items() if key != "1"}).f1 < 100


def gold(doc, text, *mentions):
    return {
        "doc_id": doc,
        "text": text,
        "sentences": [{"span": [0, len(text)], "selected": True}],
        "mentions": [
            {"id": str(n), "spans": [[text.index(w), text.index(w) + len(w)]], "tag": tag, "instance_id": instance}
            for n, (w, tag, instance) in enumerate(mentions)
        ],
    }


@pytest.fixture
def records(tmp_path):
    rows = [
        gold("a", "A quake hit Arborea near Lake Tessel and Mount Quor.", ("quake", "ACTION_OCCURRENCE", "q"),
             ("Arborea", "LOC_GEO", "place")),
        gold("b", "The quake at Arborea shook Lake Tessel, Mount Quor and Bellis.", ("quake", "ACTION_OCCURRENCE", "q"),
             ("shook", "ACTION_OCCURRENCE", "s")),
    ]  # fmt: skip
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return read_lines(path, GoldCoreference)


class Tools:
    def describe(self, text, spans):
        return [(text[slice(*span)], (2**64 - 1, 0, 5, 7)) for span in spans]


def test_given_mentions_are_linked_by_their_words_and_vectors(records):
    found = list(link_given(Tools(), records))
    assert [len(one.mentions) for one in found] == [1, 2]
    assert found[0].mentions[0].event == found[1].mentions[0].event
    outcome = judge_coreference(records, found)
    values = {figure.name: figure.value for figure in outcome.figures}
    assert values["mentions found: recall"] == values["mentions found: precision"] == 100
    assert values["CoNLL F1"] > 50


def test_judging_finds_what_was_missed(records):
    nothing = [FoundCoreference(doc_id=record.doc_id) for record in records]
    outcome = judge_coreference(records, nothing)
    assert [miss.text for miss in outcome.misses] == ["quake", "quake", "shook"]
    right = [
        FoundCoreference(
            doc_id=record.doc_id,
            mentions=tuple(FoundMention(span=mention.span, event=mention.instance_id) for mention in record.events),
        )
        for record in records
    ]
    assert judge_coreference(records, right).figures[0].value == pytest.approx(100)


def test_it_stands_among_the_evaluations():
    assert evaluation_of("coreference").gold is GoldCoreference
    assert evaluation_of("coreference", is_given=True).predict is not evaluation_of("coreference").predict
