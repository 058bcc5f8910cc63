"""Readers without models, and inputs for them, so that archives are tested without a parse."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from melian import records as r
from melian.intake import IntakeOptions, read_sources
from melian.running import add

WORDS = "Kenya accused Somalia of shelling a border post on day {} of the month, the foreign ministry said in Nairobi."


@dataclass(frozen=True)
class StubRecipe:
    """Makes a reader that finds the same event in every report.

    Attributes:
        version: Told as the version of the knowledge.
        delay: Seconds a report.
        breaks_on: Words over which the reader breaks off.
        dies_on: Words over which its process ends.
        pids: A folder in which each process that reads leaves its number.
    """

    version: str = "1"
    delay: float = 0.0
    breaks_on: str = "\0"
    dies_on: str = "\0"
    pids: str | None = None

    def __call__(self) -> StubReader:
        return StubReader(self)


class StubReader:
    def __init__(self, recipe: StubRecipe) -> None:
        self.recipe = recipe
        self.produced_by = r.ProducedBy(melian="0", model="stub", knowledge=recipe.version, settings="0")

    def read_many(self, reports: Iterable[r.Report]) -> Iterator[r.Reading]:
        for report in reports:
            if self.recipe.breaks_on in report.text:
                raise RuntimeError("broken on purpose")
            if self.recipe.pids is not None:
                Path(self.recipe.pids, str(os.getpid())).touch()
            if self.recipe.dies_on in report.text:
                os._exit(9)
            time.sleep(self.recipe.delay)
            yield stub_reading(report, self.produced_by)


def stub_reading(report: r.Report, produced_by: r.ProducedBy) -> r.Reading:
    """One accusation by Kenya of Somalia, dated by the report, said by a ministry."""
    whole = (0, len(report.text))
    day = report.published
    return r.Reading(
        report=report,
        actors=(
            r.Actor(id="a1", name="Kenya", kind="state", country="KEN"),
            r.Actor(id="a2", name="Somalia", kind="state", country="SOM"),
            r.Actor(id="a3", name="foreign ministry", kind="organisation", country="KEN", sector="GOV"),
        ),
        statements=(
            r.Statement(
                id=r.content_id("s", report.text), speaker="a3", speaker_span=None, cue=None, content=(whole,),
                kind="indirect", act="accuse",
            ),
        ),
        events=(
            r.Event(
                id=r.content_id("e", report.text), type="ACCUSE", quad=3, intensity=-2.0, sources=("a1",),
                targets=("a2",), mentions=(r.Mention(trigger=(6, 13), sentence=whole),),
                date=r.When(start=day, end=day, precision="day", basis="published") if day else None,
            ),
        ),
        produced_by=produced_by,
    )  # fmt: skip


def write_reports(path: Path, numbers: Iterable[int], **more: str) -> Path:
    """Write JSON Lines of reports with these numbers."""
    rows = (
        {"id": f"n{n}", "text": WORDS.format(n), "published": f"2026-{n % 12 + 1:02}-{n % 28 + 1:02}", **more}
        for n in numbers
    )
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def add_files(folder: Path, *paths: Path, recipe: StubRecipe | None = None, count: int = 1, size: int = 5, **more):
    """Add files to an archive and give the last progress and every reject."""
    last, rejects = None, []
    found = read_sources([str(path) for path in paths], IntakeOptions())
    for last in add(found, folder, recipe or StubRecipe(), count=count, size=size, **more):
        rejects += last.fresh
    return last, rejects
