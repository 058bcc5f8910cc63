"""`melian brief`: what an archive holds on a question, as a dossier."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from melian.cli.filter_options import ALL, Folder, Given, filtered
from melian.cli.output import opened, refuse_overwrite


@filtered(*ALL)
def brief(
    folder: Folder,
    filters: Given,
    both_ways: Annotated[
        bool, typer.Option("--both-ways", help="Take also what the target did to the source.")
    ] = False,
    title: Annotated[str, typer.Option(metavar="WORDS", help="What it is about.")] = "",
    most: Annotated[
        int, typer.Option("--most", metavar="N", min=1, max=20_000, help="How many events it holds at most.")
    ] = 1_000,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "--out",
            metavar="FILE",
            help="A web page (.html), or Markdown (.md); Markdown on standard output if left out.",
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file.")] = False,
) -> None:
    """Write a dossier: what happened day by day, who said what, what is disputed, each sentence with its reference.

    The web page has charts and a map, and is one file that loads nothing. Nothing is in it that is not in the archive.
    Days are those of the events.
    """
    from melian.archive import Archive
    from melian.exports.brief import gather

    refuse_overwrite(output, force)
    ending = output.suffix.lower() if output is not None else ".md"
    if ending not in (".html", ".htm", ".md", ".markdown"):
        raise typer.BadParameter("the file's name ends in .html or in .md.", param_hint="--output")
    if both_ways and not (filters["source"] and filters["target"]):
        raise typer.BadParameter("name both --source and --target.", param_hint="--both-ways")
    found = gather(Archive(folder), filters, title=title, both_ways=both_ways, most=most)
    if ending.startswith(".h"):
        from melian.exports.brief_page import render_brief_page

        written = render_brief_page(found)
    else:
        from melian.exports.brief_markdown import render_brief_markdown

        written = render_brief_markdown(found)
    with opened(output) as file:
        file.write(written.encode("utf-8", "replace"))
    if found.left_out:
        typer.echo(f"{found.left_out:,} more events fit and are left out; --most takes more.", err=True)
