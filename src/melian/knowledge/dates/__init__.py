"""Words, patterns and feasts of the calendar."""

from __future__ import annotations

from functools import cache
from typing import Literal

import msgspec

from melian.knowledge.table import rows_of


class TimeWord(msgspec.Struct, frozen=True, kw_only=True):
    """Words that share their classes in the grammar and their value."""

    id: str
    words: tuple[str, ...]
    classes: tuple[str, ...]
    value: str = ""
    example: str
    provenance: str


class TimePart(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of pattern that several rules share."""

    id: str
    pattern: str
    example: str
    provenance: str


class TimeRule(msgspec.Struct, frozen=True, kw_only=True):
    """A pattern over words and the name of the reading that makes a meaning of it."""

    id: str
    reading: str
    pattern: str
    example: str
    provenance: str


class Feast(msgspec.Struct, frozen=True, kw_only=True):
    """A feast: its names and the rule that gives its first day (MM-DD, easter±days, or open)."""

    id: str
    words: tuple[str, ...]
    rule: str
    days: int
    example: str
    provenance: str


class WordList(msgspec.Struct, frozen=True, kw_only=True):
    """A plain list of words."""

    id: str
    words: tuple[str, ...]
    side: str = ""
    example: str
    provenance: str


class TimeLimit(msgspec.Struct, frozen=True, kw_only=True):
    """How many days one thing may lie from another."""

    id: str
    days: int
    example: str
    provenance: str


class FiscalYear(msgspec.Struct, frozen=True, kw_only=True):
    """When the fiscal year of a state begins, and how it is named.

    Attributes:
        id: ISO 3166-1 alpha-3.
        begins: Its first day, as MM-DD.
        named: Whether a year alone names the fiscal year that begins in it, or that ends in it.
        firms: Whether nearly all companies of the state follow it.
        example: A sentence that tells on what day one of them began.
        provenance: Where the row comes from.
    """

    id: str
    begins: str
    named: Literal["first", "last"]
    firms: Literal["yes", "no"]
    example: str
    provenance: str


@cache
def fiscal_years() -> tuple[FiscalYear, ...]:
    """Load the fiscal years of states."""
    return rows_of("dates/fiscal_years.tsv", FiscalYear)


@cache
def time_words() -> tuple[TimeWord, ...]:
    """Load the words of time."""
    return rows_of("dates/words.tsv", TimeWord)


@cache
def time_parts() -> tuple[TimePart, ...]:
    """Load the shared parts of patterns."""
    return rows_of("dates/parts.tsv", TimePart)


@cache
def time_rules() -> tuple[TimeRule, ...]:
    """Load the patterns."""
    return rows_of("dates/rules.tsv", TimeRule)


@cache
def feasts() -> tuple[Feast, ...]:
    """Load the feasts."""
    return rows_of("dates/holidays.tsv", Feast)


@cache
def time_limit(name: str) -> int:
    """Give a limit in days by its id in `dates/limits.tsv`."""
    return next(row.days for row in rows_of("dates/limits.tsv", TimeLimit) if row.id == name)


@cache
def word_list(name: str) -> dict[str, frozenset[str]]:
    """Load a plain list of words (`names`, `counted`, `numbered`, `leanings` or `bounds`) as row id to words."""
    return {row.id: frozenset(row.words) for row in rows_of(f"dates/{name}.tsv", WordList)}


@cache
def all_words(name: str) -> frozenset[str]:
    """Join the rows of a plain list of words."""
    return frozenset(word for words in word_list(name).values() for word in words)


@cache
def values_of(kind: str) -> dict[str, str]:
    """Give the value of every word of a class."""
    return {word: row.value for row in time_words() if kind in row.classes for word in row.words}
