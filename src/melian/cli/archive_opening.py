"""Opening an archive for the commands that ask it questions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from melian.errors import BadQuestion
from melian.exports.visible import show_line

if TYPE_CHECKING:
    from melian.archive import Archive


def opened_archive(folder: Path) -> Archive:
    """Open an archive for questions."""
    from melian.archive import Archive

    return Archive(folder)


def linked_archive(folder: Path) -> Archive:
    """Open an archive for questions to its links.

    Raises:
        BadQuestion: Nothing is linked yet, or by a version whose links this one does not read.
    """
    archive = opened_archive(folder)
    if not archive.is_linked:
        name = show_line(str(folder), 200)
        raise BadQuestion(
            f"The reports of {name} are not linked yet, or were linked by an earlier version",
            "links between reports",
            f"Make them: melian archive link {name}",
        )
    return archive
