"""Time expressions: strict, relaxed and value F1, by type."""

from collections.abc import Iterable, Iterator

import msgspec
import pytest

from melian.evaluation.dates import judge_dates, predict_dates
from melian.evaluation.report import Outcome
from melian.evaluation.timed import FoundDates, FoundTimex, GoldDates, Timex
from melian.records import ProducedBy, Reading, Report, Span, TimeExpression, When

TEXT = "On Monday they met for two hours, as they did in early May and every week."


def at(words: str) -> Span:
    return TEXT.index(words), TEXT.index(words) + len(words)


GOLD = (
    Timex(span=at("Monday"), type="DATE", value="2020-03-02"),
    Timex(spans=(at("two"), at("hours")), type="DURATION", value="PT2H"),
    Timex(span=at("early May"), type="DATE", value="2019-05"),
    Timex(span=at("every week"), type="SET", value="P1W"),
)


def judged(found: tuple[FoundTimex, ...], **fields: object) -> Outcome:
    gold = msgspec.structs.replace(GoldDates(doc_id="a", text=TEXT, timexes=GOLD), **fields)
    return judge_dates([gold], [FoundDates(doc_id="a", timexes=found)])


def values(outcome: Outcome) -> dict[str, float | None]:
    return {figure.name: figure.value for figure in outcome.figures}


def test_perfect_and_empty() -> None:
    perfect = tuple(FoundTimex(span=timex.stretch, type=timex.type, value=timex.value or "") for timex in GOLD)
    assert set(values(judged(perfect)).values()) == {100}
    assert set(values(judged(())).values()) == {0}


def test_known_mixed_values() -> None:
    found = (
        FoundTimex(span=at("On Monday"), type="DATE", value="2020-03-02"),
        FoundTimex(span=at("two hours"), type="DURATION", value="PT3H"),
        FoundTimex(span=at("early May"), type="DURATION", value="2019-05"),
        FoundTimex(span=at("they"), type="DATE", value="2020"),
    )
    outcome = judged(found)
    got = values(outcome)
    assert got["strict span: F1"] == 50
    assert got["relaxed span: F1"] == 75
    assert got["type: F1"] == 50
    assert got["value: F1"] == 50
    assert got["DATE: relaxed span F1"] == 50
    assert got["DATE: value F1"] == 50
    assert got["DURATION: relaxed span F1"] == pytest.approx(200 / 3)
    assert got["DURATION: value F1"] == 0
    assert got["SET: relaxed span F1"] == 0
    assert [miss.text for miss in outcome.misses] == ["two hours", "every week", "they"]


def test_what_nobody_annotated_is_left_out() -> None:
    found = (*(FoundTimex(span=t.stretch, type=t.type, value=t.value or "") for t in GOLD[:2]),)
    spurious = FoundTimex(span=at("every week"), type="SET", value="P1W")
    sentences = msgspec.Raw(msgspec.json.encode([(0, at("as")[0]), (at("as")[0], len(TEXT))]))
    part = judged((*found, spurious), timexes=GOLD[:2], last_annotated_sentence=0, sentences=sentences)
    assert values(part)["relaxed span: F1"] == 100
    whole = judged((*found, spurious), timexes=GOLD[:2])
    assert values(whole)["relaxed span: precision"] == pytest.approx(200 / 3)


def test_predictions_in_order_with_the_day_of_publication() -> None:
    class Fixed:
        def read_many(self, reports: Iterable[Report]) -> Iterator[Reading]:
            for report in reports:
                when = When(start=report.published, end=report.published, precision="day", basis="published")
                dates = (TimeExpression(span=(0, 2), kind="date", when=when),)
                made = ProducedBy(melian="0", model="", knowledge="", settings="")
                yield Reading(report=report, dates=dates, produced_by=made)

    def to_timex(expression: TimeExpression) -> tuple[str, str]:
        return expression.kind.upper(), expression.when.start or ""

    gold = [GoldDates(doc_id="b", text=TEXT, dct="2020-03-04T10:00"), GoldDates(doc_id="a", text=TEXT)]
    first, second = predict_dates(Fixed(), gold, to_timex)
    assert (first.doc_id, second.doc_id) == ("b", "a")
    assert first.timexes == (FoundTimex(span=(0, 2), type="DATE", value="2020-03-04"),)
    assert second.timexes == (FoundTimex(span=(0, 2), type="DATE", value=""),)
