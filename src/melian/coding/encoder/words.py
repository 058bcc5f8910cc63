"""Words of a text as the encoder sees them: spans, letter shapes, and whether quotation marks are open around them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from melian.records import Span

_WORD = re.compile(r"\w+|[^\w\s]")
_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_OPENERS = {"“": "”", "„": "“", "«": "»", "‘": "’", "‹": "›"}
_STRAIGHT = {'"': '"', "'": "'"}

SHAPES = ("lower", "title", "upper", "digit", "mark")
"""Letter shapes; with the quotation state they make the kinds of `Word`, `2 * shape + is_quoted`."""

KINDS = 2 * len(SHAPES)
"""How many kinds of word there are."""


class Word(msgspec.Struct, frozen=True):
    """One word or one mark.

    Attributes:
        span: Code points in the text.
        kind: Its letter shape and quotation state, a number below `KINDS`.
    """

    span: Span
    kind: int


def paragraphs(text: str) -> Iterator[Span]:
    """Yield the lines of a text that hold anything but blanks."""
    for line in _LINE.finditer(text):
        if not line.group().isspace():
            yield line.span()


def words_of(text: str, paragraph: Span) -> list[Word]:
    """Cut one paragraph to words and single marks.

    The quotation state starts anew with each paragraph: a mark left open by mistake can spoil no more than one.
    """
    found: list[Word] = []
    closing: list[str] = []
    start, end = paragraph
    for match in _WORD.finditer(text, start, end):
        a, b = match.span()
        word = match.group()
        shape = _shape_of(word)
        if shape == 4 and b - a == 1:
            before = text[a - 1] if a > start else " "
            after = text[b] if b < end else " "
            if closing and word == closing[-1] and not (word in "’'" and after.isalnum()):
                closing.pop()
            elif _opens(word, before, after):
                closing.append(_OPENERS.get(word) or _STRAIGHT[word])
                del closing[:-3]
        found.append(Word((a, b), 2 * shape + bool(closing)))
    return found


def _opens(mark: str, before: str, after: str) -> bool:
    """Tell whether a mark opens a quotation; a single one must stand between a gap and a word."""
    if mark not in _OPENERS and (mark not in _STRAIGHT or before.isalnum() or after.isspace()):
        return False
    return mark not in "‘'" or (not before.isalnum() and after.isalnum())


def _shape_of(word: str) -> int:
    if not (word[0].isalnum() or len(word) > 1):
        return 4
    if any(c.isdigit() for c in word):
        return 3
    if word.islower():
        return 0
    if len(word) > 1 and word.isupper():
        return 2
    return 1 if word[0].isupper() else 0
