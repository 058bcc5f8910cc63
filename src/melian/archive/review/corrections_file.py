"""The file of corrections: one a line, only ever added to."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from melian.archive.durable import explain_failure, settle_folder, write_whole
from melian.archive.layout import Layout
from melian.archive.lock import waited_for
from melian.errors import BadArchive
from melian.records import Correction


def corrections_path(layout: Layout) -> Path:
    """Give the file of an archive's corrections."""
    return layout.review / "corrections.jsonl"


def read_corrections(layout: Layout) -> tuple[Correction, ...]:
    """Read every correction, in the order in which they were added.

    Raises:
        BadArchive: The file cannot be read, or a line of it is no correction.
    """
    path = corrections_path(layout)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise explain_failure(error, path) from error
    # A line without its end was being written when a program or the power went: it was never told to be kept.
    whole = content[: content.rfind(b"\n") + 1]
    decoder = msgspec.json.Decoder(Correction)
    found: list[Correction] = []
    for number, line in enumerate(whole.split(b"\n"), 1):
        if line.strip():
            try:
                found.append(decoder.decode(line))
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                raise BadArchive(
                    f"Line {number} of {path} is no correction: {str(error)[:200]}",
                    "what a review writes",
                    "Put back a copy of the file, or take the line out: the others do not depend on it",
                ) from error
    return tuple(found)


def append_correction(layout: Layout, correction: Correction) -> None:
    """Add a correction, and wait until it is on the disk.

    Raises:
        BadArchive: It could not be written.
    """
    path = corrections_path(layout)
    with _written(layout):
        is_new = not path.exists()
        with path.open("ab+") as file:
            size = file.seek(0, os.SEEK_END)
            if size:
                file.seek(size - 1)
                if file.read(1) != b"\n":
                    # What was cut off is not glued to what comes now.
                    _cut_torn_line(path)
            file.write(msgspec.json.encode(correction) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        if is_new:
            settle_folder(layout.review)


def drop_corrections(layout: Layout, reports: Collection[str]) -> None:
    """Forget the corrections of reports that were removed: they hold their words.

    Raises:
        BadArchive: The file cannot be read or written.
    """
    if not corrections_path(layout).exists():
        return
    with _written(layout):
        corrections = read_corrections(layout)
        kept = [one for one in corrections if one.anchor.report not in reports]
        if len(kept) < len(corrections):
            write_whole(corrections_path(layout), b"".join(msgspec.json.encode(one) + b"\n" for one in kept))


def _cut_torn_line(path: Path) -> None:
    content = path.read_bytes()
    os.truncate(path, content.rfind(b"\n") + 1)


@contextmanager
def _written(layout: Layout) -> Iterator[None]:
    try:
        layout.review.mkdir(exist_ok=True)
        with waited_for(layout.review / "lock"):
            yield
    except OSError as error:
        raise explain_failure(error, layout.review) from error
