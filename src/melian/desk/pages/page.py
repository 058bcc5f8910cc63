"""What a page is before it is written as HTML, JSON or CSV."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import cast, get_args

import msgspec

from melian.errors import BadQuestion
from melian.records import ReviewedKind

Query = Mapping[str, str]
MOST_IN_A_FILE = 100_000
"""Rows of a list that a CSV file holds; melian archive writes more."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page.

    Attributes:
        template: The file that shows it.
        title: What stands over it.
        view: All that the page knows; it is the page's JSON.
        columns: The columns of its CSV.
        rows: The rows of its CSV.
        charts: Charts by name, in Vega-Lite.
        status: The status of the answer.
    """

    template: str
    title: str
    view: msgspec.Struct
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[object]] = ()
    charts: Mapping[str, object] = field(default_factory=dict)
    status: int = 200


class EventLine(msgspec.Struct, frozen=True, kw_only=True):
    """An event as lists show it; the fields are the archive's columns."""

    id: int
    report: str
    event: str
    type: str
    modes: tuple[str, ...] = ()
    quad: int
    intensity: float | None = None
    standing: str
    first_day: date | None = None
    last_day: date | None = None
    date_value: str | None = None
    date_precision: str | None = None
    source_names: tuple[str | None, ...] = ()
    source_countries: tuple[str | None, ...] = ()
    target_names: tuple[str | None, ...] = ()
    target_countries: tuple[str | None, ...] = ()
    place: str | None = None
    place_country: str | None = None
    dead_low: int | None = None
    dead_high: int | None = None
    injured_low: int | None = None
    injured_high: int | None = None
    outlet: str | None = None
    published: date | None = None
    words: str | None = None


def stretch(query: Query, page: int, on_a_page: int) -> tuple[int, int]:
    """Say how many rows of a list are fetched and how many are left out before them: a file holds all pages."""
    return (MOST_IN_A_FILE, 0) if query.get("form") == "csv" else (on_a_page, (page - 1) * on_a_page)


def table_of(records: Iterable[msgspec.Struct], kind: type[msgspec.Struct]) -> tuple[Sequence[str], list[list[object]]]:
    """Lay records out as a table: columns and rows."""
    names = kind.__struct_fields__
    return names, [[getattr(record, name) for name in names] for record in records]


def number_of(query: Query, name: str, *, least: int = 1) -> int:
    """Read a number in an address; the least one where it is not given.

    Raises:
        BadQuestion: It is none.
    """
    words = query.get(name, "") or str(least)
    if not (words.isascii() and words.isdecimal() and len(words) < 8 and int(words) >= least):
        raise BadQuestion(f"The {name} is {words[:40]!r}", f"a number from {least}")
    return int(words)


def kind_of(query: Query) -> ReviewedKind:
    """Read the kind of record in an address or a form; events where it is not given.

    Raises:
        BadQuestion: There is no such kind.
    """
    kind = query.get("kind", "") or "event"
    if kind not in get_args(ReviewedKind):
        raise BadQuestion(f"There is no kind of record {kind[:40]!r}", f"one of {', '.join(get_args(ReviewedKind))}")
    return cast("ReviewedKind", kind)
