"""The seven evaluations by name: how gold is read, how predictions are made, how they are judged."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar

import msgspec

from melian.errors import BadGold
from melian.evaluation.actors import FoundActor, GoldActor, judge_actors, predict_actors
from melian.evaluation.coreference import (
    FoundCoreference,
    GoldCoreference,
    judge_coreference,
    link_given,
    predict_coreference,
)
from melian.evaluation.dates import judge_dates, predict_dates
from melian.evaluation.events import FoundEvents, GoldEvents, judge_events, predict_events
from melian.evaluation.gold import read_lines, read_table
from melian.evaluation.places import FoundPlaces, GoldPlaces, judge_places, predict_places, resolve_given
from melian.evaluation.relations import FoundRelation, GoldRelation, judge_relations, predict_relations
from melian.evaluation.report import Outcome
from melian.evaluation.statements import FoundStatements, GoldStatements, judge_statements, predict_statements
from melian.evaluation.timed import FoundDates, GoldDates
from melian.evaluation.tools import Tools

What = Literal["statements", "relations", "events", "dates", "places", "actors", "coreference"]
WHATS: tuple[What, ...] = ("statements", "relations", "events", "dates", "places", "actors", "coreference")

Gold = TypeVar("Gold", bound=msgspec.Struct)
Found = TypeVar("Found", bound=msgspec.Struct)


@dataclass(frozen=True, slots=True)
class Evaluation(Generic[Gold, Found]):
    """One kind of evaluation.

    Attributes:
        gold: What a gold record is.
        found: What a prediction is.
        is_table: Whether gold is a tab-separated table; else JSON Lines.
        has_answer: Whether a gold record says what is right.
        answers: The gold fields that say so, for messages.
        predict: Yields one prediction a gold record, in order.
        judge: Judges predictions against gold records in the same order.
    """

    gold: type[Gold]
    found: type[Found]
    has_answer: Callable[[Gold], bool]
    answers: str
    predict: Callable[[Tools, Sequence[Gold]], Iterator[Found]]
    judge: Callable[[Tools, Sequence[Gold], Sequence[Found]], Outcome]
    is_table: bool = False

    def read(self, path: Path, limit: int | None = None) -> tuple[Gold, ...]:
        """Read a gold file; see `melian.evaluation.gold`.

        Raises:
            BadGold: The file cannot be used.
        """
        return read_table(path, self.gold, limit) if self.is_table else read_lines(path, self.gold, limit)

    def read_predictions(self, path: Path) -> tuple[Found, ...]:
        """Read predictions back.

        Raises:
            BadGold: The file cannot be used.
        """
        return read_lines(path, self.found)

    def judge_answered(self, tools: Tools, gold: Sequence[Gold], found: Sequence[Found]) -> Outcome | None:
        """Judge the records that carry an answer; None where none does."""
        rows = [(want, have) for want, have in zip(gold, found, strict=True) if self.has_answer(want)]
        return self.judge(tools, [want for want, _ in rows], [have for _, have in rows]) if rows else None


def evaluation_of(what: What, *, is_given: bool = False) -> Evaluation[Any, Any]:
    """Find an evaluation by name.

    Args:
        what: Its name.
        is_given: Of places and coreference, judge only where the gold spans lead: they are given.

    Raises:
        BadGold: `is_given` was asked for something else.
    """
    if is_given and what not in _GIVEN:
        raise BadGold(f"--given was asked for {what}", " or ".join(_GIVEN), "Leave --given out")
    return _GIVEN[what] if is_given else _EVALUATIONS[what]


_EVALUATIONS: dict[What, Evaluation[Any, Any]] = {
    "statements": Evaluation(
        gold=GoldStatements,
        found=FoundStatements,
        has_answer=lambda record: record.attributions is not None,
        answers="attributions",
        predict=lambda tools, gold: predict_statements(tools.reader, gold),
        judge=lambda tools, gold, found: judge_statements(gold, found),
    ),
    "relations": Evaluation(
        gold=GoldRelation,
        found=FoundRelation,
        has_answer=lambda record: bool(record.gold_root) or record.gold_penta is not None,
        answers="gold_root and gold_penta",
        predict=lambda tools, gold: predict_relations(tools.reader, gold, tools.relate),
        judge=lambda tools, gold, found: judge_relations(gold, found),
        is_table=True,
    ),
    "events": Evaluation(
        gold=GoldEvents,
        found=FoundEvents,
        has_answer=lambda record: record.expected is not None,
        answers="expected",
        predict=lambda tools, gold: predict_events(tools.reader, gold),
        judge=lambda tools, gold, found: judge_events(gold, found),
    ),
    "dates": Evaluation(
        gold=GoldDates,
        found=FoundDates,
        has_answer=lambda record: record.timexes is not None or record.dates is not None,
        answers="timexes or dates",
        predict=lambda tools, gold: predict_dates(tools.reader, gold, tools.timex_of),
        judge=lambda tools, gold, found: judge_dates(gold, found),
    ),
    "places": Evaluation(
        gold=GoldPlaces,
        found=FoundPlaces,
        has_answer=lambda record: record.toponyms is not None,
        answers="toponyms",
        predict=lambda tools, gold: predict_places(tools.find_places, gold),
        judge=lambda tools, gold, found: judge_places(gold, found, tools.country_of),
    ),
    "actors": Evaluation(
        gold=GoldActor,
        found=FoundActor,
        has_answer=lambda record: record.country is not msgspec.UNSET or record.sector is not msgspec.UNSET,
        answers="country and sector",
        predict=lambda tools, gold: predict_actors(tools.resolve_phrase, gold),
        judge=lambda tools, gold, found: judge_actors(gold, found),
    ),
    "coreference": Evaluation(
        gold=GoldCoreference,
        found=FoundCoreference,
        has_answer=lambda record: record.mentions is not None,
        answers="mentions",
        predict=lambda tools, gold: predict_coreference(tools.reader, gold),
        judge=lambda tools, gold, found: judge_coreference(gold, found),
    ),
}

_GIVEN: dict[What, Evaluation[Any, Any]] = {
    "places": Evaluation(
        gold=GoldPlaces,
        found=FoundPlaces,
        has_answer=lambda record: record.toponyms is not None,
        answers="toponyms",
        predict=lambda tools, gold: resolve_given(tools.resolve_names, gold),
        judge=lambda tools, gold, found: judge_places(gold, found, tools.country_of, is_given=True),
    ),
    "coreference": Evaluation(
        gold=GoldCoreference,
        found=FoundCoreference,
        has_answer=lambda record: record.mentions is not None,
        answers="mentions",
        predict=lambda tools, gold: link_given(tools, gold),
        judge=lambda tools, gold, found: judge_coreference(gold, found),
    ),
}
