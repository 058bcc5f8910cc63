"""Cells of other data sets' files: missing values, dates, numbers, coordinates, countries."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import date

from melian.intake.event_sets.imported import BadRow
from melian.intake.rejects import safe_words

_MISSING = frozenset({"", "None", "NA", "NULL", "nan", "NaN"})
_YEAR_FIRST = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[ T].*)?", re.ASCII)
_MONTH_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: .*)?", re.ASCII)


def present(cell: str) -> str | None:
    """Give a cell's text in one line without blanks at its ends; None for what stands for a missing value."""
    text = " ".join(cell.split())
    return None if text in _MISSING else text


def wanted(cell: str, name: str) -> str:
    """Give the text of a cell that may not be missing.

    Raises:
        BadRow: It is missing.
    """
    text = present(cell)
    if text is None:
        raise BadRow("missing", f"{name} is missing")
    return text


def day(cell: str, name: str) -> date:
    """Read a date: year first, with or without hyphens, or month/day/year.

    Raises:
        BadRow: It is missing or no date.
    """
    text = wanted(cell, name)
    if match := _YEAR_FIRST.fullmatch(text):
        year, month, of_month = map(int, match.groups())
    elif match := _MONTH_FIRST.fullmatch(text):
        month, of_month, year = map(int, match.groups())
    else:
        raise BadRow("date", f"{name} is {safe_words(text, 40)!r}, expected YYYY-MM-DD or m/d/yyyy")
    try:
        return date(year, month, of_month)
    except ValueError as error:
        raise BadRow("date", f"{name} is {safe_words(text, 40)!r}, which is no day") from error


def number(cell: str, name: str, most: float = math.inf) -> float | None:
    """Read a number, None where it is missing.

    Raises:
        BadRow: It is no number, or larger than `most` on either side of nought.
    """
    text = present(cell)
    if text is None:
        return None
    try:
        value = float(text.replace("_", "?"))  # Python's own way of writing thousands is no data set's.
    except ValueError as error:
        raise BadRow("number", f"{name} is {safe_words(text, 40)!r}, expected a number") from error
    if not math.isfinite(value) or abs(value) > most:
        raise BadRow("number", f"{name} is {safe_words(text, 40)!r}, which is out of range")
    return value


def countries_of(cell: str | None, codes: Mapping[str, str], fold: Callable[[str], str] = str) -> str | None:
    """Bring the country of a cell, or several parted by `;`, to ISO 3166-1 alpha-3; None where none is known."""
    parts = (cell or "").split(";")
    found = [codes[key] for part in parts if (key := fold(part.strip())) in codes]
    return ";".join(dict.fromkeys(found)) or None
