"""What a rule means, in a sentence."""

from pathlib import Path

import pytest

from melian.exports.rules import meaning_of
from melian.records import Reason

CODING = "".join(path.read_text() for path in Path("src/melian/coding").rglob("*.py"))


def reason(stage, rule):
    return Reason(record="e1", stage=stage, rule=rule)


@pytest.mark.parametrize(
    ("stage", "rule", "words"),
    [
        ("claims", "asserted and denied", "another that it did not"),
        ("events", "event heads, event lexicon and event heads", "The trained model took the words"),
        ("places", "place: named nearest; it is the only place of the name", "Named nearest. It is the only place"),
        ("events", "PER is likely a source", "Weighed by the whole report, PER is likely one of those who act."),
        ("events", "PER is hardly a target", "PER is hardly one of those acted upon."),
    ],
)
def test_a_rule_is_told_in_a_sentence(stage, rule, words):
    assert words in meaning_of(reason(stage, rule))


def test_rules_that_found_the_same_words_are_told_once():
    told = meaning_of(reason("events", "event heads, event lexicon and event heads"))
    assert told.count("trained model") == 1
    assert "lexicon" in told


def test_a_rule_that_is_not_in_the_table_has_no_meaning():
    assert meaning_of(reason("claims", "by the stars")) is None


def test_every_rule_of_the_table_is_one_that_the_code_gives():
    lines = Path("src/melian/exports/rules.tsv").read_text().splitlines()[2:]
    for line in lines:
        rule = line.split("\t")[1]
        if not rule.startswith("the cue ") and not rule.endswith(" a date of its clause"):
            assert f'"{rule}"' in CODING or rule in CODING, rule
