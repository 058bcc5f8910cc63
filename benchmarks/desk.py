"""How fast the desk's pages answer over a large archive of invented reports.

    PYTHONPATH=src:tests python benchmarks/desk.py FOLDER --reports 100000 --asked 40

The archive and its index are made in FOLDER where they are not there yet. Each kind of page is asked at so many
addresses, each another one, so that no answer comes from memory.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

from starlette.testclient import TestClient

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
    disputes = iter(ask("SELECT report, dispute FROM disputes USING SAMPLE reservoir(500 ROWS) REPEATABLE (1)"))

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


def main() -> None:
    """Make what is missing, ask, and print a table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--reports", type=int, default=100_000)
    options.add_argument("--asked", type=int, default=40)
    asked = options.parse_args()
    archive = asked.folder / f"reports-{asked.reports}"
    if not archive.exists():
        make_archive(archive, asked.reports, filler=2)
    started = time.perf_counter()
    desk = Desk(archive, asked.folder / "cache")
    desk.wait()
    desk.pasted.begin_loading()
    print(f"open after {time.perf_counter() - started:.0f} s")
    client = TestClient(make_app(desk, Rules()), base_url="http://127.0.0.1")
    text = (Path(__file__).parent.parent / "examples" / "air-strike.txt").read_text(encoding="utf-8")
    words = " ".join((text.split() * 4)[:600])
    print("| page | median, ms | 95th percentile, ms | slowest, ms |\n|---|---|---|---|")
    for name, make in addresses(desk, asked.reports, random.Random(1)).items():
        taken = sorted(_time(client, make()) for _ in range(asked.asked))
        print(
            f"| {name} | {statistics.median(taken):.0f} | {taken[int(len(taken) * 0.95) - 1]:.0f} | {taken[-1]:.0f} |"
        )
    _paste(client, words)
    taken = sorted(_paste(client, f"{words} On day {number} nothing else happened.") for number in range(10))
    print(
        f"| paste 600 words, and see its reading | {statistics.median(taken):.0f} | {taken[-1]:.0f} | {taken[-1]:.0f} |"
    )


def _time(client: TestClient, address: str) -> float:
    started = time.perf_counter()
    answer = client.get(address)
    taken = (time.perf_counter() - started) * 1_000
    if answer.status_code not in (200, 404):
        raise SystemExit(f"{address}: {answer.status_code}\n{answer.text[:500]}")
    return taken


def _paste(client: TestClient, words: str) -> float:
    started = time.perf_counter()
    answer = client.post("/read", data={"text": words}, headers={"Origin": "http://127.0.0.1"})
    if answer.status_code != 200:  # the redirect was followed to the reading
        raise SystemExit(answer.text[:500])
    return (time.perf_counter() - started) * 1_000


if __name__ == "__main__":
    main()
