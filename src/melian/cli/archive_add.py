"""`melian archive add`: reports in, readings into the archive."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from melian.cli import source_options as opt
from melian.cli.read import checked_day
from melian.exports.visible import show_line
from melian.settings import Settings, settings_from

if TYPE_CHECKING:
    from melian.intake import IntakeOptions
    from melian.running import Progress
    from melian.running.recipes import Recipe

_SOME_REJECTED, _INTERRUPTED = 3, 130


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
    ontology: opt.Ontology = None,
    min_confidence: opt.MinConfidence = 0.0,
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
    settings = settings_from(
        {
            "pipeline": pipeline,
            "use_encoder": not rules_alone,
            "ontology": ontology,
            "min_confidence": min_confidence,
        }
    )
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
    last = _follow(steps, sources, options, limit)
    typer.echo(_summary(last, into))
    if last.rejected:
        raise typer.Exit(_SOME_REJECTED if last.read or last.known else 1)


def recipe_of(settings: Settings) -> Recipe:
    """Say how each worker comes by its reader."""
    from melian.running import CoderRecipe

    return CoderRecipe(settings)


def _follow(steps: Iterator[Progress], sources: list[str], options: IntakeOptions, limit: int | None) -> Progress:
    from melian.running import Progress

    last = Progress()
    try:
        with _shown(sources, options, limit) as show:
            for last in steps:
                show(last)
    except KeyboardInterrupt:
        typer.echo(
            f"melian: interrupted; {last.read:,} reports were read and are kept. Run the same command again to go on.",
            err=True,
        )
        raise typer.Exit(_INTERRUPTED) from None
    return last


@contextmanager
def _shown(sources: list[str], options: IntakeOptions, limit: int | None) -> Iterator[Callable[[Progress], None]]:
    """Show progress on standard error where that is a terminal, and name each reject there in any case."""
    from rich import progress as bars
    from rich.console import Console

    console = Console(stderr=True, markup=False, emoji=False, highlight=False)
    if not console.is_terminal:
        yield _name_rejects
        return
    from melian.intake.counting import expected_reports

    expected = expected_reports(sources, options)
    total = min(expected, limit) if expected is not None and limit is not None else expected
    # Shards end in bursts: the speed is taken over minutes, not over seconds.
    with bars.Progress(
        bars.TextColumn("Reading"), bars.BarColumn(), bars.MofNCompleteColumn(), bars.TextColumn("{task.fields[rate]}"),
        bars.TimeElapsedColumn(), bars.TextColumn("left"), bars.TimeRemainingColumn(),
        bars.TextColumn("{task.fields[rejects]}", markup=False),
        console=console, transient=True, speed_estimate_period=600,
    ) as progress:  # fmt: skip
        task = progress.add_task("", total=total, rate="", rejects="")

        def show(now: Progress) -> None:
            _name_rejects(now)
            elapsed = progress.tasks[0].elapsed or 0.0
            rate = f"{now.read / elapsed:.1f}/s" if elapsed else ""
            progress.update(task, completed=now.met, rate=rate, rejects=_counts(now.rejected))

        yield show


def _name_rejects(now: Progress) -> None:
    for reject in now.fresh:
        record = f", record {reject.record}" if reject.record is not None else ""
        typer.echo(show_line(f"rejected: {reject.source}{record}: {reject.message}", 2_000), err=True)


def _summary(last: Progress, into: Path) -> str:
    parts = [f"{last.read:,} read into {show_line(str(into), 200)}"]
    if last.replaced:
        parts.append(f"{last.replaced:,} of another version replaced")
    if last.changed:
        parts.append(f"{last.changed:,} replaced whose text, outlet or date was another under the same id")
    if last.known:
        parts.append(f"{last.known:,} there already")
    if last.rejected:
        parts.append(_counts(last.rejected))
    return "Reports: " + "; ".join(parts) + "."


def _counts(rejected: Mapping[str, int]) -> str:
    if not rejected:
        return ""
    reasons = sorted(rejected.items(), key=lambda item: (-item[1], item[0]))
    return f"{sum(rejected.values()):,} rejected (" + ", ".join(f"{reason} {n:,}" for reason, n in reasons) + ")"
