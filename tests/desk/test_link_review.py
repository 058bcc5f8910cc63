"""Links judged one after another: by keys, by several people, blind to each other, and measured."""

import csv
import io
from urllib.parse import quote, urlencode

import pytest

from desks import ATTACKS, OWN, client_of, desk_over, reviewer_of
from melian.archive import Archive
from melian.archive.layout import find_archive
from melian.archive.linking.decisions import decisions_of
from melian.archive.linking.generations import newest_generation
from page_scan import TAGS, Scan
from synthetic_archive import store
from told_reports import tell

TOWNS = {"Kismayo": "port", "Baardheere": "market", "Garissa": "bridge"}


@pytest.fixture
def told(tmp_path):
    """A desk over six reports, each two of them of one shelling, linked."""
    readings = [
        tell(f"{town}-{outlet}", f"Kenyan jets shelled the {what} of {town} on Tuesday{more}.", day=f"2026-0{month}-05",
             published=f"2026-0{month}-06", outlet=outlet)
        for month, (town, what) in enumerate(TOWNS.items(), 3)
        for outlet, more in (("Coast Wire", ", residents said"), ("Sahel Press", ", killing five"))
    ]  # fmt: skip
    store(tmp_path / "news", [iter(readings)])
    desk = desk_over(tmp_path / "news", tmp_path / "cache")
    client_of(desk).post("/links/make", data={"back": "/"}, headers=OWN)
    desk.wait()
    return desk


def next_link(client, **query):
    return client.get("/review/link.json", params=query).json()


def take_up(client, seed=7):
    assert client.post("/review/take", data={"seed": seed}, headers=OWN).status_code == 303


def judge(client, view, verdict, **more):
    form = {"verdict": verdict, "seed": view["seed"], "after": view["after"], **more}
    form |= {name: view["asked"]["pair"][name] for name in ("report", "event", "with_report", "with_event")}
    return client.post("/review/link", data=form, headers=OWN)


def test_nobody_judges_without_a_name(told):
    client = client_of(told)
    assert "Who are you?" in client.get("/review/link").text
    form = {"verdict": "one", "report": "a", "event": "b", "with_report": "c", "with_event": "d"}
    assert client.post("/review/link", data=form, headers=OWN).status_code == 400
    assert decisions_of(find_archive(told.folder)) == ()


def test_every_link_is_asked_once_the_least_sure_first(told):
    client = reviewer_of(told, "Ada")
    scores = []
    while (view := next_link(client))["asked"]:
        assert len({line["report"].split("-")[0] for line in view["asked"]["tellings"]}) == 1
        scores.append(view["asked"]["pair"]["score"])
        page = client.get("/review/link").text
        assert all(line["words"] in page for line in view["asked"]["tellings"])
        assert judge(client, view, "one", why="the same day").status_code == 303
    assert len(scores) == 3
    assert scores == sorted(scores)
    assert "No link is left" in client.get("/review/link").text
    assert {(one.by, one.verdict, one.why) for one in decisions_of(find_archive(told.folder))} == {
        ("Ada", "one", "the same day")
    }


def test_what_is_put_off_comes_again_and_the_last_answer_is_taken_back(told):
    client = reviewer_of(told, "Ada")
    first = next_link(client)
    assert first["later"].endswith("after=1")
    second = next_link(client, after=1)
    assert second["asked"]["pair"] != first["asked"]["pair"]
    assert next_link(client, after=3)["put_off"] == "/review/link"
    judge(client, first, "two")
    last = next_link(client)["last"]
    assert last[1] == "two events"
    client.post("/review/link", data={"undo": last[0], "seed": 0}, headers=OWN)
    assert next_link(client)["asked"]["pair"] == first["asked"]["pair"]
    assert next_link(client)["last"] is None


def test_two_reviewers_are_asked_the_same_in_a_random_order_though_the_link_is_gone(told):
    ada, bo = reviewer_of(told, "Ada"), reviewer_of(told, "Bo")
    for client in (ada, bo):
        assert next_link(client, seed=7)["links"] == 3
        assert "Take them up" in client.get("/review/link?seed=7").text
        take_up(client)
    asked = []
    while (view := next_link(ada, seed=7))["asked"]:
        asked.append(view["asked"]["pair"]["report"])
        judge(ada, view, "two" if not asked[1:] else "one")
    assert len(asked) == 3
    client_of(told).post("/links/make", data={"back": "/"}, headers=OWN)
    told.wait()
    assert len(told.questions().index.ask("FROM link_pairs")) == 2
    page = bo.get("/review/link?seed=7").text
    assert "Ada" not in page
    assert "The machine says" not in page  # nothing tells a link that is there from one that is not
    again = []
    while (view := next_link(bo, seed=7))["asked"]:
        again.append(view["asked"]["pair"]["report"])
        judge(bo, view, "one")
    assert again == asked
    cleo = reviewer_of(told, "Cleo")
    take_up(cleo)
    assert next_link(cleo, seed=7)["asked"]["pair"]["all"] == 3
    found = bo.get("/review/sample.json?seed=7").json()["found"]
    assert (found["kind"], found["judged"], found["reviewers"]) == ("link", 3, ["Ada", "Bo"])
    (share,) = found["accuracy"]
    assert share["share"] == pytest.approx(2.5 / 3)
    assert share["low"] < share["share"] < share["high"]
    (agreement,) = found["agreement"]
    assert (agreement["units"], agreement["reviewers"]) == (3, 2)
    assert agreement["alpha"] == pytest.approx(0.0, abs=0.2)
    for path in ("/review/validation.html", "/review/validation.csv", "/review/verdicts.csv"):
        kept = bo.get(path, params={"seed": 7})
        assert kept.status_code == 200
    assert kept.text.count("\n") == 7
    assert "seed 7: 3 judged" in bo.get("/review").text


def test_who_judges_in_a_random_order_sees_nothing_that_others_say_of_links(told):
    ada, bo = reviewer_of(told, "Ada"), reviewer_of(told, "Bo")
    take_up(ada)
    take_up(bo)
    view = next_link(ada, seed=7)
    judge(ada, view, "two", why="another morning")
    event = "/event?" + urlencode({"report": view["asked"]["pair"]["report"], "id": view["asked"]["pair"]["event"]})
    for page in (
        "/linked",
        event,
        event.replace("?", ".json?"),
        "/review/sample?seed=7",
        "/review/verdicts.csv?seed=7",
    ):
        answered = bo.get(page)
        assert answered.status_code == 403
        assert "Ada" not in answered.text
        assert "another morning" not in answered.text
    assert "Go on with the links" in bo.get(event).text
    assert bo.get("/review/link?seed=7").status_code == 200
    # Who does not judge in that order sees the pages, and what was said of a link only after answering it.
    bo.post("/review/name", data={"leave": "yes"}, headers=OWN)
    bo.post("/review/name", data={"name": "Bo"}, headers=OWN)
    assert "another morning" not in bo.get(event).text
    judge(bo, {**view, "seed": 0}, "one")
    assert "another morning" in bo.get(event).text
    assert "another morning" in client_of(told).get(event).text


@pytest.mark.parametrize("seed", ["", "-1", "x", "9" * 30, "0", "7\x00"])
def test_a_cookie_that_names_no_order_closes_nothing(told, seed):
    client = client_of(told)
    client.cookies.update({"melian-reviewer": "Ada", "melian-sample": quote(f"links#{seed}")})
    assert client.get("/linked").status_code == 200


def test_an_answer_counts_in_the_archive_and_in_the_lists(told, restless):
    client = reviewer_of(told, "Ada")
    generation = newest_generation(find_archive(told.folder))
    view = next_link(client)
    judge(client, view, "two")
    assert Archive(told.folder).sql("SELECT DISTINCT linked FROM links").num_rows == 4
    client.get("/linked")
    told.wait()
    assert client.get("/linked.json").json()["total"] == 4
    client.post("/review/link", data={"undo": next_link(client)["last"][0], "seed": 0}, headers=OWN)
    client.get("/linked")
    told.wait()
    assert client.get("/linked.json").json()["total"] == 3
    assert newest_generation(find_archive(told.folder)) == generation  # nothing was linked again


def test_a_link_that_is_none_is_refused(told):
    client = reviewer_of(told, "Ada")
    view = next_link(client)
    for more in ({"report": "nothing"}, {"with_report": view["asked"]["pair"]["report"]}, {"verdict": "three"}):
        form = {name: view["asked"]["pair"][name] for name in ("report", "event", "with_report", "with_event")}
        answered = client.post("/review/link", data={**form, "verdict": "one", **more}, headers=OWN)
        assert answered.status_code == 400
    assert decisions_of(find_archive(told.folder)) == ()


def test_hostile_tellings_are_shown_as_text(tmp_path):
    store(tmp_path / "news", [iter([
        tell(f"{words}{number}", f"Kenyan jets shelled {words} of Kismayo.", day="2026-05-05", outlet=words)
        for words in ATTACKS for number in (1, 2)
    ])])  # fmt: skip
    desk = desk_over(tmp_path / "news", tmp_path / "cache")
    client = reviewer_of(desk, ATTACKS[0])
    client.post("/links/make", data={"back": "/"}, headers=OWN)
    desk.wait()
    asked = 0
    take_up(client, 5)
    while (view := next_link(client, seed=5))["asked"]:
        assert_is_text(client.get("/review/link?seed=5").text)
        assert_is_text(client.get("/review/link").text)
        assert judge(client, view, "two", why=ATTACKS[asked % len(ATTACKS)]).status_code == 303
        asked += 1
    assert asked
    for path in ("/review/sample?seed=5", "/review/validation.html?seed=5", "/review"):
        assert_is_text(client.get(path).text, is_whole=not path.startswith("/review/validation"))
    for row in csv.reader(io.StringIO(client.get("/review/verdicts.csv?seed=5").text)):
        assert not any(cell.startswith(tuple("=+@\t\r-")) for cell in row)
    for twin in ("json", "csv"):
        assert client.get(f"/review/link.{twin}").status_code == 200


def assert_is_text(page, *, is_whole=True):
    scan = Scan(page)
    assert scan.tags <= (TAGS if is_whole else TAGS | {"style"})
    assert not any(name.startswith("on") or name == "srcdoc" for name in scan.attributes)
    if is_whole:
        assert all(where[0] in "/#" and where[:2] != "//" for where in scan.addresses)
