"""Statements: measures with known values, and predictions from readings."""

from collections.abc import Iterable, Iterator

import pytest

from melian.errors import BadReport
from melian.evaluation.report import Outcome
from melian.evaluation.statements import (
    Attribution,
    FoundStatements,
    GoldStatements,
    judge_statements,
    match_contents,
    predict_statements,
)
from melian.records import Cue, ProducedBy, Reading, Report, Span, Statement

TEXT = (
    'The minister said the bridge was closed. "We will rebuild it," she told reporters. '
    "Officials in Lund denied that anyone had left, and the mayor agreed."
)


def at(words: str) -> tuple[Span, ...]:
    return ((TEXT.index(words), TEXT.index(words) + len(words)),) if words else ()


def said(source: str, cue: str, content: str) -> Attribution:
    return Attribution(source=at(source), cue=at(cue), content=at(content))


GOLD = (
    said("The minister", "said", "the bridge was closed"),
    said("she", "told reporters", '"We will rebuild it,"'),
    said("Officials in Lund", "denied", "that anyone had left"),
    said("", "agreed", "anyone had left"),
)
FOUND = (
    said("minister", "said", "the bridge was closed"),
    said("The minister", "told", "We will rebuild it"),
    said("Officials in Lund", "denied", "that anyone had left"),
    said("reporters", "", "Officials"),
)


def judged(found: tuple[Attribution, ...]) -> Outcome:
    gold = [GoldStatements(doc_id="a", text=TEXT, attributions=GOLD)]
    return judge_statements(gold, [FoundStatements(doc_id="a", attributions=found)])


def values(outcome: Outcome) -> dict[str, float | None]:
    return {figure.name: figure.value for figure in outcome.figures}


def test_the_gold_itself_is_perfect() -> None:
    outcome = judged(GOLD)
    assert set(values(outcome).values()) <= {100, None}
    assert outcome.misses == ()


def test_nothing_predicted_is_zero() -> None:
    assert set(values(judged(())).values()) <= {0, None}


# The values of the reference scorer on the same input.
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("source: exact span precision", 50.0),
        ("source: exact span recall", 66.7),
        ("source: exact span F1", 57.1),
        ("source: begin F1", 57.1),
        ("source: overlap", 50.0),
        ("cue: exact span precision", 66.7),
        ("cue: exact span recall", 50.0),
        ("cue: exact span F1", 57.1),
        ("cue: begin F1", 85.7),
        ("cue: overlap", 62.5),
        ("content: exact span F1", 50.0),
        ("content: begin F1", 50.0),
        ("content: overlap", 66.4),
        ("attribution found: precision", 75.0),
        ("attribution found: recall", 75.0),
        ("attribution found: F1", 75.0),
        ("attribution found with its source: F1", 50.0),
        ("source right, of gold with a source", 66.7),
    ],
)
def test_mixed_values(name: str, value: float) -> None:
    assert values(judged(FOUND))[name] == pytest.approx(value, abs=0.05)


def test_misses_name_what_was_missed_wrong_and_spurious() -> None:
    misses = [(miss.text, miss.expected, miss.found) for miss in judged(FOUND).misses]
    assert misses == [
        ('"We will rebuild it,"', "source she", "source The minister"),
        ("anyone had left", "a statement", ""),
        ("Officials", "", "a statement"),
    ]


def test_contents_are_matched_once_and_not_below_half() -> None:
    bags = [frozenset({1, 2, 3, 4}), frozenset({1, 2, 3})]
    assert match_contents(bags, [frozenset({1, 2, 3})]) == [(1, 0)]
    assert match_contents([frozenset(range(9))], [frozenset({1})]) == []


class Refusing:
    """A reader that refuses the text "bad", as a real one refuses what is no report."""

    def read_many(self, reports: Iterable[Report]) -> Iterator[Reading]:
        for report in reports:
            if report.text == "bad":
                raise BadReport("empty", "nothing to read")
            statement = Statement(
                id="s1",
                speaker="a1",
                speaker_span=(0, 2),
                cue=Cue(span=(3, 7), lemma="say"),
                content=((8, 9), (10, 11)),
                kind="indirect",
                act="state",
                confidence=0.75,
            )
            open_ = Statement(
                id="s2", speaker=None, speaker_span=None, cue=None, content=((8, 9),), kind="direct", act="state"
            )
            made = ProducedBy(melian="0", model="", knowledge="", settings="")
            yield Reading(report=report, statements=(statement, open_), produced_by=made)


def test_predictions_are_one_a_record_in_gold_order_whatever_is_refused() -> None:
    texts = ["It said a b", "bad", "He said a b", *["No said a b"] * 40, "bad"]
    gold = [GoldStatements(doc_id=number, text=text) for number, text in enumerate(texts)]
    found = list(predict_statements(Refusing(), gold))
    assert [prediction.doc_id for prediction in found] == list(range(len(texts)))
    assert [bool(prediction.attributions) for prediction in found] == [text != "bad" for text in texts]
    assert found[0].attributions == (
        Attribution(source=((0, 2),), cue=((3, 7),), content=((8, 9), (10, 11)), confidence=0.75),
        Attribution(content=((8, 9),), confidence=0.5),
    )
