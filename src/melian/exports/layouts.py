"""What a flat format is: its columns, how its lines are written, and what it makes of an event."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from melian.exports.delimited import Cell
from melian.exports.told import Told

Row = list[Cell]


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """One delimited format.

    Attributes:
        columns: Names of its columns, in order.
        has_header: Whether the file begins with them.
        line: Writes one row.
        missing: What stands for a missing value.
        rows: Gives the rows of events, each with the event that it belongs to. Events come in the order of the
            readings and rows may not wait for later ones, unless the format merges.
        lack: Says what an event lacks for the format, None where nothing.
    """

    columns: tuple[str, ...]
    has_header: bool
    line: Callable[[Sequence[Cell], str], bytes]
    missing: str = ""
    rows: Callable[[Iterable[Told], bool], Iterator[Row]]
    lack: Callable[[Told], str | None]


def no_day(told: Told) -> str | None:
    """Say that an event has no date and its report none either."""
    return None if told.day is not None else "no date, of the event or of publication"


def nothing(told: Told) -> str | None:
    """Say that the format takes any event."""
    return None
