"""The reviewer's place: what to look at next, an answer to it, and taking an answer back.

Nobody sees what others say: what is shown is the machine's own reading, and only the reviewer's own answers count as
answers.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from melian.archive.layout import find_archive
from melian.archive.review.anchors import anchor_of, find_again, is_same_record, records_of
from melian.archive.review.answered import Judged, judged_by
from melian.archive.review.corrections_file import append_correction, read_corrections
from melian.archive.review.excerpts import excerpt_of
from melian.archive.review.judging import checked_note, checked_reviewer, judgements_of
from melian.archive.review.samples import Sample, draw, keep_sample, read_sample, refuse_taken, sample_names
from melian.archive.review.written import values_of
from melian.archive.store import Archive
from melian.errors import BadReview
from melian.records import (
    Anchor,
    Correction,
    Dispute,
    Event,
    Judgement,
    Reading,
    ReviewedField,
    ReviewedKind,
    Statement,
    content_id,
)

_QUEUES: dict[ReviewedKind, str] = {
    "event": "queue_event",
    "statement": "queue_statement",
    "dispute": "queue_dispute",
}
_AT_ONCE = 2_000
_KEPT = 100


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """One record to look at.

    Attributes:
        anchor: Which record.
        reading: The machine's reading of its report.
        record: The record itself.
        values: Each field as it is written.
        sample: The sample that it comes from.
        place: Its place in the queue, from 1.
        of: How many the sample holds, None for the queue of the least sure.
    """

    anchor: Anchor
    reading: Reading
    record: Event | Statement | Dispute
    values: dict[ReviewedField, str]
    sample: str | None = None
    place: int = 1
    of: int | None = None


class Review:
    """Reviewing an archive. Any number of people may do so at the same time, and while reports are added.

    Args:
        folder: The archive.

    Raises:
        BadArchive: There is no archive, or it cannot be read.

    Example:
        review = Review("news")
        task = review.next("amina")
        review.answer("amina", task.anchor, {"type": "ASSAULT"})
    """

    def __init__(self, folder: str | Path) -> None:
        self._layout = find_archive(Path(folder))
        self._archive = Archive(folder, is_corrected=False)
        self._readings: OrderedDict[str, Reading] = OrderedDict()
        self._queued: dict[tuple[ReviewedKind, int], list[tuple[str, str]]] = {}

    def draw(
        self,
        name: str,
        size: int,
        *,
        kind: ReviewedKind = "event",
        seed: int = 1,
        is_stratified: bool = False,
        filters: Mapping[str, str | int | None] | None = None,
    ) -> Sample:
        """Draw a random sample and keep it; see `samples.draw`."""
        refuse_taken(self._layout, name)
        sample = draw(self._archive, name, size, kind=kind, seed=seed, is_stratified=is_stratified, filters=filters)
        keep_sample(self._layout, sample)
        return sample

    def samples(self) -> list[str]:
        """Name the samples that were drawn."""
        return sample_names(self._layout)

    def sample(self, name: str) -> Sample:
        """Give a sample.

        Raises:
            BadReview: There is none of this name.
        """
        return read_sample(self._layout, name)

    def corrections(self) -> tuple[Correction, ...]:
        """Give every correction, undone ones among them, in the order in which they came."""
        return read_corrections(self._layout)

    def reading(self, report: str) -> Reading:
        """Give the machine's own reading of a report.

        Raises:
            KeyError: The archive has no such report.
        """
        # The same is asked for again and again: by a page, by its form, and by what is made of the answer.
        found = self._readings.pop(report, None) or self._archive.reading(report)
        self._readings[report] = found
        if len(self._readings) > _KEPT:
            self._readings.popitem(last=False)
        return found

    def next(
        self, reviewer: str, *, sample: str | None = None, kind: ReviewedKind = "event", after: int = 0
    ) -> Task | None:
        """Give the first record that a reviewer has not judged; None where there is none."""
        return next(self.tasks(reviewer, sample=sample, kind=kind, after=after), None)

    def tasks(
        self, reviewer: str, *, sample: str | None = None, kind: ReviewedKind = "event", after: int = 0
    ) -> Iterator[Task]:
        """Yield the records that a reviewer has not judged.

        Args:
            reviewer: Whose queue it is.
            sample: Those of this sample, in its random order; else those that the machine is least sure of first.
            kind: Of which kind, where no sample is named.
            after: Begin behind this place of the queue.

        Raises:
            BadReview: The reviewer's name or the sample cannot be used.
        """
        judged = judged_by(self.corrections(), checked_reviewer(reviewer))
        if sample is not None:
            drawn = self.sample(sample)
            for place, item in enumerate(drawn.items[after:], after + 1):
                # Anchors tell without the reading: a long sample must not be read again for every answer.
                if any(is_same_record(anchor, item.anchor) for anchor in judged.get(item.anchor.report, ())):
                    continue
                task = self._task_at(item.anchor)
                # A record that a later version does not find any more is no longer there to be judged.
                if task is not None and not _is_judged(task, judged):
                    yield msgspec.structs.replace(task, sample=sample, place=place, of=len(drawn.items))
            return
        start = after - after % _AT_ONCE
        while rows := self._stretch(kind, start):
            for place, (report, record) in enumerate(rows, start + 1):
                if place <= after or any((a.kind, a.record) == (kind, record) for a in judged.get(report, ())):
                    continue
                task = self.task(report, kind, record)
                if not _is_judged(task, judged):
                    yield msgspec.structs.replace(task, place=place)
            start += _AT_ONCE

    def _stretch(self, kind: ReviewedKind, start: int) -> list[tuple[str, str]]:
        """Give a stretch of a queue, reports and records; once, for the archive stays as it was opened."""
        found = self._queued.get((kind, start))
        if found is None:
            rows = self._archive.ask(_QUEUES[kind], {"count": _AT_ONCE, "start": start})
            found = list(zip(rows["report"].to_pylist(), rows["record"].to_pylist(), strict=True))
            self._queued[kind, start] = found
        return found

    def task(self, report: str, kind: ReviewedKind, record: str) -> Task:
        """Give one record to look at.

        Raises:
            BadReview: The archive has no such record.
        """
        try:
            return _task_in(self.reading(report), kind, record)
        except KeyError as error:
            raise BadReview(
                f"There is no {kind} {record[:60]!r} in a report {report[:60]!r} of the archive",
                "ids as the queue and melian archive show them",
                "Check both",
            ) from error

    def answer(
        self,
        reviewer: str,
        anchor: Anchor,
        changes: Mapping[ReviewedField, str] | None = None,
        *,
        is_rejected: bool = False,
        only: tuple[ReviewedField, ...] | None = None,
        sample: str | None = None,
        note: str | None = None,
    ) -> Correction:
        """Keep what a reviewer says of a record. Who names no change confirms it.

        Args:
            reviewer: Who says so.
            anchor: Which record, as a task names it.
            changes: What is right, of each field that is wrong; the value of "direction" is not looked at: it is
                turned round.
            is_rejected: It is no such record at all.
            only: Judge these fields and no others; else all of them.
            sample: The sample that the task came from.
            note: The reviewer's own words.

        Raises:
            BadReview: The name, the sample, a field or a value cannot be used, or the record is not there.
            BadArchive: It could not be written.
        """
        name = checked_reviewer(reviewer)
        task = self._task_at(anchor)
        if task is None:
            raise BadReview(
                f"The {anchor.kind} {anchor.record[:60]!r} is not in the archive any more",
                "a record of the reading that counts",
                "Take the next one",
            )
        changed = dict(changes or {})
        if sample is not None:
            self.sample(sample)
        if is_rejected and changed:
            raise BadReview("A record was rejected and corrected at once", "one of the two", "Decide")
        judgements = (
            (Judgement(field="record", verdict="reject"),)
            if is_rejected
            else tuple(judgements_of(task.reading, task.record, changed, only))
        )
        at = datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
        by = task.reading.produced_by
        correction = Correction(
            id=content_id("k", name, at, task.anchor.report, task.anchor.record, judgements, size=8),
            reviewer=name,
            at=at,
            anchor=task.anchor,
            judgements=judgements,
            excerpt=excerpt_of(task.reading, anchor.kind, task.anchor.record),
            read_by=f"Melian {by.melian}, knowledge {by.knowledge}",
            sample=sample,
            note=checked_note(note),
        )
        append_correction(self._layout, correction)
        return correction

    def undo(self, reviewer: str, correction: str) -> Correction:
        """Take a correction back. It stays in the file, and so does the undoing, which can itself be undone.

        Args:
            reviewer: Who undoes it.
            correction: Its id, or the beginning of it.

        Raises:
            BadReview: There is no such correction, or more than one.
        """
        name = checked_reviewer(reviewer)
        found = [one for one in self.corrections() if correction and one.id.startswith(correction)]
        if len(found) != 1:
            raise BadReview(
                f"{correction[:60]!r} is the id of {len(found)} corrections",
                "that of one",
                "melian review history shows them",
            )
        at = datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
        undoing = Correction(
            id=content_id("k", name, at, found[0].id, size=8),
            reviewer=name,
            at=at,
            anchor=found[0].anchor,
            undoes=found[0].id,
        )
        append_correction(self._layout, undoing)
        return undoing

    def _task_at(self, anchor: Anchor) -> Task | None:
        try:
            reading = self.reading(anchor.report)
        except KeyError:
            return None
        home = find_again(anchor, reading)
        return _task_in(reading, anchor.kind, home) if home is not None else None


def _task_in(reading: Reading, kind: ReviewedKind, record: str) -> Task:
    anchor = anchor_of(reading, kind, record)
    found = next(one for one in records_of(reading, kind) if one.id == record)
    return Task(anchor=anchor, reading=reading, record=found, values=values_of(reading, found))


def _is_judged(task: Task, judged: Judged) -> bool:
    return any(
        anchor.kind == task.anchor.kind and find_again(anchor, task.reading) == task.anchor.record
        for anchor in judged.get(task.anchor.report, ())
    )
