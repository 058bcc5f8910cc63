"""The same happening in several reports: side by side, with who says so, and with links by hand."""

import pytest

from desks import OWN, client_of, desk_over, reviewer_of
from melian.archive import Writer
from melian.archive.layout import find_archive
from melian.archive.linking.decisions import decisions_of
from synthetic_archive import store
from told_reports import tell

WORDS = "Kenyan jets shelled the port of Kismayo on Tuesday"


@pytest.fixture
def told(tmp_path):
    """A desk over four reports, three of them of one shelling."""
    store(tmp_path / "news", [iter([
        tell("asserts", f"{WORDS}, residents said.", day="2026-05-05", holder=("residents", "SOM"), dead=(3, 3)),
        tell("later", f"{WORDS}, killing five.", day="2026-05-05", outlet="Sahel Press", published="2026-05-08",
             dead=(5, 5)),
        tell("denies", "Kenya denied that its jets shelled the port of Kismayo on Tuesday.", day="2026-05-05",
             outlet="Northern Post", published="2026-05-07", holder=("Kenya", "KEN"), polarity="negative"),
        tell("other", "A convoy was shelled far away in the hills near Baardheere.", day="2026-05-05",
             outlet="Delta Agency"),
    ])])  # fmt: skip
    return desk_over(tmp_path / "news", tmp_path / "cache")


def event(client, report="asserts"):
    return client.get("/event.json", params={"report": report, "id": "e1"}).json()


def post(desk, client, path, **form):
    answered = client.post(path, data={"back": "/event?report=asserts&id=e1", **form}, headers=OWN)
    desk.wait()
    return answered


def test_an_archive_that_is_not_linked_says_so_and_is_linked_from_the_page(told):
    client = client_of(told)
    page = client.get("/event?report=asserts&id=e1")
    assert "are not linked" in page.text
    for path in ("/linked", "/disputes?across=yes"):
        assert "are not linked" in client.get(path).text
    assert post(told, client, "/links/make").status_code == 303
    assert event(client)["linked"]["event"]["reports"] == 3


def test_a_happening_stands_in_all_reports_side_by_side(told):
    client = client_of(told)
    post(told, client, "/links/make")
    linked = event(client)["linked"]
    assert {one["line"]["report"] for one in linked["told"]} == {"asserts", "later", "denies"}
    assert all(one["link"]["reason"] and one["link"]["score"] for one in linked["told"])
    assert [one["who"] for one in linked["denying"]] == ["Kenya (KEN)"]
    assert {one["who"] for one in linked["asserting"]} == {"residents (SOM)", "Sahel Press"}
    assert [(one["published"], one["figure"]) for one in linked["figures"]] == [
        ("2026-05-06", "3"),
        ("2026-05-08", "5"),
    ]
    assert (linked["event"]["first_outlet"], linked["event"]["standing"]) == ("Coast Wire", "disputed")
    assert 'data-chart="figures"' in client.get("/event?report=asserts&id=e1").text


def test_a_dispute_between_reports_has_both_sides_with_words_and_outlets(told):
    client = client_of(told)
    post(told, client, "/links/make")
    (line,) = [
        one for one in client.get("/disputes.json?across=yes").json()["disputes"] if one["kind"] == "contradiction"
    ]
    where = {name: line[name] for name in ("report", "event", "kind")}
    view = client.get("/dispute.json", params=where).json()
    (_, asserting), (_, denying) = view["sides"]
    assert {one["who"] for one in asserting} == {"residents (SOM)", "Sahel Press"}
    assert [one["told"][0]["outlet"] for one in denying] == ["Northern Post"]
    assert all(one["words"] for one in (*asserting, *denying))
    assert view["dispute"]["first_told"] == "2026-05-06"
    assert client.get("/dispute", params=where).status_code == 200


def test_each_happening_is_listed_once(told):
    client = client_of(told)
    post(told, client, "/links/make")
    page = client.get("/linked.json").json()
    assert page["total"] == 2
    assert client.get("/linked.json?voices=2").json()["total"] == 1
    assert client.get("/linked.json?source=KEN&type=ASSAULT&between=2026-05").json()["total"] == 2
    assert client.get("/linked.json?source=PER").json()["total"] == 0
    assert "No happening fits" in client.get("/linked?source=PER").text


def test_links_are_made_parted_and_taken_back_by_hand(told):
    client = reviewer_of(told, "Ada")
    post(told, client, "/links/make")
    here = {"left": "asserts#e1", "right": "other#e1", "why": "the same <b>morning"}
    assert post(told, client, "/links/decide", verdict="one", **here).status_code == 303
    linked = event(client)["linked"]
    assert "other" in {one["line"]["report"] for one in linked["told"]}
    (decided,) = event(client)["decisions"]
    assert (decided["by"], decided["verdict"]) == ("Ada", "one")
    assert "the same &lt;b&gt;morning" in client.get("/event?report=asserts&id=e1").text
    post(told, client, "/links/decide", undo=decided["id"])
    assert "other" not in {one["line"]["report"] for one in event(client)["linked"]["told"]}
    address = "http://127.0.0.1/event?report=denies&id=e1"
    post(told, client, "/links/decide", verdict="two", left="asserts#e1", right=address)
    assert "denies" not in {one["line"]["report"] for one in event(client)["linked"]["told"]}


@pytest.mark.parametrize(
    "form",
    [
        {"verdict": "one", "left": "asserts#e1", "right": "nowhere#e1"}, {"verdict": "one", "left": "asserts#e1"},
        {"verdict": "three", "left": "asserts#e1", "right": "other#e1"}, {"undo": "j123"},
        {"verdict": "one", "left": "asserts#e1", "right": "asserts#e1"},
        {"verdict": "one", "left": "asserts#e1", "right": "other#e1", "why": "x" * 2_001},
        {"verdict": "one", "left": "' OR 1=1 --", "right": "other#e1"},
    ],
)  # fmt: skip
def test_a_decision_that_cannot_be_kept_says_why(told, form):
    client = reviewer_of(told, "Ada")
    answered = client.post("/links/decide", data=form, headers=OWN)
    assert answered.status_code == 400, answered.text
    assert 'role="alert"' in answered.text
    assert decisions_of(find_archive(told.folder)) == ()


def test_nobody_decides_without_a_name(told):
    form = {"verdict": "one", "left": "asserts#e1", "right": "other#e1"}
    assert client_of(told).post("/links/decide", data=form, headers=OWN).status_code == 400
    assert decisions_of(find_archive(told.folder)) == ()


def test_another_writer_is_waited_for_by_the_person_and_not_by_the_desk(told):
    client = reviewer_of(told, "Ada")
    with Writer(told.folder):
        # A decision is kept beside what is written: it waits for nobody.
        here = {"left": "asserts#e1", "right": "other#e1"}
        assert post(told, client, "/links/decide", verdict="one", **here).status_code == 303
        (decided,) = decisions_of(find_archive(told.folder))
        assert post(told, client, "/links/decide", undo=decided.id).status_code == 303
        assert post(told, client, "/links/make").status_code == 303
        assert "The last attempt failed" in client.get("/event?report=asserts&id=e1").text
    assert post(told, client, "/links/make").status_code == 303
    assert event(client)["linked"]["event"]["reports"] == 3


def test_reports_that_come_later_are_taken_in(told, tmp_path, restless):
    client = client_of(told)
    post(told, client, "/links/make")
    store_more = tell("fifth", f"{WORDS}, officials said.", day="2026-05-05", outlet="Radio Meridian")
    store(tmp_path / "news", [iter([store_more])])
    client.get("/events")
    told.wait()
    assert client.get("/events.json").json()["total"] == 5
    assert "not linked yet" in client.get("/event?report=fifth&id=e1").text
    post(told, client, "/links/make")
    assert event(client, "fifth")["linked"]["event"]["reports"] == 4
