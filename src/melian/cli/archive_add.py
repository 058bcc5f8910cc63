"""`melian archive add`: reports in, readings into the archive."""

from __future__ import annotations

import signal
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from melian.cli import source_options as opt
from melian.cli.adding_progress import follow, summary
from melian.cli.read import checked_day
from melian.exports.visible import show_line
from melian.settings import Settings, settings_from

if TYPE_CHECKING:
    from melian.intake import IntakeOptions
    from melian.running.recipes import Recipe

_SOME_REJECTED = 3


def add(
    sources: opt.Sources,
    into: Annotated[Path, typer.Option("--into", metavar="FOLDER", help="The archive; made where there is none.")],
    published: opt.Published = None,
    outlet: opt.Outlet = None,
    limit: opt.Limit = None,
    workers: Annotated[
        int | None,
        typer.Option(
            metavar="N", min=1, max=1_000, help="How many processes read; as many as there are cores if left out."
        ),
    ] = None,
    shard: Annotated[
        int,
        typer.Option(
            metavar="N",
            min=1,
            max=100_000,
            help="Reports a shard: what an interruption costs at most, for each process.",
        ),
    ] = 200,
    pipeline: opt.Pipeline = opt.PIPELINE,
    rules_alone: opt.RulesAlone = False,
    text_column: opt.TextColumn = "text",
    title_column: opt.TitleColumn = None,
    published_column: opt.PublishedColumn = None,
    outlet_column: opt.OutletColumn = None,
    url_column: opt.UrlColumn = None,
    id_column: opt.IdColumn = None,
) -> None:
    """Read reports into an archive.

    It may be interrupted at any moment: run the same command again and it goes on. A report that the archive has from
    the same version of Melian is skipped; one that it has from another version is read again and replaced.
    """
    from melian.intake import IntakeOptions, read_sources
    from melian.running import add as add_reports
    from melian.running.workers import all_cores

    for source in sources:
        if Path(source).is_dir() and into.resolve().is_relative_to(Path(source).resolve()):
            raise typer.BadParameter(
                f"the archive would lie in {show_line(source, 200)}, which is read. Name a folder beside it.",
                param_hint="--into",
            )
    settings = settings_from({"pipeline": pipeline, "use_encoder": not rules_alone})
    options = IntakeOptions(
        published=checked_day(published),
        outlet=outlet,
        text_column=text_column,
        title_column=title_column,
        published_column=published_column,
        outlet_column=outlet_column,
        url_column=url_column,
        id_column=id_column,
        largest_report=settings.largest_report,
    )
    if hasattr(signal, "SIGPIPE"):
        # A worker that is gone closes its pipe; that must end in a message and not in this process.
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    found = islice(read_sources(sources, options), limit)
    steps = add_reports(found, into, recipe_of(settings), count=workers or all_cores(), size=shard)
    last = follow(steps, lambda: _expected(sources, options, limit))
    typer.echo(summary(last, into))
    if last.rejected:
        raise typer.Exit(_SOME_REJECTED if last.read or last.known else 1)


def recipe_of(settings: Settings) -> Recipe:
    """Say how each worker comes by its reader."""
    from melian.running import CoderRecipe

    return CoderRecipe(settings)


def _expected(sources: list[str], options: IntakeOptions, limit: int | None) -> int | None:
    from melian.intake.counting import expected_reports

    expected = expected_reports(sources, options)
    return min(expected, limit) if expected is not None and limit is not None else expected
