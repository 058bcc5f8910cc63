"""How far a run is, in words."""

from collections import Counter

import pytest

from melian.cli.adding_progress import line_of
from melian.running import Progress


@pytest.mark.parametrize(
    ("progress", "total", "seconds", "words"),
    [
        (Progress(), None, 0.0, "0"),
        (Progress(read=600), None, 60.0, "600; 10.0 read a second"),
        (Progress(read=600), 1_200, 60.0, "600 of 1,200; 10.0 read a second; 1 min left"),
        (Progress(read=30, known=30), 90, 60.0, "60 of 90; 0.5 read a second; under a minute left; 30 there already"),
        (Progress(read=36_000), 1_000_000, 3_600.0, "36,000 of 1,000,000; 10.0 read a second; 26 h 47 min left"),
        (Progress(read=9, rejected=Counter(empty=2, date=1)), 12, 3.0,
         "12 of 12; 3.0 read a second; 3 rejected (empty 2, date 1)"),
    ],
)  # fmt: skip
def test_a_line(progress, total, seconds, words):
    assert line_of(progress, total, seconds) == words


def test_a_line_each_minute_where_there_is_no_terminal(monkeypatch, capsys):
    from melian.cli import adding_progress

    moments = iter([0.0, 30.0, 61.0, 90.0, 125.0])
    monkeypatch.setattr(adding_progress.time, "monotonic", lambda: next(moments))
    counted = []
    steps = iter([Progress(read=n) for n in (10, 20, 30, 40)])
    assert adding_progress.follow(steps, lambda: counted.append(1) or 50).read == 40
    lines = capsys.readouterr().err.splitlines()
    assert lines == [
        "melian: 20 of 50; 0.3 read a second; 2 min left", "melian: 40 of 50; 0.3 read a second; 1 min left",
    ]  # fmt: skip
    assert counted == [1]
