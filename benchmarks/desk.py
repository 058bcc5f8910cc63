"""How fast the desk's pages answer over a large archive of invented reports.

    PYTHONPATH=src:tests python benchmarks/desk.py FOLDER --reports 100000 --asked 40
    PYTHONPATH=src:tests python benchmarks/desk.py FOLDER --reports 10000 --linked --asked 40

The archive and its index are made in FOLDER where they are not there yet; with --linked its reports are linked, and the
pages over links and of reviewers are asked too. Each kind of page is asked at so many
addresses, each another one, so that no answer comes from memory.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from urllib.parse import urlencode

from starlette.testclient import TestClient

from melian.archive import Writer
from melian.archive.layout import find_archive
from melian.archive.linking.generations import newest_generation
from melian.archive.linking.link import link
from melian.archive.review.queue import Review
from melian.desk.app import make_app
from melian.desk.desk import Desk
from melian.desk.guard import Rules
from synthetic_archive import FAMILY, GIVEN, PLACES, make_archive

TYPES = ("ASSAULT", "ACCUSE", "CONSULT", "SANCTION", "AID", "THREATEN", "REQUEST", "AGREE", "PROTEST", "MOBILIZE")
WORDS = (
    "shelled",
    "ambassador",
    "tonnes",
    "border",
    "weapons",
    "sailors",
    "crossing",
    "marched",
    "troops",
    "residents",
)


def addresses(desk: Desk, reports: int, chance: random.Random) -> dict[str, Callable[[], str]]:
    """Give for each kind of page what makes another address of it."""
    ask = desk.questions().index.ask
    picked = chance.sample(range(1, reports * 10), 500)
    events = iter(ask("SELECT report, event FROM events WHERE id IN (SELECT unnest($ids))", {"ids": picked}))
    disputes = iter(ask("SELECT report, dispute FROM disputes WHERE linked IS NULL ORDER BY hash(id) LIMIT 500"))

    def to(path: str, **query: str) -> str:
        return f"{path}?{urlencode(query)}"

    def country() -> str:
        return chance.choice(sorted(PLACES))

    def days() -> str:
        return f"{chance.randrange(2015, 2026)}-{chance.randrange(1, 13):02d}.."

    def name() -> str:
        return f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}"

    def pair() -> dict[str, str]:
        return dict(zip("ab", chance.sample(sorted(PLACES), 2), strict=True))

    def event() -> str:
        row = next(events)
        return to("/event", report=str(row["report"]), id=str(row["event"]))

    def dispute() -> str:
        row = next(disputes)
        return to("/dispute", report=str(row["report"]), id=str(row["dispute"]))

    return {
        "events by type": lambda: to("/events", type=chance.choice(TYPES), between=days()),
        "events by dyad": lambda: to("/events", source=country(), target=country(), between=days()),
        "events by words": lambda: to("/events", q=f"{chance.choice(WORDS)} {PLACES[country()][0]}", between=days()),
        "events by words of reports": lambda: to("/events", q=name(), within="reports"),
        "events by holder": lambda: to("/events", holder=name()),
        "event": event,
        "report": lambda: to("/report", id=f"report-{chance.randrange(reports):06d}"),
        "disputes": lambda: to("/disputes", q=name()),
        "dispute": dispute,
        "dyad": lambda: to("/dyad", **pair()),
        "actors": lambda: to("/actors", q=chance.choice(FAMILY), country=country()),
        "actor": lambda: to("/actor", name=name()),
        "map": lambda: to("/map", type=chance.choice(TYPES), source=country(), between=days()),
        "timeline": lambda: to("/timeline", type=chance.choice(TYPES), source=country(), between=days()),
        "reports": lambda: to("/reports", q=f"{name()} {chance.choice(WORDS)}"),
        "query": lambda: to(
            "/query", sql=f"SELECT * FROM reports WHERE report = 'report-{chance.randrange(reports):06d}'"
        ),
    }


def linked_addresses(desk: Desk, chance: random.Random) -> dict[str, Callable[[], str]]:
    """Give the same for the pages over links and of reviewers."""
    ask = desk.questions().index.ask
    rows = iter(
        ask(
            "SELECT l.report, l.event FROM links AS l INNER JOIN linked_events AS e USING (linked) WHERE e.reports > 1 "
            "ORDER BY hash(l.report) LIMIT 500"
        )
    )
    across = iter(ask("SELECT report, event, kind FROM disputes WHERE linked IS NOT NULL ORDER BY hash(id) LIMIT 500"))

    def event() -> str:
        row = next(rows)
        return "/event?" + urlencode({"report": str(row["report"]), "id": str(row["event"])})

    def item(**query: object) -> str:
        return "/review/next?" + urlencode(query)

    return {
        "event in several reports": event,
        "happenings": lambda: (
            "/linked?"
            + urlencode({"type": chance.choice(TYPES), "between": f"{chance.randrange(2015, 2026)}", "voices": 2})
        ),
        "disputes between reports": lambda: "/disputes?across=yes&" + urlencode({"q": chance.choice(FAMILY)}),
        "dispute between reports": lambda: "/dispute?" + urlencode(next(across)),
        "review": lambda: "/review",
        "next link, least sure": lambda: "/review/link?" + urlencode({"after": chance.randrange(5_000)}),
        "next link, random": lambda: "/review/link?" + urlencode({"seed": 7, "after": chance.randrange(200)}),
        "next event, least sure": lambda: item(kind="event", after=chance.randrange(2_000)),
        "next statement, least sure": lambda: item(kind="statement", after=chance.randrange(2_000)),
        "next dispute, least sure": lambda: item(kind="dispute", after=chance.randrange(2_000)),
        "next of a sample": lambda: item(sample="measured", after=chance.randrange(150)),
    }


def link_all(archive: Path) -> None:
    """Link the reports that are not linked yet."""
    started = time.perf_counter()
    with Writer(archive) as writer:
        done = link(writer)
    print(f"linked after {time.perf_counter() - started:.0f} s: {done}")


def judge_some(archive: Path) -> None:
    """Draw a sample that reviewers have judged in part."""
    review = Review(archive)
    if not review.samples():
        review.draw("measured", 200)
        for reviewer in ("amina", "badru"):
            for task in islice(review.tasks(reviewer, sample="measured"), 50):
                review.answer(reviewer, task.anchor, sample="measured")


def main() -> None:
    """Make what is missing, ask, and print a table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--reports", type=int, default=100_000)
    options.add_argument("--asked", type=int, default=40)
    options.add_argument("--linked", action="store_true")
    asked = options.parse_args()
    archive = asked.folder / f"reports-{asked.reports}"
    if not archive.exists():
        make_archive(archive, asked.reports, filler=2)
    if asked.linked and newest_generation(find_archive(archive)) is None:
        link_all(archive)
    started = time.perf_counter()
    desk = Desk(archive, asked.folder / "cache")
    desk.wait()
    desk.pasted.begin_loading()
    print(f"open after {time.perf_counter() - started:.0f} s")
    client = TestClient(make_app(desk, Rules()), base_url="http://127.0.0.1")
    text = (Path(__file__).parent.parent / "examples" / "air-strike.txt").read_text(encoding="utf-8")
    words = " ".join((text.split() * 4)[:600])
    print("| page | median, ms | 95th percentile, ms | slowest, ms | of it computed, ms |\n|---|---|---|---|---|")
    pages = addresses(desk, asked.reports, random.Random(1))
    if asked.linked:
        # What people say while the desk is open makes no new index until they ask for one.
        judge_some(archive)
        pages = pages | linked_addresses(desk, random.Random(1))
        client.cookies.update({"melian-reviewer": "amina", "melian-sample": ""})
    for name, make in pages.items():
        # Who has taken a sample up is kept from the other pages.
        taken = {"next of a sample": "measured", "next link, random": "links%237"}.get(name, "")
        client.cookies.set("melian-sample", taken)
        _tell(name, [_time(client, make()) for _ in range(asked.asked)])
    client.cookies.set("melian-sample", "")
    if asked.linked:
        _answer(client, asked.asked)
    _paste(client, words)
    pasted = [_paste(client, f"{words} On day {number} nothing else happened.") for number in range(10)]
    _tell("paste 600 words, and see its reading", pasted)


def _tell(name: str, taken: list[tuple[float, float]]) -> None:
    """Print a row: milliseconds by the clock, and those in which the cores worked for it."""
    clock = sorted(one for one, _ in taken)
    last = clock[int(len(clock) * 0.95) - 1]
    computed = statistics.median(one for _, one in taken)
    print(f"| {name} | {statistics.median(clock):.0f} | {last:.0f} | {clock[-1]:.0f} | {computed:.0f} |", flush=True)


def _now() -> tuple[float, float]:
    return time.perf_counter() * 1_000, time.process_time() * 1_000


def _since(began: tuple[float, float]) -> tuple[float, float]:
    ended = _now()
    return ended[0] - began[0], ended[1] - began[1]


def _time(client: TestClient, address: str) -> tuple[float, float]:
    began = _now()
    answer = client.get(address)
    taken = _since(began)
    if answer.status_code not in (200, 404):
        raise SystemExit(f"{address}: {answer.status_code}\n{answer.text[:500]}")
    return taken


def _answer(client: TestClient, times: int) -> None:
    """Measure from an answer to the page of the next record."""
    taken = []
    for _ in range(times):
        item = client.get("/review/next.json?kind=event").json()
        form = {name: item[name] for name in ("report", "kind", "record")} | {"verdict": "keep"}
        began = _now()
        answer = client.post("/review/answer", data=form, headers={"Origin": "http://127.0.0.1"})
        taken.append(_since(began))
        if answer.status_code != 200:
            raise SystemExit(answer.text[:500])
    _tell("answer, to the next record", taken)


def _paste(client: TestClient, words: str) -> tuple[float, float]:
    began = _now()
    answer = client.post("/read", data={"text": words}, headers={"Origin": "http://127.0.0.1"})
    if answer.status_code != 200:  # the redirect was followed to the reading
        raise SystemExit(answer.text[:500])
    return _since(began)


if __name__ == "__main__":
    main()
