"""What has no end is cut, so that no step that looks at whole sentences or words takes quadratic time."""

from functools import cache

import pytest

from melian.coding.language.pipeline import load_language
from melian.records import Report
from melian.settings import Settings

pytestmark = pytest.mark.model
PLAIN = "The minister said that the harbour had been shelled on Thursday"


@cache
def language():
    return load_language(Settings().pipeline)


def parsed(text):
    (draft,) = language().parse([Report(id="r", text=text)], len(text))
    assert draft.doc.text == text
    return draft.doc


@pytest.mark.parametrize(
    "text",
    [
        " and that ".join([PLAIN] * 100) + ".",
        ", ".join([PLAIN] * 100) + ".",
        'He said "' * 400,
        "word " * 1_500,
    ],
)
def test_no_sentence_is_longer_than_some_hundred_tokens(text):
    assert max(len(sentence) for sentence in parsed(text).sents) <= 301


def test_a_long_sentence_is_cut_behind_a_comma():
    doc = parsed(", ".join([PLAIN] * 60) + ".")
    ends = [sentence.text.rstrip()[-1] for sentence in list(doc.sents)[:-1]]
    assert ends
    assert set(ends) == {","}


def test_a_sentence_of_usual_length_is_whole():
    assert len(list(parsed(", and ".join([PLAIN] * 9) + ".").sents)) == 1


@pytest.mark.parametrize("run", ['"' * 4_000, "a" * 4_000, "(,)" * 1_500])
def test_a_run_without_blanks_is_cut_and_nothing_is_lost(run):
    doc = parsed(f"{PLAIN}. {run} {PLAIN}.")
    assert max(map(len, doc)) <= 500
    assert doc[-2].text == "Thursday"
