"""An archive as it stood at one moment, with the index that was made of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from melian.archive import Archive, Writer
from melian.archive.durable import explain_failure
from melian.archive.layout import find_archive
from melian.archive.limits import Limits
from melian.archive.linking.link import link
from melian.archive.state import State, state_of
from melian.desk.choice import Choice
from melian.desk.indexing.build import build_index
from melian.desk.indexing.index import Index
from melian.desk.questions import Counted, Questions

_QUERIES = Limits(memory="512MB", seconds=10.0)
_CHANGED = {
    "reports": "reports",
    "corrections": "answers of reviewers",
    "links": "links between reports",
    "decisions": "decisions about links",
}


@dataclass(frozen=True, slots=True)
class Opened:
    """What the lists are asked from.

    Attributes:
        asked: The archive as the user's own queries see it.
        questions: The pages' questions to the index.
        state: The state of the archive that both show.
    """

    asked: Archive
    questions: Questions
    state: State

    def changes(self, now: State) -> list[str]:
        """Name what has come since."""
        return [words for name, words in _CHANGED.items() if getattr(self.state, name) != getattr(now, name)]


def open_archive(folder: Path, cache_folder: Path, note: Callable[[str], None]) -> Opened:
    """Open an archive and make its index, or find the one that was made of the same state.

    Raises:
        BadArchive: A file of the archive cannot be read, or the index cannot be written.
    """
    note("Looking at the archive")
    # First the state: what comes meanwhile then counts as new.
    state = state_of(find_archive(folder))
    archive = Archive(folder, _QUERIES)
    try:
        made = build_index(archive, state, cache_folder, note)
    except OSError as error:
        raise explain_failure(error, cache_folder) from error
    note("Opening the index")
    # The first chart and the first count take longer than all that follow; they are not the user's.
    import altair  # noqa: F401

    questions = Questions(Index(made))
    questions.ask("facets", Counted, Choice())
    return Opened(archive, questions, state)


def link_reports(folder: Path) -> None:
    """Link what is new in an archive, and what people decided since.

    Raises:
        ArchiveInUse: Another run is writing to the archive.
        BadArchive: It cannot be read or written.
    """
    with Writer(folder) as writer:
        link(writer)
