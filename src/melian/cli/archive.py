"""`melian archive`: many readings in one place. One function a verb, gathered here."""

from __future__ import annotations

import typer

from melian.cli.archive_add import add
from melian.cli.archive_ask import disputes, dyads, events, query, show, statements
from melian.cli.archive_keep import compact, remove, status, verify
from melian.cli.archive_link import decisions, link, unlink
from melian.cli.archive_linked import accusations, demands, linked, positions, voices
from melian.cli.help import closing

archive = typer.Typer(
    help="Keep many readings in one place, and ask questions of them.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)
archive.command(
    epilog=closing(
        "melian archive add examples/reports.jsonl --into news",
        "melian archive add reports.csv --into news --text-column body --published-column day --workers 4",
        codes={
            0: "every report is in the archive",
            1: "none could be read",
            2: "the command was used wrongly",
            3: "some reports were rejected",
            130: "it was interrupted",
        },
    )
)(add)
archive.command(epilog=closing("melian archive status news"))(status)
archive.command(
    epilog=closing(
        "melian archive events news --between 1995-01..1997-12 --source ISR --target PSE",
        "melian archive events news --type ACCUSE --said-by Netanyahu --format csv",
    )
)(events)
archive.command(epilog=closing('melian archive statements news --said-by "foreign ministry"'))(statements)
archive.command(epilog=closing("melian archive disputes news --between 2026"))(disputes)
archive.command(epilog=closing("melian archive dyads news --by month --source SDN --format csv"))(dyads)
archive.command(epilog=closing("melian archive show news air-strike"))(show)
archive.command(
    epilog=closing('melian archive query news "SELECT type, standing, count(*) AS events FROM events GROUP BY ALL"')
)(query)
archive.command(
    epilog=closing(
        "melian archive link news",
        "melian archive link news monday#e4f1c09ab tuesday#e77a1c210 --why 'the same bridge'",
        "melian archive link news --undo j3c5d0a12",
    )
)(link)
archive.command(epilog=closing("melian archive unlink news monday#e4f1c09ab friday#e21b00c9d"))(unlink)
archive.command(epilog=closing("melian archive decisions news"))(decisions)
archive.command(epilog=closing("melian archive linked news --type ASSAULT --between 2026-03"))(linked)
archive.command(epilog=closing("melian archive voices news --between 2026"))(voices)
archive.command(epilog=closing("melian archive positions news --said-by SDN"))(positions)
archive.command(epilog=closing("melian archive accusations news --source SDN"))(accusations)
archive.command(epilog=closing("melian archive demands news --unanswered"))(demands)
archive.command(epilog=closing("melian archive remove news air-strike"))(remove)
archive.command(epilog=closing("melian archive compact news", "melian archive compact news --drop-rejects"))(compact)
archive.command(
    epilog=closing(
        "melian archive verify news",
        codes={
            0: "all is well",
            1: "something is broken",
        },
    )
)(verify)
