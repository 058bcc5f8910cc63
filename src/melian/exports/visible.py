"""Report text made safe to show: nothing in it can steer a terminal, hide, or turn the reading direction."""

from __future__ import annotations

import re

from melian.records import Span

# C0 and C1 controls, the bidirectional controls, line and paragraph separators, and lone surrogates.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)
_BLANKS = re.compile(r"\s+")


def show_controls(text: str) -> str:
    """Replace every character that steers, hides or turns text by a visible placeholder such as `⟨U+202E⟩`.

    Tabs and line feeds stay; carriage returns go, since a line feed says the same.
    """
    return _UNSAFE.sub(_placeholder, text)


_LONGEST_CUT = 16
"""A word longer than this is cut within."""


def show_line(text: str, longest: int | None = None) -> str:
    """Show text on one line, cut between words with an ellipsis where it is longer than `longest` code points."""
    line = _BLANKS.sub(" ", show_controls(text)).strip()
    if longest is None or len(line) <= longest:
        return line
    kept = line[:longest].rpartition(" ")[0]
    return (kept if kept and len(kept) >= longest - _LONGEST_CUT else line[: longest - 1]).rstrip() + "…"


def clamp(span: Span, length: int) -> Span:
    """Cut a span to a text of this many code points; spans that lie outside become empty."""
    start = min(max(span[0], 0), length)
    return (start, min(max(span[1], start), length))


def excerpt(text: str, span: Span) -> str:
    """Cut the words of a span, as they stand, whatever the span."""
    start, end = clamp(span, len(text))
    return text[start:end]


def _placeholder(match: re.Match[str]) -> str:
    character = match.group()
    return "" if character == "\r" else f"⟨U+{ord(character):04X}⟩"
