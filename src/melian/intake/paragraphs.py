"""Paragraphs of a text: lines, or blocks of lines where the text is wrapped."""

from __future__ import annotations

import re
from dataclasses import dataclass

from melian.records import Span

_LINE = re.compile(r"[^\n]+")
_BLOCK = re.compile(r"\S[^\n]*(?:\n[ \t]*\S[^\n]*)*")
_FINAL = (".", "!", "?", ":", ";", '"', "”", "’", "'", "»", ")", "]", "…")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph without the blanks around it."""

    span: Span
    words: str


def paragraphs_of(text: str) -> list[Paragraph]:
    """Split a text into paragraphs that are not blank, in order."""
    pattern = _BLOCK if is_wrapped(text) else _LINE
    found = []
    for match in pattern.finditer(text):
        words = match.group()
        stripped = words.strip()
        if stripped:
            start = match.start() + len(words) - len(words.lstrip())
            found.append(Paragraph((start, start + len(stripped)), stripped))
    return found


def is_wrapped(text: str) -> bool:
    """Tell whether lines are cut to a width, so that a line end is no paragraph's end.

    In wrapped text, lines that are followed by another line seldom end as sentences do; the longest are of one width.
    """
    inner: list[str] = []
    previous = ""
    for line in text.split("\n", 2_000)[:2_000]:
        stripped = line.strip()
        if stripped and previous:
            inner.append(previous)
        previous = stripped
    if len(inner) < 3 or max(map(len, inner)) > 140:
        return False
    return sum(not line.endswith(_FINAL) for line in inner) > 0.7 * len(inner) and (
        sum(len(line) > 40 for line in inner) > 0.5 * len(inner)
    )
