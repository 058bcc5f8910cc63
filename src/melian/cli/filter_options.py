"""The options that narrow a question to an archive, declared once for every command that asks one."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from melian.cli.archive_output import Format

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

Given = dict[str, str | None]
"""What was given of the options, by the names of `melian.archive.filters.Filters`."""
_OPTIONS = {
    "between": Between, "source": Source, "target": Target, "type": Type, "said_by": SaidBy, "outlet": OfOutlet,
}  # fmt: skip
ALL = tuple(_OPTIONS)
PARTIES = ("between", "source", "target")
_Command = Callable[..., None]


def filtered(*names: str) -> Callable[[_Command], _Command]:
    """Put options in the place of a command's parameter `filters`, which takes what was given of them.

    Args:
        names: Which options, by their names in `Filters`.
    """

    def widen(command: _Command) -> _Command:
        own = inspect.signature(command, eval_str=True)
        place = inspect.Parameter.POSITIONAL_OR_KEYWORD
        options = [inspect.Parameter(name, place, default=None, annotation=_OPTIONS[name]) for name in names]
        parameters = [
            parameter
            for one in own.parameters.values()
            for parameter in (options if one.name == "filters" else [one.replace(kind=place)])
        ]

        def run(**given: Any) -> None:  # noqa: ANN401 - values of any option
            command(filters={name: given.pop(name) for name in names}, **given)

        run.__name__, run.__doc__ = command.__name__, command.__doc__
        run.__annotations__ = {one.name: one.annotation for one in parameters}
        run.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined]
        return run

    return widen
