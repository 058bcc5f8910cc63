"""Pairs of countries: the list, and what passed between two of them over time."""

from __future__ import annotations

from datetime import date

import msgspec

from melian.desk.charts import draw_dyad
from melian.desk.counted import Passed
from melian.desk.desk import Desk
from melian.desk.pages.page import EventLine, Page, Query, table_of
from melian.desk.pages.timeline import unit_for
from melian.errors import BadQuestion
from melian.exports.wording import name_country


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """Two countries and how much passed between them."""

    a: str
    b: str
    events: int
    cooperation: int
    conflict: int
    last: date | None = None


class DyadsView(msgspec.Struct, frozen=True, kw_only=True):
    """The list of pairs."""

    country: str
    pairs: tuple[Pair, ...]


class DyadView(msgspec.Struct, frozen=True, kw_only=True):
    """Two countries."""

    a: str
    b: str
    name_a: str
    name_b: str
    unit: str
    passed: tuple[Passed, ...]
    events: tuple[EventLine, ...]
    totals: tuple[tuple[str, str, int, int, int, int], ...]


def show_dyads(desk: Desk, query: Query) -> Page:
    """Show the pairs of countries with most between them."""
    country = code_of(query.get("country", ""), is_optional=True)
    pairs = desk.questions().ask("dyads", Pair, country=country)
    columns, rows = table_of(pairs, Pair)
    return Page("dyads.html.jinja", "Dyads", DyadsView(country=country, pairs=tuple(pairs)), columns, rows)


def show_dyad(desk: Desk, query: Query) -> Page:
    """Show what passed between two countries, in both directions."""
    a, b = code_of(query.get("a", "")), code_of(query.get("b", ""))
    if a == b:
        raise BadQuestion("Both countries are the same", "two countries", "Choose another")
    questions = desk.questions()
    months = questions.ask("dyad", Passed, a=a, b=b, unit="month")
    days = [row.period for row in months if row.period is not None]
    unit = unit_for(min(days, default=None), max(days, default=None))
    passed = months if unit == "month" else questions.ask("dyad", Passed, a=a, b=b, unit=unit)
    name_a, name_b = name_country(a) or a, name_country(b) or b
    totals = []
    for source, target in ((a, b), (b, a)):
        counts = [
            sum(row.events for row in months if row.source == source and row.quad == quad) for quad in range(1, 5)
        ]
        totals.append((source, target, *counts))
    view = DyadView(
        a=a,
        b=b,
        name_a=name_a,
        name_b=name_b,
        unit=unit,
        passed=tuple(passed),
        events=tuple(questions.ask("dyad_events", EventLine, a=a, b=b)),
        totals=tuple(totals),  # type: ignore[arg-type]
    )
    columns, rows = table_of(passed, Passed)
    charts: dict[str, object] = {}
    if days:
        charts = {"there": draw_dyad(passed, a, b, unit), "back": draw_dyad(passed, b, a, unit)}
    return Page("dyad.html.jinja", f"{name_a} and {name_b}", view, columns, rows, charts)


def code_of(words: str, *, is_optional: bool = False) -> str:
    """Read a country: its code, or its name.

    Raises:
        BadQuestion: There is no such country.
    """
    from melian.knowledge.countries import countries

    wanted = words.strip()
    if not wanted and is_optional:
        return ""
    for country in countries():
        if wanted.upper() == country.id or wanted.casefold() in (name.casefold() for name in country.names):
            return country.id
    raise BadQuestion(
        f"There is no country {wanted[:40]!r}", "a country's name, or its three letters such as SDN", "Correct it"
    )
