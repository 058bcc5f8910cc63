"""`melian read`: reports in, readings out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from enum import StrEnum
from itertools import chain, islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from melian.cli import source_options as opt
from melian.cli.output import name_reject, opened, plain_text, refuse_overwrite, terminal_console
from melian.settings import Settings

if TYPE_CHECKING:
    from melian.intake import IntakeOptions
    from melian.knowledge.own_actors import OwnActors
    from melian.records import Reading, Report

_SOME_REJECTED = 3


class Format(StrEnum):
    """How readings are written."""

    PRETTY = "pretty"
    JSON = "json"
    JSONL = "jsonl"
    HTML = "html"


def read(
    sources: opt.Sources,
    published: opt.Published = None,
    outlet: opt.Outlet = None,
    title: Annotated[str | None, typer.Option(help="The report's title.")] = None,
    format: Annotated[Format, typer.Option(help="How readings are written.")] = Format.PRETTY,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write to this file instead of standard output.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the output file.")] = False,
    limit: opt.Limit = None,
    pipeline: opt.Pipeline = opt.PIPELINE,
    rules_alone: opt.RulesAlone = False,
    actors: opt.Actors = None,
    ontology: opt.Ontology = None,
    confidence: opt.Confidence = None,
    min_confidence: opt.MinConfidence = 0.0,
    text_column: opt.TextColumn = "text",
    title_column: opt.TitleColumn = None,
    published_column: opt.PublishedColumn = None,
    outlet_column: opt.OutletColumn = None,
    url_column: opt.UrlColumn = None,
    id_column: opt.IdColumn = None,
) -> None:
    """Read reports and say what happened, who said what, and what is disputed.

    A report that cannot be read is named on standard error with what to do; the others are read all the same.
    """
    refuse_overwrite(output, force)
    settings = opt.settings_of(pipeline, rules_alone, ontology, confidence, min_confidence)
    columns = opt.Columns(text_column, title_column, published_column, outlet_column, url_column, id_column)
    options = opt.intake_of(settings, published, outlet, columns)
    tally = Tally()
    reports: Iterator[Report] = islice(_titled(accepted(sources, options, tally), title), limit)
    first = list(islice(reports, 2))
    if format is Format.JSON and len(first) > 1:
        raise typer.BadParameter(
            "json writes one report and there are several. Use --format jsonl, one reading a line.",
            param_hint="--format",
        )
    if first:
        with ExitStack() as stack:
            file = stack.enter_context(opened(output))
            reports = chain(first, reports)
            is_terminal = output is None and sys.stdout.isatty()
            if len(first) > 1 and sys.stderr.isatty() and not is_terminal:
                reports = stack.enter_context(watched(reports))
            write(_counted(read_reports(reports, settings, own_actors(actors)), tally), format, file, is_terminal)
    if tally.rejected or not tally.read:
        raise typer.Exit(_SOME_REJECTED if tally.read else 1)


class Tally:
    """How many reports were read and how many rejected."""

    def __init__(self) -> None:
        self.read = 0
        self.rejected = 0


def accepted(sources: Iterable[str], options: IntakeOptions, tally: Tally) -> Iterator[Report]:
    """Give the reports of the sources; name each rejected one on standard error and count it."""
    from melian.intake import Reject, read_sources

    for found in read_sources(list(sources), options):
        if isinstance(found, Reject):
            tally.rejected += 1
            name_reject(found.source, found.message, "record", found.number)
        else:
            yield found


def own_actors(path: Path | None) -> OwnActors:
    """Read the user's table of actors, where there is one.

    Raises:
        BadKnowledge: It cannot be used.
    """
    from melian.knowledge.own_actors import NONE

    if path is None:
        return NONE
    from melian.intake.own_actors import read_actors

    return read_actors(path)


def read_reports(reports: Iterable[Report], settings: Settings, own: OwnActors) -> Iterator[Reading]:
    """Read reports one after another. The parser is loaded here and not before."""
    from melian.coding.coder import Coder

    yield from Coder(settings, own).read_many(reports)


def write(readings: Iterable[Reading], format: Format, file: IO[bytes], is_terminal: bool) -> None:
    """Write readings in a format, each as soon as it is there (a page needs them all)."""
    if format is Format.HTML:
        from melian.exports.page import render_page

        file.write(render_page(list(readings)).encode("utf-8", "replace"))
    elif format is Format.PRETTY:
        _write_pretty(readings, file, is_terminal)
    else:
        from melian.exports.json import indent_json, line_json

        for reading in readings:
            file.write(indent_json(reading) if format is Format.JSON else line_json(reading))
            file.flush()


@contextmanager
def watched(reports: Iterable[Report]) -> Iterator[Iterator[Report]]:
    """Show on standard error how many reports have been taken up."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = TextColumn("Reading"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield iter(progress.track(reports, total=None))


def _write_pretty(readings: Iterable[Reading], file: IO[bytes], is_terminal: bool) -> None:
    from rich.console import Group
    from rich.rule import Rule

    from melian.exports.pretty import render_pretty

    for number, reading in enumerate(readings):
        shown = render_pretty(reading)
        if number:
            shown = Group("", Rule(characters="─", style="dim"), "", shown)
        if is_terminal:
            terminal_console().print(shown)
        else:
            file.write(plain_text(shown).encode("utf-8", "replace"))
            file.flush()


def _titled(reports: Iterable[Report], title: str | None) -> Iterator[Report]:
    from msgspec.structs import replace

    for report in reports:
        yield report if title is None else replace(report, title=title)


def _counted(readings: Iterable[Reading], tally: Tally) -> Iterator[Reading]:
    for reading in readings:
        tally.read += 1
        yield reading
