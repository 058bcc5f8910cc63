"""Where things lie in the folder of an archive."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec

from melian.archive.durable import explain_failure, write_whole
from melian.errors import BadArchive

FORMAT = "melian.archive/3"
_MARKER = "archive.json"
_OURS = {"ledger", "shards", "parts", "lock", f".{_MARKER}.part"}


@dataclass(frozen=True, slots=True)
class Layout:
    """The places of an archive.

    Attributes:
        root: The archive's folder, absolute.
    """

    root: Path

    @property
    def marker(self) -> Path:
        """The file that says that this is an archive, and of which format."""
        return self.root / _MARKER

    @property
    def lock(self) -> Path:
        """The file that a writer holds."""
        return self.root / "lock"

    @property
    def ledger(self) -> Path:
        """One small file for everything that was finished. What is not in it does not count."""
        return self.root / "ledger"

    @property
    def shards(self) -> Path:
        """One folder of Parquet files a shard."""
        return self.root / "shards"

    @property
    def parts(self) -> Path:
        """Shards that are being written; left-overs of an interrupted run are cleared by the next."""
        return self.root / "parts"

    @property
    def review(self) -> Path:
        """What people said of the records: their corrections, and the samples that were drawn for them."""
        return self.root / "review"

    @property
    def samples(self) -> Path:
        """The random samples that were drawn, one file each."""
        return self.review / "samples"

    @property
    def links(self) -> Path:
        """Tables of links between reports, which are made from the readings and the decisions."""
        return self.root / "links"

    @property
    def decisions(self) -> Path:
        """What people have decided about links, one line each; lines are only added."""
        return self.root / "decisions.jsonl"

    @property
    def set_aside(self) -> Path:
        """Broken shards that were taken out."""
        return self.root / "set-aside"


def find_archive(folder: Path) -> Layout:
    """Find the archive in a folder.

    Raises:
        BadArchive: There is none, or one of another format.
    """
    layout = Layout(folder.absolute())
    try:
        content = layout.marker.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise BadArchive(
            f"There is no archive in {folder}",
            "a folder that melian archive add has made",
            "Check the name, or make one: melian archive add REPORTS --into FOLDER",
        ) from error
    except OSError as error:
        raise explain_failure(error, folder) from error
    try:
        found = msgspec.json.decode(content, type=dict[str, object]).get("format")
    except msgspec.DecodeError:
        found = None
    if found != FORMAT:
        raise BadArchive(
            f"The archive in {folder} has the format {str(found)[:60]!r}",
            FORMAT,
            "Use the version of Melian that made it, or add its reports to a new archive",
        )
    return layout


def make_archive(folder: Path) -> Layout:
    """Find the archive in a folder, or make one where the folder is empty or not there.

    Raises:
        BadArchive: The folder holds other things, or cannot be written.
    """
    layout = Layout(folder.absolute())
    if layout.marker.exists():
        return find_archive(folder)
    if folder.is_file():
        raise BadArchive(f"{folder} is a file", "a folder for the archive", "Name another")
    try:
        others = [path.name for path in folder.iterdir() if path.name not in _OURS] if folder.exists() else []
        if others:
            raise BadArchive(
                f"The folder {folder} is no archive and is not empty: it holds {others[0]!r}",
                "an archive, or a folder that is empty or not there",
                "Name another folder",
            )
        for place in (layout.root, layout.ledger, layout.shards, layout.parts):
            place.mkdir(parents=True, exist_ok=True)
        write_whole(layout.marker, msgspec.json.encode({"format": FORMAT}) + b"\n")
    except OSError as error:
        raise explain_failure(error, folder) from error
    return layout
