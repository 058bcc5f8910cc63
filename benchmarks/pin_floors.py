"""Pin floors anew: run the evaluations they come from and write what was measured.

Usage: python benchmarks/pin_floors.py FOLDER [--lower]
FOLDER holds the research data. Floors rise by themselves; they fall only with --lower.
"""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path

from melian.coding.coder import Coder
from melian.errors import MelianError
from melian.evaluation.floors import measure_run, raise_floors, read_floors, write_floors
from melian.evaluation.tools import ReaderTools

FLOORS = Path(__file__).parents[1] / "docs" / "floors.toml"


def main(arguments: list[str]) -> int:
    """Pin the floors; 1 where one fell and was not to be lowered."""
    folders = [argument for argument in arguments if not argument.startswith("-")]
    if len(folders) != 1 or set(arguments) - {*folders, "--lower"}:
        print(__doc__, file=sys.stderr)
        return 2
    floors = sorted(read_floors(FLOORS), key=lambda floor: floor.key)
    tools = ReaderTools(Coder())
    measured = {}
    for (what, gold, limit, given), group in groupby(floors, key=lambda floor: floor.run):
        outcome = measure_run(tools, Path(folders[0]) / gold, what, limit, given=given)
        values = {figure.name: figure.value for figure in outcome.figures} if outcome else {}
        for floor in group:
            value = values.get(floor.figure)
            measured[floor.key] = 0.0 if value is None else value
            print(f"{floor.what} {floor.figure} on {floor.gold}: pinned {floor.value:.1f}, measured {value}")
    try:
        raised = raise_floors(floors, measured, lower="--lower" in arguments)
    except MelianError as error:
        print(error, file=sys.stderr)
        return 1
    FLOORS.write_text(write_floors(raised), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
