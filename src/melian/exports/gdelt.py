"""GDELT 2.0 events: one row a pair of actors, 61 columns, no header, CAMEO codes and FIPS places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

from melian.exports.attributed import attributed_cells
from melian.exports.cameo import Dyad, code_actor, dyads_of
from melian.exports.delimited import tab_line
from melian.exports.layouts import Layout, Row, no_day
from melian.exports.sentences import is_in_lead
from melian.exports.told import Told, read_day, whole_number
from melian.knowledge.gazetteer import divisions
from melian.knowledge.vocabularies.country_codes import country_codes, country_names
from melian.records import Actor, Where

_ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
    "Type2Code", "Type3Code",
)  # fmt: skip
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
COLUMNS = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor{n}{name}" for n in (1, 2) for name in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions",
    "NumSources", "NumArticles", "AvgTone",
    *(f"{who}Geo_{name}" for who in ("Actor1", "Actor2", "Action") for name in _GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
# What GDELT writes as a place's type where it knows no place.
_NOWHERE = 0
# GeoNames numbers the divisions of these by ISO and not by FIPS 10-4.
_NOT_FIPS = frozenset({"BEL", "CHE", "MNE"})


def layout() -> Layout:
    """Give the format: tabs, no header, empty cells where nothing is known."""
    return Layout(columns=COLUMNS, has_header=False, line=tab_line, rows=rows_of, lack=_lack)


def rows_of(events: Iterable[Told], has_attribution: bool) -> Iterator[Row]:
    """Give one row a pair; an actor without its other side has a row too."""
    for told in events:
        first = whole_number(told.reading.report.id, told.event.id)
        for number, dyad in enumerate(dyads_of(told)):
            row = _row(told, dyad, first + number)
            yield [*row, *attributed_cells(told)] if has_attribution else row


def _row(told: Told, dyad: Dyad, ident: int) -> Row:
    report, event, coded, day = told.reading.report, told.event, dyad.coded, told.day
    is_root = any(is_in_lead(report, mention.trigger[0]) for mention in event.mentions)
    added = read_day(report.published) or day
    return [
        ident,
        *(_days(day) if day is not None else [None] * 4),
        *_actor(dyad.source),
        *_actor(dyad.target),
        int(is_root),
        coded.code,
        coded.code[:3],
        coded.root,
        quad_class(coded.root),
        coded.older_goldstein,
        max(1, len(event.mentions)),
        1,
        1,
        None,
        *_place(None),  # Melian places events, not actors.
        *_place(None),
        *_place(event.place),
        f"{_digits(added)}000000" if added is not None else None,
        report.url,
    ]


def quad_class(root: str) -> int:
    """Give GDELT's class of a CAMEO root: 1 and 2 verbal and material cooperation, 3 and 4 conflict."""
    return 1 if root <= "05" else 2 if root <= "08" else 3 if root <= "13" else 4


def _days(day: date) -> Row:
    fraction = day.year + (30 * day.month + day.day) / 365
    return [int(_digits(day)), int(_digits(day)[:6]), day.year, round(fraction, 4)]


def _digits(day: date) -> str:
    return day.isoformat().replace("-", "")


def _actor(actor: Actor | None) -> Row:
    if actor is None:
        return [None] * 10
    code = code_actor(actor)
    group = code.group[-3:] if code.group else None
    return [code.whole, actor.name.upper(), code.country, group, None, None, None, code.body or code.role, None, None]


def _place(place: Where | None) -> Row:
    if place is None or place.precision is None or place.country is None:
        return [_NOWHERE, *[None] * 7]
    row = country_codes().get(place.country)
    fips = row.fips if row is not None else None
    country = country_names().get(place.country, place.country)
    admin1 = place.name if place.precision == "province" else place.admin1
    is_american = place.country == "USA"
    parts: list[str | None]
    if place.precision == "country":
        kind, parts = 1, [country]
    elif place.precision in ("province", "region"):
        kind, parts = (2 if is_american else 5), [place.name, country]
    else:
        kind, parts = (3 if is_american else 4), [place.name, admin1, country]
    division = _division_codes().get((place.country, admin1 or ""), "")
    named = ", ".join(dict.fromkeys(part for part in parts if part))
    return [kind, named, fips, f"{fips}{division}" if fips else None, None, place.lat, place.lon, None]


@cache
def _division_codes() -> dict[tuple[str, str], str]:
    """Map country and name of a first-level division to its two-letter code; what is no FIPS code is left out."""
    found = ((row, row.id.partition(".")[2]) for row in divisions() if row.country not in _NOT_FIPS)
    return {(row.country, row.name): code for row, code in found if len(code) == 2}


def _lack(told: Told) -> str | None:
    return no_day(told) or (None if next(dyads_of(told), None) else "no source and no target")
