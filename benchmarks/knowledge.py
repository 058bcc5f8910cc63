"""Measure what knowledge costs: loading every table and index, and looking names up while reports are read.

Usage: python benchmarks/knowledge.py PASSAGES.csv [--passages N]
PASSAGES.csv has a column `text`, and `date` if known. Tables are loaded in a process of their own, which knows nothing
yet. While reports are read the processor's clock interrupts each two milliseconds, and what is running then is counted:
everything in `melian/knowledge`, and the modules that hold its indexes, is a lookup.
"""

from __future__ import annotations

import argparse
import importlib
import inspect
import pkgutil
import resource
import signal
import subprocess
import sys
import time
from collections import Counter, deque
from collections.abc import Callable
from pathlib import Path
from types import FrameType, ModuleType

from speed import passages_of

import melian.knowledge
from melian.coding.actors.names import find_names, known_names, prefixes
from melian.coding.actors.terms import terms_by_sound, terms_named
from melian.knowledge.gazetteer import entries_named
from melian.knowledge.own_actors import NONE
from melian.reader import Reader

LOAD_SECONDS, LOAD_MEGABYTES, SHARE = 0.5, 200, 0.10
EVERY = 0.002
INDEXES = ("melian/coding/actors/terms.py",)
FINDERS = {find_names.__name__, "_matches", "_longest"}


def tables_of(module: ModuleType) -> list[Callable[[], object]]:
    """Give what loads the tables of a module: its own functions that remember and ask for nothing."""
    return [
        value
        for name, value in vars(module).items()
        if hasattr(value, "cache_info") and value.__module__ == module.__name__ and not name.endswith("_version")
        if not inspect.signature(value).parameters
    ]


def load() -> tuple[float, float]:
    """Load all tables, and what is built of them; give seconds and megabytes, without the modules' own import."""
    modules = [
        importlib.import_module(found.name)
        for found in pkgutil.walk_packages(melian.knowledge.__path__, "melian.knowledge.")
    ]
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    for table in [table for module in modules for table in tables_of(module)]:
        table()
    known_names(), prefixes(), entries_named("york")
    terms_named("angela merkel", NONE), terms_by_sound("Angela Merkel", NONE)
    seconds = time.perf_counter() - began
    return seconds, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


def is_lookup(frame: FrameType | None) -> bool:
    """Tell whether what is running was called to look something up."""
    while frame is not None:
        file = frame.f_code.co_filename.replace("\\", "/")
        if "melian/knowledge/" in file or file.endswith(INDEXES):
            return True
        if file.endswith("melian/coding/actors/names.py") and frame.f_code.co_name in FINDERS:
            return True
        frame = frame.f_back
    return False


def share_of_lookups(path: Path, count: int) -> tuple[float, int]:
    """Give the share of the time of reading that lookups take, warm, and how often was looked."""
    reader, reports = Reader(), passages_of(path, count)
    deque(reader.read_many(reports[:3]), maxlen=0)
    seen: Counter[bool] = Counter()

    def look(_: int, frame: FrameType | None) -> None:
        seen[is_lookup(frame)] += 1

    signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)
    deque(reader.read_many(reports), maxlen=0)
    signal.setitimer(signal.ITIMER_PROF, 0)
    return seen[True] / sum(seen.values()), sum(seen.values())


def main() -> None:
    """Measure, print, and fail where a budget is not kept."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("passages", type=Path, nargs="?")
    parser.add_argument("--passages", dest="count", type=int, default=60)
    parser.add_argument("--load", action="store_true", help="Only load, and print seconds and megabytes.")
    options = parser.parse_args()
    if options.load:
        print(*load())
        return
    if options.passages is None:
        parser.error("PASSAGES.csv is missing")
    runs = []
    for _ in range(5):
        printed = subprocess.run([sys.executable, __file__, "--load"], capture_output=True, text=True, check=True)
        runs.append(tuple(map(float, printed.stdout.split())))
    seconds, megabytes = (sorted(column)[2] for column in zip(*runs, strict=True))
    share, count = share_of_lookups(options.passages, options.count)
    print(f"loading: {seconds:.2f} s (budget {LOAD_SECONDS}), {megabytes:.0f} MB (budget {LOAD_MEGABYTES})")
    print(f"lookups: {share:.1%} of the time of reading (budget {SHARE:.0%}), by {count} looks")
    if seconds > LOAD_SECONDS or megabytes > LOAD_MEGABYTES or share > SHARE:
        sys.exit("A budget is not kept.")


if __name__ == "__main__":
    main()
