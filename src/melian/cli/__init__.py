"""The `melian` command: one file for each of its verbs."""

from __future__ import annotations

import gc

# Reading makes some million objects that live as long as the process; looking for rubbish among them as often as
# Python does by default takes a sixth of the time from command to reading.
_OBJECTS_BETWEEN_COLLECTIONS = 100_000


def main() -> None:
    """Run the command."""
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS, 50, 1_000)
    from melian.cli.app import run

    run()
