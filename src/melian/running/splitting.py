"""Reports and rejects into shards, without what the archive holds already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from melian.archive.known import Known
from melian.archive.marks import Making, Rejected, content_of, hash_of
from melian.intake import Reject
from melian.intake.rejects import safe_words
from melian.records import Report

_MOST_CHARACTERS = 4_000_000
"""A shard of long reports is closed early, so that a worker holds only so much."""


@dataclass(slots=True)
class Batch:
    """What goes into one shard, and what was met on the way.

    Attributes:
        reports: To be read.
        rejects: To be written beside the readings; those that the archive has already are left out.
        known: How many reports were skipped, since the archive has them.
        replaced: How many of the reports are there from another version.
        changed: How many of the reports are there under the same id with another text, outlet or date.
        refused: Every reject that was met, known or not.
    """

    reports: list[Report] = field(default_factory=list)
    rejects: list[Rejected] = field(default_factory=list)
    known: int = 0
    replaced: int = 0
    changed: int = 0
    refused: list[Rejected] = field(default_factory=list)

    def key(self, making: Making) -> str:
        """Hash what goes in: reports, rejects, settings, knowledge, model and code."""
        contents = [content_of(report) for report in self.reports]
        return hash_of(making.version, *contents, *(reject.mark for reject in self.rejects))


def split(found: Iterable[Report | Reject], known: Known, making: Making, size: int) -> Iterator[Batch]:
    """Gather batches of at most `size` reports, in the order of the input.

    Args:
        found: What the intake gives.
        known: What the archive has.
        making: What will make the readings.
        size: How many reports a shard holds.
    """
    batch = Batch()
    characters = 0
    stream = iter(found)
    while chunk := list(islice(stream, size)):
        reports = [one for one in chunk if isinstance(one, Report)]
        standings = iter(known.meet([(report.id, content_of(report)) for report in reports], making.version))
        for one in chunk:
            if isinstance(one, Reject):
                _refuse(
                    batch, known, Rejected(source=one.source, record=one.number, reason=one.reason, message=one.message)
                )
                continue
            standing = next(standings)
            if standing == "known":
                batch.known += 1
            elif standing == "doubled":
                _refuse(batch, known, _doubled(one))
            else:
                batch.replaced += standing == "other version"
                batch.changed += standing == "changed"
                batch.reports.append(one)
                characters += len(one.text)
                if len(batch.reports) == size or characters >= _MOST_CHARACTERS:
                    yield batch
                    batch, characters = Batch(), 0
        if not batch.reports and not batch.rejects:
            # Nothing to write, yet something to tell: a run that finds all in place shows that it goes on.
            yield batch
            batch = Batch()
    yield batch


def _refuse(batch: Batch, known: Known, reject: Rejected) -> None:
    batch.refused.append(reject)
    if known.is_new_reject(reject.mark):
        batch.rejects.append(reject)


def _doubled(report: Report) -> Rejected:
    words = safe_words(report.text.strip(), 60)
    return Rejected(
        source=safe_words(f"report {report.id}"),
        record=None,
        reason="doubled-id",
        message=f'The id "{safe_words(report.id, 60)}" belongs to another report of this input; this one begins '
        f'"{words}". Expected ids that differ. Name another column as --id-column.',
    )
