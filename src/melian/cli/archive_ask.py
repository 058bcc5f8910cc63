"""`melian archive events`, `statements`, `disputes`, `dyads`, `show` and `query`: questions to an archive."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from melian.cli.archive_opening import linked_archive, opened_archive
from melian.cli.archive_output import Format, with_stretches, write_answer
from melian.cli.filter_options import ALL, As, Folder, Given, Limit, filtered
from melian.cli.output import show_on_screen
from melian.errors import BadQuestion
from melian.exports.visible import show_line

if TYPE_CHECKING:
    from melian.archive import Archive


class Period(StrEnum):
    """By what dyads are counted."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@filtered(*ALL)
def events(folder: Folder, filters: Given, limit: Limit = None, format: As = Format.TABLE) -> None:
    """List events, each with its standing: asserted by the report, claimed by others, disputed, denied or foreseen.

    Days are those of the event.
    """
    answer = opened_archive(folder).events(**filters, limit=limit)
    if format is Format.TABLE:
        answer = with_stretches(answer).select(
            "report event when type source_names target_names place standing corrected words".split()
        )
    write_answer(answer, format, limit)


@filtered(*ALL)
def statements(folder: Folder, filters: Given, limit: Limit = None, format: As = Format.TABLE) -> None:
    """List statements: who said what. Source, target and type are those of the event that it is about.

    Days are those of the report.
    """
    answer = opened_archive(folder).statements(**filters, limit=limit)
    if format is Format.TABLE:
        answer = answer.select(["report", "statement", "published", "speaker_name", "act", "corrected", "words"])
    write_answer(answer, format, limit)


@filtered(*ALL)
def disputes(
    folder: Folder,
    filters: Given,
    across: Annotated[
        bool, typer.Option("--across", help="Between reports too, each linked event once; after melian archive link.")
    ] = False,
    limit: Limit = None,
    format: As = Format.TABLE,
) -> None:
    """List disputes: who asserts and who denies. Source, target and type are those of the event that it is about.

    Days are those of the report, and with --across those of the first telling.
    """
    archive = linked_archive(folder) if across else opened_archive(folder)
    answer = (archive.linked_disputes if across else archive.disputes)(**filters, limit=limit)
    if format is Format.TABLE and across:
        answer = answer.select(
            ["linked", "kind", "asserted_by", "denied_by", "not_said_by", "is_settled", "proposition"]
        )
    elif format is Format.TABLE:
        answer = answer.select(["report", "dispute", "kind", "asserted_by", "denied_by", "corrected", "proposition"])
    write_answer(answer, format, limit)


@filtered(*ALL)
def dyads(
    folder: Folder,
    filters: Given,
    by: Annotated[Period, typer.Option(help="The period that is counted by.")] = Period.MONTH,
    linked: Annotated[
        bool, typer.Option("--linked", help="Count each linked event once, with conflict and cooperation scores.")
    ] = False,
    undated: Annotated[
        bool, typer.Option("--undated", help="Count events that nothing dates, too: on the day of their report.")
    ] = False,
    limit: Limit = None,
    format: As = Format.TABLE,
) -> None:
    """Count the events between two countries, by period and quad class, and according to whom.

    Only events whose date is known as finely as the period are counted.
    """
    archive = linked_archive(folder) if linked else opened_archive(folder)
    ask, counted = (archive.linked_dyads, "linked_events") if linked else (archive.dyads, "told")
    answer = ask(by.value, with_undated=undated, **filters, limit=limit)
    write_answer(answer, format, limit)
    if format is Format.TABLE and not undated and limit is None:
        both = (answer, ask(by.value, with_undated=True, **filters))
        known, all_of_them = (sum(found[counted].to_pylist()) for found in both)
        if known < all_of_them:
            typer.echo(f"{all_of_them - known:,} more have no date of their own: --undated counts them.", err=True)


def show(
    folder: Folder,
    record: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="The id of a report, an event, a statement, a claim, a dispute, an actor or a linked event, "
            "or its beginning.",
        ),
    ],
    report: Annotated[
        str | None, typer.Option(metavar="ID", help="The report in which it stands: ids hold within a report.")
    ] = None,
) -> None:
    """Show a report's reading, or one record with its words and the rule that made it."""
    from melian.cli.archive_linked import show_linked
    from melian.exports.explained import render_explanation
    from melian.exports.pretty import render_pretty

    archive = opened_archive(folder)
    kind, owner, ident = _found(archive, record, report)
    if kind == "linked event":
        show_linked(archive, ident)
        return
    reading = archive.reading(owner)
    show_on_screen(render_pretty(reading) if kind == "report" else render_explanation(reading, ident))


def query(
    folder: Folder,
    sql: Annotated[
        str, typer.Argument(metavar="SQL", help="One SELECT, as DuckDB understands it; - is standard input.")
    ],
    format: As = Format.TABLE,
    limit: Limit = None,
    memory: Annotated[str, typer.Option(metavar="SIZE", help="How much memory it may use.")] = "2GB",
    seconds: Annotated[float, typer.Option(metavar="N", help="How long it may take.")] = 300.0,
) -> None:
    """Answer a question in SQL. The archive is only read, and nothing else can be read or written."""
    from melian.archive import Archive
    from melian.archive.limits import Limits

    asked = sys.stdin.read() if sql == "-" else sql
    answer = Archive(folder, Limits(memory=memory, seconds=seconds)).sql(asked)
    write_answer(answer if limit is None else answer.slice(0, limit), format, limit)


def _found(archive: Archive, record: str, report: str | None) -> tuple[str, str, str]:
    rows = archive.ask("find_record", {"id": record, "report": report}).to_pylist() if record else []
    exact = [row for row in rows if row["id"] == record]
    chosen = exact or rows
    if len(chosen) == 1 or (exact and exact[0]["kind"] == "report"):
        return chosen[0]["kind"], chosen[0]["report"], chosen[0]["id"]
    name = show_line(record, 60)
    if not rows:
        where = f"report {show_line(report, 60)!r} of the archive" if report is not None else "archive"
        raise BadQuestion(
            f"There is no record {name!r} in the {where}",
            "an id that melian archive events, statements or disputes shows",
            "Check it",
        )
    listed = ", ".join(
        f"{row['kind']} {show_line(row['id'], 40)} of {show_line(row['report'], 40)}" for row in chosen[:5]
    )
    raise BadQuestion(
        f"{name!r} is not one record but {len(chosen)}", f"one of {listed}", "Write more of it, or add --report ID"
    )
