"""Measure speed side by side with the bare parser: throughput, linearity, start-up and memory.

Usage: python benchmarks/speed.py PASSAGES.csv [--passages N] [--rounds N] [--longest CHARACTERS] [--only PART]
PASSAGES.csv has a column `text`, and `date` if known. PART is throughput, linearity, startup or memory.
"""

from __future__ import annotations

import argparse
import csv
import gc
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from melian.reader import Reader
from melian.records import Report, content_id
from melian.settings import Settings


@dataclass(frozen=True)
class Way:
    """A way to read, and the least share of the bare parser's throughput that it keeps."""

    name: str
    budget: float
    use_encoder: bool = True
    on_one_core: bool = False


WAYS = (
    Way("with the encoder", 0.6),
    Way("with the encoder, on one core", 0.4, on_one_core=True),
    Way("rules alone", 0.6, use_encoder=False),
)
STARTUP_SECONDS = 2.5
MEMORY_MEGABYTES = 1000
LENGTHS = (10_000, 30_000, 100_000, 300_000, 1_000_000)
PARTS = ("throughput", "linearity", "startup", "memory")
DEFAULT_DATE = "2020-01-01"


def passages_of(path: Path, count: int) -> list[Report]:
    """Read the first passages of a table as reports."""
    csv.field_size_limit(10_000_000)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if (row.get("text") or "").strip()][:count]
    if not rows:
        sys.exit(f"{path.name} has no row with a `text`")
    return [
        Report(id=content_id("r", number, row["text"]), text=row["text"], published=row.get("date") or None)
        for number, row in enumerate(rows)
    ]


def throughput(reports: list[Report], rounds: int) -> bool:
    """Run the bare parser and the reader in turn over the same texts, each way."""
    cores = os.sched_getaffinity(0)
    kept = []
    for way in WAYS:
        os.sched_setaffinity(0, sorted(cores)[:1] if way.on_one_core else cores)
        kept.append(_throughput(reports, rounds, way))
    os.sched_setaffinity(0, cores)
    return all(kept)


def _throughput(reports: list[Report], rounds: int, way: Way) -> bool:
    import spacy

    reader = Reader(settings=Settings(use_encoder=way.use_encoder))
    bare = spacy.load(reader.settings.pipeline)
    texts = [report.text for report in reports]
    words = sum(len(text.split()) for text in texts)
    list(bare.pipe(texts[:5]))
    list(reader.read_many(reports[:5]))
    times: dict[str, list[float]] = {"bare": [], "read": []}
    for number in range(rounds):
        # The order turns round from one round to the next, so that a machine that slows down favours neither.
        for name in ("bare", "read") if number % 2 == 0 else ("read", "bare"):
            gc.collect()
            start = time.perf_counter()
            for _ in bare.pipe(texts) if name == "bare" else reader.read_many(reports):
                pass
            times[name].append(time.perf_counter() - start)
    medians = {name: statistics.median(values) for name, values in times.items()}
    ratios = [a / b for a, b in zip(times["bare"], times["read"], strict=True)]
    ratio = medians["bare"] / medians["read"]
    print(f"throughput   {len(texts)} passages, {words:,} words, {way.name}, medians of {rounds} rounds in turn")
    print(f"  bare parser  {medians['bare']:7.2f} s  {words / medians['bare']:8,.0f} words/s")
    print(f"  reader       {medians['read']:7.2f} s  {words / medians['read']:8,.0f} words/s")
    print(f"  ratio        {ratio:.2f} (rounds {min(ratios):.2f} to {max(ratios):.2f})")
    print(f"  budget       at least {way.budget}: {_verdict(ratio >= way.budget)}")
    return ratio >= way.budget


def linearity(reports: list[Report], longest: int) -> bool:
    """Read one report of ten thousand characters, then longer ones; time a character may not grow beyond double."""
    reader = Reader()
    list(reader.read_many(reports[:1]))
    source = "\n\n".join(report.text for report in reports)
    print("linearity    one report of growing length")
    each: list[float] = []
    for length in (length for length in LENGTHS if length <= longest):
        text = (source * (length // len(source) + 1))[:length]
        report = Report(id=content_id("r", length), text=text, published=DEFAULT_DATE)
        start = time.perf_counter()
        next(reader.read_many([report]))
        seconds = time.perf_counter() - start
        each.append(seconds / length)
        print(f"  {length:>9,} characters  {seconds:8.2f} s  {1e6 * seconds / length:7.1f} µs a character")
    growth = max(each[1:], default=each[0]) / each[0]
    print(f"  growth       {growth:.2f} times, at most 2: {_verdict(growth <= 2)}")
    return growth <= 2


def startup(reports: list[Report], rounds: int) -> bool:
    """Run the command on one report, again and again, from process start to end."""
    seconds = [_run_command(reports[:1])[0] for _ in range(rounds)]
    median = statistics.median(seconds)
    is_kept = median <= STARTUP_SECONDS
    print(f"start-up     `melian read` of one report: median {median:.2f} s of {rounds}")
    print(f"  budget       at most {STARTUP_SECONDS} s: {_verdict(is_kept)}")
    return is_kept


def memory(reports: list[Report]) -> bool:
    """Give the peak memory of the command over one report and over all passages as one table."""
    peaks = []
    for some in (reports[:1], reports):
        peaks.append(_run_command(some)[1])
        print(f"memory       `melian read` of {len(some):>4} reports: peak {peaks[-1]:,.0f} MB")
    is_kept = max(peaks) <= MEMORY_MEGABYTES
    print(f"  budget       at most {MEMORY_MEGABYTES:,} MB: {_verdict(is_kept)}")
    return is_kept


def _run_command(reports: list[Report]) -> tuple[float, float]:
    """Run `melian read` over reports in a process of its own; give seconds and peak megabytes."""
    import msgspec

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reports.jsonl"
        rows = [{"text": report.text, "published": report.published or DEFAULT_DATE} for report in reports]
        path.write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))
        command = [
            sys.executable,
            "-c",
            "from melian.cli import main; main()",
            "read",
            str(path),
            "--format",
            "jsonl",
        ]
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        assert process.stderr is not None
        complaint = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - start
    if process.returncode:
        sys.exit(f"melian read failed: {complaint.decode(errors='replace')[-2000:]}")
    return seconds, _megabytes(usage)


def _megabytes(usage: resource.struct_rusage) -> float:
    # Linux counts kilobytes, macOS bytes.
    return usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def _verdict(is_kept: bool) -> str:
    return "kept" if is_kept else "BROKEN"


def main() -> int:
    """Run the parts that were asked for; 1 where a budget is broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", type=Path)
    parser.add_argument("--passages", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--longest", type=int, default=LENGTHS[-1])
    parser.add_argument("--only", choices=PARTS)
    options = parser.parse_args()
    reports = passages_of(options.table, options.passages)
    # Processes of their own come first: one started by a large process counts that one's memory as its own peak.
    parts: dict[str, Callable[[], bool]] = {
        "startup": lambda: startup(reports, options.rounds),
        "memory": lambda: memory(reports),
        "throughput": lambda: throughput(reports, options.rounds),
        "linearity": lambda: linearity(reports, options.longest),
    }
    kept = [run() for name, run in parts.items() if options.only in (None, name)]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
