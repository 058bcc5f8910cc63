"""Bundles of reports on one matter, marked by hand with what is one event, what is disputed and who copied whom."""

from __future__ import annotations

import csv
import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

import melian
from melian.archive import Writer
from melian.archive.linking.link import link
from melian.archive.marks import Making
from melian.archive.shard import write_shard
from melian.evaluation.clusterings import conll_f1
from melian.intake import report_from_text
from melian.knowledge.countries import countries
from melian.records import Reading, overlap

CASES = Path(__file__).parent / "cases" / "bundles"


def bundles() -> list[dict]:
    """Every bundle, as it stands in its file."""
    return [json.loads(line) for line in (CASES / "bundles.jsonl").read_text(encoding="utf-8").splitlines()]


def disputes() -> list[dict]:
    """Every dispute that a careful reader sees in the bundles, with its bundle."""
    by_name = {bundle["bundle"]: bundle for bundle in bundles()}
    rows = map(json.loads, (CASES / "disputes.jsonl").read_text(encoding="utf-8").splitlines())
    return [{**row, "bundle": by_name[row["bundle"]]} for row in rows]


def pairs() -> list[dict[str, str]]:
    """Every pair of reports that tell two events of one type on one day."""
    lines = (CASES / "different_events.tsv").read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))


def reports() -> Iterator[melian.Report]:
    """Every report of bundles and pairs."""
    for bundle in bundles():
        for one in bundle["reports"]:
            report = report_from_text(one["text"], outlet=one["outlet"], published=one["published"])
            yield msgspec.structs.replace(report, id=f"{bundle['bundle']}/{one['id']}")
    for pair in pairs():
        for side in ("first", "second"):
            report = report_from_text(pair[side], outlet=f"The {side} outlet", published=pair["published"])
            yield msgspec.structs.replace(report, id=f"{pair['id']}/{side}")


@dataclass
class Linked:
    """The bundles, read and linked.

    Attributes:
        readings: By report.
        links: For each event of a report, its linked event.
        voices: For each report, its voice.
        disputes: All disputes that were found.
    """

    readings: dict[str, Reading]
    links: dict[tuple[str, str], str]
    voices: dict[str, str]
    disputes: list[dict]
    first_reports: dict[str, str] = field(default_factory=dict)

    def mention(self, report: str, words: str) -> str | None:
        """Give the linked event to which the event with these words belongs; None where no event was read there."""
        reading = self.readings[report]
        start = reading.report.text.index(words)
        for event in reading.events:
            if any(overlap(mention.trigger, (start, start + len(words))) for mention in event.mentions):
                return self.links[report, event.id]
        return None

    def clusterings(self, *, is_unread_missed: bool = False) -> tuple[dict, dict]:
        """Give for every mention that was read the event that it tells, and the one to which it was linked.

        Args:
            is_unread_missed: Give for every other mention the event that it tells, too.
        """
        gold, found = {}, {}
        for bundle in bundles():
            for event in bundle["events"]:
                for told in event["told"]:
                    key = (bundle["bundle"], event["id"], told["report"], told["words"])
                    linked = self.mention(f"{bundle['bundle']}/{told['report']}", told["words"])
                    if linked is not None or is_unread_missed:
                        gold[key] = key[:2]
                    if linked is not None:
                        found[key] = linked
        return gold, found

    def found(self, bundle: dict, dispute: dict) -> list[int]:
        """Give the places of the found disputes that are this one: about the event, of the kind, with both sides."""
        told = next(event["told"] for event in bundle["events"] if event["id"] == dispute["about"])
        ids = {self.mention(f"{bundle['bundle']}/{one['report']}", one["words"]) for one in told} - {None}
        return [
            place
            for place, row in enumerate(self.disputes)
            if row["kind"] == dispute["kind"] and self._is_about(row, ids, bundle, dispute) and _has_sides(row, dispute)
        ]

    def _is_about(self, row: dict, ids: set, bundle: dict, dispute: dict) -> bool:
        # A charge and a countercharge are two events; the dispute may stand under either.
        is_here = self.first_reports[row["linked"]].startswith(bundle["bundle"] + "/")
        return row["linked"] in ids or (dispute["kind"] == "blame" and is_here)


def _has_sides(row: dict, dispute: dict) -> bool:
    codes = {name: land.id for land in countries() for name in land.names}

    def are_in(wanted: list[str], names: list[str] | None) -> bool:
        bare = [name.split(" (")[0].split(":")[0].lower() for name in names or ()]
        # "Colombia" in the marks may be "government (COL)" in what was found.
        lands = {f"({codes[one]})" for one in wanted if one in codes}
        return any(one.lower() in name or name in one.lower() for one in wanted for name in bare) or any(
            land in name for land in lands for name in names or ()
        )

    straight = are_in(dispute["assert"], row["asserted_by"]) and are_in(dispute["deny"], row["denied_by"])
    turned = are_in(dispute["assert"], row["denied_by"]) and are_in(dispute["deny"], row["asserted_by"])
    return straight or (turned and dispute["kind"] != "contradiction")


def link_bundles(folder: Path) -> Linked:
    """Read every report with the shipped reader and link them in an archive."""
    readings = {reading.report.id: reading for reading in melian.Reader().read_many(reports())}
    produced_by = next(iter(readings.values())).produced_by
    with Writer(folder, is_new_allowed=True) as writer:
        number = writer.take_number()
        part = writer.begin_part("bundles", number)
        making = Making(produced_by=produced_by, code="")
        writer.commit(write_shard(part, "bundles", number, list(readings.values()), (), making))
        link(writer)
    archive = melian.Archive(folder)
    links = archive.sql("SELECT report, event, linked FROM links").to_pylist()
    return Linked(
        readings,
        {(row["report"], row["event"]): row["linked"] for row in links},
        {row["report"]: row["voice"] for row in archive.voices().to_pylist()},
        archive.linked_disputes().to_pylist(),
        {row["linked"]: row["first_report"] for row in archive.linked_events().to_pylist()},
    )


def main() -> None:
    """Print how well the tellings of the bundles are linked, of those that were read and of all."""
    with tempfile.TemporaryDirectory() as folder:
        linked = link_bundles(Path(folder) / "archive")
    for name, is_unread_missed in (("mentions that were read", False), ("all mentions", True)):
        gold, found = linked.clusterings(is_unread_missed=is_unread_missed)
        sys.stdout.write(f"CoNLL F1 over {name}: {conll_f1(gold, found):.1f}, of {len(gold)}\n")


if __name__ == "__main__":
    main()
