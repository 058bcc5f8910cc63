"""The day that relative dates of a report lean on, and why there is none."""

from __future__ import annotations

from datetime import date

from melian.knowledge.dates import time_limit
from melian.records import Report

NO_DAY = "neither a day of publication nor a dateline's day is given, so relative dates stay open"
AT_ODDS = "the dateline's day and the day of publication contradict each other, so relative dates lean on neither"


def anchor_of(report: Report) -> date | None:
    """Give the day that relative dates of a report lean on.

    It is the dateline's day, on which the report was written, else the day of publication. Where the two lie farther
    apart than `dates/limits.tsv` allows, one of them is wrong, and no day is given.
    """
    written, published = _days_of(report)
    if written is None or published is None:
        return written or published
    return None if _is_at_odds(written, published) else written


def why_unanchored(report: Report) -> str | None:
    """Say why a report has no day to lean on; None where it has one."""
    written, published = _days_of(report)
    if written is None and published is None:
        return NO_DAY
    return AT_ODDS if written and published and _is_at_odds(written, published) else None


def _days_of(report: Report) -> tuple[date | None, date | None]:
    return _day(report.dateline.date), _day(report.published)


def _is_at_odds(written: date, published: date) -> bool:
    days = (published - written).days
    return not -time_limit("dateline-after") <= days <= time_limit("dateline-before")


def _day(words: str | None) -> date | None:
    try:
        return date.fromisoformat(words[:10]) if words else None
    except ValueError:
        return None
