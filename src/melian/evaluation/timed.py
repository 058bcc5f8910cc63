"""Records of time expressions: what gold gives of a text, and what is predicted for it."""

from __future__ import annotations

import msgspec

from melian.evaluation.dated_spans import DatedSpan
from melian.records import Span

MEANTIME_SENTENCES = 6
"""MEANTIME's guidelines have events and times annotated in the first six sentences, the headline among them."""


class Timex(msgspec.Struct, frozen=True, kw_only=True):
    """One expression: span, TIMEX3 type (DATE, TIME, DURATION, SET) and TIMEX3 value.

    Gold may give `spans`, a list, in place of `span`; the expression then runs from the first to the last.
    """

    type: str
    value: str | None = None
    span: Span | None = None
    spans: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        if self.span is None and not self.spans:
            raise ValueError("a timex needs `span`")

    @property
    def stretch(self) -> Span:
        """Where it stands."""
        return self.span or (min(start for start, _ in self.spans), max(end for _, end in self.spans))


class GoldDates(msgspec.Struct, frozen=True, kw_only=True):
    """A gold text, its day of publication, and every time expression in it.

    Attributes:
        doc_id: Name of the document.
        dct: Day of publication, ISO 8601; `date` is read in its place.
        text: The text.
        timexes: None where only predictions are wanted, or where the gold has `dates`.
        dates: The expressions with the days that they mean, of gold that has no TIMEX3.
        genre: What kind of text it is.
        last_annotated_sentence: Given in records of MEANTIME, which annotates times in the first sentences only.
        sentences: Spans; only read where `last_annotated_sentence` is given.

    Reference: Minard et al., "MEANTIME, the NewsReader Multilingual Event and Time Corpus", LREC 2016; Zeldes, "The GUM
    Corpus", Language Resources and Evaluation 51, 2017.
    """

    doc_id: str | int
    text: str
    dct: str | None = None
    date: str | None = None
    timexes: tuple[Timex, ...] | None = None
    dates: tuple[DatedSpan, ...] | None = None
    genre: str | None = None
    last_annotated_sentence: int | None = None
    sentences: msgspec.Raw = msgspec.Raw(b"[]")

    @property
    def annotated_until(self) -> int:
        """The code point behind the stretch in which times were annotated."""
        if self.last_annotated_sentence is None:
            return len(self.text)
        try:
            sentences = msgspec.json.decode(self.sentences, type=tuple[Span, ...])
            return sentences[min(self.last_annotated_sentence, MEANTIME_SENTENCES - 1)][1]
        except (msgspec.ValidationError, IndexError):
            return len(self.text)


class FoundTimex(msgspec.Struct, frozen=True, kw_only=True):
    """One predicted expression."""

    span: Span
    type: str
    value: str


class FoundDates(msgspec.Struct, frozen=True, kw_only=True):
    """The expressions predicted for one text."""

    doc_id: str | int
    timexes: tuple[FoundTimex, ...]
