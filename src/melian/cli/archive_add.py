"""`melian archive add`: reports in, readings into the archive."""

from __future__ import annotations

import signal
from enum import StrEnum
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from melian.cli import source_options as opt
from melian.cli.adding_progress import follow, summary
from melian.cli.read import own_actors
from melian.exports.visible import show_line
from melian.settings import Settings

if TYPE_CHECKING:
    from melian.intake import IntakeOptions
    from melian.knowledge.own_actors import OwnActors
    from melian.running.recipes import Recipe
    from melian.running.workers import Engine

_SOME_REJECTED = 3


class EngineName(StrEnum):
    """Who reads."""

    LOCAL = "local"
    RAY = "ray"


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
    ] = 500,
    engine: Annotated[
        EngineName, typer.Option(help="Who reads: processes on this machine, or a Ray cluster (extra melian[ray]).")
    ] = EngineName.LOCAL,
    cluster: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="The Ray cluster, such as ray-head:6379. Left out, it is the one that RAY_ADDRESS names, or one that "
            "is started on this machine.",
        ),
    ] = None,
    exchange: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="By which folder or store of objects (s3://…) shards come from workers that do not share the disk of "
            "the archive.",
        ),
    ] = None,
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
    """Read reports into an archive.

    It may be interrupted at any moment: run the same command again and it goes on. A report that the archive has from
    the same version of Melian is skipped; one that it has from another version is read again and replaced.
    """
    from melian.intake import read_sources
    from melian.running import add as add_reports

    for source in sources:
        if Path(source).is_dir() and into.resolve().is_relative_to(Path(source).resolve()):
            raise typer.BadParameter(
                f"the archive would lie in {show_line(source, 200)}, which is read. Name a folder beside it.",
                param_hint="--into",
            )
    settings = opt.settings_of(pipeline, rules_alone, ontology, confidence, min_confidence)
    columns = opt.Columns(text_column, title_column, published_column, outlet_column, url_column, id_column)
    options = opt.intake_of(settings, published, outlet, columns)
    if hasattr(signal, "SIGPIPE"):
        # A worker that is gone closes its pipe; that must end in a message and not in this process.
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    found = islice(read_sources(sources, options), limit)
    begin = engine_of(engine, workers, cluster, exchange)
    steps = add_reports(
        found, into, recipe_of(settings, own_actors(actors)), size=shard, engine=begin, exchange=exchange
    )
    last = follow(steps, lambda: _expected(sources, options, limit))
    typer.echo(summary(last, into))
    if last.rejected:
        raise typer.Exit(_SOME_REJECTED if last.read or last.known else 1)


def engine_of(engine: EngineName, count: int | None, cluster: str | None, exchange: str | None) -> Engine:
    """Say who reads.

    Raises:
        typer.BadParameter: Options of a cluster are given without one.
        BadSetting: The exchange cannot be used.
    """
    from melian.running.workers import all_cores, workers

    if engine is EngineName.LOCAL:
        if cluster is not None or exchange is not None:
            raise typer.BadParameter(
                "there is no cluster without --engine ray.", param_hint="--cluster" if cluster else "--exchange"
            )
        return partial(workers, count or all_cores())
    from melian.running.exchange import check_exchange
    from melian.running.ray_cluster import ray_workers

    if exchange is not None:
        check_exchange(exchange)
    return partial(ray_workers, count, cluster)


def recipe_of(settings: Settings, own: OwnActors) -> Recipe:
    """Say how each worker comes by its reader."""
    from melian.running import CoderRecipe

    return CoderRecipe(settings, own.rows, own.version)


def _expected(sources: list[str], options: IntakeOptions, limit: int | None) -> int | None:
    from melian.intake.counting import expected_reports

    expected = expected_reports(sources, options)
    return min(expected, limit) if expected is not None and limit is not None else expected
