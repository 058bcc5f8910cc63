"""The options of questions to an archive, declared once for every command that asks, and opening it for them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from melian.cli.archive_output import Format
from melian.errors import BadQuestion
from melian.exports.visible import show_line

if TYPE_CHECKING:
    from melian.archive import Archive

Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="The archive.")]
Between = Annotated[
    str | None,
    typer.Option(
        metavar="A..B",
        help="Days, months or years, both ends included; either may be left out. What has no date is left out.",
    ),
]
Source = Annotated[
    str | None, typer.Option(metavar="WHO", help="A source of the event: a country's code, or words of a name.")
]
Target = Annotated[
    str | None, typer.Option(metavar="WHO", help="A target of the event: a country's code, or words of a name.")
]
Type = Annotated[str | None, typer.Option(metavar="TYPE", help="The type of the event, such as ACCUSE.")]
SaidBy = Annotated[
    str | None, typer.Option(metavar="WHO", help="Somebody who says so: a country's code, or words of a name.")
]
OfOutlet = Annotated[str | None, typer.Option("--outlet", metavar="NAME", help="The outlet.")]
Limit = Annotated[int | None, typer.Option(metavar="N", min=0, help="No more rows than this.")]
As = Annotated[Format, typer.Option("--format", help="How the answer is written.")]


def opened_archive(folder: Path) -> Archive:
    """Open an archive for questions."""
    from melian.archive import Archive

    return Archive(folder)


def linked_archive(folder: Path) -> Archive:
    """Open an archive for questions to its links.

    Raises:
        BadQuestion: Nothing is linked yet, or by a version whose links this one does not read.
    """
    archive = opened_archive(folder)
    if not archive.is_linked:
        name = show_line(str(folder), 200)
        raise BadQuestion(
            f"The reports of {name} are not linked yet, or were linked by an earlier version",
            "links between reports",
            f"Make them: melian archive link {name}",
        )
    return archive
