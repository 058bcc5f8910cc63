"""A run: nothing lost, nothing doubled, whatever interrupts it and in whatever order the reports come."""

import errno
import os
import random
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import BrokenExecutor
from pathlib import Path

import pytest

import melian
from melian.archive import Writer
from melian.archive.compaction import compact
from melian.archive.layout import find_archive
from melian.archive.verification import verify
from melian.errors import ArchiveInUse, BadArchive, MelianError
from melian.running.workers import workers
from stub_readers import WORDS, StubRecipe, add_files, write_reports

SLOWLY = Path(__file__).parents[1] / "add_in_a_process.py"


class Crash(BaseException):
    """Ends a run at a step, as a power cut does: no handler of errors sees it."""


def state(folder):
    """Everything that the archive answers, without the numbers that depend on the order of work."""
    archive = melian.Archive(folder)
    tables = ("reports", "live_events", "live_statements", "actors", "rejects")
    found = {}
    for table in tables:
        rows = archive.sql(f"SELECT * FROM {table}").to_pylist()
        found[table] = sorted(str({name: cell for name, cell in row.items() if name != "reading"}) for row in rows)
    return found


def faults(folder):
    return [finding.what for finding in verify(find_archive(folder)) if "not in the ledger" not in finding.what]


def crash_at(monkeypatch, step):
    """Let the n-th step that touches the disk never happen."""
    left = [step]

    def counting(call):
        def counted(*args, **kwargs):
            left[0] -= 1
            if left[0] == 0:
                raise Crash
            return call(*args, **kwargs)

        return counted

    for name in ("replace", "rename", "fsync", "mkdir"):
        monkeypatch.setattr(os, name, counting(getattr(os, name)))
    return left


@pytest.fixture
def reports(tmp_path):
    path = write_reports(tmp_path / "reports.jsonl", range(12))
    with path.open("a") as file:
        file.write('{"text": ""}\nno json\n')
    return path


def test_a_second_run_changes_nothing(tmp_path, reports):
    first, rejects = add_files(tmp_path / "a", reports)
    assert (first.read, first.known, dict(first.rejected)) == (12, 0, {"empty": 1, "broken-record": 1})
    assert [reject.record for reject in rejects] == [13, 14]
    files = sorted(path.name for path in (tmp_path / "a").rglob("*"))
    again, _ = add_files(tmp_path / "a", reports)
    assert (again.read, again.known, again.rejected.total()) == (0, 12, 2)
    assert sorted(path.name for path in (tmp_path / "a").rglob("*")) == files
    assert faults(tmp_path / "a") == []


def test_the_order_of_the_input_does_not_matter(tmp_path):
    numbers = list(range(23))
    add_files(tmp_path / "a", write_reports(tmp_path / "a.jsonl", numbers))
    random.Random(4).shuffle(numbers)
    halves = [write_reports(tmp_path / f"{n}.jsonl", part) for n, part in enumerate((numbers[:9], numbers[9:]))]
    add_files(tmp_path / "b", *halves, size=4)
    add_files(tmp_path / "b", *reversed(halves), size=7)
    assert state(tmp_path / "a") == state(tmp_path / "b")


def test_worker_processes_give_the_same(tmp_path, reports):
    add_files(tmp_path / "a", reports)
    last, _ = add_files(tmp_path / "b", reports, count=2, size=3)
    assert last.read == 12
    assert state(tmp_path / "a") == state(tmp_path / "b")


def test_a_crash_at_any_step_loses_and_doubles_nothing(tmp_path, reports, monkeypatch):
    add_files(tmp_path / "whole", reports)
    whole = state(tmp_path / "whole")
    for step in (1, 2, 4, 7, 11, 17, 25):
        folder = tmp_path / f"a{step}"
        with monkeypatch.context() as patch:
            crash_at(patch, step)
            with pytest.raises(Crash):
                add_files(folder, reports)
        if (folder / "archive.json").exists():
            assert faults(folder) == []
        add_files(folder, reports)
        assert state(folder) == whole
        assert faults(folder) == []
        assert list((folder / "parts").iterdir()) == []


def test_a_crash_in_a_compaction_loses_and_doubles_nothing(tmp_path, reports, monkeypatch):
    folder = tmp_path / "a"
    add_files(folder, reports)
    whole = state(folder)
    for step in range(1, 18, 4):
        with monkeypatch.context() as patch:
            left = crash_at(patch, step)
            try:
                with Writer(folder) as writer:
                    compact(writer)
            except Crash:
                assert left == [0]
        assert faults(folder) == []
        assert state(folder) == whole
    with Writer(folder) as writer:
        compact(writer)
        assert len(writer.snapshot().shards) == 1
    assert state(folder) == whole
    assert sum(1 for _ in (folder / "shards").iterdir()) == 1


@pytest.mark.parametrize("count", [1, 2])
def test_killed_at_random_moments(tmp_path, count):
    reports = write_reports(tmp_path / "reports.jsonl", range(40))
    command = [sys.executable, str(SLOWLY), str(reports), str(tmp_path / "a"), str(count)]
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join(path for path in sys.path if path))
    chance = random.Random(count)
    for _ in range(2):
        running = subprocess.Popen(command, env=environment)
        entries = sum(1 for _ in (tmp_path / "a" / "ledger").glob("0*"))
        deadline = time.monotonic() + 120
        while sum(1 for _ in (tmp_path / "a" / "ledger").glob("0*")) <= entries and time.monotonic() < deadline:
            time.sleep(0.01)
        # A reader meanwhile sees the last finished state.
        assert melian.Archive(tmp_path / "a").events().num_rows % 4 == 0
        time.sleep(chance.random() / 10)
        running.send_signal(signal.SIGKILL)
        assert running.wait(10) == -signal.SIGKILL
        assert faults(tmp_path / "a") == []
    assert subprocess.run(command, env=environment, check=False, timeout=60).returncode == 0
    reports_there = melian.Archive(tmp_path / "a").sql("SELECT report FROM all_readings").to_pylist()
    assert sorted(row["report"] for row in reports_there) == sorted(f"n{n}" for n in range(40))
    assert faults(tmp_path / "a") == []


def test_another_version_replaces_and_history_is_kept(tmp_path, reports):
    add_files(tmp_path / "a", reports)
    last, _ = add_files(tmp_path / "a", reports, recipe=StubRecipe(version="2"))
    assert (last.read, last.replaced, last.known) == (12, 12, 0)
    archive = melian.Archive(tmp_path / "a")
    counts = archive.ask("status").to_pylist()[0]
    assert (counts["reports"], counts["readings"], counts["superseded"], counts["events"]) == (12, 24, 12, 12)
    assert archive.reading("n3").produced_by.knowledge == "2"
    assert archive.ask("status_changes").to_pylist()[0] == {
        "reports": 12, "events_before": 12, "events_now": 12, "statements_before": 12, "statements_now": 12,
        "disputes_before": 0, "disputes_now": 0,
    }  # fmt: skip
    # And back: the version that was there first is read again, since another stands in for it.
    last, _ = add_files(tmp_path / "a", reports)
    assert (last.read, last.replaced) == (12, 12)
    assert melian.Archive(tmp_path / "a").reading("n3").produced_by.knowledge == "1"
    with Writer(tmp_path / "a") as writer:
        compact(writer)
    assert melian.Archive(tmp_path / "a").ask("status").to_pylist()[0]["superseded"] == 24
    with Writer(tmp_path / "a") as writer:
        compact(writer, drops_superseded=True, drops_rejects=True)
        assert compact(writer) is None
    counts = melian.Archive(tmp_path / "a").ask("status").to_pylist()[0]
    assert (counts["reports"], counts["readings"], counts["rejects"]) == (12, 12, 0)


def test_a_corrected_report_replaces_and_says_so(tmp_path):
    add_files(tmp_path / "a", write_reports(tmp_path / "one.jsonl", [1]))
    last, _ = add_files(tmp_path / "a", write_reports(tmp_path / "two.jsonl", [1], title="Corrected"))
    assert (last.read, last.replaced, last.changed) == (1, 0, 1)
    assert melian.Archive(tmp_path / "a").reading("n1").report.title == "Corrected"


def test_an_id_that_stands_twice_is_a_reject(tmp_path):
    one, two = write_reports(tmp_path / "1.jsonl", [1, 2]), write_reports(tmp_path / "2.jsonl", [2, 3], outlet="Else")
    for _ in range(2):
        last, rejects = add_files(tmp_path / "a", one, one, two)
        assert dict(last.rejected) == {"doubled-id": 1}
        assert "--id-column" in rejects[0].message
    assert melian.Archive(tmp_path / "a").ask("status").to_pylist()[0]["rejects"] == 1
    assert melian.Archive(tmp_path / "a").reading("n2").report.outlet is None


def test_a_report_that_breaks_the_reader_takes_no_other_with_it(tmp_path, reports):
    broken = StubRecipe(breaks_on=WORDS.format(7))
    last, rejects = add_files(tmp_path / "a", reports, recipe=broken)
    assert (last.read, last.rejected["failed"]) == (11, 1)
    assert [one.source for one in rejects if "RuntimeError: broken on purpose" in one.message] == ["report n7"]
    files = sorted(path.name for path in (tmp_path / "a").rglob("*"))
    assert add_files(tmp_path / "a", reports, recipe=broken)[0].read == 0
    assert sorted(path.name for path in (tmp_path / "a").rglob("*")) == files
    assert add_files(tmp_path / "a", reports)[0].read == 1


def test_workers_share_the_cores():
    with workers(2) as crew:
        assert crew.executor.submit(os.getenv, "OMP_NUM_THREADS").result() == "1"


def test_a_worker_that_ends_costs_its_own_task_alone():
    with workers(2) as crew:
        slow = crew.executor.submit(time.sleep, 1.0)
        ended = [crew.executor.submit(os._exit, 7) for _ in range(3)]
        after = crew.executor.submit(bytes, 200_000)
        assert all(isinstance(future.exception(timeout=60), BrokenExecutor) for future in ended)
        assert after.result(timeout=60) == bytes(200_000)
        assert slow.result(timeout=60) is None


def test_what_a_task_raises_comes_back_and_costs_no_worker():
    with workers(2) as crew:
        numbers = {crew.executor.submit(os.getpid).result(timeout=60) for _ in range(4)}
        with pytest.raises(FileNotFoundError) as told:
            crew.executor.submit(os.stat, "/nowhere").result(timeout=60)
        assert "in _outcome" in told.value.__notes__[0]
        numbers |= {crew.executor.submit(os.getpid).result(timeout=60) for _ in range(4)}
        assert len(numbers) == 2


def test_work_that_is_broken_off_waits_for_no_worker():
    begun = []

    def interrupted():
        with workers(2) as crew:
            begun.extend(crew.executor.submit(time.sleep, 3_600) for _ in range(4))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert [future.cancelled() or isinstance(future.exception(), BrokenExecutor) for future in begun] == [True] * 4


def test_two_writers(tmp_path, reports):
    with (
        Writer(tmp_path / "a", is_new_allowed=True),
        pytest.raises(ArchiveInUse, match="Another run is writing to the archive"),
    ):
        add_files(tmp_path / "a", reports)
    assert add_files(tmp_path / "a", reports)[0].read == 12


@pytest.mark.parametrize(
    ("code", "words"),
    [(errno.ENOSPC, "no room left"), (errno.EROFS, "may not be"), (errno.EIO, "Check the disk")],
)
@pytest.mark.parametrize("step", [2, 14, 25])
def test_a_disk_that_refuses(tmp_path, reports, monkeypatch, code, words, step):
    add_files(tmp_path / "a", write_reports(tmp_path / "before.jsonl", range(3)))
    with monkeypatch.context() as patch:
        left, fsync = [step], os.fsync

        def refusing(handle):
            left[0] -= 1
            if left[0] <= 0:
                raise OSError(code, os.strerror(code))
            return fsync(handle)

        patch.setattr(os, "fsync", refusing)
        with pytest.raises(BadArchive, match=words):
            add_files(tmp_path / "a", reports)
    assert faults(tmp_path / "a") == []
    assert melian.Archive(tmp_path / "a").events().num_rows >= 3
    add_files(tmp_path / "a", reports)
    assert melian.Archive(tmp_path / "a").events().num_rows == 12


FULL = """
import resource, sys
from pathlib import Path
from melian.errors import BadArchive
from stub_readers import StubRecipe, add_files
resource.setrlimit(resource.RLIMIT_FSIZE, (6_000, 6_000))
try:
    add_files(Path(sys.argv[2]), Path(sys.argv[1]), size=int(sys.argv[3]))
except BadArchive as error:
    sys.stdout.write(str(error))
"""


def test_a_disk_that_really_has_no_room(tmp_path):
    reports = write_reports(tmp_path / "reports.jsonl", range(300))
    add_files(tmp_path / "a", write_reports(tmp_path / "before.jsonl", range(3)))
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join(path for path in sys.path if path))
    command = [sys.executable, "-c", FULL, str(reports), str(tmp_path / "a"), "300"]
    done = subprocess.run(command, env=environment, check=False, timeout=60, capture_output=True, text=True)
    assert "There is no room left" in done.stdout, done.stderr
    assert faults(tmp_path / "a") == []
    assert melian.Archive(tmp_path / "a").events().num_rows == 3
    assert add_files(tmp_path / "a", reports)[0].read == 297


def test_a_worker_that_dies_is_told(tmp_path, reports, monkeypatch):
    from concurrent.futures import Future

    from melian.running import workers

    def dying(self, call, /, *args):
        future = Future()
        if call.__name__ == "read_shard":
            future.set_exception(BrokenExecutor("gone"))
        else:
            future.set_result(call(*args))
        return future

    monkeypatch.setattr(workers._Here, "submit", dying)
    with pytest.raises(MelianError, match=r"being read were n0, n1, n2, n3, n4\. .* fewer --workers"):
        add_files(tmp_path / "a", reports)


def test_a_report_that_ends_its_worker_is_one_reject(tmp_path, reports):
    deadly = StubRecipe(dies_on=WORDS.format(7))
    last, rejects = add_files(tmp_path / "a", reports, recipe=deadly, count=2, size=3)
    assert (last.read, last.rejected["worker-ended"]) == (11, 1)
    assert [one.source for one in rejects if one.reason == "worker-ended"] == ["report n7"]
    assert faults(tmp_path / "a") == []
    # Mended, it is read.
    assert add_files(tmp_path / "a", reports)[0].read == 1


def test_a_worker_that_is_killed_costs_nothing(tmp_path, reports):
    (tmp_path / "pids").mkdir()
    recipe = StubRecipe(delay=0.1, pids=str(tmp_path / "pids"))

    def kill_one():
        while not (pids := [int(path.name) for path in (tmp_path / "pids").iterdir()]):
            time.sleep(0.01)
        os.kill(pids[0], signal.SIGKILL)

    killer = threading.Thread(target=kill_one)
    killer.start()
    last, _ = add_files(tmp_path / "a", reports, recipe=recipe, count=2, size=3)
    killer.join()
    assert (last.read, last.rejected.total()) == (12, 2)
    assert faults(tmp_path / "a") == []
    assert list((tmp_path / "a" / "parts").iterdir()) == []


def test_where_every_report_ends_its_worker_it_is_the_machine(tmp_path, reports):
    with pytest.raises(MelianError, match="fewer --workers"):
        add_files(tmp_path / "a", reports, recipe=StubRecipe(dies_on="Kenya"), count=2, size=6)
    assert add_files(tmp_path / "a", reports)[0].read == 12


def test_removed_reports_are_gone(tmp_path, reports):
    folder = tmp_path / "a"
    add_files(folder, reports)
    with Writer(folder) as writer:
        writer.remove(["n3", "n4"])
    archive = melian.Archive(folder)
    assert archive.events().num_rows == 10
    with pytest.raises(KeyError):
        archive.reading("n3")
    assert archive.sql("SELECT DISTINCT report FROM history WHERE state = 'removed' ORDER BY 1").num_rows == 2
    with Writer(folder) as writer:
        compact(writer)
    words = WORDS.format(3).encode()
    assert melian.Archive(folder).sql("SELECT * FROM all_reports WHERE report IN ('n3', 'n4')").num_rows == 0
    assert not any(b"n3" in path.read_bytes() for path in (folder / "ledger").iterdir())
    assert not any(words in path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert faults(folder) == []
    # Adding it again brings it back.
    assert add_files(folder, reports)[0].read == 2
    assert melian.Archive(folder).reading("n3").report.text == WORDS.format(3)
    # An open archive looks once more when its files have been compacted away.
    with Writer(folder) as writer:
        compact(writer)
    assert archive.events().num_rows == 12


def break_file(path, how):
    content = path.read_bytes()
    if how == "gone":
        path.unlink()
    elif how == "cut":
        path.write_bytes(content[: len(content) // 2])
    else:
        middle = len(content) // 2
        path.write_bytes(content[:middle] + bytes([content[middle] ^ 0xFF]) + content[middle + 1 :])


@pytest.mark.parametrize("how", ["gone", "cut", "flipped"])
@pytest.mark.parametrize("what", ["shards/*/events.parquet", "shards/*/readings.parquet", "ledger/00000002.json"])
def test_what_is_broken_is_found_and_read_again(tmp_path, reports, how, what):
    from melian.archive.verification import set_aside

    folder = tmp_path / "a"
    add_files(folder, reports)
    whole = state(folder)
    path = sorted(folder.glob(what))[-1]
    break_file(path, how)
    findings = list(verify(find_archive(folder)))
    assert findings
    assert all(finding.do for finding in findings)
    if not (how == "gone" and "ledger" in what):
        names = {finding.entry for finding in findings if finding.entry}
        assert len(names) == 1
        if how != "flipped":
            with pytest.raises(BadArchive, match="melian archive verify"):
                melian.Archive(folder).sql("SELECT * FROM events JOIN readings USING (reading)")
        with Writer(folder, is_repair=True) as writer:
            set_aside(writer, names)
    add_files(folder, reports)
    assert state(folder) == whole
    assert faults(folder) == []
