"""Dates: intervals with their precision and what they rest on."""

from __future__ import annotations

from typing import Literal

import msgspec

from melian.records.span import Span

Precision = Literal["day", "week", "month", "season", "year", "open"]
Basis = Literal["stated", "relative", "published", "unknown"]
TimeKind = Literal["date", "time", "duration", "set"]


class When(msgspec.Struct, frozen=True, kw_only=True):
    """An interval of whole days, both ends included, in ISO 8601 (`YYYY-MM-DD`).

    Attributes:
        start: First day, or None where it is not known.
        end: Last day, or None where it is not known.
        precision: How fine the words are; "open" for "in the last days" or "since 1990", and for a fiscal year of which
            nothing tells when it begins: the days then hold every one that it may be.
        basis: "stated" in full, "relative" to another date or to the fiscal year of a country, "published" where the
            report's own date stands in, "unknown" where nothing anchors it.
        value: ISO 8601-2 value, partial where the anchor is missing (`XXXX-11-24`); `FY2024-Q3` for fiscal years.
        span: The words, or None where no words give the date.
    """

    start: str | None
    end: str | None
    precision: Precision
    basis: Basis
    value: str | None = None
    span: Span | None = None


class TimeExpression(msgspec.Struct, frozen=True, kw_only=True):
    """One expression of time in the text and the interval that it leads to."""

    span: Span
    kind: TimeKind
    when: When
