"""The same tasks on a Ray cluster of this machine, of which a worker is killed in the middle."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import melian
from melian.archive.layout import find_archive
from melian.archive.verification import verify
from melian.errors import BadArchive, BadSetting, MissingExtra
from melian.running.exchange import bring, check_exchange, read_and_send
from melian.running.ray_cluster import ray_workers
from melian.running.reading import Task, read_shard
from melian.running.recipes import making_of
from stub_readers import StubRecipe, write_reports

SCRIPT = Path(__file__).parents[1] / "add_on_ray.py"


def start(*arguments):
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join(path for path in sys.path if path))
    command = [sys.executable, str(SCRIPT), *map(str, arguments)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


@pytest.mark.ray
@pytest.mark.parametrize("is_sent", [False, True])
def test_a_worker_killed_in_the_middle_loses_and_doubles_nothing(tmp_path, is_sent):
    pytest.importorskip("ray")
    reports = write_reports(tmp_path / "reports.jsonl", range(60))
    pids = tmp_path / "pids"
    pids.mkdir()
    more = [f"file://{tmp_path}/exchange"] if is_sent else []
    running = start(reports, tmp_path / "a", pids, *more)
    deadline = time.monotonic() + 120
    while not list((tmp_path / "a" / "ledger").glob("0*")) and time.monotonic() < deadline:
        time.sleep(0.01)
    workers = sorted(int(path.name) for path in pids.iterdir())
    assert len(workers) > 1
    os.kill(workers[0], signal.SIGKILL)
    out, _ = running.communicate(timeout=120)
    # Ray tells of the dead worker before.
    assert (running.returncode, out.splitlines()[-1]) == (0, "59 0 ['report n13']")
    assert len(list(pids.iterdir())) > len(workers)
    rows = melian.Archive(tmp_path / "a").sql("SELECT report FROM all_readings").to_pylist()
    assert sorted(row["report"] for row in rows) == sorted(f"n{n}" for n in range(60) if n != 13)
    assert list(verify(find_archive(tmp_path / "a"))) == []
    assert list((tmp_path / "a" / "parts").iterdir()) == []
    assert not is_sent or list((tmp_path / "exchange").iterdir()) == []


def test_without_ray_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(MissingExtra, match=r"melian\[ray\]"), ray_workers():
        pass


def test_an_exchange_is_tried_before_work_begins(tmp_path):
    check_exchange(f"file://{tmp_path}/new")
    assert list((tmp_path / "new").iterdir()) == []
    (tmp_path / "file").touch()
    for bad in (f"file://{tmp_path}/file", "nonsense://x"):
        with pytest.raises(BadSetting, match="Check the address"):
            check_exchange(bad)


def test_a_worker_that_does_not_reach_the_archive_says_what_to_name(tmp_path):
    task = Task("k", 1, tmp_path / "elsewhere", (), (), making_of(StubRecipe()))
    with pytest.raises(BadArchive, match="--exchange"):
        read_shard(StubRecipe(), task)
    done = read_and_send(StubRecipe(), task, f"file://{tmp_path}/exchange")
    (tmp_path / "elsewhere").mkdir()
    assert bring(done, task, f"file://{tmp_path}/exchange").shard.folder.parent == tmp_path / "elsewhere"
    done = read_and_send(StubRecipe(), task, f"file://{tmp_path}/exchange")
    Path(done.sent, "readings.parquet").write_bytes(b"other")
    with pytest.raises(BadArchive, match="is not what was sent"):
        bring(done, task, f"file://{tmp_path}/exchange")
