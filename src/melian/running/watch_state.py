"""What a watch remembers between rounds: a small file in the archive's folder."""

from __future__ import annotations

from pathlib import Path

import msgspec

from melian.archive.durable import explain_failure, write_whole
from melian.errors import BadArchive
from melian.intake.feed import Entry

_NAME = "watch.json"
_KEPT_DAYS = 60


class FeedState(msgspec.Struct, kw_only=True):
    """How a feed stands.

    Attributes:
        etag: What its host called its last state.
        modified: When its host had last changed it, in the host's words.
        due: When it is asked again, in seconds since 1970.
        failures: How often in a row it could not be read.
        is_gone: Its host said that it is gone for good.
    """

    etag: str | None = None
    modified: str | None = None
    due: float = 0.0
    failures: int = 0
    is_gone: bool = False


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that a feed has listed and that is not in the archive yet.

    Attributes:
        feed: The feed's address.
        entry: The entry.
        attempts: How often it was tried in vain.
        due: When it is tried, in seconds since 1970.
    """

    feed: str
    entry: Entry
    attempts: int = 0
    due: float = 0.0


class WatchState(msgspec.Struct, kw_only=True):
    """What a watch remembers.

    Attributes:
        feeds: By address.
        waiting: Entries that are still to be taken, the oldest first.
        taken: Idents of entries that were taken, with the day (since 1970) on which a feed last listed them.
    """

    feeds: dict[str, FeedState] = {}
    waiting: list[Waiting] = []
    taken: dict[str, int] = {}

    def forget_old(self, today: int) -> None:
        """Forget entries that no feed has listed for a long time."""
        self.taken = {ident: day for ident, day in self.taken.items() if today - day <= _KEPT_DAYS}


def read_state(folder: Path) -> WatchState:
    """Read what a watch remembers; nothing where there was none.

    Raises:
        BadArchive: The file cannot be read.
    """
    path = folder / _NAME
    try:
        return msgspec.json.decode(path.read_bytes(), type=WatchState)
    except FileNotFoundError:
        return WatchState()
    except OSError as error:
        raise explain_failure(error, path) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadArchive(
            f"{path} is broken: {str(error)[:200]}",
            "what melian watch remembers of its feeds",
            "Delete it: the feeds are read anew, and reports that the archive has are not doubled",
        ) from error


def write_state(folder: Path, state: WatchState) -> None:
    """Write what a watch remembers.

    Raises:
        BadArchive: It cannot be written.
    """
    try:
        write_whole(folder / _NAME, msgspec.json.encode(state))
    except OSError as error:
        raise explain_failure(error, folder) from error
