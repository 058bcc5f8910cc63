"""Phoenix: one row a day, source, target and code, 26 columns, no header, ids and addresses joined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from melian.exports.attributed import attributed_cells
from melian.exports.cameo import ActorCode, Dyad, code_actor, dyads_of
from melian.exports.delimited import Cell, Code, list_cell, tab_line
from melian.exports.layouts import Layout, Row, no_day
from melian.exports.sentences import sentence_number, sentence_starts
from melian.exports.told import Told
from melian.records import Reading, Where

COLUMNS = (
    "EventID", "Date", "Year", "Month", "Day",
    "SourceActorFull", "SourceActorEntity", "SourceActorRole", "SourceActorAttribute",
    "TargetActorFull", "TargetActorEntity", "TargetActorRole", "TargetActorAttribute",
    "EventCode", "EventRootCode", "PentaClass", "GoldsteinScore", "Issues", "Lat", "Lon", "LocationName", "StateName",
    "CountryCode", "SentenceID", "URLs", "NewsSources",
)  # fmt: skip
_ROLES = frozenset("GOV MIL REB OPP PTY COP JUD SPY MED EDU BUS CRM CVL".split())
_BODIES = frozenset("IGO NGO IMG MNC".split())
_NO_COUNTRY = "---"


class _Merged(msgspec.Struct):
    """What the tellings of one row have in common and what is joined of them."""

    told: Told
    dyad: Dyad
    sentences: dict[str, None]
    urls: dict[str, None]
    outlets: dict[str, None]
    contexts: dict[str, int]
    attributed: list[Row]


def layout() -> Layout:
    """Give the format: tabs, no header, empty cells where nothing is known."""
    return Layout(columns=COLUMNS, has_header=False, line=tab_line, rows=rows_of, lack=_lack)


def rows_of(events: Iterable[Told], has_attribution: bool) -> Iterator[Row]:
    """Give one row for each day, source, target and code, as the format's rule of one a day has it.

    Rows come at the end: a later report may add to any of them. What is kept of a report until then is one row.
    """
    merged: dict[tuple[str, ...], _Merged] = {}
    for told in events:
        report = told.reading.report
        starts = sentence_starts(report)
        numbers = [sentence_number(starts, mention.trigger[0]) for mention in told.event.mentions]
        for dyad in _coded_dyads(told):
            key = (str(told.day), *_codes(dyad), dyad.coded.code)
            one = merged.get(key)
            if one is None:
                bare = msgspec.structs.replace(told, reading=_without_text(told))
                one = merged[key] = _Merged(bare, dyad, {}, {}, {}, {}, [])
            one.sentences.update(dict.fromkeys(f"{report.id}_{number}" for number in numbers))
            one.urls.update({report.url: None} if report.url else {})
            one.outlets.update({report.outlet: None} if report.outlet else {})
            for context in told.event.contexts:
                one.contexts[context] = one.contexts.get(context, 0) + 1
            if has_attribution:
                one.attributed.append(attributed_cells(told))
    for number, one in enumerate(merged.values(), 1):
        row = _row(one, number)
        yield [*row, *_joined(one.attributed)] if has_attribution else row


def penta_class(root: str) -> int:
    """Give Phoenix's class of a CAMEO root; root 16 counts as verbal conflict there."""
    if root in ("01", "02"):
        return 0
    if root <= "05":
        return 1
    if root <= "08":
        return 2
    return 3 if root <= "13" or root == "16" else 4


def _row(one: _Merged, number: int) -> Row:
    day = str(one.told.day).replace("-", "")
    source, target = one.dyad.source, one.dyad.target
    coded = one.dyad.coded
    return [
        f"{number}_{one.told.reading.produced_by.melian}",
        day,
        day[:4],
        day[4:6],
        day[6:],
        *(_actor(code_actor(source)) if source is not None else [None] * 4),
        *(_actor(code_actor(target)) if target is not None else [None] * 4),
        coded.code,
        coded.root,
        penta_class(coded.root),
        coded.older_goldstein,
        list_cell(f"{context.upper()},{count}" for context, count in one.contexts.items()),
        *_place(one.told.event.place),
        list_cell(one.sentences),
        list_cell(one.urls),
        list_cell(one.outlets),
    ]


def _whole(code: ActorCode) -> str:
    """Write an actor code; three dashes stand for a country that is not known, as in PETRARCH."""
    return code.whole if code.country or code.body or not code.role else _NO_COUNTRY + code.whole


def _actor(code: ActorCode) -> Row:
    entity = code.country or (code.body if code.body in _BODIES else None)
    role = code.role if code.role in _ROLES else None
    group = [code.group[n : n + 3] for n in range(0, len(code.group), 3)] if code.group else []
    return [Code(_whole(code)) or None, entity, role, list_cell([None if role else code.role, *group])]


def _place(place: Where | None) -> Row:
    if place is None or place.precision is None:
        return [None] * 5
    return [place.lat, place.lon, place.name, place.admin1, place.country]


def _joined(rows: list[Row]) -> Row:
    """Join the attributed cells of several tellings: lists one after another, the rest each once."""
    columns = list(zip(*rows, strict=True))
    joined: list[Cell] = [";".join(str(cell) for cell in column if cell is not None) or None for column in columns[:5]]
    joined.append(any(columns[5]))
    return [*joined, *(list_cell(str(cell) for cell in column if cell is not None) for column in columns[6:])]


def _codes(dyad: Dyad) -> tuple[str, str]:
    source, target = dyad.source, dyad.target
    return (
        _whole(code_actor(source)) if source is not None else "",
        _whole(code_actor(target)) if target is not None else "",
    )


def _coded_dyads(told: Told) -> Iterator[Dyad]:
    return (dyad for dyad in dyads_of(told) if all(_codes(dyad)))


def _without_text(told: Told) -> Reading:
    report = msgspec.structs.replace(told.reading.report, text="", furniture=())
    return Reading(report=report, produced_by=told.reading.produced_by)


def _lack(told: Told) -> str | None:
    return no_day(told) or (None if next(_coded_dyads(told), None) else "no pair of a source and a target with codes")
