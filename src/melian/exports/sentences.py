"""Which sentence and which paragraph of a report a place in it belongs to, for formats that number them."""

from __future__ import annotations

import re
from bisect import bisect_right

from melian.records import Report

# A stop, perhaps a closing mark, a blank and a capital; not behind initials and the commonest titles.
_STOP = re.compile(
    r"(?<![A-Z])(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bGen)(?<!\bCol)(?<!\bSt)[.!?…]+[\"”’»)\]]*\s+(?=[\"“‘«(\[]*[A-Z\d])"
)
_LINE = re.compile(r"\n\s*(?=\S)")


def sentence_starts(report: Report) -> list[int]:
    """Find where sentences start, furniture left out.

    Numbers are for finding a sentence again; the reading itself holds exact spans.
    """
    text = report.text
    ends = {match.end() for pattern in (_STOP, _LINE) for match in pattern.finditer(text)}
    ends |= {0, *(_behind(text, piece.span[1]) for piece in report.furniture)}
    return sorted(at for at in ends if not any(low <= at < high for low, high in _furniture(report)))


def sentence_number(starts: list[int], at: int) -> int:
    """Give the number of the sentence at a place, the first being 1."""
    return max(1, bisect_right(starts, at))


def is_in_lead(report: Report, at: int) -> bool:
    """Tell whether a place stands in the first paragraph that is no furniture."""
    starts = [0, *(match.end() for match in _LINE.finditer(report.text))]
    skipped = _furniture(report)
    for start, end in zip(starts, [*starts[1:], len(report.text)], strict=True):
        inside = [span for span in skipped if span[0] <= start < span[1]]
        rest = max((span[1] for span in inside), default=start)
        if report.text[rest:end].strip():
            return start <= at < end
    return False


def _furniture(report: Report) -> list[tuple[int, int]]:
    return [piece.span for piece in report.furniture]


def _behind(text: str, at: int) -> int:
    """Give the place of the next word."""
    at = min(max(at, 0), len(text))
    return at + len(text[at:]) - len(text[at:].lstrip())
