"""One writer at a time."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import monotonic, sleep

from melian.archive.durable import explain_failure
from melian.errors import ArchiveInUse


@contextmanager
def held(lock: Path) -> Iterator[None]:
    """Hold a lock file. The system lets go of it when the program ends, however it ends.

    Raises:
        ArchiveInUse: Another program holds it.
        BadArchive: The file cannot be made.
    """
    try:
        handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise explain_failure(error, lock.parent) from error
    try:
        try:
            _take(handle)
        except OSError as error:
            raise ArchiveInUse(
                f"Another run is writing to the archive in {lock.parent}",
                "one writer at a time",
                "Wait until it has ended, or end it: what it has finished is kept. Questions can be asked meanwhile",
            ) from error
        yield
    finally:
        os.close(handle)


@contextmanager
def waited_for(lock: Path, seconds: float = 20.0) -> Iterator[None]:
    """Hold a lock file for a moment, after those who hold it for theirs.

    Raises:
        ArchiveInUse: Another program has held it for all that time.
        BadArchive: The file cannot be made.
    """
    last = monotonic() + seconds
    while True:
        with ExitStack() as stack:
            try:
                stack.enter_context(held(lock))
            except ArchiveInUse:
                if monotonic() > last:
                    raise
            else:
                yield
                return
        sleep(0.02)


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
