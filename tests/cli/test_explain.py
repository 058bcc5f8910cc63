import pytest

from invented import invent_reading
from melian.exports.json import indent_json, line_json


@pytest.fixture(params=["json", "jsonl"])
def saved(request, tmp_path):
    path = tmp_path / f"readings.{request.param}"
    write = indent_json if request.param == "json" else line_json
    path.write_bytes(write(invent_reading()) * (1 if request.param == "json" else 2))
    return path


@pytest.mark.parametrize(
    ("record", "lines"),
    [
        (
            "e4f1c09ab",
            [
                "Event e4f1c09ab: Kenyan jets → Somalia",
                "events: verb in the event words, score 0.80",
                "rests on “bombed” [111, 117)",
                "by the table row countries:KEN",
                "provenance: own knowledge",
                "by the table row nowhere:row (no such row in these tables)",
                "claim c2: denied by Amina Odhiambo",
                "dispute d1kismayo",
                "dead: “at least three people”",
            ],
        ),
        ("e9", ["Event e9talks", "targets: a meeting has no receiving side"]),
        ("s1deny", ["Statement s1deny", "cue: “denied” [72, 78)", "claim c2", "dispute d1kismayo"]),
        ("a7soma", ["Actor a7soma: Somalia", "target of event e4f1c09ab", "source of event e4f200000"]),
        ("a6", ["relays of statement s4recall"]),
        ("c2", ["Claim c2: denied by Amina Odhiambo (negative, certain, past), of event e4f1c09ab"]),
        ("d1", ["Dispute d1kismayo", "deny: Amina Odhiambo [s1deny]"]),
    ],
)
def test_a_record_is_explained(run, saved, record, lines):
    outcome = run("explain", saved, record)
    assert outcome.code == 0
    for line in lines:
        assert line in outcome.out


@pytest.mark.parametrize(
    ("record", "words"),
    [
        ("e4f", "begins 2 ids. Expected one of e4f1c09ab, e4f200000"),
        ("s2grond", "s2ground"),
        ("zzz", "No record of this report has the id 'zzz'"),
        ("", "No record"),
    ],
)
def test_an_unknown_id_lists_near_ones(run, saved, record, words):
    outcome = run("explain", saved, record)
    assert outcome.code == 1
    assert words in outcome.err
    assert "Traceback" not in outcome.err


def test_a_broken_file_of_readings_is_refused(run, tmp_path):
    path = tmp_path / "r.json"
    path.write_text('{"schema":"melian.reading/1"}')
    outcome = run("explain", path, "e1")
    assert outcome.code == 1
    assert "is no file of readings" in outcome.err


def test_a_report_is_read_again(run, report):
    outcome = run("explain", report, "e1")
    assert outcome.code == 1
    assert "The reading holds no records" in outcome.err


def test_a_missing_report(run, tmp_path):
    outcome = run("explain", tmp_path / "missing.txt", "e1")
    assert outcome.code == 1
    assert "no such file" in outcome.err


def test_words_of_the_report_lead_to_what_stands_there(run, saved):
    outcome = run("explain", saved, "DENIED")
    assert outcome.code == 0
    assert "Statement s1deny" in outcome.out
    assert "Event" not in outcome.out.partition("\n")[0]


def test_an_archive_has_a_command_of_its_own(run, tmp_path):
    (tmp_path / "archive.json").write_text("{}")
    outcome = run("explain", tmp_path, "e1")
    assert outcome.code == 1
    assert "melian archive show" in outcome.err
