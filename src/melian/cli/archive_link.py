"""`melian archive link`, `unlink` and `decisions`: making links, and deciding about them by hand."""

from __future__ import annotations

import getpass
from typing import Annotated

import typer

from melian.cli.filter_options import Folder
from melian.exports.visible import show_line

_END = typer.Argument(
    metavar="WHAT", help="An event as REPORT#EVENT, a report by its id (for voices), or an actor as NAME@COUNTRY."
)
By = Annotated[
    str | None, typer.Option("--by", metavar="NAME", help="Who decides; the name of your account if left out.")
]
Why = Annotated[str, typer.Option("--why", metavar="WORDS", help="Why, for those who come after.")]


def link(
    folder: Folder,
    left: Annotated[str | None, _END] = None,
    right: Annotated[str | None, _END] = None,
    undo: Annotated[
        str | None, typer.Option("--undo", metavar="DECISION", help="Take a decision back: an id that decisions shows.")
    ] = None,
    anew: Annotated[bool, typer.Option("--anew", help="Make all links again; decisions stay.")] = False,
    by: By = None,
    why: Why = "",
) -> None:
    """Link what is new in an archive: copies to one voice, tellings to one event, names to one actor.

    With two events, reports or actors it records your decision that they are one, which wins over every score.
    """
    from melian.archive import Archive, Writer
    from melian.archive.linking.deciding import decide_between
    from melian.archive.linking.decisions import add_decision, take_back
    from melian.archive.linking.link import link as link_archive

    if (left is None) != (right is None) or (left is not None and undo is not None):
        raise typer.BadParameter("name two, or none; and --undo stands alone", param_hint="WHAT")
    with Writer(folder) as writer:
        if undo is not None:
            add_decision(writer.layout, take_back(undo, by=by or getpass.getuser(), why=why))
        if left is not None and right is not None:
            decision = decide_between(Archive(folder), "one", left, right, by=by or getpass.getuser(), why=why)
            add_decision(writer.layout, decision)
        done = link_archive(writer, is_anew=anew)
    typer.echo(
        f"{done.reports:,} reports, {done.new_reports:,} of them new, by {done.voices:,} voices; "
        f"{done.events:,} events are {done.linked_events:,} linked events."
    )


def unlink(
    folder: Folder, left: Annotated[str, _END], right: Annotated[str, _END], by: By = None, why: Why = ""
) -> None:
    """Record your decision that two events (reports, names) are not one, and link again."""
    from melian.archive import Archive, Writer
    from melian.archive.linking.deciding import decide_between
    from melian.archive.linking.decisions import add_decision
    from melian.archive.linking.link import link as link_archive

    with Writer(folder) as writer:
        decision = decide_between(Archive(folder), "two", left, right, by=by or getpass.getuser(), why=why)
        add_decision(writer.layout, decision)
        link_archive(writer)


def decisions(folder: Folder) -> None:
    """List the decisions of people about links that stand: id, day, who, what and why."""
    from melian.archive.layout import find_archive
    from melian.archive.linking.decisions import decisions_of

    for one in decisions_of(find_archive(folder)):
        sides = " and ".join("#".join(part for part in side if part) for side in (one.left, one.right))
        verdict = "are one" if one.verdict == "one" else "are two"
        typer.echo(show_line(f"{one.id}  {one.at[:10]}  {one.by}: {one.about} {sides} {verdict}. {one.why}", 500))
