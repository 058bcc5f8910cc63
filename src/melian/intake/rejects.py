"""Rejects: what could not be read, and why."""

from __future__ import annotations

import msgspec

from melian.errors import BadReport

LONGEST = 200


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


def _safe(char: str) -> str:
    if char.isprintable():
        return char
    return " " if char.isspace() else "\N{REPLACEMENT CHARACTER}"
