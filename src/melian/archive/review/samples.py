"""Random samples for validation: drawn once by a seed, kept, and the same for every reviewer."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from melian.archive.durable import explain_failure, write_whole
from melian.archive.layout import Layout
from melian.archive.review.anchors import anchor_of
from melian.errors import BadReview
from melian.records import Anchor, ReviewedKind

if TYPE_CHECKING:
    from melian.archive.store import Archive

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
WHOLE = "all"
"""The one stratum of a sample that is not stratified."""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One record of a sample, and the stratum in which it was drawn."""

    anchor: Anchor
    stratum: str


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """A random sample of records.

    Attributes:
        name: Its name in the archive.
        kind: What was drawn.
        seed: By which it can be drawn again.
        filters: What it was drawn from, as the filters were given; empty for the whole archive.
        populations: How many records each stratum has: one, or one a type (of statements: act).
        items: In the random order in which they are reviewed.
        read_by: The versions that had read the reports, with how many reports each.
    """

    name: str
    kind: ReviewedKind
    seed: int
    filters: dict[str, str]
    populations: dict[str, int]
    items: tuple[Item, ...]
    read_by: dict[str, int]


def draw(
    archive: Archive,
    name: str,
    size: int,
    *,
    kind: ReviewedKind = "event",
    seed: int = 1,
    is_stratified: bool = False,
    filters: Mapping[str, str | int | None] | None = None,
) -> Sample:
    """Draw a sample of the machine's records.

    A record's place is that of a hash of the seed and the record: nothing else decides, so that the same archive and
    seed give the same sample on any machine. Stratified samples take as many records of each type as of any other, or
    all where a type has fewer.

    Args:
        archive: Opened without corrections.
        name: Lower-case letters, digits and hyphens.
        size: How many records.
        kind: Of which kind.
        seed: Any number.
        is_stratified: Draw by type (statements: by act; disputes: by kind).
        filters: Draw only from what fits them; those of `Archive.events`.

    Raises:
        BadReview: The name or the size cannot be used, or there is nothing to draw from.
        BadQuestion: A filter cannot be used.
    """
    checked_name(name)
    if size < 1:
        raise BadReview(f"A sample of {size} records was asked for", "one record or more")
    chosen = {key: value for key, value in (filters or {}).items() if value is not None}
    found = {"event": archive.events, "statement": archive.statements, "dispute": archive.disputes}[kind](**chosen)
    rows = found.select(["report", kind, {"event": "type", "statement": "act", "dispute": "kind"}[kind]])
    strata: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for report, record, stratum in zip(*(column.to_pylist() for column in rows.columns), strict=True):
        strata[stratum if is_stratified else WHOLE].append((report, record))
    if not strata:
        raise BadReview(f"There is no {kind} to draw from", "an archive that holds some", "Widen the filters")
    taken = {
        record: stratum
        for stratum, share in shares({key: len(records) for key, records in strata.items()}, size).items()
        for record in sorted(strata[stratum], key=lambda record: _place(seed, *record))[:share]
    }
    ordered = sorted(taken, key=lambda record: _place(seed, *record))
    readings = archive.readings_of(report for report, _ in ordered)
    return Sample(
        name=name,
        kind=kind,
        seed=seed,
        filters={key: str(value) for key, value in chosen.items()},
        populations={stratum: len(records) for stratum, records in sorted(strata.items())},
        items=tuple(
            Item(anchor=anchor_of(readings[report], kind, record), stratum=taken[report, record])
            for report, record in ordered
        ),
        read_by=_versions(archive),
    )


def shares(populations: Mapping[str, int], size: int) -> dict[str, int]:
    """Say how many records of each stratum are drawn: the same of each, and what one lacks from the others.

    >>> shares({"ACCUSE": 90, "AID": 2, "ASSAULT": 40}, 20)
    {'AID': 2, 'ASSAULT': 9, 'ACCUSE': 9}
    """
    taken: dict[str, int] = {}
    left = size
    # The smallest first: what they cannot give is left for those that come after.
    for place, (stratum, population) in enumerate(sorted(populations.items(), key=lambda one: (one[1], one[0]))):
        taken[stratum] = min(population, left // (len(populations) - place))
        left -= taken[stratum]
    return {stratum: share for stratum, share in taken.items() if share}


def keep_sample(layout: Layout, sample: Sample) -> None:
    """Keep a sample in the archive.

    Raises:
        BadReview: There is one of this name.
        BadArchive: It cannot be written.
    """
    path = refuse_taken(layout, sample.name)
    try:
        layout.samples.mkdir(parents=True, exist_ok=True)
        write_whole(path, msgspec.json.format(msgspec.json.encode(sample), indent=1) + b"\n")
    except OSError as error:
        raise explain_failure(error, path) from error


def refuse_taken(layout: Layout, name: str) -> Path:
    """Give the file that a sample will have.

    Raises:
        BadReview: There is a sample of this name already, or it is no name.
    """
    path = layout.samples / f"{checked_name(name)}.json"
    if path.exists():
        raise BadReview(f"There is a sample {name!r} already", "a name that is not taken", "A sample is never redrawn")
    return path


def read_sample(layout: Layout, name: str) -> Sample:
    """Read a sample.

    Raises:
        BadReview: There is none of this name, or its file is broken.
    """
    path = layout.samples / f"{checked_name(name)}.json"
    try:
        return msgspec.json.decode(path.read_bytes(), type=Sample)
    except FileNotFoundError as error:
        known = ", ".join(sample_names(layout)) or "none yet"
        raise BadReview(
            f"There is no sample {name!r}", f"one of those that were drawn: {known}", "melian review sample draws one"
        ) from error
    except OSError as error:
        raise explain_failure(error, path) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadReview(
            f"{path} is no sample: {str(error)[:200]}", "what melian review sample writes", "Put back a copy of it"
        ) from error


def sample_names(layout: Layout) -> list[str]:
    """Name the samples of an archive."""
    return sorted(path.stem for path in layout.samples.glob("*.json")) if layout.samples.is_dir() else []


def drop_from_samples(layout: Layout, reports: Iterable[str]) -> None:
    """Forget the records of reports that were removed; how many there were to draw from stays as it was.

    Raises:
        BadArchive: A sample cannot be written.
    """
    gone = set(reports)
    for name in sample_names(layout):
        sample = read_sample(layout, name)
        kept = tuple(item for item in sample.items if item.anchor.report not in gone)
        if len(kept) < len(sample.items):
            changed = msgspec.structs.replace(sample, items=kept)
            try:
                content = msgspec.json.format(msgspec.json.encode(changed), indent=1)
                write_whole(layout.samples / f"{name}.json", content + b"\n")
            except OSError as error:
                raise explain_failure(error, layout.samples) from error


def checked_name(name: str) -> str:
    """Give the name of a sample, which is also that of its file.

    Raises:
        BadReview: It is none.
    """
    if _NAME.fullmatch(name) is None:
        raise BadReview(
            f"A sample cannot be called {name[:60]!r}", "lower-case letters, digits and hyphens", "Choose another name"
        )
    return name


def _place(seed: int, report: str, record: str) -> bytes:
    parts: Sequence[str] = (str(seed), report, record)
    return blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _versions(archive: Archive) -> dict[str, int]:
    rows = archive.ask("status_versions").to_pylist()
    return {f"Melian {row['melian']}, knowledge {row['knowledge']}": row["current"] for row in rows if row["current"]}
