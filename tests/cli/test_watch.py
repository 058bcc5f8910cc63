"""`melian watch`: rounds, refusals and interruptions as the terminal shows them."""

import pytest

from feed_server import Answer, rss, served
from melian.archive import Writer
from melian.cli import watch
from stub_readers import StubRecipe


@pytest.fixture
def site(monkeypatch):
    monkeypatch.setattr(watch, "recipe_of", lambda *_: StubRecipe())
    with served() as site:
        site.answers["/feed"] = rss(site, 0, 1, host="127.0.0.1")
        yield site


@pytest.fixture
def feeds(site, tmp_path):
    path = tmp_path / "feeds.toml"
    path.write_text(f'permit = ["127.0.0.1"]\n[[feed]]\nurl = "{site.url("/feed", "127.0.0.1")}"\ntake = "words"\n')
    return path


def test_one_round(run, feeds, tmp_path):
    outcome = run("watch", feeds, "--into", tmp_path / "a", "--once")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == f"Reports: 2 read into {tmp_path / 'a'}.\n"
    assert run("watch", feeds, "--into", tmp_path / "a", "--once").out == f"Reports: 0 read into {tmp_path / 'a'}.\n"


def test_rejects_are_named_without_control_characters(run, site, feeds, tmp_path):
    site.answers["/feed"] = Answer(status=500)
    outcome = run("watch", feeds, "--into", tmp_path / "a", "--once")
    assert (outcome.code, outcome.out.count("1 rejected (fetch 1)")) == (0, 1)
    assert "rejected: http://127.0.0.1" in outcome.err
    assert "The host answered with 500" in outcome.err


def test_this_machine_is_refused_unless_it_is_named(run, feeds, tmp_path):
    feeds.write_text(feeds.read_text().partition("\n")[2])
    outcome = run("watch", feeds, "--into", tmp_path / "a", "--once")
    assert "not on the public internet" in outcome.err


def test_it_goes_on_until_it_is_interrupted(run, feeds, tmp_path, monkeypatch):
    waits = []

    def wait(watched, into):
        waits.append(watch.next_due_in(watched, into))
        if len(waits) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(watch, "_wait", wait)
    outcome = run("watch", feeds, "--into", tmp_path / "a")
    assert (outcome.code, outcome.out.count("2 read")) == (130, 1)
    assert "again to go on" in outcome.err
    assert all(0 < wait <= 900 for wait in waits)


def test_refusals(run, feeds, tmp_path):
    with Writer(tmp_path / "a", is_new_allowed=True):
        outcome = run("watch", feeds, "--into", tmp_path / "a", "--once")
    assert (outcome.code, "Another run is writing" in outcome.err) == (1, True)
    feeds.write_text("colour = 1")
    outcome = run("watch", feeds, "--into", tmp_path / "a", "--once")
    assert (outcome.code, "feeds.toml cannot be used" in outcome.err) == (1, True)
