"""The folders in which tables of links lie: each is whole, or holds what changed; the newest counts."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from melian.archive.durable import explain_failure, settle_folder, write_whole
from melian.archive.layout import Layout
from melian.archive.linking.columns import KEYS, LINKS, columns_of_links, schema_of_links
from melian.archive.linking.decisions import Decision
from melian.archive.marks import hash_of
from melian.archive.parquet import write_table
from melian.archive.writer import Writer
from melian.errors import BadArchive

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyarrow as pa

_MARK = "made.json"
_LEVEL = 12
"""How hard zstd tries, of 22. Links are written anew often: a hundredth larger than by 19, in a ninth of the time."""
_MOST_LAYERS, _SHARE = 12, 4


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """How a generation was made.

    Attributes:
        version: Code, weights and libraries.
        decisions: Hash of the decisions that it heeds.
        below: Names of the folders below it, the whole one first; none where it is whole itself.
        reports: Reports in the whole one.
        since: Reports that came or went since.
        columns: Hash of the names of its columns.
    """

    version: str
    decisions: str
    below: tuple[str, ...] = ()
    reports: int = 0
    since: int = 0
    columns: str = ""


@dataclass(frozen=True, slots=True)
class Generation:
    """Tables of links in a folder, over those below it."""

    folder: Path
    made: Made

    @property
    def layers(self) -> tuple[str, ...]:
        """The folders that it rests on and its own, from the whole one up."""
        return (*self.made.below, self.folder.name)

    @property
    def is_readable(self) -> bool:
        """Tell whether the tables have the columns of this version; others are as good as none, and are made again."""
        return self.made.columns == hash_of(LINKS)

    def heeds(self, decisions: Iterable[Decision]) -> bool:
        """Tell whether it was made with these decisions; what cannot be read has none to be put right."""
        return not self.is_readable or self.made.decisions == mark_of_decisions(decisions)

    def files_of(self, table: str) -> list[str]:
        """Give the paths of a table: the whole one, and then what changed, from the oldest to the newest."""
        layers = self.layers if table in KEYS else self.layers[-1:]
        return [str(self.folder.parent / layer / f"{table}.parquet") for layer in layers]


def made_next(before: Generation | None, made: Made, reports: int, changed: int) -> Made:
    """Say how the next generation is made: over the last one, or whole.

    It is whole where there is none, or where what changed since the last whole one is as much as a share of it: to read
    on would cost more than to write anew, which so comes to little for each report.

    Args:
        before: The last generation, None for a whole one.
        made: Version and decisions.
        reports: Reports in the archive.
        changed: Reports that came or went.
    """
    if before is None or len(before.layers) >= _MOST_LAYERS:
        return replace(made, reports=reports)
    since = before.made.since + changed
    if since * _SHARE > before.made.reports:
        return replace(made, reports=reports)
    return replace(made, below=before.layers, reports=before.made.reports, since=since)


def mark_of_decisions(decisions: Iterable[Decision]) -> str:
    """Give the hash of decisions by which a generation says which of them it heeds."""
    return hash_of(*map(msgspec.json.encode, decisions))


def newest_generation(layout: Layout) -> Generation | None:
    """Find the tables of links that count; None where nothing has been linked yet.

    Raises:
        BadArchive: They cannot be read.
    """
    for folder in _folders(layout):
        try:
            made = msgspec.json.decode((folder / _MARK).read_bytes(), type=Made)
        except FileNotFoundError:
            continue  # a newer one has just taken its place
        except (OSError, msgspec.DecodeError) as error:
            raise BadArchive(
                f"The links in {folder} cannot be read: {str(error)[:200]}",
                "what melian archive link writes",
                "Remove the folder, and run melian archive link FOLDER: links are made from the readings",
            ) from error
        return Generation(folder, made)
    return None


def write_generation(writer: Writer, tables: Iterable[tuple[str, pa.Table]], made: Made) -> None:
    """Write tables of links; they count when all of them are on the disk.

    Raises:
        BadArchive: They cannot be written; then those that were there still count.
    """
    layout = writer.layout
    number = max((int(folder.name) for folder in _folders(layout)), default=0) + 1
    part = writer.begin_part("links", writer.take_number())
    try:
        for table, rows in tables:
            columns = columns_of_links(table, is_layer=bool(made.below))
            write_table(part / f"{table}.parquet", columns, schema_of_links(columns), [rows], _LEVEL)
        write_whole(part / _MARK, msgspec.json.encode(replace(made, columns=hash_of(LINKS))) + b"\n")
        layout.links.mkdir(exist_ok=True)
        os.rename(part, layout.links / f"{number:08d}")
        settle_folder(layout.links)
        for folder in _folders(layout)[1:]:
            if folder.name not in made.below:
                shutil.rmtree(folder)
    except OSError as error:
        raise explain_failure(error, layout.root) from error


def _folders(layout: Layout) -> list[Path]:
    try:
        found = [folder for folder in layout.links.iterdir() if folder.name.isdigit()] if layout.links.exists() else []
    except OSError as error:
        raise explain_failure(error, layout.links) from error
    return sorted(found, key=lambda folder: folder.name, reverse=True)
