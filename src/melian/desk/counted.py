"""What the charts draw and the pages list: places, periods, figures, and what passed between two countries."""

from __future__ import annotations

from datetime import date

import msgspec


class Passed(msgspec.Struct, frozen=True, kw_only=True):
    """What passed from one country to another in a period, of one quad class."""

    source: str
    target: str
    period: date | None
    quad: int
    events: int
    disputed: int
    held: int
    mean_intensity: float | None = None


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A number of people, and who gives it."""

    what: str
    words: str
    report: str
    outlet: str
    published: str
    low: int | None
    high: int | None


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A place and its events. A country stays a country: it is no point in a city."""

    place: str
    country: str | None = None
    precision: str | None = None
    lat: float | None = None
    lon: float | None = None
    events: int = 1
    conflict: int = 0
    disputed: int = 0
    first: date | None = None
    last: date | None = None


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """A period, a quad class, and how many events."""

    period: date
    quad: int
    events: int
