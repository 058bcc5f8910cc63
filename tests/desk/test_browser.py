"""Every page in a real browser, over 2,000 reports: no error, no request elsewhere, no fault of accessibility.

Run these alone with `pytest -m browser`, and leave them out with `-m "not browser"`. Screenshots are kept in the
folder that MELIAN_SCREENSHOTS names, or else in pytest's own.
"""

from __future__ import annotations

import os
import shutil
import threading
import time
from pathlib import Path
from urllib.parse import urlencode

import pytest

from desks import ATTACKS, StubPasted, addresses, hostile_reading
from melian.desk.app import make_app
from melian.desk.desk import Desk
from melian.desk.serving import Place, open_port
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
WIDTHS = {"light": (1280, 900), "dark": (1280, 900), "phone": (390, 844)}
PAGES = (
    "home", "events", "search", "event", "report", "why", "disputes", "dispute", "dyads", "dyad", "actors", "actor",
    "map", "borders", "timeline", "reports", "query",
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
    yield from served(folder, tmp_path_factory.mktemp("large-cache"))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile") / "news"
    store(folder, [iter([hostile_reading(words, f"{number} {words}") for number, words in enumerate(ATTACKS)])])
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
        self.page.wait_for_selector(".chart:not([data-drawn])", state="detached", timeout=15_000)

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
        for name in (*PAGES, "empty", "problem"):
            more = {"empty": "/events?q=zzzzunknown", "problem": "/events?page=x"}
            watched.open(where.get(name) or more[name])
            for fault in axe.Axe().run(watched.page).response["violations"]:
                if fault["impact"] in ("serious", "critical"):
                    nodes = [node["html"][:200] for node in fault["nodes"][:3]]
                    faults.append((name, fault["id"], nodes, fault["nodes"][0].get("failureSummary")))
    assert faults == []


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
