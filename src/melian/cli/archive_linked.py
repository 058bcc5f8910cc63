"""`melian archive linked`, `voices`, `positions`, `accusations` and `demands`: questions to what is linked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from melian.cli.archive_opening import linked_archive, opened_archive
from melian.cli.archive_output import Format, with_stretches, write_answer
from melian.cli.filter_options import ALL, PARTIES, As, Folder, Given, Limit, filtered
from melian.exports.visible import show_line

if TYPE_CHECKING:
    from melian.archive import Archive


@filtered(*ALL)
def linked(folder: Folder, filters: Given, limit: Limit = None, format: As = Format.TABLE) -> None:
    """List linked events, each happening once, with its standing over all reports and how many voices tell it."""
    answer = linked_archive(folder).linked_events(**filters, limit=limit)
    if format is Format.TABLE:
        answer = with_stretches(answer).select(
            "linked when type source_names target_names place standing voices reports words".split()
        )
    write_answer(answer, format, limit)


@filtered("between", "outlet")
def voices(folder: Folder, filters: Given, limit: Limit = None, format: As = Format.TABLE) -> None:
    """List reports with the voice that each belongs to: copies and revisions of one text are one voice."""
    answer = opened_archive(folder).voices(**filters, limit=limit)
    if format is Format.TABLE:
        answer = answer.select("voice copies report outlet published score reason".split())
    write_answer(answer, format, limit)


@filtered(*ALL)
def positions(folder: Folder, filters: Given, limit: Limit = None, format: As = Format.TABLE) -> None:
    """List what speakers say of each linked event, report by report, and where their word changes.

    Days are those of the report.
    """
    answer = linked_archive(folder).positions(**filters, limit=limit)
    if format is Format.TABLE:
        answer = answer.select("linked type published holder_name stance is_changed outlet words".split())
    write_answer(answer, format, limit)


@filtered(*PARTIES)
def accusations(folder: Folder, filters: Given, limit: Limit = None, format: As = Format.TABLE) -> None:
    """Count who accuses whom, each accusation once."""
    answer = linked_archive(folder).accusations(**filters, limit=limit)
    write_answer(answer, format, limit)


@filtered(*PARTIES)
def demands(
    folder: Folder,
    filters: Given,
    unanswered: Annotated[bool, typer.Option("--unanswered", help="Only those that nothing has answered.")] = False,
    limit: Limit = None,
    format: As = Format.TABLE,
) -> None:
    """List demands of one country on another, and what the other did next."""
    import pyarrow.compute as pc

    answer = linked_archive(folder).demands(**filters, limit=limit)
    if unanswered:
        answer = answer.filter(pc.field("is_unanswered"))
    if format is Format.TABLE:
        answer = answer.select("day source target voices answer_type answer_day words".split())
    write_answer(answer, format, limit)


def show_linked(archive: Archive, linked: str) -> None:
    """Show one linked event: its tellings with the reasons for linking them, who holds what, and the figures."""
    (event,) = archive.sql("FROM linked_events WHERE linked = $linked", {"linked": linked}).to_pylist()
    source, target = (", ".join(event[f"{side}_names"]) or "nobody named" for side in ("source", "target"))
    first = f"{event['first_outlet'] or event['first_report']}, {event['first_published']}"
    typer.echo(show_line(f"{linked}: {event['type']}, {source} to {target}; {event['standing']}", 300))
    typer.echo(show_line(f"{event['voices']} voices in {event['reports']} reports; first told by {first}.", 300))
    for title, answer, columns in (
        ("Tellings", archive.tellings(linked), "report event outlet published score reason words"),
        ("Who says so", archive.linked_accounts(linked), "stance holder_name outlet published words"),
        ("Figures", archive.figures(linked), "what figure holder_name outlet published"),
    ):
        if answer.num_rows:
            typer.echo(f"\n{title}")
            write_answer(answer.select(columns.split()), Format.TABLE, answer.num_rows)
