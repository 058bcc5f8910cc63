"""Rejects: what could not be read, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

import msgspec

from melian.errors import BadReport

LONGEST = 200
_FEW, _MOST_HELD = 3, 1_000
Read = TypeVar("Read")


class Reject(msgspec.Struct, frozen=True, kw_only=True):
    """One source, or one record of a source, that gives no report.

    Attributes:
        source: The file or address, made safe to show.
        number: Which record of it: the line in JSON Lines, the record (the first is 1) elsewhere; None for the whole.
        reason: A short stable word for counting, such as "empty" or "binary".
        message: What was found, what was expected, what to do.
    """

    source: str
    number: int | None = None
    reason: str
    message: str


def safe_words(words: object, longest: int = LONGEST) -> str:
    """Make words from outside fit for a terminal or a log: one line, no control characters, cut to a length."""
    text = str(words)[: longest + 1]
    shown = "".join(_safe(char) for char in text)
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"


def reject_of(error: BadReport, source: str, number: int | None = None) -> Reject:
    """Turn an error into the reject that names its source."""
    return Reject(source=safe_words(source), number=number, reason=error.reason, message=safe_words(error, 1_000))


def fold_rejects(found: Iterable[Read | Reject], expected: str) -> Iterator[Read | Reject]:
    """Make one reject of a file of which no line can be read: it is another kind of file, and each line would say so.

    Args:
        found: What a file gives, line by line.
        expected: What the file should hold.

    Yields:
        The same, in the same order, where a line can be read, and where there are a few lines or many hundreds.
    """
    held: list[Reject] = []
    lines = iter(found)
    for one in lines:
        if isinstance(one, Reject):
            held.append(one)
        if not isinstance(one, Reject) or len(held) == _MOST_HELD:
            yield from held
            if not isinstance(one, Reject):
                yield one
            yield from lines
            return
    if len(held) <= _FEW:
        yield from held
        return
    first = held[0]
    message = f"None of {len(held):,} lines can be read. Line {first.number}: {first.message}"
    yield Reject(source=first.source, reason=first.reason, message=f"{message} Check that this is {expected}.")


def _safe(char: str) -> str:
    if char.isprintable():
        return char
    return " " if char.isspace() else "\N{REPLACEMENT CHARACTER}"
