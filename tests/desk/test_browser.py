"""Every page in a real browser, over 2,000 reports: no error, no request elsewhere, no fault of accessibility.

Run these alone with `pytest -m browser`, and leave them out with `-m "not browser"`. Screenshots are kept in the
folder that MELIAN_SCREENSHOTS names, or else in pytest's own.
"""

from __future__ import annotations

import os
import shutil
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest

from desks import ATTACKS, StubPasted, addresses, hostile_reading
from invented import invent_reading
from melian.archive import Archive, Writer
from melian.archive.layout import find_archive
from melian.archive.linking.decisions import decisions_of
from melian.archive.linking.link import link
from melian.archive.review.queue import Review
from melian.desk.app import make_app
from melian.desk.desk import Desk
from melian.desk.serving import Place, open_port
from melian.exports.brief import gather
from melian.exports.brief_page import render_brief_page
from melian.exports.page import render_page
from melian.settings import Settings
from synthetic_archive import make_archive, store

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason="there is no Chromium on this machine: install it, or run -m 'not browser'"
    ),
]
playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: pip install melian[dev]")
PATIENCE = 120_000
"""Milliseconds after which a page is taken to hang, whatever else the machine does."""
WIDTHS = {"light": (1280, 900), "dark": (1280, 900), "phone": (390, 844)}
PAGES = (
    "home", "events", "search", "event", "report", "why", "disputes", "dispute", "dyads", "dyad", "actors", "actor",
    "map", "borders", "timeline", "reports", "query", "linked", "across list", "across",
)  # fmt: skip


def served(folder, cache):
    """Serve a desk on a port of this machine until the tests end."""
    import uvicorn

    opened = open_port(Place(port=0))
    desk = Desk(folder, cache, StubPasted(Settings()))
    config = uvicorn.Config(make_app(desk, opened.rules), log_level="warning", access_log=False, server_header=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [opened.listener]}, daemon=True)
    thread.start()
    desk.wait()
    yield desk, opened.address.rstrip("/")
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    folder = make_archive(tmp_path_factory.mktemp("large") / "news", 2_000, filler=2)
    with Writer(folder) as writer:
        link(writer)
    yield from served(folder, tmp_path_factory.mktemp("large-cache"))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile") / "news"
    store(folder, [iter([hostile_reading(words, f"{number} {words}") for number, words in enumerate(ATTACKS)])])
    with Writer(folder) as writer:
        link(writer)
    yield from served(folder, tmp_path_factory.mktemp("hostile-cache"))


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def pictures(tmp_path_factory):
    folder = Path(os.environ.get("MELIAN_SCREENSHOTS") or tmp_path_factory.mktemp("screenshots"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


class Watched:
    """A page of the browser, and everything that goes wrong on it."""

    def __init__(self, browser, address, look="light"):
        width, height = WIDTHS[look]
        self.context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme="dark" if look == "dark" else "light"
        )
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.new_page()
        self.wrong: list[str] = []
        self.page.on(
            "console", lambda said: self.wrong.append(said.text) if said.type in ("error", "warning") else None
        )
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.wrong.append("a dialog opened"), dialog.dismiss()))
        self.page.on("request", lambda asked: self._look_at(asked.url, address))
        self.address = address

    def _look_at(self, url, address):
        if not url.startswith(address + "/"):
            self.wrong.append(f"asked for {url}")

    def open(self, where):
        self.page.goto(self.address + where)
        self.page.wait_for_selector(".chart:not([data-drawn])", state="detached", timeout=PATIENCE)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.context.close()


@pytest.mark.parametrize("look", WIDTHS)
def test_every_page_is_drawn_without_an_error(browser, large, pictures, look):
    desk, address = large
    where = addresses(desk)
    with Watched(browser, address, look) as watched:
        for name in PAGES:
            watched.open(where[name])
            assert watched.wrong == [], name
            over = watched.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert over <= 0, f"{name} is {over} pixels too wide"
            watched.page.screenshot(path=pictures / f"{name}-{look}.png")


@pytest.mark.parametrize("look", ["light", "dark"])
def test_no_page_has_a_serious_fault_of_accessibility(browser, large, look):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed: melian[dev]")
    desk, address = large
    where = addresses(desk)
    faults = []
    with Watched(browser, address, look) as watched:
        begin(watched, f"amina {look}")  # who is known sees the forms as well
        more = {
            "empty": "/events?q=zzzzunknown", "problem": "/events?page=x", "link": "/review/link",
            "links in random order": "/review/link?seed=3",
        }  # fmt: skip
        for name in (*PAGES, *more):
            watched.open(where.get(name) or more[name])
            for fault in axe.Axe().run(watched.page).response["violations"]:
                if fault["impact"] in ("serious", "critical"):
                    nodes = [node["html"][:200] for node in fault["nodes"][:3]]
                    faults.append((name, fault["id"], nodes, fault["nodes"][0].get("failureSummary")))
    assert faults == []


def test_no_file_has_a_serious_fault_of_accessibility(browser, hostile, tmp_path):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed: melian[dev]")
    desk, _ = hostile
    archive = Archive(desk.folder)
    readings = [hostile_reading(words, words) for words in ATTACKS[:2]]
    pages = {"read": render_page([invent_reading(), *readings]), "brief": render_brief_page(gather(archive, {}))}
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    for name, page in pages.items():
        path = tmp_path / f"{name}.html"
        path.write_text(page, encoding="utf-8", errors="replace")
        opened = context.new_page()
        wrong: list[str] = []
        opened.on("console", lambda said, wrong=wrong: wrong.append(said.text))
        opened.on("dialog", lambda dialog, wrong=wrong: (wrong.append("a dialog opened"), dialog.dismiss()))
        opened.goto(path.as_uri())
        found = axe.Axe().run(opened).response["violations"]
        assert [(name, fault["id"]) for fault in found if fault["impact"] in ("serious", "critical")] == []
        assert wrong == []
    context.close()


@pytest.fixture
def reviewed(tmp_path):
    """A desk over a small archive, with a random sample of events and one of statements."""
    folder = make_archive(tmp_path / "news", 12)
    for kind in ("event", "statement"):
        Review(folder).draw(f"{kind}s", 4, kind=kind, seed=7)
    yield from served(folder, tmp_path / "cache")


def begin(watched, name, sample=None):
    """Say who one is, and take up a sample."""
    watched.open("/review")
    watched.page.fill("#name", name)
    watched.page.click("button:has-text('Begin')")
    watched.page.wait_for_selector(f"text=You are {name}")
    if sample:
        watched.open(f"/review/next?sample={sample}")
        watched.page.click("button:has-text('Take it up')")
        watched.page.wait_for_selector("#judge")
        watched.page.wait_for_load_state()  # Keys are heard once the page's script has run.


def press(watched, key):
    """Press the key that ends a record, and wait for the next."""
    with watched.page.expect_navigation():
        watched.page.keyboard.press(key)


def test_two_reviewers_judge_at_once_by_keys_and_see_nothing_of_each_other(browser, reviewed, pictures):
    desk, address = reviewed
    with Watched(browser, address) as amina, Watched(browser, address, "dark") as badru:
        begin(amina, "amina", "events")
        begin(badru, "badru", "events")
        for number in range(4):
            for one in (amina, badru):
                assert f"{number + 1} of 4" in one.page.inner_text(".crumbs")
                assert "amina-note" not in badru.page.content()
            if number == 1:
                amina.page.keyboard.press("t")
                assert amina.page.evaluate("document.activeElement.id") == "field-type"
                amina.page.select_option("#field-type", "RETREAT")
                amina.page.keyboard.press("Escape")
                amina.page.keyboard.press("x")
                assert amina.page.inner_text("#keep").endswith("Keep what I changed")
                amina.page.fill("#note", "amina-note")
                amina.page.keyboard.press("Escape")
                amina.page.screenshot(path=pictures / "review-changed-light.png", full_page=True)
            press(amina, "n" if number == 2 else "y")
            press(badru, "y")
        for one in (amina, badru):
            assert "You have judged all of this sample" in one.page.inner_text("main")
            assert one.wrong == []
        amina.open("/review/sample?sample=events")
        assert "amina, badru" in amina.page.inner_text(".lead")
        amina.page.screenshot(path=pictures / "sample-light.png", full_page=True)
        assert amina.wrong == []
    corrections = Review(desk.folder).corrections()
    assert sorted(one.reviewer for one in corrections) == ["amina"] * 4 + ["badru"] * 4
    changed = [one for one in corrections if one.note == "amina-note"]
    assert {j.field for one in changed for j in one.judgements if j.verdict == "correct"} == {"type", "direction"}


def test_an_answer_is_put_off_taken_back_and_words_are_taken_by_selection(browser, reviewed):
    desk, address = reviewed
    with Watched(browser, address) as watched:
        begin(watched, "amina", "statements")
        first = watched.page.inner_text(".passage")
        press(watched, "k")
        assert watched.page.inner_text(".passage") != first
        at = watched.page.evaluate(
            """() => {
              const piece = document.querySelectorAll("#passage [data-at]")[0].firstChild;
              document.getSelection().setBaseAndExtent(piece, 2, piece, 9);
              return Number(piece.parentElement.dataset.at);
            }"""
        )
        watched.page.keyboard.press("c")
        assert watched.page.input_value("#field-content") == f"{at + 2}-{at + 9}"
        press(watched, "Enter")
        assert f"content is {at + 2}-{at + 9}" in watched.page.inner_text(".last")
        press(watched, "u")
        assert watched.page.locator("#judge").count() == 1
        assert watched.wrong == []
    first, second = Review(desk.folder).corrections()
    assert second.undoes == first.id


def test_reviewing_works_without_programs(browser, reviewed):
    desk, address = reviewed
    context = browser.new_context(java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"{address}/review")
    page.fill("#name", "amina")
    page.click("button:has-text('Begin')")
    page.click("text=Statements")
    page.fill("#field-speaker", "Peru [PER]")
    page.click("#keep")
    page.click("#reject")
    page.click("button:has-text('Take it back')")
    context.close()
    said = [[one.verdict for one in each.judgements] for each in Review(desk.folder).corrections()]
    assert "correct" in said[0]
    assert said[1:] == [["reject"], []]


REVIEW_PAGES = (
    "/review", "/review/next?kind=event", "/review/next?kind=statement", "/review/next?kind=dispute", "/review/answers",
    "/review/next?sample=events", "/review/sample?sample=events",
)  # fmt: skip


@pytest.mark.parametrize("look", WIDTHS)
def test_the_pages_of_reviewers_are_drawn_and_can_be_used_by_everybody(browser, reviewed, pictures, look):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed: melian[dev]")
    _, address = reviewed
    faults = []

    def look_at(where):
        watched.open(where)
        name = where.strip("/").replace("/", "-").replace("?", "-").replace("=", "-")
        watched.page.screenshot(path=pictures / f"{name}-{look}.png", full_page=True)
        over = watched.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert over <= 0, f"{where} is {over} pixels too wide"
        found = axe.Axe().run(watched.page).response["violations"]
        for fault in (one for one in found if one["impact"] in ("serious", "critical")):
            faults.append((where, fault["id"], [node["html"][:200] for node in fault["nodes"][:3]]))

    with Watched(browser, address, look) as watched:
        look_at("/review")
        begin(watched, "amina")
        watched.open("/review/next?kind=event")
        press(watched, "y")
        for where in REVIEW_PAGES:
            look_at(where)
        begun = watched.page.request.post(
            f"{address}/review/take", form={"sample": "events"}, headers={"Origin": address}, max_redirects=0
        )
        assert begun.status == 303
        look_at("/review/next?sample=events")
        assert watched.wrong == []
        watched.page.goto(f"{address}/events")
        assert "First the sample" in watched.page.content()
    assert faults == []


def test_links_are_judged_on_the_page_of_an_event(browser, tmp_path):
    from told_reports import tell

    words = "Kenyan jets shelled the port of Kismayo on Tuesday"
    store(tmp_path / "news", [iter([
        tell("one", f"{words}, residents said.", day="2026-05-05"),
        tell("two", f"{words}, killing five.", day="2026-05-05", outlet="Sahel Press", dead=(5, 5)),
    ])])  # fmt: skip
    with (
        contextmanager(served)(tmp_path / "news", tmp_path / "cache") as (desk, address),
        Watched(browser, address) as w,
    ):
        begin(w, "Ada")
        w.open("/event?report=one&id=e1")
        w.page.click("button:has-text('Link the reports')")
        desk.wait()
        w.open("/event?report=one&id=e1")
        assert w.page.locator(".telling-card").count() == 2
        w.page.click("button:has-text('Not the same event')")
        desk.wait()
        w.open("/event?report=one&id=e1")
        assert w.page.locator(".telling-card").count() == 0
        assert "are two, says Ada" in w.page.inner_text("#linked")
        w.page.click("#linked button:has-text('Take back')")
        desk.wait()
        w.open("/event?report=one&id=e1")
        assert w.page.locator(".telling-card").count() == 2
        assert w.wrong == []


@pytest.mark.parametrize("look", ["light", "phone"])
def test_links_are_judged_by_keys(browser, large, pictures, look):
    desk, address = large
    asked = []
    with Watched(browser, address, look) as watched:
        begin(watched, f"amina {look}")
        watched.page.click("text=whether two tellings are of one event")
        watched.page.wait_for_selector(".telling-card")
        watched.page.screenshot(path=pictures / f"review-link-{look}.png", full_page=True)
        over = watched.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert over <= 0, f"{over} pixels too wide"
        for key in "ynky":
            asked.append(watched.page.inner_text(".tellings"))
            press(watched, key)
        press(watched, "u")
        assert watched.page.inner_text(".tellings") == asked[3]
        assert watched.wrong == []
    assert len(set(asked)) == 4
    own = [one for one in decisions_of(find_archive(desk.folder)) if one.by == f"amina {look}"]
    assert [one.verdict for one in own] == ["one", "two"]


def test_words_and_records_light_each_other(browser, large):
    desk, address = large
    with Watched(browser, address) as watched:
        watched.open(addresses(desk)["report"])
        watched.page.hover(".record >> nth=0")
        assert watched.page.locator(".text .lit").count() >= 1
        watched.page.hover(".text a.event >> nth=1")
        assert watched.page.locator(".record.lit").count() >= 1
        watched.page.click("a.why >> nth=0")
        watched.page.wait_for_selector(".why-panel")
        assert "Why it is there" in watched.page.inner_text(".why-panel")
        assert watched.wrong == []


def test_a_search_changes_the_list_in_place_and_the_address(browser, large):
    _, address = large
    with Watched(browser, address) as watched:
        watched.open("/events")
        watched.page.fill("#q", "shelled")
        watched.page.wait_for_url("**/events?q=shelled**")
        watched.page.wait_for_selector("text=/of food/", state="detached")
        watched.page.click(".facet a >> nth=0")
        watched.page.wait_for_url("**standing=**")
        assert "q=shelled" in watched.page.url
        watched.page.go_back()
        assert watched.wrong == []


def test_a_point_tells_the_events_behind_it(browser, large):
    _, address = large
    with Watched(browser, address) as watched:
        watched.open("/timeline")
        bar = watched.page.locator(".drawing .mark-rect path").nth(40)
        bar.hover()
        watched.page.wait_for_selector(".behind li a")
        assert watched.page.locator(".tip").is_visible()
        assert "event" in watched.page.inner_text(".behind")
        bar.click()
        watched.page.wait_for_url("**/events?**between=**")
        assert watched.wrong == []


def test_a_point_of_a_dyad_tells_the_events_behind_it(browser, large):
    desk, address = large
    with Watched(browser, address) as watched:
        watched.open(addresses(desk)["dyad"])
        for number in (1, 2):
            drawn = watched.page.locator(f"[data-chart=dyad-{number}]")
            bars = drawn.locator(".drawing .mark-rect path").all()
            next(bar for bar in bars if (bar.bounding_box() or {"height": 0})["height"] > 3).hover()
            drawn.locator(".behind li a").first.wait_for()
        assert watched.wrong == []


def test_the_keyboard_is_enough(browser, large):
    _, address = large
    with Watched(browser, address) as watched:
        watched.open("/events")
        watched.page.keyboard.press("Tab")
        assert watched.page.evaluate("document.activeElement.className") == "skip"
        watched.page.keyboard.press("Enter")
        assert watched.page.evaluate("document.activeElement.id") == "main"
        watched.page.keyboard.press("/")
        assert watched.page.evaluate("document.activeElement.id") == "q"
        watched.page.keyboard.type("food")
        watched.page.keyboard.press("Enter")
        watched.page.wait_for_url("**q=food**")
        watched.open("/query")
        watched.page.focus("#sql")
        watched.page.keyboard.type("SELECT 42 AS answer")
        watched.page.keyboard.press("Control+Enter")
        watched.page.wait_for_selector("td:has-text('42')")
        assert watched.wrong == []


def test_a_report_is_pasted_and_dropped(browser, large):
    _, address = large
    words = "Kenya accused Somalia of shelling a border post, the foreign ministry said in Nairobi."
    with Watched(browser, address) as watched:
        watched.open("/")
        watched.page.fill("#text", words)
        watched.page.click("button:has-text('Read it')")
        watched.page.wait_for_selector(".records .record")
        watched.open("/")
        watched.page.set_input_files("#file", {"name": "a.txt", "mimeType": "text/plain", "buffer": words.encode() * 2})
        watched.page.click("button:has-text('Read it')")
        watched.page.wait_for_selector(".records .record")
        assert watched.wrong == []


def test_hostile_articles_run_nothing(browser, hostile):
    desk, address = hostile
    where = addresses(desk)
    reports = desk.questions().index.ask("SELECT report FROM reports ORDER BY report")
    with Watched(browser, address) as watched:
        for name in PAGES:
            if name != "search":
                watched.open(where[name])
        for row in reports:
            watched.open("/report?" + urlencode({"id": row["report"]}))
            watched.page.hover(".record >> nth=0")
        begin(watched, "<img src=x onerror=alert(1)>")
        for kind in ("event", "statement", "dispute"):
            for place in range(len(ATTACKS)):
                watched.open(f"/review/next?kind={kind}&after={place}")
        watched.open("/map")
        watched.page.locator(".drawing .mark-symbol path").last.hover()
        time.sleep(0.3)
        assert watched.wrong == []


def test_a_page_prints(browser, large, pictures):
    desk, address = large
    with Watched(browser, address) as watched:
        watched.open(addresses(desk)["event"])
        watched.page.pdf(path=pictures / "event.pdf")
        assert (pictures / "event.pdf").stat().st_size > 5_000
        watched.page.emulate_media(media="print")
        assert not watched.page.locator("nav.pages").is_visible()
        assert watched.wrong == []
