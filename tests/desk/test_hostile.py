"""Article text is hostile: it is shown as text, on every page and in every file."""

import csv
import io
import re
import time

import pytest

from desks import ATTACKS, FORMULA, addresses, twin
from melian.desk.readings import report_of, report_of_file
from melian.errors import BadReport
from melian.exports.visible import show_controls
from page_scan import TAGS, Scan

PAGES = (
    "home", "events", "event", "report", "why", "disputes", "dispute", "dyads", "dyad", "actors", "actor", "map",
    "timeline", "reports", "query", "linked", "across list", "across",
)  # fmt: skip


def pages_of(hostile_desk, client):
    ask = hostile_desk.questions().index.ask
    ids = [row["report"] for row in ask("SELECT DISTINCT report FROM events ORDER BY report")]
    for report in ids:
        for name, key, ident in (
            ("report", "id", report),
            ("event", "id", "e4f1c09ab"),
            ("dispute", "id", "d1kismayo"),
        ):
            yield f"/{name}", {"report": report, key: ident} if name != "report" else {"id": report}
        yield "/why", {"report": report, "record": "e4f1c09ab"}
    for row in ask("SELECT DISTINCT name FROM names ORDER BY name"):
        yield "/actor", {"name": row["name"]}
        yield "/events", {"source": row["name"]}
    for words in ATTACKS:
        yield "/events", {"q": words}
        yield "/events", {"outlet": words}
        yield "/events", {"at": words}
        yield "/disputes", {"q": words}
        yield "/reports", {"q": words}
        yield "/query", {"sql": words, "name": words}
        yield "/query", {"sql": f'SELECT title AS "{words.replace(chr(34), "")}", 1 AS n FROM reports'}
        yield "/dyad", {"a": words, "b": words}
        yield "/nowhere/" + re.sub(r"[^\w<>()=]", "", words), {}
    for path in ("/", "/events", "/disputes", "/dyads", "/actors", "/map", "/timeline", "/reports", "/query"):
        yield path, {}
    for path in ("/linked", "/disputes?across=yes", "/review"):
        yield path, {}
    for row in ask("SELECT report, event, kind FROM disputes WHERE linked IS NOT NULL"):
        yield "/dispute", row
    for words in ATTACKS:
        yield "/linked", {"source": words}
        yield "/disputes", {"across": "yes", "q": words}
        yield "/review/next", {"sample": words}
        yield "/review/item", {"report": words, "record": words, "back": words}
        yield "/review", {"back": words}


@pytest.fixture(scope="module")
def hostile_client(hostile_desk):
    from desks import client_of

    return client_of(hostile_desk)


def test_no_word_of_an_article_becomes_markup(hostile_desk, hostile_client):
    seen = 0
    for path, query in pages_of(hostile_desk, hostile_client):
        answer = hostile_client.get(path, params=query)
        assert answer.status_code < 500, (path, query)
        scan = Scan(answer.text)
        assert scan.tags <= TAGS, (path, query, scan.tags - TAGS)
        assert not any(name.startswith("on") or name in ("style", "srcdoc") for name in scan.attributes), (path, query)
        assert all(where[0] in "/#" and where[:2] != "//" for where in scan.addresses), (path, scan.addresses)
        for script in scan.scripts:
            assert script.get("src", "").startswith("/assets/") or script.get("type") == "application/json"
        assert show_controls(answer.text) == answer.text, (path, query)
        seen += 1
    assert seen > 100


def test_hostile_words_are_shown_as_they_are(hostile_client):
    text = "".join(Scan(hostile_client.get("/reports").text).text)
    for words in ATTACKS:
        assert " ".join(show_controls(words).split())[:40] in " ".join(text.split()), words


def test_no_file_holds_a_formula(hostile_desk, hostile_client):
    where = addresses(hostile_desk)
    met = 0
    for name in PAGES:
        found = hostile_client.get(twin(where[name], "csv"))
        assert found.headers["content-type"].startswith("text/csv")
        assert "attachment" in found.headers["content-disposition"]
        for row in csv.reader(io.StringIO(found.text)):
            for cell in row:
                assert not cell.startswith(tuple("=+@\t\r＝＋＠")), (name, cell)
                assert not cell.startswith("-") or re.fullmatch(r"-\d+(\.\d+)?", cell), (name, cell)
                met += FORMULA in cell
    assert met


def test_a_query_cannot_bring_a_formula_into_a_file(client):
    found = client.get("/query.csv", params={"sql": "SELECT '=1+1' AS \"=cmd|' /C calc'!A0\", '@x' AS b"})
    for row in csv.reader(io.StringIO(found.text)):
        assert all(cell.startswith("'") or cell == "b" for cell in row)


@pytest.mark.parametrize(
    "content",
    [
        b"<html><body>" + b"<b>" * 330_000,
        b"<!doctype html>" + b"<div><a href=x>" * 60_000,
        b"<html>" + b"<svg><script>" * 70_000,
        b"<html><body><table>" + b"<td>" * 240_000,
    ],
)
def test_a_million_tags_hold_nobody_up(bare_client, content):
    started = time.monotonic()
    answer = bare_client.post(
        "/read", files={"file": ("a.html", content[:950_000])}, headers={"Origin": "http://127.0.0.1"}
    )
    assert answer.status_code == 400
    assert "tags" in answer.text
    assert time.monotonic() - started < 2


@pytest.mark.parametrize("words", ["<b>" * 30_000, '"' * 90_000, "< " * 45_000])
def test_marks_without_words_are_refused(words):
    with pytest.raises(BadReport, match="words and marks"):
        report_of(words, None, None, None)


def test_as_many_tags_as_are_allowed_are_read_in_time():
    for content in (b"<html><body>" + b"<b>" * 19_000, b"<html><body>" + b"<div><p>word</p>" * 6_000):
        started = time.monotonic()
        with pytest.raises(BadReport):
            report_of_file(content, None, None, None)
        assert time.monotonic() - started < 10


def test_binaries_are_no_reports(bare_client):
    for content in (b"\x00\x01\x02" * 1000, b"%PDF-1.7 " * 100, b"PK\x03\x04" * 100, b"\xff" * 1000):
        answer = bare_client.post("/read", files={"file": ("a.txt", content)}, headers={"Origin": "http://127.0.0.1"})
        assert answer.status_code == 400


def test_pasted_markup_stays_text(bare_client):
    words = "<script>alert(1)</script> \u202e Kenya accused Somalia of shelling a post, the foreign ministry said."
    answer = bare_client.post("/read", data={"text": words, "outlet": "<b>x"}, headers={"Origin": "http://127.0.0.1"})
    page = bare_client.get(answer.headers["location"]).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "⟨U+202E⟩" in page
