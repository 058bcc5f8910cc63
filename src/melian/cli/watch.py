"""`melian watch`: feeds in, readings of what they list into an archive."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from melian.cli import source_options as opt
from melian.cli.adding_progress import follow, summary
from melian.cli.archive_add import recipe_of
from melian.cli.output import complain
from melian.cli.read import own_actors
from melian.errors import ArchiveInUse
from melian.settings import settings_from

if TYPE_CHECKING:
    from melian.running.watching import Watch

_INTERRUPTED = 130
_SHORTEST, _LONGEST = 1.0, 3_600.0


def watch(
    feeds: Annotated[
        Path, typer.Argument(metavar="FEEDS", help="A TOML file that lists the feeds.", show_default=False)
    ],
    into: Annotated[Path, typer.Option("--into", metavar="FOLDER", help="The archive; made where there is none.")],
    once: Annotated[bool, typer.Option("--once", help="Ask the feeds that are due, and leave.")] = False,
    workers: Annotated[
        int, typer.Option(metavar="N", min=1, max=1_000, help="How many processes read; one is this process itself.")
    ] = 1,
    pipeline: opt.Pipeline = opt.PIPELINE,
    rules_alone: opt.RulesAlone = False,
    actors: opt.Actors = None,
) -> None:
    """Watch RSS and Atom feeds, and read what they list into an archive.

    Hosts are asked politely: as their robots.txt says, one request at a time with a pause between two, only for what
    has changed, and less often while they fail. It goes on until it is interrupted; run it again and it goes on.
    """
    from melian.intake import IntakeOptions
    from melian.running.feeds import read_feeds
    from melian.running.watching import Watch, add_round

    settings = settings_from({"pipeline": pipeline, "use_encoder": not rules_alone})
    watched = Watch(read_feeds(feeds), IntakeOptions(largest_report=settings.largest_report))
    recipe = recipe_of(settings, own_actors(actors))
    while True:
        try:
            last = follow(add_round(watched, into, recipe, count=workers), lambda: None)
            if last.met or once:
                typer.echo(summary(last, into))
        except ArchiveInUse as error:
            if once:
                raise
            complain(error)
        if once:
            if not last.met:
                minutes = round(next_due_in(watched, into) / 60)
                typer.echo(f"melian: nothing new. The next feed or page is due in {minutes} min.", err=True)
            return
        try:
            _wait(watched, into)
        except KeyboardInterrupt:
            typer.echo("melian: interrupted. Run the same command again to go on.", err=True)
            raise typer.Exit(_INTERRUPTED) from None


def next_due_in(watched: Watch, into: Path) -> float:
    """Tell in how many seconds there is something to do again: not at once, and not later than in an hour."""
    from melian.running.watching import next_due

    return min(max(next_due(watched, into) - watched.clock.now(), _SHORTEST), _LONGEST)


def _wait(watched: Watch, into: Path) -> None:
    watched.clock.sleep(next_due_in(watched, into))
