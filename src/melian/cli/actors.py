"""`melian actors`: the user's own table of actors, whose rows win over those of the package."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from melian.cli.help import closing
from melian.cli.output import opened
from melian.exports.visible import show_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from melian.knowledge.own_actors import OwnActor

_SOME_LEFT_OUT = 3
_WIDTH = 300

actors = typer.Typer(
    name="actors",
    no_args_is_help=True,
    help="Keep a table of your own persons, organisations and groups, which wins over the tables of the package.",
)

Table = Annotated[
    Path,
    typer.Option(
        "--table", metavar="FILE.csv", envvar="MELIAN_ACTORS", help="Your table; it is made where there is none."
    ),
]


class Kind(StrEnum):
    """What an actor of a table is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    GROUP = "group"


@actors.command(
    epilog=closing(
        'melian actors add "Amina Okoth" --kind person --sector GOV --country KEN --office "foreign minister" '
        "--from 2026-02-01 --table mine.csv",
        'melian actors add "Kisima Front" --alias KF --kind group --sector REB --country KEN --table mine.csv',
    )
)
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name that readings give.")],
    kind: Annotated[Kind, typer.Option(help="What it is.")],
    sector: Annotated[str, typer.Option(metavar="SECTOR", help="PLOVER sector: GOV, REB, PTY, ….")],
    table: Table,
    country: Annotated[
        str | None, typer.Option(metavar="AAA", help="ISO 3166-1 alpha-3; left out for bodies of many.")
    ] = None,
    alias: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Another name or spelling; may be given several times.")
    ] = None,
    office: Annotated[str | None, typer.Option(help="A person's office.")] = None,
    begins: Annotated[
        str | None, typer.Option("--from", metavar="YYYY-MM-DD", help="First day on which this holds.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="First day on which it holds no more.")
    ] = None,
    provenance: Annotated[str, typer.Option(help="Where this is from.")] = "added by hand",
) -> None:
    """Add one actor to your table; a row with the same id is replaced."""
    from melian.intake.own_actors import make_row

    cells = {
        "name": name, "aliases": "|".join(alias or ()), "kind": kind.value, "sector": sector,
        "country": country or "", "office": office or "", "from": begins or "", "until": until or "",
    }  # fmt: skip
    try:
        row = make_row(cells, provenance)
    except ValueError as error:
        raise typer.BadParameter(show_line(str(error), _WIDTH)) from error
    _keep(table, [row])


@actors.command(
    "import",
    epilog=closing(
        "melian actors import ministers.csv --table mine.csv",
        "melian actors import wikidata.json --sector LEG --table mine.csv",
        codes={
            0: "every row was taken",
            1: "none could be",
            2: "the command was used wrongly",
            3: "some rows were left out",
        },
    ),
)
def import_actors(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="CSV or TSV with the table's columns, or an extract of Wikidata.")
    ],
    table: Table,
    sector: Annotated[str | None, typer.Option(metavar="SECTOR", help="The sector of rows that give none.")] = None,
) -> None:
    """Take the rows of a CSV file, or of what the query service of Wikidata gives, into your table.

    A row that cannot be used is named on standard error with the reason; the others are taken all the same. Of Wikidata
    the variables item, itemLabel, itemAltLabel, positionLabel, instanceLabel, countryLabel, iso3, start and end count.
    """
    from melian.intake.own_actors import BadRow, read_rows

    good: list[OwnActor] = []
    left_out = 0
    for row in read_rows(file, sector):
        if isinstance(row, BadRow):
            left_out += 1
            typer.echo(show_line(f"left out: {file.name}, row {row.number}: {row.message}", 2_000), err=True)
        else:
            good.append(row)
    if good:
        _keep(table, good)
    if left_out or not good:
        raise typer.Exit(_SOME_LEFT_OUT if good else 1)


@actors.command(
    "list",
    epilog=closing("melian actors list --table mine.csv", "melian actors list okoth --table mine.csv"),
)
def list_actors(
    table: Table,
    word: Annotated[str | None, typer.Argument(metavar="WORD", help="Only rows with this word in a name.")] = None,
) -> None:
    """Print the rows of your table, one a line."""
    from melian.intake.own_actors import read_actors

    for row in read_actors(table).rows:
        if any((word or "").lower() in name.lower() for name in (row.name, *row.aliases)):
            days = f"{row.from_ or '…'} – {row.until or '…'}" if row.from_ or row.until else ""
            cells = (row.id, row.name, row.kind, row.country or "", row.sector, row.office or "", days)
            typer.echo(show_line(" · ".join(cell for cell in cells if cell), _WIDTH))


@actors.command(
    epilog=closing("melian actors show NATO --on 2003-03-20", 'melian actors show "Arab League" --on 2015-06-01')
)
def show(
    name: Annotated[str, typer.Argument(metavar="NAME", help="An organisation of the package's tables.")],
    on: Annotated[datetime, typer.Option(metavar="YYYY-MM-DD", formats=["%Y-%m-%d"], help="The day.")],
) -> None:
    """Print what the tables of the package have on an organisation, and who its members are on a day.

    A line has the code of the member, its name, how it stands, and since when; "absent" is who is a member by name and
    takes no part.
    """
    from melian.knowledge.organisations.members import members_of, organisation_called

    body = organisation_called(name)
    members = members_of(body.id, on.date())
    days = f"{body.from_ or '…'} – {body.until or '…'}" if body.from_ or body.until else ""
    cells = (body.id, body.name, "|".join(body.aliases), body.country or "", body.sector, days, body.provenance)
    typer.echo(show_line(" · ".join(cell for cell in cells if cell), _WIDTH))
    for one in members:
        about = "" if one.sure == "day" else f" (only the {one.sure} is sure)"
        until = f", until {one.until}" if one.until else ""
        line = (one.member, one.name, one.standing, f"since {one.begins}{until}{about}", one.note or "")
        typer.echo(show_line(" · ".join(cell for cell in line if cell), _WIDTH))
    if not members:
        typer.echo("no members on that day, or none that the tables know", err=True)


def _keep(table: Path, rows: Sequence[OwnActor]) -> None:
    from melian.intake.own_actors import joined, write_rows

    kept = joined(_kept(table), rows)
    with opened(table) as file:
        write_rows(kept, file)
    typer.echo(f"{len(rows):,} taken; {show_line(table.name, 100)} has {len(kept):,}", err=True)


def _kept(table: Path) -> tuple[OwnActor, ...]:
    from melian.intake.own_actors import read_actors

    return read_actors(table).rows if table.exists() else ()
