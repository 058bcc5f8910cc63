"""Where words stand: `[start, end)` in Unicode code points of the report's text."""

from __future__ import annotations

Span = tuple[int, int]


def overlap(a: Span, b: Span) -> int:
    """Count the code points that two spans share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def contains(outer: Span, inner: Span) -> bool:
    """Tell whether the first span holds the whole of the second."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def words_of(text: str, spans: Span | tuple[Span, ...] | list[Span]) -> str:
    """Cut the words of one span, or of several with a blank between them."""
    if isinstance(spans, tuple) and len(spans) == 2 and isinstance(spans[0], int):
        return text[spans[0] : spans[1]]
    return " ".join(text[s:e] for s, e in spans)
