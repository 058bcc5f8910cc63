"""Reports into an archive, shard by shard. Start reading here."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path

from melian.archive.durable import explain_failure
from melian.archive.known import Known
from melian.archive.marks import Making, Rejected
from melian.archive.writer import Writer
from melian.errors import MelianError
from melian.intake import Reject
from melian.intake.rejects import safe_words
from melian.records import Report
from melian.running.exchange import bring, read_and_send
from melian.running.reading import Done, Task, read_shard, try_reading
from melian.running.recipes import Recipe, making_of
from melian.running.splitting import Batch, split
from melian.running.workers import Engine, workers

SHARD = 500
"""Reports a shard: what an interruption costs at most, for each worker."""

_NAMED = 8
_MOST_DEADLY = 3
"""Reports of one shard that may end their workers; where there are more, it is the machine and not the reports."""


@dataclass(slots=True)
class Progress:
    """How far a run is. What is counted as read is in the archive.

    Attributes:
        read: Reports that were read and stored.
        known: Reports that the archive had already.
        replaced: Of the reports that were taken up, those that it had from another version.
        changed: Of the reports that were taken up, those whose id it had with another text, outlet or date.
        rejected: Rejects by reason.
        fresh: The rejects met since the last time.
    """

    read: int = 0
    known: int = 0
    replaced: int = 0
    changed: int = 0
    rejected: Counter[str] = field(default_factory=Counter)
    fresh: list[Rejected] = field(default_factory=list)

    @property
    def met(self) -> int:
        """How much of the input is done with."""
        return self.read + self.known + self.rejected.total()


def add(
    found: Iterable[Report | Reject],
    folder: str | Path,
    recipe: Recipe,
    *,
    count: int = 1,
    size: int = SHARD,
    engine: Engine | None = None,
    exchange: str | None = None,
) -> Iterator[Progress]:
    """Read reports into an archive, which is made where there is none.

    A finished shard counts at once and for good. Run again after an interruption, it skips what is there and goes on.

    Args:
        found: What the intake gives.
        folder: The archive.
        recipe: How each worker comes by its reader.
        count: How many workers; one is this process itself.
        size: How many reports a shard holds.
        engine: Starts other workers than `count` processes on this machine.
        exchange: A folder or a store by which shards come from workers that do not share the archive's disk.

    Yields:
        The same progress again and again, a shard further each time.

    Raises:
        ArchiveInUse: Another run is writing to the archive.
        BadArchive: The archive cannot be read or written.
        BadSetting: The reader could not be made.
    """
    with Writer(folder, is_new_allowed=True) as writer, (engine or partial(workers, count))() as crew:
        try:
            making = crew.executor.submit(making_of, recipe).result()
        except BrokenExecutor as error:
            raise _worker_ended("no reports yet") from error
        known = Known(writer)
        run = _Run(writer, crew.executor, recipe, making, Progress(), known, exchange)
        try:
            for batch in split(found, known, making, size):
                run.begin(batch)
                while len(run.begun) >= crew.most_begun:
                    run.finish_some()
                yield run.progress
                run.progress.fresh.clear()
            while run.begun:
                run.finish_some()
                yield run.progress
                run.progress.fresh.clear()
        except BrokenExecutor as error:
            raise _worker_ended(run.at_work()) from error
        except OSError as error:
            raise explain_failure(error, Path(folder)) from error


def _worker_ended(at_work: str) -> MelianError:
    return MelianError(
        f"A worker process ended before its work was done; being read were {at_work}",
        "memory enough for every worker (about 1 GB each), and reports that can be read",
        "Run the same command again with fewer --workers: what is finished is kept. If it ends again, --shard 1 shows "
        "the report to leave out",
    )


@dataclass(slots=True)
class _Run:
    writer: Writer
    executor: Executor
    recipe: Recipe
    making: Making
    progress: Progress
    known: Known
    exchange: str | None = None
    begun: dict[Future[Done], Task] = field(default_factory=dict)

    def begin(self, batch: Batch) -> None:
        """Hand a batch to a worker."""
        self.progress.known += batch.known
        self.progress.replaced += batch.replaced
        self.progress.changed += batch.changed
        self._note(batch.refused)
        if batch.reports or batch.rejects:
            key = batch.key(self.making)
            number = self.writer.take_number()
            folder = self.writer.begin_part(key, number)
            reports, rejects = tuple(batch.reports), tuple(batch.rejects)
            task = Task(key, number, folder, reports, rejects, self.making)
            self.begun[self._submit(task)] = task

    def finish_some(self) -> None:
        """Wait for a worker and put what is done into the archive."""
        for future in wait(self.begun, return_when=FIRST_COMPLETED).done:
            task = self.begun[future]
            try:
                result = future.result()
            except BrokenExecutor:
                result = self._read_again(task)
            del self.begun[future]
            fresh = [one for one in result.failed if self.known.is_new_reject(one.mark)]
            rows = result.shard.rows
            if self.exchange is not None:
                result = bring(result, task, self.exchange)
            if rows["readings"] or rows["rejects"] > len(result.failed) or fresh:
                self.writer.commit(result.shard)
            shutil.rmtree(task.folder, ignore_errors=True)  # What is left of it, the next run clears.
            self.progress.read += rows["readings"]
            self._note(result.failed)

    def _submit(self, task: Task) -> Future[Done]:
        if self.exchange is not None:
            return self.executor.submit(read_and_send, self.recipe, task, self.exchange)
        return self.executor.submit(read_shard, self.recipe, task)

    def _read_again(self, task: Task) -> Done:
        """Read a shard alone whose worker has ended; should it end again, without the reports that end theirs.

        Raises:
            BrokenExecutor: It is none of the reports, or too many of them.
        """
        try:
            return self._submit(task).result()
        except BrokenExecutor:
            # One more than the most is enough to know that there are too many.
            deadly = list(islice(filter(self._is_deadly, task.reports), _MOST_DEADLY + 1))
            if not 0 < len(deadly) <= _MOST_DEADLY:
                raise
        left_out = tuple(_deadly_reject(report) for report in deadly)
        rest = tuple(report for report in task.reports if report not in deadly)
        done = self._submit(replace(task, reports=rest, rejects=(*task.rejects, *left_out))).result()
        return replace(done, failed=(*done.failed, *left_out))

    def _is_deadly(self, report: Report) -> bool:
        try:
            self.executor.submit(try_reading, self.recipe, report).result()
        except BrokenExecutor:
            return True
        return False

    def at_work(self) -> str:
        """Name the reports that are begun and not finished."""
        ids = [safe_words(report.id, 60) for task in self.begun.values() for report in task.reports]
        return ", ".join(ids[:_NAMED]) + (f" and {len(ids) - _NAMED:,} more" if len(ids) > _NAMED else "")

    def _note(self, rejects: Iterable[Rejected]) -> None:
        for reject in rejects:
            self.progress.rejected[reject.reason] += 1
            self.progress.fresh.append(reject)


def _deadly_reject(report: Report) -> Rejected:
    return Rejected(
        source=safe_words(f"report {report.id}"),
        record=None,
        reason="worker-ended",
        message="The worker that read this report ended, each time: the report needs more memory than there is, or it "
        "is a fault of Melian. Expected a report that can be read. Leave it out, or read it alone: melian read.",
    )
