"""Every page is there, says what the archive holds, has its twins, and says what to do where there is nothing."""

import csv
import io
import json
import re
from datetime import date
from urllib.parse import parse_qsl

import pytest
from msgspec.structs import replace

import melian
from desks import addresses, client_of, desk_over, twin
from melian.archive.layout import find_archive
from melian.archive.state import state_of
from melian.desk.choice import Choice, address, choice_of
from melian.desk.indexing.build import build_index
from melian.desk.pages.query import offered_queries
from melian.desk.pages.timeline import unit_for
from melian.desk.questions import Questions
from melian.desk.rendering import quote_line
from melian.exports.wording import describe_stretch
from synthetic_archive import store

PAGES = (
    "home", "events", "search", "event", "report", "why", "disputes", "dispute", "dyads", "dyad", "actors", "actor",
    "map", "borders", "timeline", "reports", "query", "linked", "across list", "across",
)  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_every_page_and_its_twins_answer(client, desk, name):
    where = addresses(desk)[name]
    page = client.get(where)
    assert page.status_code == 200, page.text
    assert page.text.count("<h1") == 1
    assert 'class="empty"' not in page.text
    found = client.get(twin(where, "json"))
    assert found.status_code == 200
    assert isinstance(found.json(), dict)
    table = client.get(twin(where, "csv"))
    assert table.status_code == 200
    rows = list(csv.reader(io.StringIO(table.text)))
    assert len(rows) > 1
    assert {len(row) for row in rows} == {len(rows[0])}


def test_counts_are_those_of_the_archive(client, archive_folder):
    archive = melian.Archive(archive_folder)
    for standing in ("asserted", "disputed"):
        for more in ({}, {"source": "SDN"}, {"type": "ACCUSE"}, {"between": "2019"}):
            expected = archive.events(**more)["standing"].to_pylist().count(standing)
            found = client.get("/events.json", params={"standing": standing, **more}).json()
            assert found["total"] == expected
    assert client.get("/index.json").json()["overview"]["events"] == archive.events().num_rows
    assert client.get("/disputes.json").json()["total"] == archive.disputes().num_rows


def test_facets_lead_to_as_many_events_as_they_say(client):
    page = client.get("/events.json", params={"type": "ASSAULT"}).json()
    for facet in page["facets"]:
        for value in facet["values"][:3]:
            if not value["is_chosen"]:
                there = client.get(twin(value["address"], "json")).json()
                assert there["total"] == value["events"], value


def test_pages_of_a_list_hold_every_event_once(client):
    seen, where = [], "/events"
    while where:
        page = client.get(twin(where, "json")).json()
        seen += [(event["report"], event["event"]) for event in page["events"]]
        where = page["following"]
    assert len(seen) == len(set(seen)) == page["total"] == 600


@pytest.mark.parametrize(
    ("within", "words"),
    [("events", "shelled"), ("said", "weapons"), ("reports", "market"), ("events", '"tonnes of food"')],
)
def test_words_are_found_where_they_are_looked_for(client, within, words):
    page = client.get("/events.json", params={"q": words, "within": within}).json()
    assert page["total"]
    if within == "events":
        assert all(words.strip('"') in event["words"] for event in page["events"])


@pytest.mark.parametrize(
    "words", ['"', "* OR 1", "a" * 299, "NEAR(x y)", "words:x", "x\0y", "'); DROP TABLE events", "^x -y"]
)
def test_any_words_can_be_looked_for(client, words):
    assert client.get("/events", params={"q": words}).status_code in (200, 400)
    assert client.get("/reports", params={"q": words}).status_code in (200, 400)


def test_a_search_for_nothing_says_so(client):
    page = client.get("/events", params={"q": "zzzzunknown"})
    assert "No event fits all of this" in page.text
    assert client.get("/events", params={"q": "???"}).status_code == 400


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/events?type=NONSENSE", 400), ("/events?page=0", 400), ("/events?page=x", 400), ("/events?quad=9", 400),
        ("/events?between=20x", 400), ("/events?standing=true", 400), ("/events?within=air", 400),
        ("/events?source=" + "x" * 400, 400), ("/dyad?a=SDN&b=SDN", 400), ("/dyad?a=Nowhere&b=SDN", 400),
        ("/dyad", 400), ("/actor", 400), ("/actor?name=Nobody+At+All", 404), ("/report?id=none", 404), ("/report", 404),
        ("/event?report=report-000001&id=none", 404), ("/event", 404), ("/dispute?report=report-000001&id=x", 404),
        ("/why?report=report-000001&record=zzz", 404), ("/disputes?kind=x", 400), ("/disputes?page=-1", 400),
        ("/nowhere", 404), ("/linked?standing=x", 400), ("/linked?page=0", 400), ("/linked?voices=x", 400),
        ("/disputes?across=yes&page=x", 400), ("/dispute?report=report-000001&event=none&kind=contradiction", 404),
        ("/review/sample?sample=none", 400), ("/review/sample?sample=../x", 400),
    ],
)  # fmt: skip
def test_what_cannot_be_shown_says_why_and_what_to_do(client, path, status):
    page = client.get(path)
    assert page.status_code == status
    assert 'role="alert"' in page.text
    if path != "/nowhere":
        problem = client.get(twin(path, "json")).json()
        assert set(problem) == {"problem", "expected", "do", "is_waiting"}
        assert problem["problem"]


def test_files_hold_all_pages_of_a_list(client):
    for path, total in (("/events", 600), ("/reports", 60)):
        rows = list(csv.reader(io.StringIO(client.get(f"{path}.csv?page=2").text)))
        assert len(rows) == total + 1


def test_a_report_is_kept_as_one_file(client, desk):
    where = addresses(desk)["report"].replace("/report?", "/report.html?")
    found = client.get(where)
    assert "attachment" in found.headers["content-disposition"]
    assert "<style>" in found.text
    assert "src=" not in found.text
    assert client.get("/report.html?id=none").status_code == 404


def test_an_empty_archive_says_what_to_do(tmp_path):
    store(tmp_path / "empty", [iter(())])
    client = client_of(desk_over(tmp_path / "empty", tmp_path / "cache"))
    for path in (
        "/",
        "/events",
        "/disputes",
        "/dyads",
        "/actors",
        "/map",
        "/timeline",
        "/reports",
        "/linked",
        "/disputes?across=yes",
    ):
        page = client.get(path)
        assert page.status_code == 200, path
        assert 'class="empty"' in page.text, path


def test_a_desk_without_an_archive_reads_what_is_pasted(bare_client):
    assert "/events" not in bare_client.get("/").text
    assert bare_client.get("/events").status_code == 404
    form = {
        "text": "Kenya accused Somalia of shelling a border post, the foreign ministry said.",
        "published": "2026-03-12",
    }
    answer = bare_client.post("/read", data=form, headers={"Origin": "http://127.0.0.1"})
    assert answer.status_code == 303
    page = bare_client.get(answer.headers["location"])
    assert page.status_code == 200
    assert "accused" in page.text
    assert "On this desk" in bare_client.get("/").text
    reading = bare_client.get(twin(answer.headers["location"], "json")).json()["reading"]
    event = reading["events"][0]["id"]
    assert bare_client.get("/event", params={"report": reading["report"]["id"], "id": event}).status_code == 200


@pytest.mark.parametrize(
    "text", ["", "   ", "x" * 100_001, "Dies ist ein Bericht auf Deutsch, und er hat viele deutsche Wörter."]
)
def test_what_is_no_report_is_refused_with_a_reason(bare_client, text):
    answer = bare_client.post("/read", data={"text": text}, headers={"Origin": "http://127.0.0.1"})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


def test_a_file_is_read_as_text_or_as_a_page(bare_client):
    words = "Kenya accused Somalia of shelling a border post, the foreign ministry said in Nairobi. " * 3
    for name, content in (("a.txt", words), ("a.html", f"<html><body><article><p>{words}</p></article></body></html>")):
        answer = bare_client.post(
            "/read", files={"file": (name, content.encode())}, headers={"Origin": "http://127.0.0.1"}
        )
        assert answer.status_code == 303, answer.text
        assert "<article><p>" not in bare_client.get(answer.headers["location"]).text


def test_an_index_is_made_once_for_a_state(archive_folder, tmp_path):
    said = []
    archive = melian.Archive(archive_folder)
    state = state_of(find_archive(archive_folder))
    first = build_index(archive, state, tmp_path, said.append)
    assert said
    said.clear()
    assert build_index(archive, state, tmp_path, said.append) == first
    assert not said
    assert build_index(archive, replace(state, corrections="others"), tmp_path, said.append) != first


def test_an_index_is_begun_once_however_many_ask(archive_folder, tmp_path, monkeypatch):
    from threading import Thread

    from desks import StubPasted
    from melian.desk.desk import Desk
    from melian.settings import Settings

    desk = Desk(archive_folder, tmp_path, StubPasted(Settings()))
    begun = []
    monkeypatch.setattr(desk, "_open", lambda: begun.append(1))
    threads = [Thread(target=desk.begin) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    desk.wait()
    assert begun == [1]


def test_a_page_says_to_wait_while_the_index_is_made(archive_folder, tmp_path, monkeypatch):
    from concurrent.futures import Future

    from melian.desk.desk import Desk

    desk = Desk(archive_folder, tmp_path)
    desk._opened, desk.doing = Future(), "Copying events"
    monkeypatch.setattr(desk.pasted, "begin_loading", lambda: None)
    page = client_of(desk).get("/events")
    assert page.status_code == 503
    assert page.headers["refresh"] == "2"
    assert "Copying events" in page.text


def test_addresses_can_be_kept():
    choice = Choice(q='"two words" & more', source="SDN", between="2020-01..2020-06", page=3)
    kept = address("/events", choice, page=3)
    assert choice_of(dict(parse_qsl(kept.partition("?")[2]))) == choice
    assert address("/events", Choice()) == "/events"
    assert "page" not in address("/events", choice, type="AID")


def test_periods_fit_the_reach():
    from datetime import date

    assert [unit_for(date(2020, 1, 1), date(2020, *end)) for end in ((2, 1), (12, 31))] == ["day", "week"]
    assert unit_for(date(2000, 1, 1), date(2020, 1, 1)) == "month"
    assert unit_for(date(1900, 1, 1), date(2020, 1, 1)) == "year"
    assert unit_for(None, None) == "day"


@pytest.mark.parametrize("query", offered_queries(), ids=lambda query: query.name)
def test_offered_queries_run(client, query):
    page = client.get("/query.json", params={"sql": query.sql}).json()
    assert page["has_run"], page["problem"]


def test_queries_are_saved_and_forgotten(client):
    headers = {"Origin": "http://127.0.0.1"}
    assert client.post("/query/save", data={"name": " a  b ", "sql": "SELECT 1"}, headers=headers).status_code == 303
    assert {"name": "a b", "sql": "SELECT 1"} in client.get("/query.json").json()["saved"]
    assert client.post("/query/save", data={"name": "a b", "forget": "yes"}, headers=headers).status_code == 303
    assert client.get("/query.json").json()["saved"] == []
    assert client.post("/query/save", data={"name": " ", "sql": "SELECT 1"}, headers=headers).status_code == 400
    assert client.post("/query/save", data={"name": "x" * 101, "sql": "SELECT 1"}, headers=headers).status_code == 400


def test_charts_are_data_and_not_program(client, desk):
    for name in ("timeline", "dyad", "map", "query", "event"):
        page = client.get(addresses(desk)[name]).text
        specs = re.findall(r'<script type="application/json">(.*?)</script>', page, re.DOTALL)
        assert specs
        for spec in specs:
            drawn = json.loads(spec)
            assert drawn["datasets"]["rows"]
            assert "http" not in spec


def test_neither_side_of_a_dispute_is_left_out(client, desk):
    view = client.get(twin(addresses(desk)["dispute"], "json")).json()
    assert {side["stance"] for side in view["sides"]} == {"assert", "deny"}
    assert all(holding["words"] for side in view["sides"] for holding in side["holdings"])


def test_a_body_has_its_members_on_the_last_day_of_its_reports(desk, monkeypatch):
    from melian.desk.pages import actors

    known = [actors.Known(kind="organisation", reports=1, last_told=date(2020, 1, 31))]
    ask = Questions.ask
    monkeypatch.setattr(
        Questions,
        "ask",
        lambda self, asked, *more, **how: known if asked == "actor" else ask(self, asked, *more, **how),
    )
    page = actors.show_actor(desk, {"name": "European Union"})
    assert page.view.members_on == date(2020, 1, 31)
    assert "United Kingdom" in {one.name for one in page.view.members}
    assert not actors.show_actor(desk, {"name": "EU"}).view.members


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2018, 12, 3), date(2018, 12, 3), "2018-12-03"),
        (date(2018, 12, 1), date(2018, 12, 31), "2018-12"),
        (date(2018, 11, 1), date(2018, 12, 31), "2018-11 to 2018-12"),
        (date(2019, 1, 1), date(2019, 12, 31), "2019"),
        (date(2000, 1, 1), date(2099, 12, 31), "2000 to 2099"),
        (date(1, 1, 1), date(9999, 12, 31), "0001 to 9999"),
        (date(2019, 2, 4), date(2019, 2, 28), "2019-02-04 to 2019-02-28"),
        (date(2019, 2, 4), None, "since 2019-02-04"),
        (None, date(2019, 2, 4), "until 2019-02-04"),
        (None, None, ""),
    ],
)
def test_whole_months_and_years_are_told_as_such(first, last, words):
    assert describe_stretch(first, last) == words


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("that it fell", "“that it fell”"),
        ("“We won”", "“We won”"),
        ('"We won"', '"We won"'),
        ("“We won,” he said", "“We won,” he said"),
        ("", ""),
    ],
)
def test_words_are_put_in_quotation_marks_once(text, shown):
    assert quote_line(text, 100) == shown
