"""The one task of a run: a shard of reports in, a shard of readings on the disk out. It is safe to run twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from melian.archive.marks import Making, Rejected
from melian.archive.shard import Shard, write_shard
from melian.errors import BadArchive, BadReport
from melian.intake.rejects import safe_words
from melian.records import Reading, Report, to_json
from melian.running.recipes import ReadsReports, Recipe, reader_of


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be read and where it goes.

    Attributes:
        key: Hash of the reports, the rejects and what makes the readings.
        number: The number of the shard's entry.
        folder: A folder of its own. Each attempt writes into another one within it.
        reports: Each with another id.
        rejects: What the intake refused meanwhile.
        making: What makes the readings.
    """

    key: str
    number: int
    folder: Path
    reports: tuple[Report, ...]
    rejects: tuple[Rejected, ...]
    making: Making


@dataclass(frozen=True, slots=True)
class Done:
    """A shard on the disk.

    Attributes:
        shard: The shard.
        failed: The reports of it that could not be read.
        sent: Where the shard is in the store by which it comes, None for one on the archive's own disk.
    """

    shard: Shard
    failed: tuple[Rejected, ...]
    sent: str | None = None


def read_shard(recipe: Recipe, task: Task) -> Done:
    """Read a shard's reports and write their readings.

    Raises:
        OSError: The shard could not be written.
        BadArchive: This worker does not reach the archive's disk.
        BadSetting: The reader could not be made.
    """
    readings, failed = _read(reader_of(recipe), task.reports)
    rejects = [*task.rejects, *failed]
    if not task.folder.is_dir():
        raise BadArchive(
            f"A worker does not reach {task.folder}",
            "a disk that every worker shares with the archive",
            "Name a folder or a store that all of them reach as --exchange",
        )
    # On a cluster a worker that is believed dead may still write while another does the same task.
    folder = task.folder / uuid4().hex
    folder.mkdir()
    return Done(write_shard(folder, task.key, task.number, readings, rejects, task.making), tuple(failed))


def try_reading(recipe: Recipe, report: Report) -> None:
    """Read one report and forget it: does its worker live through it?"""
    _read(reader_of(recipe), [report])


def _read(reader: ReadsReports, reports: Sequence[Report]) -> tuple[list[Reading], list[Rejected]]:
    try:
        readings = list(reader.read_many(reports))
        for reading in readings:
            to_json(reading)
    except Exception as error:  # noqa: BLE001 - a report that breaks the reader must not take the others with it
        if len(reports) == 1:
            return [], [_reject_of(reports[0], error)]
        middle = len(reports) // 2
        left, right = _read(reader, reports[:middle]), _read(reader, reports[middle:])
        return left[0] + right[0], left[1] + right[1]
    return readings, []


def _reject_of(report: Report, error: Exception) -> Rejected:
    reason, message = "failed", f"Reading broke off with {type(error).__name__}: {error}. This is a fault of Melian"
    if isinstance(error, BadReport):
        reason, message = error.reason, str(error)
    source = safe_words(f"report {report.id}")
    return Rejected(source=source, record=None, reason=reason, message=safe_words(message, 1_000))
