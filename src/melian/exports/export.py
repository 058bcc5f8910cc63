"""Readings in, a file of another vocabulary out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import IO, Literal, cast, get_args

from melian.exports.attributed import ATTRIBUTED
from melian.exports.layouts import Layout, no_day, nothing
from melian.exports.told import ClaimChoice, Told, tell_events
from melian.records import Reading

ExportFormat = Literal["plover", "polecat", "icews", "gdelt", "phoenix", "csv", "parquet", "jsonl"]
EXPORT_FORMATS: tuple[ExportFormat, ...] = get_args(ExportFormat)
UNASSERTED = "nobody asserts them"
_ONE_DAY = frozenset({"polecat", "icews", "gdelt", "phoenix"})
"""Formats that hold one day of an event, the first of those that it may have."""
_HOMES = {"polecat": "polecat", "icews": "icews", "gdelt": "gdelt", "phoenix": "phoenix", "csv": "table"}


class LeftOut:
    """How many events were left out, by reason, how many went in, and how many of those with a day finer than known."""

    def __init__(self) -> None:
        self.reasons: Counter[str] = Counter()
        self.taken = 0
        self.coarse = 0


def write_export(
    readings: Iterable[Reading],
    format: ExportFormat,
    file: IO[bytes],
    *,
    claims: ClaimChoice = "asserted",
    has_attribution: bool = False,
) -> LeftOut:
    """Write readings in a format.

    Args:
        readings: The readings; they are taken one by one.
        format: The format. JSON Lines hold whole readings, whatever the other choices; the others hold events.
        file: Where to.
        claims: "asserted" for events that the author or a voice asserts; "all" for denied, planned and merely
            possible ones too.
        has_attribution: Add who says so, where the format does not hold it anyway.

    Returns:
        What was left out, and why.
    """
    left_out = LeftOut()
    if format == "jsonl":
        from melian.exports.json import line_json

        for reading in readings:
            file.write(line_json(reading))
            left_out.taken += len(reading.events)
    elif format == "plover":
        from melian.exports.plover import plover_line

        for told in _taken(readings, claims, no_day, left_out):
            file.write(plover_line(told, has_attribution))
    elif format == "parquet":
        from melian.exports.parquet import write_parquet
        from melian.exports.table import nested_row, nested_schema

        write_parquet(map(nested_row, _taken(readings, claims, nothing, left_out)), nested_schema(), file)
    else:
        layout = layout_of(format)
        taken = _taken(readings, claims, layout.lack, left_out)
        rows = layout.rows(_counted(taken, left_out) if format in _ONE_DAY else taken, has_attribution)
        if layout.has_header:
            file.write(layout.line(columns_of(layout, has_attribution), layout.missing))
        for row in rows:
            file.write(layout.line(row, layout.missing))
    return left_out


def _counted(taken: Iterable[Told], left_out: LeftOut) -> Iterator[Told]:
    """Count the events of which no single day is known."""
    for told in taken:
        when = told.event.date
        left_out.coarse += when is not None and when.start != when.end
        yield told


def layout_of(format: str) -> Layout:
    """Give the layout of one of the delimited formats."""
    return cast("Layout", import_module(f"melian.exports.{_HOMES[format]}").layout())


def columns_of(layout: Layout, has_attribution: bool) -> tuple[str, ...]:
    """Give the columns of a layout, those of attribution at the end."""
    extra = tuple(name for name in ATTRIBUTED if name not in layout.columns) if has_attribution else ()
    return (*layout.columns, *extra)


def _taken(
    readings: Iterable[Reading], claims: ClaimChoice, lack: Callable[[Told], str | None], left_out: LeftOut
) -> Iterator[Told]:
    for reading in readings:
        for told in tell_events(reading):
            reason = UNASSERTED if claims == "asserted" and not told.is_asserted else lack(told)
            if reason is None:
                left_out.taken += 1
                yield told
            else:
                left_out.reasons[reason] += 1
