"""What evaluations ask of the rest of Melian, gathered in one place so that tests can stand in for it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Protocol

from melian.errors import BadReport
from melian.evaluation.pairs import Pair
from melian.evaluation.places import GoldToponym
from melian.evaluation.readers import ReadsMany, report_of
from melian.knowledge.countries import countries
from melian.knowledge.gazetteer import entries_named, fold_name
from melian.records import Actor, Span, TimeExpression, Where

if TYPE_CHECKING:
    from melian.coding.coder import Coder


class Tools(Protocol):
    """What evaluations ask for."""

    @property
    def reader(self) -> ReadsMany:
        """What reads reports."""

    def timex_of(self, expression: TimeExpression) -> tuple[str, str]:
        """Give the TIMEX3 type and value of an expression."""

    def find_places(self, text: str) -> Sequence[Where]:
        """Find every place name of a text, literal or not."""

    def resolve_names(self, text: str, spans: Sequence[Span]) -> Sequence[Where | None]:
        """Lead each given span to a place, in order."""

    def resolve_phrase(self, phrase: str, context: str | None, date: str | None) -> tuple[Actor, ...]:
        """Lead one phrase to its actors."""

    def relate(self, pair: Pair) -> tuple[str, float] | None:
        """Give the root of what the marked source does to the target, and how sure; None where nothing can tell."""

    def describe(self, text: str, spans: Sequence[Span]) -> Sequence[tuple[str, tuple[int, ...] | None]]:
        """Give the lemma of each span's head, and the signs of its vector as four whole numbers of 64 bits."""

    def country_of(self, toponym: GoldToponym, words: str) -> str | None:
        """Give the alpha-3 code of a gold toponym's country."""


class ReaderTools:
    """The real tools, over one reader.

    Args:
        reader: The reader to judge.
    """

    def __init__(self, reader: Coder) -> None:
        self.reader = reader

    def timex_of(self, expression: TimeExpression) -> tuple[str, str]:
        """Give the TIMEX3 type and value of an expression."""
        from melian.coding.dates import timex_of

        return timex_of(expression)

    def find_places(self, text: str) -> Sequence[Where]:
        """Find every place name of a text, literal or not; none in a text that the reader refuses."""
        from melian.coding.places import find_places

        try:
            doc = self.reader.parse(report_of(text))
        except BadReport:
            return ()
        # Sets of toponyms mark adjectives too ("Turkish troops"), and names that stand for governments.
        return find_places(doc, literal_only=False, with_adjectives=True)

    def resolve_names(self, text: str, spans: Sequence[Span]) -> Sequence[Where | None]:
        """Lead each given span to a place, in order; to none in a text that the reader refuses."""
        from melian.coding.places import resolve_names

        try:
            return resolve_names(self.reader.parse(report_of(text)), spans)
        except BadReport:
            return [None] * len(spans)

    def resolve_phrase(self, phrase: str, context: str | None, date: str | None) -> tuple[Actor, ...]:
        """Lead one phrase to its actors; to none where it cannot be read."""
        from melian.coding.actors import as_sentence, in_context, resolve_phrase

        text, span = in_context(phrase, context) if context else as_sentence(phrase)
        try:
            return resolve_phrase(self.reader.cast(report_of(text, date)), span)
        except BadReport:
            return ()

    def relate(self, pair: Pair) -> tuple[str, float] | None:
        """Give the root of what the marked source does to the target, and how sure; None without the encoder."""
        from melian.coding.events.relating import relate

        try:
            return relate(self.reader.encode(report_of(pair.text)), pair.source, pair.target)
        except BadReport:
            return None

    def describe(self, text: str, spans: Sequence[Span]) -> Sequence[tuple[str, tuple[int, ...] | None]]:
        """Give the lemma of each span's head, and the signs of its vector as four whole numbers of 64 bits."""
        from melian.coding.encoder.sketches import sketch_of

        report = report_of(text)
        try:
            doc, encoded = self.reader.parse(report), self.reader.encode(report)
        except BadReport:
            return [("", None)] * len(spans)
        found = [doc.char_span(*span, alignment_mode="expand") for span in spans]
        return [
            (words.root.lemma_.lower() if words is not None else "", sketch_of(encoded, span))
            for words, span in zip(found, spans, strict=True)
        ]

    def country_of(self, toponym: GoldToponym, words: str) -> str | None:
        """Give the alpha-3 code of a gold toponym's country.

        It is the code that the gold gives, or that of the name it gives, else the country of the gazetteer's entry of
        that name and GeoNames id.
        """
        if toponym.country:
            return _codes().get(toponym.country)
        same = (e for e in entries_named(fold_name(words)) if str(e.geonameid) == str(toponym.geonameid))
        return next((entry.country for entry in same), None)


@cache
def _codes() -> dict[str, str]:
    codes = {country.id: country.id for country in countries()}
    for country in countries():
        if country.until is None:
            codes.update(dict.fromkeys(country.names, country.id))
    return codes
