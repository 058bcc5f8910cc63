"""The command's entry point: verbs, exit codes, and what happens when something is refused."""

from __future__ import annotations

import gc
import signal
import sys
from importlib import import_module
from typing import Annotated, NamedTuple

import typer

from melian import __version__
from melian.cli.help import closing, unwrapped
from melian.cli.output import complain
from melian.errors import MelianError


class Verb(NamedTuple):
    """Where a verb is: the function, or the group of further verbs, that a module holds; and the help's last lines."""

    module: str
    holds: str
    epilog: str | None = None


VERBS = {
    "read": Verb(
        "melian.cli.read",
        "read",
        closing(
            "melian read examples/air-strike.txt --published 2026-03-12",
            "melian read examples/saved-page.html --format html --output page.html",
            "melian read examples/reports.jsonl --format jsonl > readings.jsonl",
            "melian read reports.csv --text-column body --published-column day --format jsonl",
            codes={
                0: "every report was read",
                1: "none could be read",
                2: "the command was used wrongly",
                3: "some reports were rejected",
            },
        ),
    ),
    "explain": Verb(
        "melian.cli.explain",
        "explain",
        closing(
            "melian explain examples/air-strike.txt recalled --published 2026-03-12",
            'melian explain readings.jsonl "blamed"',
        ),
    ),
    "export": Verb(
        "melian.cli.export",
        "export",
        closing(
            "melian export readings.jsonl --format polecat --output events.txt",
            "melian export readings.jsonl --format icews --attributed --output events.tab",
            "melian export news --format polecat --output events.txt",
            "melian export monday.jsonl tuesday.jsonl --format parquet --claims all --output events.parquet",
            codes={
                0: "every reading was read",
                1: "none could be read",
                2: "the command was used wrongly",
                3: "some lines were no readings",
            },
        ),
    ),
    "import": Verb(
        "melian.cli.import_events",
        "import_events",
        closing(
            "melian import 20240101120000.export.CSV.zip --format gdelt --output gdelt.parquet",
            "melian import ngecEventsDV-2023.txt.zip --format polecat --output polecat.parquet",
            codes={
                0: "every row was read",
                1: "none could be read",
                2: "the command was used wrongly",
                3: "some rows were left out",
            },
        ),
    ),
    "archive": Verb("melian.cli.archive", "archive"),
    "watch": Verb(
        "melian.cli.watch",
        "watch",
        closing(
            "melian watch feeds.toml --into news",
            "melian watch feeds.toml --into news --once",
            codes={
                0: "the round is done",
                1: "the list or the archive cannot be used",
                2: "the command was used wrongly",
                130: "it was interrupted",
            },
        ),
    ),
    "review": Verb("melian.cli.review", "review"),
    "brief": Verb(
        "melian.cli.brief",
        "brief",
        closing(
            "melian brief news --source SDN --target TCD --both-ways --between 2026-03 --output crisis.html",
            'melian brief news --said-by "foreign ministry" --output ministry.md',
        ),
    ),
    "train": Verb(
        "melian.cli.train",
        "train",
        closing("melian train news --with-corrections --output training/corpus/reviewed/news"),
    ),
    "desk": Verb(
        "melian.cli.desk",
        "desk",
        closing("melian desk", "melian desk news", "melian desk news --port 0 --no-browser"),
    ),
    "actors": Verb("melian.cli.actors", "actors"),
    "ontology": Verb("melian.cli.ontology", "ontology"),
    "schema": Verb("melian.cli.schema", "schema", closing("melian schema > reading.schema.json")),
    "evaluate": Verb(
        "melian.cli.evaluate",
        "evaluate",
        closing(
            "melian evaluate statements gold.jsonl",
            "melian evaluate relations pairs.tsv --limit 200 --predictions out.jsonl",
            "melian evaluate places toponyms.jsonl --given",
        ),
    ),
}


def build(*verbs: str) -> typer.Typer:
    """Build the command with some of its verbs, or with all: making all forty takes as long as reading a short report.

    Args:
        verbs: Names in `VERBS`; all if none is given.
    """
    app = typer.Typer(
        name="melian",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode="rich",
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(melian)
    for name in verbs or VERBS:
        verb = VERBS[name]
        held = getattr(import_module(verb.module), verb.holds)
        if isinstance(held, typer.Typer):
            for command in held.registered_commands:
                command.help = unwrapped(command.callback)
            app.add_typer(held, name=name)
        else:
            app.command(name, epilog=verb.epilog, help=unwrapped(held))(held)
    return app


def _print_version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(f"melian {__version__}")
        raise typer.Exit


def melian(
    version: Annotated[
        bool,
        typer.Option("--version", help="Print the version and leave.", is_eager=True, callback=_print_version),
    ] = False,
) -> None:
    """Read reports of international affairs: what was done and said, by whom, to whom, and according to whom."""


def run() -> None:
    """Run the command. What Melian refuses ends with a message and a code; anything else is a bug and shows itself."""
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        build(*(verb for verb in sys.argv[1:2] if verb in VERBS))()
    except MelianError as error:
        complain(error)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    finally:
        # Nothing is left to free: without this the interpreter looks through every table for a quarter of a second.
        gc.freeze()
