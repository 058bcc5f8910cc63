"""Furniture: paragraphs and tails that belong to the page or the wire and not to the report."""

from __future__ import annotations

import re
from functools import cache

from melian.intake.paragraphs import Paragraph
from melian.knowledge.furniture import FurnitureRow, Where, furniture_patterns
from melian.records import Furniture, Span

LONGEST = 600
"""Longer paragraphs are never furniture as a whole; of any paragraph only so many last code points can be a tail."""
_TAIL = 300
_EDGE = 6

_Zones = tuple[bool, bool, bool]
_Patterns = tuple[tuple[FurnitureRow, re.Pattern[str]], ...]


def find_furniture(paragraphs: list[Paragraph], skipped: tuple[Span, ...] = ()) -> list[Furniture]:
    """Find every paragraph and tail that is furniture.

    Args:
        paragraphs: All paragraphs of the text, in order.
        skipped: Spans that are furniture already, such as the title and the dateline: a paragraph that lies in one is
            left out, and one that begins with one is looked at from behind it.
    """
    found: list[Furniture] = []
    taken = {span[0]: span[1] for span in skipped}
    for number, paragraph in enumerate(paragraphs):
        start = max(paragraph.span[0], taken.get(paragraph.span[0], 0))
        words = paragraph.words[start - paragraph.span[0] :]
        start += len(words) - len(words.lstrip())
        words = words.lstrip()
        if not words:
            continue
        zones: _Zones = (number < _EDGE, 0 < number < _EDGE, number >= len(paragraphs) - _EDGE)
        whole = _whole_kind(words, zones)
        if whole is not None:
            found.append(Furniture(kind=whole.kind, span=(start, paragraph.span[1])))
        else:
            found.extend(_tails(words, start, zones))
    return found


def _whole_kind(words: str, zones: _Zones) -> FurnitureRow | None:
    if len(words) > LONGEST:
        return None
    for row, pattern in _patterns("paragraph", zones):
        if pattern.fullmatch(words):
            return row
    return None


def _tails(words: str, start: int, zones: _Zones) -> list[Furniture]:
    """Take tails off the end one after another: "… on Monday. (Reporting by Jane Doe) – Reuters"."""
    found: list[Furniture] = []
    end = len(words)
    for _ in range(4):
        low = max(0, end - _TAIL)
        best: tuple[int, FurnitureRow] | None = None
        for row, pattern in _patterns("tail", zones):
            match = pattern.search(words[low:end])
            if match is not None:
                at = low + match.start()
                if words[at] in ".!?”\"’')":  # The sentence's own end, matched to see that it ends there.
                    at += 1
                best = (at, row) if best is None or at < best[0] else best
        if best is None:
            break
        at, row = best
        at += len(words[at:end]) - len(words[at:end].lstrip())
        found.append(Furniture(kind=row.kind, span=(start + at, start + end)))
        end = len(words[:at].rstrip())
        if end == 0:
            break
    return found[::-1]


@cache
def _patterns(where: Where, here: _Zones) -> _Patterns:
    zones = {"any", *(name for name, is_here in zip(("top", "under", "end"), here, strict=True) if is_here)}
    return tuple(pair for pair in furniture_patterns() if pair[0].where == where and pair[0].zone in zones)
