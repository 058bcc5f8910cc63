"""`melian review sample`, `history`, `agreement` and `report`: samples, and what came of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from melian.cli.archive_output import Format, write_answer
from melian.cli.filter_options import ALL, As, Folder, Given, Limit, filtered
from melian.cli.output import opened, refuse_overwrite, show_on_screen
from melian.cli.review_options import Kind, OfKind, SampleName
from melian.exports.visible import show_line

if TYPE_CHECKING:
    from rich.table import Table

    from melian.records import Validation, VerdictOnField


@filtered(*ALL)
def sample(
    folder: Folder,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the sample is called.")],
    filters: Given,
    size: Annotated[int, typer.Option(metavar="N", min=1, help="How many records.")] = 200,
    seed: Annotated[int, typer.Option(metavar="N", help="By which it can be drawn again.")] = 1,
    by_type: Annotated[
        bool,
        typer.Option("--by-type", help="Take as many of each type as of any other; of statements, of each act."),
    ] = False,
    kind: OfKind = Kind.EVENT,
) -> None:
    """Draw a random sample of what the machine recorded, for reviewers to judge."""
    from melian.archive.review.queue import Review

    drawn = Review(folder).draw(name, size, kind=kind.value, seed=seed, is_stratified=by_type, filters=filters)
    typer.echo(f"{drawn.name}: {len(drawn.items):,} of {sum(drawn.populations.values()):,} {kind.value}s, seed {seed}.")
    if by_type:
        taken = {stratum: sum(item.stratum == stratum for item in drawn.items) for stratum in drawn.populations}
        typer.echo(", ".join(f"{stratum} {taken[stratum]} of {n:,}" for stratum, n in drawn.populations.items()))


def history(
    folder: Folder,
    report: Annotated[str | None, typer.Option(metavar="ID", help="Of this report.")] = None,
    record: Annotated[
        str | None, typer.Option(metavar="ID", help="Of this record, or the beginning of its id.")
    ] = None,
    reviewer: Annotated[str | None, typer.Option(metavar="NAME", help="By this reviewer.")] = None,
    format: As = Format.TABLE,
    limit: Limit = None,
) -> None:
    """List what reviewers said, judgement by judgement, and what became of it.

    standing: it counts. outvoted: more reviewers, or a later one, say otherwise. replaced: the same reviewer judged
    again. undone: it was taken back. adrift: its report is another text now, or gone. It shows what everybody said: who
    still has to judge should not look.
    """
    from melian.archive import Archive

    asked = {"report": report, "record": record, "reviewer": reviewer}
    answer = Archive(folder).ask("review_history", asked)
    write_answer(answer if limit is None else answer.slice(0, limit), format, limit)


def agreement(folder: Folder, sample: SampleName) -> None:
    """Say how far the reviewers of a sample agree, and how right the machine is by them."""
    found, _ = _validated(folder, sample)
    head = f"{found.judged:,} of {found.drawn:,} judged, by {', '.join(found.reviewers) or 'nobody yet'}"
    typer.echo(show_line(head, 500))
    show_on_screen(_accuracy_table(found), _agreement_table(found))
    if len(found.reviewers) < 2:
        typer.echo("Agreement takes two reviewers or more who judged the same records.", err=True)


def report(
    folder: Folder,
    sample: SampleName,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the web page to this file and not to standard output.")
    ] = None,
    csv: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the figures to this file as CSV.")] = None,
    verdicts: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write every verdict to this file as CSV: the figures can be made again."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the files.")] = False,
) -> None:
    """Write a validation report that a paper can cite: accuracy, agreement, method, and what was wrong."""
    from melian.exports.validation import render_validation, validation_lines, verdict_lines

    for path in (output, csv, verdicts):
        refuse_overwrite(path, force)
    found, said = _validated(folder, sample)
    for path, lines in ((csv, validation_lines(found)), (verdicts, verdict_lines(said))):
        if path is not None:
            with opened(path) as file:
                file.writelines(lines)
    with opened(output) as file:
        file.write(render_validation(found).encode("utf-8", "replace"))


def _validated(folder: Path, name: str) -> tuple[Validation, list[VerdictOnField]]:
    from melian.archive.review.queue import Review
    from melian.evaluation.validation import validated

    return validated(Review(folder), name)


def _accuracy_table(found: Validation) -> Table:
    from melian.exports.validation import accuracy_row

    return _table("right", ("", "right", "Wilson 95 %", "bootstrap 95 %", "judged"), map(accuracy_row, found.accuracy))


def _agreement_table(found: Validation) -> Table:
    from melian.exports.validation import agreement_row

    columns = ("", "alpha", "95 % interval", "agreed", "judged twice", "reviewers")
    return _table("agreement", columns, map(agreement_row, found.agreement))


def _table(title: str, columns: tuple[str, ...], rows: map[tuple[str, ...]]) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(title), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for number, name in enumerate(columns):
        table.add_column(Text(name), justify="right" if number else "left", no_wrap=True)
    for row in rows:
        table.add_row(*map(Text, row))
    return table
