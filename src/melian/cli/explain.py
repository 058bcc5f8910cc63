"""`melian explain`: why one record is in a reading."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from melian.cli import source_options as opt
from melian.cli.output import show_on_screen
from melian.cli.read import Tally, accepted, own_actors, read_reports
from melian.errors import MelianError
from melian.exports.visible import show_line
from melian.settings import Settings, settings_from

if TYPE_CHECKING:
    from melian.records import Reading

_SCHEMA = b'"melian.reading/1"'


def explain(
    report: Annotated[
        str,
        typer.Argument(metavar="REPORT", help="A report, or a file of readings written by melian read."),
    ],
    record: Annotated[
        str,
        typer.Argument(
            metavar="RECORD",
            help="A record's id, the beginning of it, or words of the report: all that stands there is explained.",
        ),
    ],
    published: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="Day of publication; the same as when it was read.")
    ] = None,
    outlet: Annotated[str | None, typer.Option(help="Who published it; the same as when it was read.")] = None,
    pipeline: Annotated[
        str, typer.Option(metavar="NAME", help="The spaCy English pipeline to use.")
    ] = Settings().pipeline,
    actors: opt.Actors = None,
) -> None:
    """Say why a record is there: its rule, the knowledge it rests on, its words, and what is missing from it.

    A report is read again: ids are made from content, so they are the same every time.
    """
    from melian.exports.record_search import UnknownRecord, find_records

    readings = _saved_readings(report) or _read_again(report, published, outlet, pipeline, actors)
    refusal: UnknownRecord | None = None
    is_any = False
    for reading in readings:
        try:
            found = find_records(reading, record)
        except UnknownRecord as unknown:
            refusal = refusal or unknown
            continue
        _show(reading, [one.id for one in found])
        is_any = True
    if not is_any:
        raise refusal or typer.Exit(1)


def _show(reading: Reading, records: list[str]) -> None:
    from melian.exports.explained import render_explanation

    for number, record in enumerate(records):
        if number:
            typer.echo()
        show_on_screen(render_explanation(reading, record))


def _saved_readings(path: str) -> list[Reading]:
    """Read a file of readings, JSON or JSON Lines; an empty list where it is something else."""
    import msgspec

    from melian.archive.layout import Layout
    from melian.records import from_json

    file = Path(path)
    if Layout(file).marker.is_file():
        name = show_line(path, 200)
        raise MelianError(
            f"{name} is an archive", "a report or a file of readings", f"Write: melian archive show {name} RECORD"
        )
    if path == "-" or not file.is_file():
        return []
    with file.open("rb") as opened:
        if _SCHEMA not in opened.read(200):
            return []
    content = file.read_bytes()
    try:
        try:
            return [from_json(content)]
        except msgspec.DecodeError:
            return [from_json(line) for line in content.split(b"\n") if line.strip()]
    except msgspec.DecodeError as error:
        raise MelianError(
            f"{show_line(path, 200)} is no file of readings: {show_line(str(error), 200)}",
            "what melian read --format json or jsonl writes",
            "Write it again",
        ) from error


def _read_again(
    path: str, published: str | None, outlet: str | None, pipeline: str, actors: Path | None
) -> list[Reading]:
    settings = settings_from({"pipeline": pipeline})
    options = opt.intake_of(settings, published, outlet)
    return list(read_reports(accepted([path], options, Tally()), settings, own_actors(actors)))
