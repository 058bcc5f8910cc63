"""`melian review`: by options, in a pipe and with keys in a terminal."""

import csv
import os
import pty
import select
import shutil
import subprocess
import sys
import time

import pytest
from msgspec.structs import replace

import melian
from invented import HOSTILE, invent_reading
from melian.archive.review.queue import Review
from reviewed_archive import store

ARGUMENTS = ("--reviewer", "amina")


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("written") / "news"
    store(folder, invent_reading())
    return folder


@pytest.fixture
def news(written, tmp_path):
    return shutil.copytree(written, tmp_path / "news")


def test_next_shows_the_words_and_the_command_that_answers(run, news):
    out = run("review", "next", news, *ARGUMENTS).out
    assert "⟦recall⟧" in out
    assert "type       SANCTION" in out
    assert f"melian review answer {news} r0badcafe e4f200000 --kind event --reviewer amina --confirm" in out


def test_answers_and_undoing(run, news):
    told = run("review", "answer", news, "r0badcafe", "e4f1c09ab", *ARGUMENTS, "--set", "type=COERCE", "--note", "sic")
    assert told.out.startswith("corrected: event e4f1c09ab, type is COERCE [k")
    assert melian.Archive(news).events(type="COERCE").num_rows == 1
    ident = told.out.split("[")[1].strip("]\n")
    assert run("review", "undo", news, ident, *ARGUMENTS).out.startswith(f"undone: {ident} [k")
    assert melian.Archive(news).events(type="COERCE").num_rows == 0
    history = run("review", "history", news, "--record", "e4f1", "--format", "csv").out
    rows = list(csv.DictReader(history.splitlines()))
    assert [(row["field"], row["state"], row["note"]) for row in rows if row["verdict"] == "correct"] == [
        ("type", "undone", "sic")
    ]
    assert rows[-1]["verdict"] == "undo"


def test_statements_and_rejections(run, news):
    call = ("review", "answer", news, "r0badcafe", "s3resi", "--kind", "statement", *ARGUMENTS)
    assert run(*call, "--reject").out.startswith("rejected: statement s3resi")
    assert melian.Archive(news).statements().num_rows == 3


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        ((), 2, "give one of them"),
        (("--confirm", "--reject"), 2, "give one of them"),
        (("--set", "colour=red"), 2, "is not FIELD=VALUE"),
        (("--set", "type=WAR"), 1, "There is no type 'WAR'"),
        (("--set", "speaker=Kenya"), 1, "has no field 'speaker'"),
    ],
)
def test_what_is_refused(run, news, options, code, words):
    outcome = run("review", "answer", news, "r0badcafe", "e4f1c09ab", *ARGUMENTS, *options)
    assert outcome.code == code
    assert words in outcome.err


def test_a_sample_from_drawing_to_the_report(run, news, tmp_path):
    out = run("review", "sample", news, "spring", "--size", 3, "--seed", 5, "--by-type").out
    assert out.splitlines()[0] == "spring: 3 of 3 events, seed 5."
    for reviewer in ("amina", "badru"):
        for _ in range(3):
            task = Review(news).next(reviewer, sample="spring")
            Review(news).answer(reviewer, task.anchor, sample="spring")
        assert run("review", "next", news, "--reviewer", reviewer, "--sample", "spring").out.startswith(
            "There is nothing"
        )
    shown = run("review", "agreement", news, "--sample", "spring").out
    assert shown.startswith("3 of 3 judged, by amina, badru")
    assert "everything" in shown
    files = [tmp_path / name for name in ("v.html", "v.csv", "all.csv")]
    call = ("review", "report", news, "--sample", "spring", "--output", files[0], "--csv", files[1], "--verdicts")
    assert run(*call, files[2]).code == 0
    assert [len(path.read_text().splitlines()) > 5 for path in files] == [True] * 3
    assert run(*call, files[2]).code == 2
    assert run("review", "agreement", news, "--sample", "autumn").err.startswith("melian: There is no sample 'autumn'")


@pytest.mark.parametrize("words", HOSTILE[:-1])
def test_hostile_words_do_not_reach_the_terminal(run, tmp_path, words):
    whole = invent_reading()
    report = replace(whole.report, id=words, title=words, outlet=words, text=words * 20 + whole.report.text)
    event = replace(whole.events[0], place=replace(whole.events[0].place, name=words))
    actors = tuple(replace(actor, name=words) for actor in whole.actors)
    store(tmp_path / "a", replace(whole, report=report, actors=actors, events=(event,)))
    out = run("review", "next", tmp_path / "a", *ARGUMENTS).out
    assert not [char for char in out if (ord(char) < 32 and char != "\n") or char in "\x7f\x9b\u202e\u2066\u2069"]
    assert run("review", "answer", tmp_path / "a", words, event.id, *ARGUMENTS, "--confirm").code == 0
    shown = run("review", "history", tmp_path / "a").out
    assert not [char for char in shown if (ord(char) < 32 and char != "\n") or char in "\x7f\x9b\u202e\u2066\u2069"]


def in_terminal(arguments, keys):
    """Run the command on a terminal of its own and press keys, each when it asks."""
    parent, child = pty.openpty()
    code = "from melian.cli import main; main()"
    running = subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)], stdin=child, stdout=child, stderr=child, close_fds=True
    )
    os.close(child)
    seen, waiting, last, answered = b"", list(keys), time.monotonic() + 240, 0
    while time.monotonic() < last:
        if select.select([parent], [], [], 0.2)[0]:
            try:
                piece = os.read(parent, 65_536)
            except OSError:
                break
            seen += piece
            if not piece:
                break
        elif waiting and seen[answered:].rstrip().endswith((b"leave", b"]:")):
            # What was asked is answered once: a slow machine has not yet read the key when we look again.
            answered = len(seen)
            os.write(parent, waiting.pop(0).encode())
        elif running.poll() is not None:
            break
    os.close(parent)
    return running.wait(20), seen.decode("utf-8", "replace")


def test_keys_in_a_terminal(news):
    # Turn the first round, set the type of the second, reject the third.
    code, seen = in_terminal(["review", "next", news, *ARGUMENTS], ["x", "y", "t", "COOPERATE\n", "y", "n"])
    assert code == 0, seen
    rows = {row["event"]: row for row in melian.Archive(news).events().to_pylist()}
    assert set(rows) == {"e4f200000", "e9talks"}
    assert (rows["e4f200000"]["source_names"], rows["e9talks"]["type"]) == (["Kenya"], "COOPERATE")
    assert "There is nothing left to judge." in seen
