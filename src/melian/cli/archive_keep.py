"""`melian archive status`, `remove`, `compact` and `verify`: keeping an archive."""

from __future__ import annotations

from typing import Annotated

import typer

from melian.cli.archive_output import Format, write_answer
from melian.cli.filter_options import Folder
from melian.errors import BadQuestion
from melian.exports.visible import show_line


def status(folder: Folder) -> None:
    """Say how much is in an archive, what made it, what was rejected, and what changed by reading again."""
    from melian.archive import Archive

    archive = Archive(folder)
    (counts,) = archive.ask("status").to_pylist()
    for name, number in counts.items():
        typer.echo(f"{name:<12}{number:>14,}")
    typer.echo(f"{'on disk':<12}{archive.bytes_on_disk() / 1e6:>14,.1f} MB")
    _section("Rejects by reason", archive, "status_rejects")
    _section("Versions", archive, "status_versions")
    (changes,) = archive.ask("status_changes").to_pylist()
    if changes.pop("reports"):
        typer.echo("\nReports that were read again")
        for what in ("events", "statements", "disputes"):
            typer.echo(f"{what:<12}{changes[f'{what}_before']:>14,} before, {changes[f'{what}_now']:,} now")


def remove(
    folder: Folder,
    reports: Annotated[list[str], typer.Argument(metavar="REPORT", help="Ids of reports.")],
) -> None:
    """Take reports out, with everything that came of them.

    They are out of every answer at once; their words are gone from the disk after `melian archive compact`. Adding a
    report again brings it back.
    """
    from melian.archive import Archive, Writer

    with Writer(folder) as writer:
        archive = Archive(folder)
        there = {
            row["report"]
            for row in archive.sql(
                "SELECT DISTINCT report FROM all_readings WHERE list_contains($reports, report)", {"reports": reports}
            ).to_pylist()
        }
        missing = [report for report in reports if report not in there]
        if missing:
            raise BadQuestion(
                f"There is no report {show_line(missing[0], 60)!r} in the archive",
                "ids that melian archive events or statements shows",
                "Nothing was removed. Check it",
            )
        writer.remove(dict.fromkeys(reports))
    typer.echo(f"{len(there):,} removed. Their words are gone from the disk after: melian archive compact FOLDER")


def compact(
    folder: Folder,
    drop_superseded: Annotated[
        bool, typer.Option("--drop-superseded", help="Leave out readings that another version has replaced.")
    ] = False,
    drop_rejects: Annotated[bool, typer.Option("--drop-rejects", help="Forget the rejects.")] = False,
) -> None:
    """Gather all shards in one, without the reports that were removed. It needs as much room again while it runs."""
    from melian.archive import Archive, Writer
    from melian.archive.compaction import compact as compact_archive

    before = Archive(folder).bytes_on_disk()
    with Writer(folder) as writer:
        entry = compact_archive(writer, drops_superseded=drop_superseded, drops_rejects=drop_rejects)
    if entry is None:
        typer.echo("There was nothing to do.")
        return
    after = Archive(folder).bytes_on_disk()
    typer.echo(
        f"{entry.rows['readings']:,} readings in one shard; {before / 1e6:,.1f} MB before, {after / 1e6:,.1f} now."
    )


def verify(
    folder: Folder,
    set_aside: Annotated[
        bool,
        typer.Option("--set-aside", help="Move broken shards out of the archive, into its folder set-aside."),
    ] = False,
) -> None:
    """Check every file of an archive, its hash, its rows, and that each reading decodes."""
    from melian.archive import Writer
    from melian.archive import verification as checks
    from melian.archive.layout import find_archive

    findings = list(checks.verify(find_archive(folder)))
    for finding in findings:
        typer.echo(show_line(finding.what, 1_000))
        if not (set_aside and finding.entry):
            typer.echo(f"    {finding.do}.")
    broken = {finding.entry for finding in findings if finding.entry is not None}
    if set_aside and broken:
        with Writer(folder, is_repair=True) as writer:
            checks.set_aside(writer, broken)
        typer.echo(f"{len(broken):,} set aside. Add their reports again: what the archive has is skipped.")
    elif not findings:
        typer.echo("All is well.")
    if broken or any(finding.entry is None and "not in the ledger" not in finding.what for finding in findings):
        raise typer.Exit(1)


def _section(title: str, archive: object, question: str) -> None:
    from melian.archive import Archive

    assert isinstance(archive, Archive)
    answer = archive.ask(question)
    if answer.num_rows:
        typer.echo(f"\n{title}")
        write_answer(answer, Format.TABLE, answer.num_rows)
