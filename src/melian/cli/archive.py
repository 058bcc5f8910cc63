"""`melian archive`: many readings in one place. One function a verb, gathered here."""

from __future__ import annotations

import typer

from melian.cli.archive_add import add
from melian.cli.archive_ask import disputes, dyads, events, query, show, statements
from melian.cli.archive_keep import compact, remove, status, verify

archive = typer.Typer(
    help="Keep many readings in one place, and ask questions of them.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)
archive.command(
    epilog="[bold]Examples[/bold]\n\n"
    "melian archive add examples/reports.jsonl --into news\n\n"
    "melian archive add reports.csv --into news --text-column body --published-column day --workers 4\n\n"
    "[bold]Exit codes[/bold]\n\n"
    "0 every report is in the archive · 1 none could be read · 2 the command was used wrongly · 3 some reports were "
    "rejected · 130 it was interrupted"
)(add)
archive.command(epilog="[bold]Examples[/bold]\n\nmelian archive status news")(status)
archive.command(
    epilog="[bold]Examples[/bold]\n\n"
    "melian archive events news --between 1995-01..1997-12 --source ISR --target PSE\n\n"
    "melian archive events news --type ACCUSE --said-by Netanyahu --format csv"
)(events)
archive.command(epilog='[bold]Examples[/bold]\n\nmelian archive statements news --said-by "foreign ministry"')(
    statements
)
archive.command(epilog="[bold]Examples[/bold]\n\nmelian archive disputes news --between 2026")(disputes)
archive.command(epilog="[bold]Examples[/bold]\n\nmelian archive dyads news --by month --source SDN --format csv")(dyads)
archive.command(epilog="[bold]Examples[/bold]\n\nmelian archive show news air-strike")(show)
archive.command(
    epilog="[bold]Examples[/bold]\n\n"
    'melian archive query news "SELECT type, standing, count(*) AS events FROM events GROUP BY ALL"'
)(query)
archive.command()(remove)
archive.command()(compact)
archive.command(epilog="[bold]Exit codes[/bold]\n\n0 all is well · 1 something is broken")(verify)
