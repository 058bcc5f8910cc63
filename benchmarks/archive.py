"""Measure an archive: growth, two processes against one, its size, and whether it survives being killed.

Usage: PYTHONPATH=tests python benchmarks/archive.py [--only PART] [--sizes N N] [--reports N] [--rounds N] [--kills N]
       [--reading HOW] [--source FILE]

PART is growth, processes, size or kills. Reports are put together from the project's own examples and passages, each of
other ones. `growth` and `kills` read with a stub, which finds one event in every report and takes no time: they measure
the run and the archive alone. `processes` and `size` read as --reading says: `rules` (the default) or `full`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import melian
from melian.archive.layout import find_archive
from melian.archive.verification import verify
from melian.intake import IntakeOptions, read_sources
from melian.running import CoderRecipe, add
from melian.running.adding import SHARD
from melian.running.recipes import Recipe
from melian.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("processes", "size", "growth", "kills")
MOST_GROWTH, LEAST_SPEED_UP, MOST_SIZE = 1.3, 1.8, 3.0


@dataclass(frozen=True)
class Outcome:
    """What a run in a process of its own has told.

    Attributes:
        seconds: From its start to its end.
        worked: Seconds for which processors worked for it, which other work on the machine does not change.
        rate: Reports a second once warm.
        megabytes: Its peak memory.
    """

    seconds: float
    worked: float
    rate: float
    megabytes: float


def passages() -> list[str]:
    """Gather the project's own texts: the paragraphs of the examples, and the passages of the corpus."""
    examples = [json.loads(line)["text"] for line in (ROOT / "examples" / "reports.jsonl").open(encoding="utf-8")]
    found = [paragraph for text in examples for paragraph in text.split("\n\n")]
    for path in sorted((ROOT / "training" / "corpus" / "passages").glob("*.jsonl")):
        found += [json.loads(line)["text"] for line in path.open(encoding="utf-8")]
    return found


def write_reports(path: Path, count: int) -> Path:
    """Write reports of four to nine passages each; no passage comes again before all have been used."""
    chance = random.Random(7)
    texts = passages()

    def endless() -> Iterator[str]:
        while True:
            chance.shuffle(texts)
            yield from texts

    source = endless()
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            text = "\n\n".join(next(source) for _ in range(chance.randint(4, 9)))
            day = f"20{number % 26:02}-{number % 12 + 1:02}-{number % 28 + 1:02}"
            row = {"id": f"n{number}", "text": text, "published": day, "outlet": f"Outlet {number % 40}"}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


def recipe_of(reading: str) -> Recipe:
    """Say how reports are read."""
    if reading.startswith("stub"):
        from stub_readers import StubRecipe

        return StubRecipe(delay=float(reading.partition(":")[2] or 0))
    return CoderRecipe(Settings(use_encoder=reading == "full"))


def run_child(path: Path, folder: Path, count: int, reading: str, size: int) -> None:
    """Add reports, and print how many a second there were from the first finished shard on."""
    first: tuple[float, int] | None = None
    last = 0
    for progress in add(read_sources([str(path)], IntakeOptions()), folder, recipe_of(reading), count=count, size=size):
        last = progress.read
        if first is None and last:
            first = time.perf_counter(), last
    if first is not None:
        print(json.dumps({"rate": (last - first[1]) / (time.perf_counter() - first[0])}))


def start(
    path: Path, folder: Path, count: int, reading: str, size: int = 200, complaints: int | None = None
) -> subprocess.Popen[str]:
    """Start a run in a process of its own."""
    words = [sys.executable, __file__, "--child", path, folder, count, reading, size]
    return subprocess.Popen([str(word) for word in words], stdout=subprocess.PIPE, stderr=complaints, text=True)


def run(path: Path, folder: Path, count: int, reading: str, size: int = 200) -> Outcome:
    """Run to the end in a process of its own."""
    began = time.perf_counter()
    process = start(path, folder, count, reading, size)
    assert process.stdout is not None
    told = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit("a run failed")
    seconds, worked = time.perf_counter() - began, usage.ru_utime + usage.ru_stime
    return Outcome(seconds, worked, json.loads(told)["rate"], usage.ru_maxrss / 1e3)


def growth(folder: Path, options: argparse.Namespace) -> bool:
    """Add few and many reports to new archives, with a stub."""
    print("growth       with a stub for reading: intake, run and archive alone, one process")
    each, worked = [], []
    for count in options.sizes:
        path = write_reports(folder / f"{count}.jsonl", count)
        archive = folder / f"growth-{count}"
        first = run(path, archive, 1, "stub")
        each.append(first.seconds / count)
        worked.append(first.worked / count)
        print(
            f"  {count:>9,} reports  {first.seconds:8.1f} s  {1e3 * each[-1]:6.2f} ms a report, of which processors "
            f"worked {1e3 * worked[-1]:5.2f}; peak {first.megabytes:,.0f} MB"
        )
        began = time.perf_counter()
        events = melian.Archive(archive).sql("SELECT count(*) AS n FROM events").to_pylist()[0]["n"]
        print(f"  {'':>9}          {time.perf_counter() - began:8.2f} s  to open it and count {events:,} events")
        path.unlink()
    ratio = each[-1] / each[0]
    print(f"  work         {worked[-1] / worked[0]:.2f} times")
    print(f"  growth       {ratio:.2f} times, at most {MOST_GROWTH}: {_verdict(ratio <= MOST_GROWTH)}")
    return ratio <= MOST_GROWTH


def processes(folder: Path, options: argparse.Namespace) -> bool:
    """Read the same reports with one process and with two, in turn; the time to load the models is left out."""
    path = write_reports(folder / "speed.jsonl", options.reports)
    rates: dict[int, list[float]] = {1: [], 2: []}
    for turn in range(options.rounds):
        for count in (1, 2) if turn % 2 == 0 else (2, 1):
            outcome = run(path, folder / f"speed-{count}-{turn}", count, options.reading, size=20)
            rates[count].append(outcome.rate)
    ratio = max(rates[2]) / max(rates[1])
    print(f"processes    {options.reports:,} reports, reading: {options.reading}; the best of {options.rounds} rounds")
    for count, found in rates.items():
        print(f"  {count} process{'es' if count > 1 else '  '}  {max(found):6.2f} reports a second, once warm")
    print(f"  ratio        {ratio:.2f}, at least {LEAST_SPEED_UP}: {_verdict(ratio >= LEAST_SPEED_UP)}")
    return ratio >= LEAST_SPEED_UP


def size(folder: Path, options: argparse.Namespace) -> bool:
    """Hold an archive's bytes against those of its reports' text, gzipped as one."""
    path = options.source or write_reports(folder / "size.jsonl", options.reports)
    run(path, folder / "size", 2, options.reading, size=SHARD)
    archive = melian.Archive(folder / "size")
    rows = archive.sql("SELECT text FROM reports ORDER BY report").to_pylist()
    text = len(gzip.compress("\n".join(row["text"] for row in rows).encode()))
    ratio = archive.bytes_on_disk() / text
    print(f"size         {len(rows):,} reports, reading: {options.reading}")
    print(f"  text, gzipped  {text:12,} bytes")
    print(f"  archive        {archive.bytes_on_disk():12,} bytes")
    for table, count in sorted(_bytes_of_tables(folder / "size").items(), key=lambda item: -item[1]):
        print(f"    {table:<12} {count:12,} bytes")
    print(f"  ratio          {ratio:.2f}, at most {MOST_SIZE}: {_verdict(ratio <= MOST_SIZE)}")
    return ratio <= MOST_SIZE


def kills(folder: Path, options: argparse.Namespace) -> bool:
    """Kill a run at random moments, go on each time, and count what the archive holds in the end."""
    count, chance = 2_000, random.Random(options.seed)
    path, archive = write_reports(folder / "kills.jsonl", count), folder / "kills"
    faults: list[str] = []
    hit = leftovers = 0
    for turn in range(options.kills):
        # What is left of a killed run's processes complains of its end.
        process = start(path, archive, 2 if turn % 2 else 1, "stub:0.01", size=4, complaints=subprocess.DEVNULL)
        _wait_for_a_shard(archive, process)
        time.sleep(chance.random())
        process.send_signal(signal.SIGKILL)
        hit += process.wait() == -signal.SIGKILL
        for finding in verify(find_archive(archive)):
            if "not in the ledger" in finding.what:
                leftovers += 1
            else:
                faults.append(finding.what)
    there = _readings(archive)
    run(path, archive, 2, "stub", size=50)
    left = [finding.what for finding in verify(find_archive(archive))]
    in_the_end = _readings(archive)
    is_whole = sorted(in_the_end) == sorted(f"n{n}" for n in range(count))
    print(f"kills        SIGKILL at {hit} random moments, {count:,} reports, with a stub; one process and two in turn")
    print(f"  {len(there):,} readings were in the archive after the last of them")
    print(
        f"  {leftovers} times between the move of a shard and its entry; other faults that verify found: {len(faults)}"
    )
    print(
        f"  in the end     {len(in_the_end):,} readings of {len(set(in_the_end)):,} reports; verify: {left or 'clean'}"
    )
    is_kept = is_whole and not faults and not left
    print(f"  nothing lost, nothing doubled: {_verdict(is_kept)}")
    return is_kept


def _wait_for_a_shard(archive: Path, process: subprocess.Popen[str]) -> None:
    def entries() -> int:
        return sum(1 for _ in (archive / "ledger").glob("0*"))

    before = entries()
    while entries() <= before and process.poll() is None:
        time.sleep(0.005)


def _readings(archive: Path) -> list[str]:
    return [row["report"] for row in melian.Archive(archive).sql("SELECT report FROM all_readings").to_pylist()]


def _bytes_of_tables(archive: Path) -> dict[str, int]:
    found: dict[str, int] = {}
    for path in archive.rglob("*"):
        if path.is_file():
            name = path.stem if path.suffix == ".parquet" else "ledger and others"
            found[name] = found.get(name, 0) + path.stat().st_size
    return found


def _verdict(is_kept: bool) -> str:
    return "kept" if is_kept else "BROKEN"


def main() -> int:
    """Run the parts that were asked for; 1 where a budget is broken."""
    if sys.argv[1:2] == ["--child"]:
        path, folder, count, reading, shard = sys.argv[2:]
        run_child(Path(path), Path(folder), int(count), reading, int(shard))
        return 0
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=PARTS)
    parser.add_argument("--sizes", type=int, nargs=2, default=(10_000, 100_000))
    parser.add_argument("--reports", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--reading", choices=("rules", "full"), default="rules")
    parser.add_argument("--source", type=Path, help="reports of your own, for the size")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    parts: dict[str, Callable[[Path, argparse.Namespace], bool]] = {
        "processes": processes, "size": size, "growth": growth, "kills": kills,
    }  # fmt: skip
    kept = []
    for name, part in parts.items():
        if options.only in (None, name):
            with tempfile.TemporaryDirectory() as folder:
                kept.append(part(Path(folder), options))
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
