"""What goes wrong while an archive is linked or read: little memory, a full disk, a writer beside a reader."""

import os
import subprocess
import sys
import threading

import pytest

import melian
from melian.archive import Writer
from melian.archive.compaction import compact
from melian.archive.layout import find_archive
from melian.archive.linking.link import link
from melian.archive.linking.pairing import find_pairs
from melian.errors import BadArchive
from synthetic_archive import make_archive, readings_between, store


@pytest.fixture
def folder(tmp_path):
    return make_archive(tmp_path / "news", 60)


def link_all(folder):
    with Writer(folder) as writer:
        return link(writer, is_anew=True)


def links(folder):
    rows = melian.Archive(folder).sql("SELECT report, event, linked, score, reason FROM links").to_pylist()
    return sorted(tuple(row.values()) for row in rows)


def test_pairs_in_parts_are_those_of_the_whole(folder, monkeypatch):
    done = link_all(folder)
    before = links(folder)
    assert done.compared > 0
    monkeypatch.setattr(find_pairs, "__defaults__", (500,))
    assert link_all(folder) == done
    assert links(folder) == before


def test_too_little_memory_is_told_and_the_old_links_stay(folder, monkeypatch):
    link_all(folder)
    before = links(folder)
    monkeypatch.setattr("melian.archive.linking.link._MEMORY", "2MB")
    with pytest.raises(BadArchive, match="Linking needs more than 2MB of memory"):
        link_all(folder)
    assert links(folder) == before
    assert list(find_archive(folder).parts.iterdir()) == []


FULL = """
import resource, sys
from melian.archive import Writer
from melian.archive.linking.link import link
from melian.errors import BadArchive
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, 1_000))
try:
    with Writer(sys.argv[1]) as writer:
        link(writer, is_anew=True)
except BadArchive as error:
    sys.stdout.write(str(error))
"""


def test_a_disk_without_room_leaves_the_old_links(folder):
    link_all(folder)
    before = links(folder)
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join(path for path in sys.path if path))
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(folder)], env=environment, check=False, timeout=120, capture_output=True,
        text=True,
    )  # fmt: skip
    assert "There is no room left" in done.stdout, done.stderr
    assert links(folder) == before
    link_all(folder)
    assert links(folder) == before


def test_readers_beside_a_writer_see_whole_states(folder):
    def write():
        for start in range(60, 120, 10):
            store(folder, [readings_between(start, start + 10)])
        with Writer(folder) as writer:
            compact(writer)
            link(writer)

    states = []
    writing = threading.Thread(target=write)
    writing.start()
    while writing.is_alive():
        archive = melian.Archive(folder)
        (row,) = archive.sql(
            "SELECT (SELECT count(*) FROM reports) AS reports, (SELECT count(DISTINCT report) FROM events) AS told"
        ).to_pylist()
        states.append((row["reports"], row["told"]))
        assert archive.linked_events().num_rows >= 0
    writing.join()
    assert len(states) > 1
    assert states == sorted(states)
    assert all(reports == told and reports % 10 == 0 for reports, told in states)
    assert melian.Archive(folder).sql("SELECT count(*) AS n FROM reports").to_pylist() == [{"n": 120}]
