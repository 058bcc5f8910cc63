"""Words that belong to a page or a wire and not to the report: patterns, and the agencies that sign."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

import msgspec

from melian.errors import BadKnowledge
from melian.knowledge.table import rows_of
from melian.records import FurnitureKind

Where = Literal["paragraph", "tail"]
Zone = Literal["any", "top", "under", "end"]

# A capital of any script: a letter that is no digit, no underscore and no small letter of Latin-1.
_CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
_NAME = rf"{_CAPITAL}[\w.'’-]{{0,30}}"
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)"
)
_WEEKDAY = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?"
_PARTICLE = r"(?:al|bin|de|der|van|von|la|le|da|del|el|ibn|ben|di|du|dos|ter)"


class FurnitureRow(msgspec.Struct, frozen=True, kw_only=True):
    """One pattern of furniture; see the head of furniture.tsv."""

    id: str
    kind: FurnitureKind
    where: Where = "paragraph"
    zone: Zone = "any"
    pattern: str
    example: str
    counterexample: str
    provenance: str


class AgencyRow(msgspec.Struct, frozen=True, kw_only=True):
    """One news agency with the forms in which it signs."""

    id: str
    name: str
    forms: tuple[str, ...]
    example: str
    provenance: str


@cache
def furniture_rows() -> tuple[FurnitureRow, ...]:
    """Load the patterns of furniture."""
    return rows_of("furniture/furniture.tsv", FurnitureRow)


@cache
def agency_names() -> dict[str, str]:
    """Load the agencies: each form in which one signs, to its name."""
    return {form: row.name for row in rows_of("furniture/agencies.tsv", AgencyRow) for form in row.forms}


@cache
def furniture_patterns() -> tuple[tuple[FurnitureRow, re.Pattern[str]], ...]:
    """Compile the patterns, with their placeholders filled.

    Raises:
        BadKnowledge: A pattern is no regular expression.
    """
    return tuple((row, _compile(row)) for row in furniture_rows())


@cache
def _agencies() -> str:
    return f"(?:{'|'.join(re.escape(form) for form in sorted(agency_names(), key=len, reverse=True))})"


def _compile(row: FurnitureRow) -> re.Pattern[str]:
    pattern = (
        row.pattern.replace("<NAME1>", rf"{_NAME}(?: (?:{_NAME}|{_PARTICLE})){{0,4}}")
        .replace("<PERSON>", rf"{_NAME}(?: (?:{_NAME}|{_PARTICLE})){{1,2}}")
        .replace("<PLACE>", rf"{_NAME}(?: {_NAME}){{0,2}}")
        .replace("<NAME>", rf"{_NAME}(?: (?:{_NAME}|{_PARTICLE})){{1,4}}")
        .replace("<AGENCY>", _agencies())
        .replace("<MONTH>", _MONTH)
        .replace("<WEEKDAY>", _WEEKDAY)
    )
    try:
        return re.compile(pattern + (r"\s*\Z" if row.where == "tail" else ""), re.DOTALL)
    except re.error as error:
        raise BadKnowledge(f"furniture/furniture.tsv, {row.id}: {error}", "a regular expression") from error
