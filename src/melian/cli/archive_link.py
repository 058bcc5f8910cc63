"""`melian archive link`, `unlink` and `decisions`: making links, and deciding about them by hand."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING, Annotated

import typer

from melian.cli.archive_ask import Folder
from melian.errors import BadQuestion
from melian.exports.visible import show_line

if TYPE_CHECKING:
    from melian.archive import Archive
    from melian.archive.linking.decisions import About, Verdict

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
    from melian.archive.linking.decisions import add_decision, take_back
    from melian.archive.linking.link import link as link_archive

    if (left is None) != (right is None) or (left is not None and undo is not None):
        raise typer.BadParameter("name two, or none; and --undo stands alone", param_hint="WHAT")
    with Writer(folder) as writer:
        if undo is not None:
            add_decision(writer.layout, take_back(undo, by=by or getpass.getuser(), why=why))
        if left is not None and right is not None:
            _decide(writer, Archive(folder), "one", left, right, by, why)
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
    from melian.archive.linking.link import link as link_archive

    with Writer(folder) as writer:
        _decide(writer, Archive(folder), "two", left, right, by, why)
        link_archive(writer)


def decisions(folder: Folder) -> None:
    """List the decisions of people about links that stand: id, day, who, what and why."""
    from melian.archive.layout import find_archive
    from melian.archive.linking.decisions import decisions_of

    for one in decisions_of(find_archive(folder)):
        sides = " and ".join("#".join(part for part in side if part) for side in (one.left, one.right))
        verdict = "are one" if one.verdict == "one" else "are two"
        typer.echo(show_line(f"{one.id}  {one.at[:10]}  {one.by}: {one.about} {sides} {verdict}. {one.why}", 500))


def _decide(
    writer: object, archive: Archive, verdict: Verdict, left: str, right: str, by: str | None, why: str
) -> None:
    from melian.archive import Writer
    from melian.archive.linking.decisions import add_decision, decide

    assert isinstance(writer, Writer)
    (about, first), (other, second) = _end(archive, left), _end(archive, right)
    if about != other or first == second:
        raise BadQuestion(
            f"{show_line(left, 60)} and {show_line(right, 60)} cannot be linked: {about} and {other}",
            "two different events, two reports or two actors",
            "Write events as REPORT#EVENT and actors as NAME@COUNTRY",
        )
    add_decision(writer.layout, decide(verdict, about, first, second, by=by or getpass.getuser(), why=why))


def _end(archive: Archive, words: str) -> tuple[About, tuple[str, ...]]:
    """Find what one end of a decision names."""
    report, _, event = words.rpartition("#")
    name, _, country = words.rpartition("@")
    (row,) = archive.sql(
        "SELECT EXISTS(FROM reports WHERE report = $words) AS is_report, "
        "EXISTS(FROM live_events WHERE report = $report AND event = $event) AS is_event, "
        "EXISTS(FROM actors WHERE name = $name AND coalesce(country, '') = $country) AS is_actor",
        {"words": words, "report": report, "event": event, "name": name, "country": country},
    ).to_pylist()
    if row["is_event"]:
        return "events", (report, event)
    if row["is_report"]:
        return "voices", (words,)
    if row["is_actor"]:
        return "actors", (name, country)
    raise BadQuestion(
        f"There is no {show_line(words, 80)!r} in the archive",
        "an event as REPORT#EVENT, a report's id, or an actor as NAME@COUNTRY (NAME@ where it has none)",
        "melian archive events shows reports and events",
    )
