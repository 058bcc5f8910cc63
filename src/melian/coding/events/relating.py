"""What marked words do to others: one root for a pair that somebody has marked, as relation data wants it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from melian.coding.events.heads import event_heads
from melian.records import Span, overlap

if TYPE_CHECKING:
    from melian.coding.encoder.transformer import Encoded
    from melian.coding.encoder.windows import Window


def relate(encoded: Sequence[Encoded], source: Sequence[Span], target: Sequence[Span]) -> tuple[str, float] | None:
    """Find what marked parties do to each other.

    Args:
        encoded: The text's windows.
        source: Spans marked as source.
        target: Spans marked as target.

    Returns:
        The likeliest root in the first window that holds a mark, and its share; None where no window does.
    """
    for one in encoded:
        sources, targets = _words(one.window, source), _words(one.window, target)
        if sources or targets:
            shares = event_heads().relate(one, sources, targets)
            best = max(shares, key=lambda root: shares[root])
            return best, shares[best]
    return None


def _words(window: Window, spans: Sequence[Span]) -> list[int]:
    return [i for i, word in enumerate(window.spans) if any(overlap(word, span) for span in spans)]
