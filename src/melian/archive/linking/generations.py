"""The folders in which tables of links lie: each is written whole, and the newest counts."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from melian.archive.durable import explain_failure, settle_folder, write_whole
from melian.archive.layout import Layout
from melian.archive.linking.columns import LINKS, schema_of_links
from melian.archive.parquet import COMPRESSION
from melian.archive.writer import Writer
from melian.errors import BadArchive

if TYPE_CHECKING:
    import pyarrow as pa

_MARK = "made.json"


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """How a generation was made.

    Attributes:
        version: Code, weights and libraries.
        decisions: Hash of the decisions that it heeds.
    """

    version: str
    decisions: str


@dataclass(frozen=True, slots=True)
class Generation:
    """Tables of links in a folder."""

    folder: Path
    made: Made

    def file_of(self, table: str) -> str:
        """Give the path of a table."""
        return str(self.folder / f"{table}.parquet")


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


def write_generation(writer: Writer, tables: dict[str, pa.Table], made: Made) -> None:
    """Write tables of links; they count when all of them are on the disk.

    Raises:
        BadArchive: They cannot be written; then those that were there still count.
    """
    layout = writer.layout
    number = max((int(folder.name) for folder in _folders(layout)), default=0) + 1
    part = writer.begin_part("links", writer.take_number())
    try:
        for table in LINKS:
            _write(part / f"{table}.parquet", tables[table].select(schema_of_links(table).names), table)
        write_whole(part / _MARK, msgspec.json.encode(made) + b"\n")
        layout.links.mkdir(exist_ok=True)
        os.rename(part, layout.links / f"{number:08d}")
        settle_folder(layout.links)
        for folder in _folders(layout)[1:]:
            shutil.rmtree(folder)
    except OSError as error:
        raise explain_failure(error, layout.root) from error


def _write(path: Path, rows: pa.Table, table: str) -> None:
    from pyarrow.parquet import write_table

    with path.open("wb") as file:
        write_table(rows.cast(schema_of_links(table)), file, compression=COMPRESSION)
        file.flush()
        os.fsync(file.fileno())


def _folders(layout: Layout) -> list[Path]:
    try:
        found = [folder for folder in layout.links.iterdir() if folder.name.isdigit()] if layout.links.exists() else []
    except OSError as error:
        raise explain_failure(error, layout.links) from error
    return sorted(found, key=lambda folder: folder.name, reverse=True)
