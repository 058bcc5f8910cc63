"""Writing that survives an interruption: a file is there whole, or not at all."""

from __future__ import annotations

import errno
import os
from hashlib import blake2b
from pathlib import Path

from melian.errors import BadArchive

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_PIECE = 1 << 20


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that appears under its name only when it is whole and on the disk.

    Raises:
        OSError: It could not be written; nothing is left under its name that was not there before.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    except OSError:
        part.unlink(missing_ok=True)
        raise
    settle_folder(path.parent)


def settle_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk. Systems that cannot do this for folders do without."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        return
    finally:
        os.close(handle)


def digest_of(path: Path) -> str:
    """Hash the bytes of a file."""
    digest = blake2b(digest_size=16)
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def explain_failure(error: OSError, place: Path) -> BadArchive:
    """Turn what the system refuses into an error that says what to do."""
    if error.errno in _FULL:
        return BadArchive(
            f"There is no room left on the disk of {place}",
            "room for what is being written",
            "Make room and run the same command again: what is finished is kept",
        )
    if error.errno in _FORBIDDEN:
        return BadArchive(
            f"{place} may not be written or read: {error.strerror}",
            "a folder that you may write to; for questions alone, one that you may read",
            "Change its permissions, or use a copy of the archive",
        )
    return BadArchive(
        f"{place} could not be used: {error.strerror or error}",
        "a folder on a disk that works",
        "Check the disk and run the same command again: what is finished is kept",
    )
