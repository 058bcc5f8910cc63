"""`melian desk`: local web pages over an archive, or over pasted reports."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def desk(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="[ARCHIVE]", help="The archive. Without one, reports can be pasted and looked at."),
    ] = None,
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65_535, help="The port; 0 is any that is free.")] = 8765,
    host: Annotated[
        str,
        typer.Option(
            metavar="ADDRESS",
            help="The address to listen at. With another than this machine's own, a browser has to bring the token "
            "that is printed.",
        ),
    ] = "127.0.0.1",
    name: Annotated[
        list[str] | None,
        typer.Option("--name", metavar="NAME", help="A further name of this machine under which it may be asked for."),
    ] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Open no browser; print the address.")] = False,
) -> None:
    """Look at an archive, or at one report, in the browser.

    The pages are served to this machine alone, and they load nothing from anywhere else. End it with Ctrl-C.
    """
    from melian.desk.serving import Place, open_port, serve

    if folder is not None:
        from melian.archive.layout import find_archive

        find_archive(folder)
    place = Place(host=host, port=port, names=tuple(name or ()))
    opened = open_port(place)
    typer.echo(f"The desk is open at {opened.address}", err=True)
    serve(folder, opened, opens_browser=not no_browser)
