"""Which spans hold a position, without looking at all of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from melian.records import Span

T = TypeVar("T")
_BLOCK = 512


class SpanIndex(Generic[T]):
    """Spans with what they belong to, found by a position that they hold.

    Args:
        spans: Spans in code points, each with its owner; an owner may have several.
    """

    def __init__(self, spans: Iterable[tuple[Span, T]]) -> None:
        self._blocks: dict[int, list[tuple[Span, T]]] = {}
        for span, owner in spans:
            for block in range(span[0] // _BLOCK, max(span[1] - 1, span[0]) // _BLOCK + 1):
                self._blocks.setdefault(block, []).append((span, owner))

    def holding(self, position: int) -> list[tuple[Span, T]]:
        """Give the spans that hold a position, in the order in which they came."""
        return [(s, o) for s, o in self._blocks.get(position // _BLOCK, ()) if s[0] <= position < s[1]]

    def innermost(self, position: int) -> T | None:
        """Give the owner of the shortest span that holds a position, the first of equal ones."""
        found = self.holding(position)
        return min(found, key=lambda pair: pair[0][1] - pair[0][0])[1] if found else None

    def touching(self, span: Span) -> list[T]:
        """Give the owners of spans that share a code point with a span, each once, in the order of the text."""
        blocks = range(span[0] // _BLOCK, max(span[1] - 1, span[0]) // _BLOCK + 1)
        near = (pair for block in blocks for pair in self._blocks.get(block, ()))
        return list(dict.fromkeys(owner for own, owner in near if own[0] < span[1] and span[0] < own[1]))
