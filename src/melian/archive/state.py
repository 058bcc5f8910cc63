"""What an archive is made of at a moment, cheap enough to be asked for again and again."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path

import msgspec

from melian.archive.durable import explain_failure
from melian.archive.layout import Layout
from melian.archive.review.corrections_file import corrections_path


class State(msgspec.Struct, frozen=True, kw_only=True):
    """Marks of the files of an archive: another mark means that something was added or taken away.

    Attributes:
        reports: Of what was read.
        corrections: Of what reviewers said.
        links: Of the links between reports.
        decisions: Of what people decided about links.
    """

    reports: str
    corrections: str
    links: str
    decisions: str


def state_of(layout: Layout) -> State:
    """Look at the files of an archive, without reading them.

    Raises:
        BadArchive: A folder of it cannot be listed.
    """
    return State(
        reports=_mark_of_names(layout.ledger),
        corrections=_mark_of_file(corrections_path(layout)),
        links=_mark_of_names(layout.links),
        decisions=_mark_of_file(layout.decisions),
    )


def _mark_of_names(folder: Path) -> str:
    try:
        found = sorted((path.name, path.stat().st_mtime_ns) for path in folder.iterdir()) if folder.exists() else []
    except FileNotFoundError:
        return ""  # Something is being put in the place of another.
    except OSError as error:
        raise explain_failure(error, folder) from error
    return blake2b(repr(found).encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()


def _mark_of_file(path: Path) -> str:
    try:
        found = path.stat()
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise explain_failure(error, path) from error
    return f"{found.st_size}-{found.st_mtime_ns}"
