"""`melian archive`: many readings in one place. One function a verb, gathered here."""

from __future__ import annotations

import typer

from melian.cli.archive_add import add
from melian.cli.archive_ask import disputes, dyads, events, query, show, statements
from melian.cli.archive_keep import compact, remove, status, verify
from melian.cli.archive_link import decisions, link, unlink
from melian.cli.archive_linked import accusations, demands, linked, positions, voices

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
archive.command(
    epilog="[bold]Examples[/bold]\n\n"
    "melian archive link news\n\n"
    "melian archive link news monday#e4f1c09ab tuesday#e77a1c210 --why 'the same bridge'\n\n"
    "melian archive link news --undo j3c5d0a12"
)(link)
archive.command(epilog="[bold]Examples[/bold]\n\nmelian archive unlink news monday#e4f1c09ab friday#e21b00c9d")(unlink)
archive.command()(decisions)
archive.command(epilog="[bold]Examples[/bold]\n\nmelian archive linked news --type ASSAULT --between 2026-03")(linked)
archive.command()(voices)
archive.command(epilog="[bold]Examples[/bold]\n\nmelian archive positions news --said-by SDN")(positions)
archive.command()(accusations)
archive.command(epilog="[bold]Examples[/bold]\n\nmelian archive demands news --unanswered")(demands)
archive.command()(remove)
archive.command()(compact)
archive.command(epilog="[bold]Exit codes[/bold]\n\n0 all is well · 1 something is broken")(verify)
