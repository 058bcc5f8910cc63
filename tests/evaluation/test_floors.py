"""Floors only rise; those that are pinned hold."""

from itertools import groupby
from pathlib import Path

import pytest

from melian.errors import BadGold
from melian.evaluation.floors import Floor, is_below, measure_run, raise_floors, read_floors, write_floors

REPOSITORY = Path(__file__).parents[2]
PINNED = REPOSITORY / "docs" / "floors.toml"
RESEARCH = REPOSITORY.parent / "shared" / "data"

LOW = Floor(what="dates", gold="a.jsonl", limit=5, figure="value: F1", value=50.0, command='melian "x"')
HIGH = Floor(what="places", gold="b.jsonl", given=True, figure="within 161 km", value=80.0)


def test_written_floors_are_read_back(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    path.write_text(write_floors([HIGH, LOW]), encoding="utf-8")
    assert read_floors(path) == (LOW, HIGH)
    path.write_text(write_floors([]), encoding="utf-8")
    assert read_floors(path) == ()


@pytest.mark.parametrize(
    "text", ["[[floor]\n", '[[floor]]\nwhat = "dates"\n', '[[floor]]\nwhat = "verbs"\n', "floors = 1\n"]
)
def test_a_broken_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "floors.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadGold, match="cannot be read"):
        read_floors(path)


def test_a_floor_stands_once(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    path.write_text(write_floors([LOW, LOW]), encoding="utf-8")
    with pytest.raises(BadGold, match="stands twice"):
        read_floors(path)


def test_floors_rise() -> None:
    raised = raise_floors([LOW, HIGH], {LOW.key: 55.26})
    assert [floor.value for floor in raised] == [55.3, 80.0]


def test_floors_do_not_fall_unless_told_to() -> None:
    with pytest.raises(BadGold, match=r"value: F1 on a\.jsonl: 49\.0, pinned 50\.0"):
        raise_floors([LOW, HIGH], {LOW.key: 49.0, HIGH.key: 90.0})
    lowered = raise_floors([LOW, HIGH], {LOW.key: 49.0, HIGH.key: 90.0}, lower=True)
    assert [floor.value for floor in lowered] == [49.0, 90.0]


def test_rounding_neither_raises_an_alarm_nor_a_floor() -> None:
    assert not is_below(LOW, 49.96)
    assert raise_floors([LOW], {LOW.key: 49.96})[0].value == 50.0


def test_pinned_floors_hold() -> None:
    floors = sorted(read_floors(PINNED), key=lambda floor: floor.key)
    if not floors:
        pytest.skip("no floor is pinned yet")
    if not RESEARCH.is_dir():
        pytest.skip("the research data is not beside the repository")
    from melian.coding.coder import Coder
    from melian.evaluation.tools import ReaderTools

    tools = ReaderTools(Coder())
    fallen = []
    for (what, gold, limit, given), group in groupby(floors, key=lambda floor: floor.run):
        outcome = measure_run(tools, RESEARCH / gold, what, limit, given=given)
        values = {figure.name: figure.value for figure in outcome.figures} if outcome else {}
        fallen += [
            (floor, values.get(floor.figure)) for floor in group if is_below(floor, values.get(floor.figure) or 0)
        ]
    assert fallen == []
