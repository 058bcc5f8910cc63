"""How well two sets of spans agree: by word tokens, so that outer blanks do not matter."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from melian.records import Span

WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Grid:
    """The word tokens of one text: words, and single symbols.

    Attributes:
        starts: First code point of each token.
        ends: Code point behind each token.
    """

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def tokens(self, span: Span) -> Span | None:
        """Give the range of tokens that a span touches, None where it touches none."""
        first, behind = bisect_left(self.ends, span[0] + 1), bisect_left(self.starts, span[1])
        return (first, behind) if behind > first else None

    def ranges(self, spans: Iterable[Span]) -> set[Span]:
        """Give the token ranges of several spans, equal ones once."""
        return {found for span in spans if (found := self.tokens(span))}

    def bag(self, spans: Iterable[Span]) -> frozenset[int]:
        """Give the numbers of every token that the spans touch."""
        return frozenset(token for found in self.ranges(spans) for token in range(*found))


def grid_of(text: str) -> Grid:
    """Cut a text into word tokens."""
    found = [match.span() for match in WORD.finditer(text)]
    return Grid(tuple(start for start, _ in found), tuple(end for _, end in found))


def token_f1(gold: frozenset[int], found: frozenset[int]) -> float:
    """Give the F1 of two bags of tokens, 0 to 1; two empty bags agree."""
    return 2 * len(gold & found) / (len(gold) + len(found)) if gold or found else 1.0


def overlap_share(a: Span, b: Span) -> float:
    """Give the share of the joint stretch of two ranges that both hold, 0 to 1.

    Reference: Wang et al., "CofeNet: Context and Former-Label Enhanced Net for Complicated Quotation Extraction",
        COLING 2022; its Jaccard measure.
    """
    shared = min(a[1] - b[0], b[1] - a[0], b[1] - b[0], a[1] - a[0])
    return max(0.0, shared / (max(a[1], b[1]) - min(a[0], b[0])))


def match_overlapping(gold: Iterable[Span], found: Iterable[Span]) -> list[tuple[int, int]]:
    """Match two lists of spans one to one where they overlap, the greatest overlap first.

    Returns:
        Pairs of positions in the two lists.
    """
    gold, found = list(gold), list(found)
    pairs = sorted(
        (-overlap_share(a, b), i, j) for i, a in enumerate(gold) for j, b in enumerate(found) if overlap_share(a, b) > 0
    )
    return one_to_one((i, j) for _, i, j in pairs)


def one_to_one(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Keep of pairs, best first, those whose two sides are both still free."""
    taken_left: set[int] = set()
    taken_right: set[int] = set()
    kept: list[tuple[int, int]] = []
    for left, right in pairs:
        if left not in taken_left and right not in taken_right:
            taken_left.add(left)
            taken_right.add(right)
            kept.append((left, right))
    return kept
