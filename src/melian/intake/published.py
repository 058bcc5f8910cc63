"""Dates of publication in the forms in which tables, pages and people write them."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

from melian.errors import BadReport
from melian.intake.rejects import safe_words

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("may",), ("june", "jun"),
            ("july", "jul"), ("august", "aug"), ("september", "sept", "sep"), ("october", "oct"), ("november", "nov"),
            ("december", "dec"),
        ),
        1,
    )
    for name in names
}  # fmt: skip
MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
_YEAR = r"(?:[ ,.]{1,3}(?P<year>\d{4})\b)?"

_DAY_NUMBER = r"\d{1,2}(?:st|nd|rd|th)?\b"
DAY = re.compile(
    rf"(?:{WEEKDAY},? )?"
    rf"(?:(?P<month>{MONTH}) ?(?P<day>{_DAY_NUMBER})|(?P<day2>{_DAY_NUMBER}) (?:of )?(?P<month2>{MONTH})){_YEAR}",
    re.IGNORECASE,
)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ][\d:.,]{1,18} ?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?", re.IGNORECASE)
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{6}Z?)?")
_LONGEST = 60


def read_published(value: object) -> str | None:
    """Read a date of publication.

    Args:
        value: A date, a datetime, a number of the form YYYYMMDD, or words: ISO 8601, "3 December 2015",
            "Dec 3, 2015", an e-mail or feed date, YYYYMMDD. None and blank words are no date.

    Returns:
        ISO 8601, `YYYY-MM-DD`; None where nothing is given.

    Raises:
        BadReport: "date", where it is something else.
    """
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    words = str(value).strip() if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
    if isinstance(value, str) and not words:
        return None
    found = _read_words(words) if 0 < len(words) <= _LONGEST else None
    if found is None:
        raise BadReport(
            "date",
            f'The date of publication "{safe_words(value, 60)}" cannot be read',
            "a date such as 2015-12-03, 3 December 2015 or Dec 3, 2015",
            "Correct it, or leave it out",
        )
    return found


def iso_of(year: int, month: int, day: int) -> str | None:
    """Write a date as `YYYY-MM-DD`; None where there is no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def month_and_day(match: re.Match[str]) -> tuple[int, int]:
    """Take month and day out of a match of `DAY`."""
    month = (match["month"] or match["month2"]).lower().rstrip(".")
    return MONTHS[month], int((match["day"] or match["day2"]).rstrip("stndrhSTNDRH"))


def _read_words(words: str) -> str | None:
    for pattern in (_ISO, _PACKED):
        match = pattern.fullmatch(words)
        if match is not None and match.group(1) is not None and words.isascii():
            return iso_of(*(int(part) for part in match.groups()[:3]))
    match = DAY.fullmatch(words)
    if match is not None and match["year"] and words.isascii():
        return iso_of(int(match["year"]), *month_and_day(match))
    try:
        return parsedate_to_datetime(words).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return None
