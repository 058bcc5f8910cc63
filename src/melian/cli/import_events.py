"""`melian import`: other data sets' events in, one common table out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from melian.cli.output import name_reject, opened, refuse_overwrite, refuse_own_input

if TYPE_CHECKING:
    from melian.intake.event_sets import EventSet

_SOME_REJECTED = 3


class ImportFormat(StrEnum):
    """Which data set the files are of."""

    POLECAT = "polecat"
    ICEWS = "icews"
    GDELT = "gdelt"


def import_events(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE", help="Files of the data set, plain, gzipped or in ZIP archives.")
    ],
    format: Annotated[ImportFormat, typer.Option(help="Which data set they are of.")],
    output: Annotated[Path, typer.Option(metavar="FILE.parquet", help="The table to write.")],
    force: Annotated[bool, typer.Option("--force", help="Overwrite the output file.")] = False,
) -> None:
    """Bring the events of POLECAT, ICEWS or GDELT to one common Parquet table, for comparison beside Melian's.

    A row that cannot be read is named on standard error with its line and the reason; the others are read all the same.
    """
    from melian.exports.parquet import write_parquet
    from melian.intake.event_sets import imported_schema

    refuse_overwrite(output, force)
    refuse_own_input(files, output)
    rejected: Counter[str] = Counter()
    rows = _rows(files, format.value, rejected)
    first = list(islice(rows, 1))
    written = 0
    if first:
        with opened(output) as file:
            written = write_parquet(chain(first, rows), imported_schema(), file)
    counts = "".join(f", {count:,} left out for {reason}" for reason, count in rejected.most_common())
    typer.echo(f"{written:,} events written{counts}", err=True)
    if rejected or not written:
        raise typer.Exit(_SOME_REJECTED if written else 1)


def _rows(paths: Iterable[str], kind: EventSet, rejected: Counter[str]) -> Iterator[dict[str, Any]]:
    import msgspec

    from melian.intake.event_sets import read_event_set
    from melian.intake.rejects import Reject

    for path in paths:
        for found in read_event_set(path, kind):
            if isinstance(found, Reject):
                rejected[found.reason] += 1
                name_reject(found.source, found.message, "line", found.number)
            else:
                yield msgspec.structs.asdict(found)
