"""How a worker process comes by its reader, and what makes the readings."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Protocol

import msgspec

from melian.archive.marks import Making
from melian.knowledge.own_actors import OwnActor, OwnActors
from melian.records import ProducedBy, Reading, Report
from melian.settings import Settings

_CODE = ("coding", "knowledge", "records")


class ReadsReports(Protocol):
    """What reads: a stream of reports in, their readings out in the same order."""

    produced_by: ProducedBy

    def read_many(self, reports: Iterable[Report], /) -> Iterator[Reading]:
        """Read reports."""
        ...


class Recipe(Hashable, Protocol):
    """Makes a reader. It is handed to worker processes, so it is small, frozen and equal to its copies."""

    def __call__(self) -> ReadsReports:
        """Make a reader."""
        ...


class CoderRecipe(msgspec.Struct, frozen=True):
    """Makes Melian's own reader."""

    settings: Settings
    own: tuple[OwnActor, ...] = ()
    own_version: str = ""

    def __call__(self) -> ReadsReports:
        """Load the models.

        Raises:
            BadSetting: The settings name a pipeline that cannot be used.
        """
        from melian.coding.coder import Coder

        return Coder(self.settings, OwnActors(self.own, self.own_version))


@cache
def reader_of(recipe: Recipe) -> ReadsReports:
    """Give the reader of this process: models are loaded once."""
    return recipe()


def making_of(recipe: Recipe) -> Making:
    """Say what makes the readings, so that those of another version are told from them."""
    return Making(produced_by=reader_of(recipe).produced_by, code=code_version())


@cache
def code_version() -> str:
    """Hash the code that a reading depends on: the number of a version stays while it is worked on."""
    digest = blake2b(digest_size=8)

    def walk(node: Traversable, prefix: str) -> None:
        for child in sorted(node.iterdir(), key=lambda item: item.name):
            if child.is_dir():
                walk(child, f"{prefix}{child.name}/")
            elif child.name.endswith(".py"):
                digest.update(f"{prefix}{child.name}\0".encode())
                digest.update(child.read_bytes())

    for name in _CODE:
        walk(files("melian") / name, f"{name}/")
    return digest.hexdigest()
