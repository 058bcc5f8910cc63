"""Reviewing in the desk: several people, blind to each other, whose word overrides the machine's."""

import csv
import io
from concurrent.futures import ThreadPoolExecutor

import pytest

import melian
from desks import ATTACKS, OWN, client_of, draw, form_of, judge_all, reviewer_of, take_up
from melian.archive.review.queue import Review
from page_scan import TAGS, Scan


def first_item(client, **query):
    return client.get("/review/next.json", params=query).json()


def answer(client, item, **how):
    return client.post("/review/answer", data=form_of(item, **how), headers=OWN)


def test_nobody_judges_without_a_name(few):
    client = client_of(few)
    page = client.get("/review/next?kind=event")
    assert "Who are you?" in page.text
    item = first_item(reviewer_of(few, "amina"), kind="event")
    assert answer(client, item).status_code == 400
    assert Review(few.folder).corrections() == ()


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "a\nb", "a\u202eb", "a\x00b"])
def test_a_name_that_is_none_is_refused(few, name):
    answered = client_of(few).post("/review/name", data={"name": name}, headers=OWN)
    assert answered.status_code == 400
    assert "set-cookie" not in answered.headers


def test_a_name_is_kept_where_no_program_and_no_other_site_reads_it(few):
    cookie = client_of(few).post("/review/name", data={"name": "Zoë; Path=/x"}, headers=OWN).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Zo%C3%AB%3B%20Path%3D%2Fx" in cookie
    client = reviewer_of(few, "Zoë; Path=/x")
    assert client.get("/review.json").json()["reviewer"] == "Zoë; Path=/x"


@pytest.mark.parametrize("cookie", ["%00", "%ff%fe", "x" * 200, "a%0d%0ab"])
def test_a_broken_cookie_names_nobody(few, cookie):
    page = client_of(few).get("/review.json", headers={"Cookie": f"melian-reviewer={cookie}"}).json()
    assert page["reviewer"] == ""


def test_no_address_names_a_reviewer(few):
    assert client_of(few).get("/review.json?reviewer=amina&taken=spring").json()["reviewer"] == ""


@pytest.mark.parametrize("kind", ["event", "statement", "dispute"])
def test_the_least_sure_comes_first_and_what_is_judged_comes_no_more(few, kind):
    client = reviewer_of(few, "amina")
    seen = []
    for _ in range(3):
        item = first_item(client, kind=kind)
        seen.append((item["report"], item["record"]))
        assert answer(client, item).headers["location"] == f"/review/next?kind={kind}"
    assert len(set(seen)) == 3
    assert all(one.judgements[0].verdict == "confirm" for one in Review(few.folder).corrections())


def test_every_field_can_be_corrected_in_the_form(few):
    client = reviewer_of(few, "amina")
    item = first_item(client, kind="event")
    wanted = {
        "type": "COERCE", "modes": "", "sources": "Chad [TCD]", "targets": "none", "date": "2020-02",
        "place": "Tine [TCD]", "direction": "turn",
    }  # fmt: skip
    assert answer(client, item, **wanted).status_code == 303
    (kept,) = Review(few.folder).corrections()
    said = {one.field: one for one in kept.judgements}
    assert said["type"].new == "COERCE"
    assert said["sources"].new == "Chad [TCD]"
    assert said["direction"].verdict == "correct"
    assert said["date"].new == "2020-02-01..2020-02-29"
    item = first_item(client, kind="statement")
    assert answer(client, item, speaker="Peru [PER]", content="0-5", act="deny").status_code == 303
    assert {one.field for one in Review(few.folder).corrections()[1].judgements if one.verdict == "correct"} == {
        "speaker", "content", "act",
    }  # fmt: skip


def test_a_wrong_value_keeps_the_form_as_it_was_filled_in(few):
    client = reviewer_of(few, "amina")
    item = first_item(client, kind="event")
    again = client.post(
        "/review/answer", data=form_of(item, date="the day before", type="AID") | {"note": "my <b>note"}, headers=OWN
    )
    assert again.status_code == 400
    assert "the day before" in again.text
    assert "my &lt;b&gt;note" in again.text
    assert '<option value="AID" selected>' in again.text
    assert Review(few.folder).corrections() == ()


def test_what_is_put_off_comes_again_at_the_end(few):
    client = reviewer_of(few, "amina")
    draw(client, size=2)
    take_up(client)
    item = first_item(client, sample="spring")
    second = client.get(item["later"].replace("/next?", "/next.json?")).json()
    assert (second["report"], second["record"]) != (item["report"], item["record"])
    after = answer(client, second).headers["location"]
    assert "after=1" in after
    end = client.get(after.replace("/next?", "/next.json?")).json()
    assert client.get(end["put_off"].replace("/next?", "/next.json?")).json()["place"] == item["place"] == 1


def test_an_answer_is_taken_back_and_given_again(few):
    client = reviewer_of(few, "amina")
    item = first_item(client, kind="event")
    answer(client, item, type="COERCE")
    later = first_item(client, kind="event")
    ident, said, where = later["last"]
    assert "type is COERCE" in said
    undone = client.post("/review/undo", data={"correction": ident, "back": where}, headers=OWN)
    assert undone.headers["location"] == where
    assert first_item(client, kind="event")["record"] == item["record"]
    assert len(Review(few.folder).corrections()) == 2


def test_two_reviewers_at_once_lose_nothing_and_see_nothing_of_each_other(few):
    amina, badru = reviewer_of(few, "amina"), reviewer_of(few, "badru")
    draw(amina, size=12)
    for client in (amina, badru):
        take_up(client)

    def amina_says(number, item):
        return form_of(item, type="COERCE") | {"note": "amina-note"}

    with ThreadPoolExecutor(2) as both:
        counts = list(both.map(judge_all, (amina, badru), (amina_says, lambda number, item: form_of(item))))
    assert counts == [12, 12]
    corrections = Review(few.folder).corrections()
    assert len(corrections) == 24
    assert {one.reviewer for one in corrections} == {"amina", "badru"}
    found = amina.get("/review/sample.json?sample=spring").json()["found"]
    assert found["judged"] == 12
    assert found["reviewers"] == ["amina", "badru"]
    agreed = {one["field"]: one["agreed"] for one in found["agreement"]}
    assert agreed["sources"] == 1
    assert agreed["type"] < 1


def test_nobody_sees_what_others_say_before_the_sample_is_judged(few):
    """Blindness: on no page, in no twin and in no file stands another's answer while a sample is taken up."""
    amina, badru = reviewer_of(few, "amina"), reviewer_of(few, "badru")
    draw(amina)
    take_up(amina)
    judge_all(amina, lambda number, item: form_of(item, type="COERCE") | {"note": "amina-note"})
    take_up(badru)
    items = Review(few.folder).sample("spring").items
    report, record = items[0].anchor.report, items[0].anchor.record
    where = {"report": report, "record": record, "kind": "event", "id": record, "sample": "spring"}
    for path in (
        "/review", "/review/next", "/review/item", "/review/answers", "/review/sample", "/event", "/report", "/why",
        "/events", "/dispute", "/linked", "/actors", "/query", "/", "/reports", "/map", "/timeline", "/disputes",
    ):  # fmt: skip
        for form in ("", ".json", ".csv"):
            asked = ("/index" if path == "/" and form else path) + form
            page = badru.get(asked, params={**where, "sql": "SELECT * FROM corrections"})
            assert "amina" not in page.text, asked
            if path not in ("/review", "/review/next", "/review/item", "/review/answers"):
                assert page.status_code == 403, asked
    for path in ("/review/validation.html", "/review/validation.csv", "/review/verdicts.csv", "/report.html"):
        page = badru.get(path, params={**where, "id": report})
        assert page.status_code == 403
        assert "amina" not in page.text
    own = first_item(badru, sample="spring")
    assert next(field for field in own["fields"] if field["name"] == "type")["value"] != "COERCE"
    other = Review(few.folder).corrections()[0]
    undone = badru.post("/review/undo", data={"correction": other.id}, headers=OWN)
    assert undone.status_code == 400
    judge_all(badru, lambda number, item: form_of(item))
    assert "amina" in badru.get("/review/sample?sample=spring").text


def test_who_leaves_the_review_looks_again(few):
    few.wait()
    client = reviewer_of(few, "amina")
    draw(client)
    take_up(client)
    assert client.get("/events").status_code == 403
    client.post("/review/name", data={"leave": "yes"}, headers=OWN)
    assert client.get("/events").status_code == 200


def test_figures_and_files_are_those_of_the_command(few, tmp_path):
    from typer.testing import CliRunner

    from melian.cli.app import build

    client = reviewer_of(few, "amina")
    draw(client)
    take_up(client)
    judge_all(client, lambda number, item: form_of(item, verdict="reject" if number == 1 else "keep"))
    files = {name: tmp_path / name for name in ("page.html", "figures.csv", "verdicts.csv")}
    done = CliRunner().invoke(
        build("review"),
        ["review", "report", str(few.folder), "--sample", "spring", "--output", str(files["page.html"]), "--csv",
         str(files["figures.csv"]), "--verdicts", str(files["verdicts.csv"])],
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    asked = {
        "page.html": "/review/validation.html",
        "figures.csv": "/review/validation.csv",
        "verdicts.csv": "/review/verdicts.csv",
    }
    for name, path in asked.items():
        found = client.get(path, params={"sample": "spring"})
        assert "attachment" in found.headers["content-disposition"]
        assert found.content == files[name].read_bytes()


def test_a_correction_overrides_the_machine_on_every_page(few, restless):
    client = reviewer_of(few, "amina")
    item = first_item(client, kind="event")
    few.wait()
    before = client.get("/events.json?type=RETREAT").json()["total"]
    answer(client, item, type="RETREAT")
    where = {"report": item["report"], "id": item["record"]}
    event = client.get("/event.json", params=where).json()
    assert "RETREAT" in event["kind"]
    assert event["judged"]["mark"] == "corrected"
    client.get("/events")
    few.wait()
    assert client.get("/events.json?type=RETREAT").json()["total"] == before + 1
    rows = client.get("/query.json", params={"sql": "SELECT corrected FROM events WHERE corrected IS NOT NULL"}).json()
    assert rows["rows"] == [["corrected"]]


def test_lists_that_take_long_to_make_are_made_anew_when_asked(few, monkeypatch):
    monkeypatch.setattr("melian.desk.desk._REST", 10**9)
    client = reviewer_of(few, "amina")
    few.wait()
    answer(client, first_item(client, kind="event"), type="RETREAT")
    stale = client.get("/events?type=RETREAT")
    assert "newer answers of reviewers" in stale.text
    total = client.get("/events.json?type=RETREAT").json()["total"]
    renewed = client.post("/refresh", data={"back": "/events?type=RETREAT"}, headers=OWN)
    assert renewed.headers["location"] == "/events?type=RETREAT"
    few.wait()
    assert client.get("/events.json?type=RETREAT").json()["total"] == total + 1
    assert "newer answers" not in client.get("/events?type=RETREAT").text


def test_a_rejected_event_says_so_and_can_be_brought_back(few):
    few.wait()
    client = reviewer_of(few, "amina")
    item = first_item(client, kind="event")
    answer(client, item, verdict="reject")
    where = {"report": item["report"], "id": item["record"]}
    gone = client.get("/event", params=where)
    assert gone.status_code == 404
    assert "rejected" in gone.text
    ident = client.get("/event.json", params=where).json()["judged"]["answers"][0]["correction"]
    client.post("/review/undo", data={"correction": ident, "back": "/events"}, headers=OWN)
    assert client.get("/event", params=where).status_code == 200


@pytest.mark.parametrize(
    "form",
    [
        {"sample": "../x"}, {"sample": "A B"}, {"size": 0}, {"size": "many"}, {"size": 10**9}, {"seed": "x"},
        {"kind": "actor"}, {"between": "20x"}, {"type": "NONSENSE"}, {"sample": "x" * 200},
    ],
)  # fmt: skip
def test_a_sample_that_cannot_be_drawn_says_why(few, form):
    answered = draw(reviewer_of(few, "amina"), **{"name": form.pop("sample", "spring"), **form})
    assert answered.status_code == 400
    assert 'role="alert"' in answered.text
    assert Review(few.folder).samples() == []


def test_a_sample_is_drawn_once(few):
    client = reviewer_of(few, "amina")
    assert draw(client).status_code == 303
    assert draw(client).status_code == 400
    (line,) = client.get("/review.json").json()["samples"]
    assert (line["items"], line["seed"], line["judged"]) == (4, 7, 0)


@pytest.mark.parametrize(
    "more",
    [
        {"verdict": "maybe"}, {"field-type": "NONSENSE"}, {"field-place": "x" * 6_000}, {"note": "x" * 2_001},
        {"record": "none"}, {"report": "none"}, {"kind": "actor"}, {"sample": "none"}, {"after": "x"},
        {"field-sources": "[KEN]"}, {"field-modes": "telepathy"}, {"field-sources": "x [ZZZ]"},
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_kept_says_why(few, more):
    client = reviewer_of(few, "amina")
    form = form_of(first_item(client, kind="event")) | more
    if "after" in more:
        form["field-type"] = "NONSENSE"
    answered = client.post("/review/answer", data=form, headers=OWN)
    assert answered.status_code == 400, answered.text
    assert 'role="alert"' in answered.text
    assert Review(few.folder).corrections() == ()


def test_an_answer_is_bounded_in_size_and_parts(few):
    client = reviewer_of(few, "amina")
    form = form_of(first_item(client, kind="event"))
    assert client.post("/review/answer", data=form | {"note": "x" * 1_100_000}, headers=OWN).status_code == 413
    many = form | {f"field-{number}": "x" for number in range(100)}
    assert client.post("/review/answer", data=many, headers=OWN).status_code == 400
    assert Review(few.folder).corrections() == ()


def test_hostile_answers_are_shown_as_text(few):
    few.wait()
    client = reviewer_of(few, "<script>alert(1)</script>")
    for words in ATTACKS:
        item = first_item(client, kind="event")
        plain = "".join(char for char in words if char.isprintable() and char not in "[];")[:150] or "x"
        answered = client.post(
            "/review/answer", data=form_of(item, sources=f"{plain} [KEN]", place=plain) | {"note": words}, headers=OWN
        )
        assert answered.status_code == 303, answered.text
        where = {"report": item["report"], "id": item["record"], "kind": "event", "record": item["record"]}
        for path in ("/event", "/review/item", "/review/answers", "/review/next", "/report", "/why"):
            page = client.get(path, params=where | ({"id": item["report"]} if path == "/report" else {}))
            assert page.status_code == 200, (path, words)
            scan = Scan(page.text)
            assert scan.tags <= TAGS, scan.tags - TAGS
            assert not any(name.startswith("on") or name == "style" for name in scan.attributes)
            assert all(where[0] in "/#" and where[:2] != "//" for where in scan.addresses)
    for row in csv.reader(io.StringIO(client.get("/review/answers.csv").text)):
        assert not any(cell.startswith(tuple("=+@\t\r")) for cell in row)


def test_what_the_machine_has_is_not_changed_by_showing_it(hostile_desk):
    """Text that is made visible comes back from the form otherwise than it stands: that is no correction."""
    from melian.desk.pages.review_item import FIELD, changes_in
    from melian.exports.visible import show_controls

    with hostile_desk.reviewing() as review:
        for task in review.tasks("amina"):
            form = {FIELD + field: show_controls(value) for field, value in task.values.items() if field != "direction"}
            assert changes_in(task, form) == {}


def test_places_in_the_passage_are_those_of_the_report(hostile_desk):
    client = client_of(hostile_desk)
    client.cookies.set("melian-reviewer", "amina")
    item = client.get("/review/next.json?kind=statement").json()
    for piece in item["passage"]:
        if piece["at"] is not None:
            assert item["whole"][piece["at"] : piece["at"] + len(piece["words"])] == piece["words"]


def test_corrections_reach_every_opened_archive(few):
    client = reviewer_of(few, "amina")
    item = first_item(client, kind="event")
    answer(client, item, type="RETREAT")
    rows = melian.Archive(few.folder).events(type="RETREAT").to_pylist()
    assert (item["report"], item["record"]) in {(row["report"], row["event"]) for row in rows}
