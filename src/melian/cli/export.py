"""`melian export`: readings in, files of other data sets' formats out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from melian.cli.output import name_reject, opened, refuse_overwrite, refuse_own_input

if TYPE_CHECKING:
    from melian.records import Reading

_SOME_REJECTED = 3


class ExportFormat(StrEnum):
    """How events are written."""

    PLOVER = "plover"
    POLECAT = "polecat"
    ICEWS = "icews"
    GDELT = "gdelt"
    PHOENIX = "phoenix"
    CSV = "csv"
    PARQUET = "parquet"
    JSONL = "jsonl"


class Claims(StrEnum):
    """Which events are taken."""

    ASSERTED = "asserted"
    ALL = "all"


def export(
    readings: Annotated[
        list[str],
        typer.Argument(
            metavar="READINGS", help="Files written by melian read --format jsonl or json, or folders of archives."
        ),
    ],
    format: Annotated[ExportFormat, typer.Option(help="How events are written.")],
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write to this file instead of standard output.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the output file.")] = False,
    claims: Annotated[
        Claims,
        typer.Option(
            help="Take the events that the author or a voice asserts, or all: denied, planned and possible ones too."
        ),
    ] = Claims.ASSERTED,
    attributed: Annotated[
        bool,
        typer.Option("--attributed", help="Add columns at the end: who says so, how surely, is it disputed."),
    ] = False,
) -> None:
    """Write the events of readings as another data set has them, column for column.

    Events that a format cannot hold are counted on standard error with the reason. JSON Lines hold everything: whole
    readings, unchanged.
    """
    from melian.exports.export import UNASSERTED, write_export

    refuse_overwrite(output, force)
    refuse_own_input(readings, output)
    if format is ExportFormat.PARQUET and output is None:
        raise typer.BadParameter("Parquet cannot be written to standard output. Name a file.", param_hint="--output")
    tally = _Tally()
    accepted = _accepted(readings, tally)
    first = list(islice(accepted, 1))
    if not first:
        raise typer.Exit(1)
    with opened(output) as file:
        left_out = write_export(
            chain(first, accepted), format.value, file, claims=claims.value, has_attribution=attributed
        )
    for reason, count in left_out.reasons.items():
        what = "1 event" if count == 1 else f"{count:,} events"
        hint = " (--claims all takes them)" if claims is Claims.ASSERTED and reason == UNASSERTED else ""
        typer.echo(f"left out: {what}: {reason}{hint}", err=True)
    if left_out.coarse:
        what = "1 event is" if left_out.coarse == 1 else f"{left_out.coarse:,} events are"
        first_day = "known to a month, a year or the like, and dated by its first day; --attributed says so"
        typer.echo(f"note: {what} {first_day}", err=True)
    if tally.rejected:
        raise typer.Exit(_SOME_REJECTED)


class _Tally:
    """How many lines were no readings."""

    def __init__(self) -> None:
        self.rejected = 0


def _accepted(paths: Iterable[str], tally: _Tally) -> Iterator[Reading]:
    from melian.archive import Archive
    from melian.intake.readings import read_readings
    from melian.intake.rejects import Reject

    for path in paths:
        if Path(path).is_dir():
            yield from Archive(path).readings()
            continue
        for found in read_readings(path):
            if isinstance(found, Reject):
                tally.rejected += 1
                name_reject(found.source, found.message, "line", found.number)
            else:
                yield found
