"""`melian archive link` and what asks about links, from the command line."""

import pytest
from typer.testing import CliRunner

import melian
from melian.cli.app import build
from melian.errors import BadQuestion
from stub_readers import add_files, write_reports


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("link")
    add_files(place / "news", write_reports(place / "in.jsonl", range(3)))
    return place / "news"


def run(*words):
    return CliRunner().invoke(build(), ["archive", *map(str, words)], catch_exceptions=False)


def event_of(folder, report):
    rows = melian.Archive(folder).events().to_pylist()
    return next(f"{report}#{row['event']}" for row in rows if row["report"] == report)


@pytest.mark.parametrize(
    "words", [["linked"], ["positions"], ["accusations"], ["demands"], ["disputes", "--across"], ["dyads", "--linked"]]
)
def test_questions_to_links_that_were_not_made_say_what_to_do(tmp_path_factory, words):
    place = tmp_path_factory.mktemp("unlinked")
    add_files(place / "news", write_reports(place / "in.jsonl", range(1)))
    with pytest.raises(BadQuestion, match="melian archive link"):
        run(words[0], place / "news", *words[1:])
    assert run("voices", place / "news").exit_code == 0


def test_link_decide_undo_and_ask(folder):
    assert "3 reports, 3 of them new" in run("link", folder).output
    assert "0 of them new" in run("link", folder).output
    first, second = event_of(folder, "n0"), event_of(folder, "n1")
    assert "2 linked events" in run("link", folder, first, second, "--by", "Ada", "--why", "=seen").output
    listed = run("decisions", folder).output
    assert "Ada: events" in listed
    assert "are one. =seen" in listed
    assert "3 linked events" in run("link", folder, "--undo", listed.split()[0]).output
    assert run("unlink", folder, "n0", "n2").exit_code == 0
    assert run("unlink", folder, "Kenya@KEN", "Somalia@SOM").exit_code == 0
    for command in ("linked", "voices", "positions", "accusations", "demands"):
        assert run(command, folder).exit_code == 0, command
    assert "Kenya" in run("linked", folder, "--type", "ACCUSE").output
    assert run("disputes", folder, "--across").exit_code == 0
    assert "KEN" in run("dyads", folder, "--linked").output
    assert run("demands", folder, "--unanswered", "--format", "csv").output.startswith("linked,source,target,")


def test_a_linked_event_is_shown(folder):
    run("link", folder)
    linked = melian.Archive(folder).linked_events().to_pylist()[0]["linked"]
    shown = run("show", folder, linked).output
    assert "ACCUSE, Kenya to Somalia" in shown
    assert "Tellings" in shown


@pytest.mark.parametrize(
    ("left", "right"), [("n0", "nowhere"), ("n0", "n0"), ("n0", "Kenya@KEN"), ("n0#e", "n1"), ("Kenya@XXX", "n0")]
)
def test_ends_that_cannot_be_linked_are_refused(folder, left, right):
    with pytest.raises(BadQuestion):
        run("link", folder, left, right)


def test_half_a_decision_is_refused(folder):
    assert run("link", folder, "n0").exit_code == 2
