"""Floors: figures below which a change may not fall, and that only rise."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from melian.errors import BadGold
from melian.evaluation.evaluate import What, evaluation_of
from melian.evaluation.report import Outcome, safe_text
from melian.evaluation.tools import Tools

SLACK = 0.05
"""Percentage points that a figure may lie under its floor: floors are written with one decimal."""

HEAD = """\
# Floors: figures that `melian evaluate` gave, below which no change may fall. They only rise.
# Written by benchmarks/pin_floors.py; a floor is lowered there with --lower, and the reason stands in the commit.
"""


class Floor(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One pinned figure.

    Attributes:
        what: Which evaluation.
        gold: Name of the gold file, in the folder of research data beside the repository.
        limit: How many records of it were judged; 0 for all.
        given: Of places, whether the spans were given.
        figure: Name of the figure, as the table of the command shows it.
        value: In the figure's unit, one decimal.
        command: The command that shows it.
    """

    what: What
    gold: str
    figure: str
    value: float
    limit: int = 0
    given: bool = False
    command: str = ""

    @property
    def key(self) -> tuple[str, str, int, bool, str]:
        """What tells this floor from the others."""
        return self.what, self.gold, self.limit, self.given, self.figure

    @property
    def run(self) -> tuple[What, str, int, bool]:
        """The evaluation that it comes from."""
        return self.what, self.gold, self.limit, self.given


class _Table(msgspec.Struct, forbid_unknown_fields=True):
    floor: tuple[Floor, ...] = ()


def read_floors(path: Path) -> tuple[Floor, ...]:
    """Read a file of floors.

    Raises:
        BadGold: It is missing or breaks its form, or a floor stands twice.
    """
    try:
        table = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), _Table)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise BadGold(
            f"The floors in {path.name} cannot be read: {safe_text(str(error), 160)}",
            "[[floor]] tables",
            "Mend the file",
        ) from error
    keys = [floor.key for floor in table.floor]
    for key in keys:
        if keys.count(key) > 1:
            raise BadGold(f"A floor stands twice in {path.name}: {key}", "each figure once", "Remove one")
    return table.floor


def write_floors(floors: Sequence[Floor]) -> str:
    """Write floors as TOML, in order of evaluation, file and figure."""
    tables = []
    for floor in sorted(floors, key=lambda floor: floor.key):
        lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in _values(floor).items()]
        tables.append("\n[[floor]]\n" + "\n".join(lines) + "\n")
    return HEAD + "".join(tables)


def raise_floors(
    floors: Sequence[Floor], measured: Mapping[tuple[str, str, int, bool, str], float], *, lower: bool = False
) -> tuple[Floor, ...]:
    """Pin floors anew to what was measured; those that were not measured stay.

    Args:
        floors: As they stand.
        measured: Figure by floor key.
        lower: Allow floors to fall.

    Raises:
        BadGold: A figure fell and `lower` was not given. Nothing is changed then.
    """
    fallen = [f for f in floors if f.key in measured and is_below(f, measured[f.key])]
    if fallen and not lower:
        named = "; ".join(
            f"{f.what} {f.figure} on {f.gold}: {measured[f.key]:.1f}, pinned {f.value:.1f}" for f in fallen
        )
        raise BadGold(
            f"{len(fallen)} figures fell: {named}",
            "figures that only rise",
            "Mend what made them fall, or lower them on purpose with --lower and say why in the commit",
        )
    return tuple(
        msgspec.structs.replace(floor, value=_pinned(floor, measured[floor.key], lower=lower))
        if floor.key in measured
        else floor
        for floor in floors
    )


def is_below(floor: Floor, value: float) -> bool:
    """Tell whether a measured figure has fallen below its floor."""
    return value < floor.value - SLACK


def measure_run(tools: Tools, path: Path, what: What, limit: int, *, given: bool = False) -> Outcome | None:
    """Run one evaluation; None where the gold carries no answers.

    Raises:
        BadGold: The gold cannot be used.
    """
    evaluation = evaluation_of(what, is_given=given)
    gold = evaluation.read(path, limit or None)
    return evaluation.judge_answered(tools, gold, list(evaluation.predict(tools, gold)))


def _pinned(floor: Floor, value: float, *, lower: bool) -> float:
    return round(value, 1) if lower else max(floor.value, round(value, 1))


def _values(floor: Floor) -> dict[str, str | int | float | bool]:
    values: dict[str, str | int | float | bool] = {
        "what": floor.what, "gold": floor.gold, "limit": floor.limit, "given": floor.given,
        "figure": floor.figure, "value": floor.value, "command": floor.command,
    }  # fmt: skip
    return values
