import signal
import sys
from typing import NamedTuple

import pytest

from invented import invent_reading
from melian.cli import app, explain, read
from melian.records import Reading


class Outcome(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def run(monkeypatch, capsys):
    """Run the command in this process, with a reader that finds nothing and needs no model."""
    kept = signal.getsignal(signal.SIGPIPE)

    def read_reports(reports, settings, own):
        for report in reports:
            yield Reading(report=report, produced_by=invent_reading().produced_by)

    monkeypatch.setattr(read, "read_reports", read_reports)
    monkeypatch.setattr(explain, "read_reports", read_reports)

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["melian", *map(str, arguments)])
        with pytest.raises(SystemExit) as leaving:
            app.run()
        out, err = capsys.readouterr()
        return Outcome(leaving.value.code or 0, out, err)

    yield call
    signal.signal(signal.SIGPIPE, kept)


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text("Kenya recalled its ambassador from Somalia on Tuesday, the foreign ministry said in Nairobi.\n")
    return path


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "reports.jsonl"
    words = "Kenya recalled its ambassador from Somalia on day {}, the foreign ministry said in Nairobi."
    path.write_text("".join(f'{{"text": "{words.format(n)}", "title": "Day {n}"}}\n' for n in range(3)))
    return path
