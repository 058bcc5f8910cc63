"""Relations: marks, the one root of a pair, and measures."""

from collections.abc import Iterable, Iterator

import pytest

from melian.evaluation.pairs import DEFAULT_ROOT, JUDGED, ROOT_QUADS, pair_of, root_of
from melian.evaluation.relations import FoundRelation, GoldRelation, judge_relations, predict_relations
from melian.records import Actor, Claim, Event, EventType, Mention, ProducedBy, Reading, Report, Span, Statement
from melian.records.claim import Certainty, Polarity, Tense
from melian.records.statement import Act

MARKED = "<s>Kenya</s> met Chad after <t>Togo</t> had attacked Kenya."
TEXT = "Kenya met Chad after Togo had attacked Kenya."
ACTORS = (
    Actor(id="ken", name="Kenya", kind="state", mentions=((0, 5), (39, 44))),
    Actor(id="tcd", name="Chad", kind="state", mentions=((10, 14),)),
    Actor(id="tgo", name="Togo", kind="state", mentions=((21, 25),)),
)


def event(name: str, type_: EventType, sources: str, targets: str, trigger: str, confidence: float = 0.5) -> Event:
    span = (TEXT.index(trigger), TEXT.index(trigger) + len(trigger))
    return Event(
        id=name,
        type=type_,
        quad=1,
        intensity=0,
        sources=tuple(sources.split()),
        targets=tuple(targets.split()),
        mentions=(Mention(trigger=span, sentence=(0, len(TEXT))),),
        confidence=confidence,
    )


def reading(*events: Event, claims: tuple[Claim, ...] = (), statements: tuple[Statement, ...] = ()) -> Reading:
    return Reading(
        report=Report(id="r", text=TEXT),
        actors=ACTORS,
        events=events,
        claims=claims,
        statements=statements,
        produced_by=ProducedBy(melian="0", model="", knowledge="", settings=""),
    )


MET = event("e1", "CONSULT", "ken", "tcd", "met")
ATTACKED = event("e2", "ASSAULT", "tgo", "ken", "attacked", 0.8)


def test_marks_are_taken_out() -> None:
    pair = pair_of(MARKED)
    assert (pair.text, pair.source, pair.target) == (TEXT, ((0, 5),), ((21, 25),))


@pytest.mark.parametrize(
    ("marked", "text", "source", "target"),
    [
        ("no marks", "no marks", (), ()),
        ("<s>a</s> b <s>c</s>", "a b c", ((0, 1), (4, 5)), ()),
        ("<s>a <t>b</t> c</s>", "a b c", ((0, 5),), ((2, 3),)),
        ("a <t>b", "a b", (), ((2, 3),)),
        ("a</t> <s></s>b", "a b", (), ()),
    ],
)
def test_odd_marks(marked: str, text: str, source: tuple[Span, ...], target: tuple[Span, ...]) -> None:
    pair = pair_of(marked)
    assert (pair.text, pair.source, pair.target) == (text, source, target)


def test_the_event_that_joins_the_pair_is_chosen() -> None:
    both = reading(MET, ATTACKED)
    assert root_of(both, pair_of("Kenya met Chad after <s>Togo</s> had attacked <t>Kenya</t>."))[0] == "ASSAULT"
    assert root_of(both, pair_of("<s>Kenya</s> met <t>Chad</t> after Togo had attacked Kenya."))[0] == "CONSULT"
    # Turned round is better than the marked source alone.
    assert root_of(both, pair_of(MARKED)) == ("ASSAULT", 0.8)
    assert root_of(reading(MET), pair_of(MARKED))[0] == "CONSULT"


def test_parties_of_a_meeting_may_all_be_sources() -> None:
    met = event("e1", "CONSULT", "ken tgo", "", "met")
    other = event("e3", "ACCUSE", "ken", "tcd", "had")
    assert root_of(reading(other, met), pair_of(MARKED))[0] == "CONSULT"


def test_the_nearest_trigger_decides_among_equals() -> None:
    near, far = event("e1", "AID", "ken", "tcd", "met"), event("e2", "COERCE", "ken", "tcd", "attacked", 0.9)
    assert (
        root_of(reading(far, near), pair_of("<s>Kenya</s> met <t>Chad</t> after Togo had attacked Kenya."))[0] == "AID"
    )


def test_the_governing_verb_goes_before_what_it_governs() -> None:
    # Both triggers stand between the marks, so neither is nearer.
    governed, governing = (
        event("e2", "ASSAULT", "ken", "tgo", "Chad", 0.9),
        event("e1", "THREATEN", "ken", "tgo", "met"),
    )
    assert root_of(reading(governed, governing), pair_of(MARKED))[0] == "THREATEN"


def test_back_offs() -> None:
    def told(act: Act) -> Statement:
        return Statement(
            id="s1", speaker="ken", speaker_span=(0, 5), cue=None, content=((6, 9),), kind="indirect", act=act
        )

    unmarked = event("e4", "PROTEST", "tcd", "", "met")
    assert root_of(reading(unmarked, statements=(told("demand"),)), pair_of(MARKED))[0] == "REQUEST"
    assert root_of(reading(unmarked, statements=(told("state"),)), pair_of(MARKED))[0] == "PROTEST"
    assert root_of(reading(), pair_of(MARKED)) == (DEFAULT_ROOT, 0.0)


@pytest.mark.parametrize(
    ("type_", "polarity", "certainty", "tense", "root"),
    [
        ("CONSULT", "positive", "certain", "past", "CONSULT"),
        ("CONSULT", "positive", "certain", "future", "AGREE"),
        ("CONSULT", "negative", "certain", "past", "REJECT"),
        ("RETREAT", "positive", "certain", "past", "YIELD"),
        ("CONCEDE", "positive", "probable", "future", "AGREE"),
        ("ASSAULT", "positive", "certain", "future", "THREATEN"),
        ("ASSAULT", "negative", "certain", "future", "AGREE"),
        ("ASSAULT", "negative", "uncommitted", "future", "ASSAULT"),
        ("AID", "negative", "certain", "past", "SANCTION"),
        ("AID", "positive", "certain", "hypothetical", "AID"),
    ],
)
def test_what_is_claimed_changes_the_root(
    type_: EventType, polarity: Polarity, certainty: Certainty, tense: Tense, root: str
) -> None:
    claim = Claim(id="c", event="e", holder="author", polarity=polarity, certainty=certainty, tense=tense, span=(0, 5))
    assert root_of(reading(event("e", type_, "ken", "tgo", "met"), claims=(claim,)), pair_of(MARKED))[0] == root


def test_the_author_goes_before_speakers() -> None:
    claims = (
        Claim(id="c1", event="e1", holder="s1", polarity="negative", certainty="certain", tense="past", span=(0, 5)),
        Claim(
            id="c2", event="e1", holder="author", polarity="positive", certainty="certain", tense="past", span=(0, 5)
        ),
    )
    assert root_of(reading(MET, claims=claims), pair_of(MARKED))[0] == "CONSULT"
    assert root_of(reading(MET, claims=claims[:1]), pair_of(MARKED))[0] == "REJECT"


def test_every_root_has_a_quad_and_a_rule() -> None:
    assert len(ROOT_QUADS) == 15
    assert set(JUDGED) == set(ROOT_QUADS) >= {root for rule in JUDGED.values() for root in rule}


def gold(root: str, quad: int, sentence_id: str | None = None) -> GoldRelation:
    return GoldRelation(sentence="", marked_sentence="", gold_root=root, gold_penta=quad, sentence_id=sentence_id)


def found(row: int, root: str) -> FoundRelation:
    return FoundRelation(row=row, root=root, quad=ROOT_QUADS[root], confidence=0.5)


def test_known_values() -> None:
    outcome = judge_relations(
        [gold("AID", 2), gold("RETREAT", 2), gold("ACCUSE", 3), gold("ACCUSE", 3)],
        [found(0, "AID"), found(1, "YIELD"), found(2, "ACCUSE"), found(3, "AID")],
    )
    values = {figure.name: figure.value for figure in outcome.figures}
    # F1: AID 2/3, YIELD 1, ACCUSE 2/3; quad 2: 4/5, quad 3: 2/3.
    assert values["root: macro-F1"] == pytest.approx(100 * 7 / 9)
    assert values["root: accuracy"] == 75
    assert values["quad: macro-F1"] == pytest.approx(100 * (4 / 5 + 2 / 3) / 2)
    assert values["quad: accuracy"] == 75
    assert values["root ACCUSE: F1"] == pytest.approx(100 * 2 / 3)
    assert [(miss.record, miss.expected, miss.found) for miss in outcome.misses] == [("row 3", "ACCUSE", "AID")]


def test_perfect_and_empty() -> None:
    right = judge_relations([gold("AID", 2, "x"), gold("REJECT", 3, "x")], [found(0, "AID"), found(1, "REJECT")])
    assert {figure.value for figure in right.figures} == {100}
    wrong = judge_relations([gold("AID", 2)], [found(0, "REJECT")])
    assert {figure.value for figure in wrong.figures} == {0}


def test_each_sentence_is_read_once_and_every_row_answered_in_order() -> None:
    read: list[str] = []

    class Counting:
        def read_many(self, reports: Iterable[Report]) -> Iterator[Reading]:
            for report in reports:
                read.append(report.text)
                yield reading(MET, ATTACKED)

    other = "Chad left."
    rows = [
        GoldRelation(sentence=TEXT, marked_sentence="Kenya met Chad after <s>Togo</s> had attacked <t>Kenya</t>."),
        GoldRelation(sentence=other, marked_sentence="<s>Chad</s> left."),
        GoldRelation(sentence=TEXT, marked_sentence="<s>Kenya</s> met <t>Chad</t> after Togo had attacked Kenya."),
    ]
    predictions = list(predict_relations(Counting(), rows, lambda pair: None))
    assert read == [TEXT, other]
    assert [prediction.row for prediction in predictions] == [0, 1, 2]
    assert [predictions[0].root, predictions[2].root] == ["ASSAULT", "CONSULT"]
    assert [predictions[0].quad, predictions[2].quad] == [4, 1]
