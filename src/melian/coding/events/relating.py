"""What marked words do to others: one type for a pair that somebody has marked, as relation data wants it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from melian.coding.events.heads import event_heads
from melian.records import Span, overlap

if TYPE_CHECKING:
    from melian.coding.encoder.transformer import Encoded
    from melian.coding.encoder.windows import Window


@dataclass(frozen=True, slots=True)
class Relation:
    """What one party does to another.

    Attributes:
        type: PLOVER type of the deed.
        sureness: Its share among all types.
        is_negative: It is told as not having happened.
        is_future: It is told as yet to come.
    """

    type: str
    sureness: float
    is_negative: bool
    is_future: bool


def relate(encoded: Sequence[Encoded], source: Sequence[Span], target: Sequence[Span]) -> Relation | None:
    """Find what marked parties do to each other.

    Args:
        encoded: The text's windows.
        source: Spans marked as source.
        target: Spans marked as target.

    Returns:
        The likeliest relation in the first window that holds a mark; None where no window does.
    """
    for one in encoded:
        sources, targets = _words(one.window, source), _words(one.window, target)
        if sources or targets:
            shares, word = event_heads().relate(one, sources, targets)
            best = max(shares, key=lambda kind: shares[kind])
            polarity, tense, _ = event_heads().status_of(one, word)
            return Relation(best, shares[best], polarity == "negative", tense == "future")
    return None


def _words(window: Window, spans: Sequence[Span]) -> list[int]:
    return [i for i, word in enumerate(window.spans) if any(overlap(word, span) for span in spans)]
