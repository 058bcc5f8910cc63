"""Claims: event, holder and judgement; the unit that is stored and counted."""

from __future__ import annotations

from typing import Literal

import msgspec

from melian.records.span import Span

Polarity = Literal["positive", "negative"]
Certainty = Literal["certain", "probable", "possible", "uncommitted"]
Tense = Literal["past", "present", "future", "hypothetical"]


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """What one holder says of one event.

    Attributes:
        id: Stable within the report.
        event: Id of the event.
        holder: "author", or the id of a statement.
        polarity: Whether it happened.
        certainty: "uncommitted" where the holder only tells what others say.
        tense: When, seen from the report.
        span: The sentence that carries it.
    """

    id: str
    event: str
    holder: str
    polarity: Polarity
    certainty: Certainty
    tense: Tense
    span: Span
