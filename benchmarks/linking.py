"""Measure linking on an invented archive: time, memory, how right it is, a day more, and the view of dyads.

Usage: python benchmarks/linking.py FOLDER [--events N] [--keep] [--views-alone]
FOLDER must not be there yet. Every happening is told by one or several reports, each in part of its words; a fifth of
the reports are copies of others. What is right is known, because it was invented.
"""

from __future__ import annotations

import argparse
import datetime
import random
import resource
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import melian
from melian.archive import Writer
from melian.archive.columns import COLUMNS
from melian.archive.ledger import ROOM
from melian.archive.linking.link import link
from melian.archive.rows import Row
from melian.archive.shard import write_tables
from melian.knowledge.countries import countries
from melian.knowledge.ontology import event_kinds, event_words

SECONDS, MEGABYTES, VIEW_SECONDS = 600, 8_000, 1.0
FIRST_DAY = datetime.date(2026, 1, 1)
DAYS, PLACES, OUTLETS = 365, 3_000, 400
SHARD_REPORTS = 20_000
SYLLABLES = "ba co du fe gi ho ka le mi no pu ra se ti vo wa xe yu za dro gla pre sto tri".split()


@dataclass(frozen=True)
class Happening:
    """What happened, and every word by which it may be told."""

    number: int
    kind: str
    quad: int
    source: str
    target: str
    day: datetime.date
    place: int
    names: tuple[str, ...]
    words: tuple[str, ...]
    verbs: tuple[str, ...]


def invented_words(chance: random.Random, count: int) -> list[str]:
    """Invent words that differ."""
    words: dict[str, None] = {}
    while len(words) < count:
        words["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4)))] = None
    return list(words)


def happenings(chance: random.Random) -> Iterator[Happening]:
    """Invent happenings without end; few countries have a part in most of them."""
    lands = [row.id for row in countries()]
    land_weights = [1 / (rank + 1) for rank in range(len(lands))]
    kinds = [(row.id, row.quad) for row in event_kinds()]
    verbs: dict[str, list[str]] = {}
    for row in event_words():
        if row.pos == "v" and " " not in row.lemma:
            verbs.setdefault(row.type, []).append(row.lemma)
    names = [word.capitalize() for word in invented_words(chance, 30_000)]
    words = invented_words(chance, 20_000)
    word_weights = [1 / (rank + 20) for rank in range(len(words))]
    number = 0
    while True:
        kind, quad = chance.choice(kinds)
        source, target = chance.choices(lands, land_weights, k=2)
        yield Happening(
            number, kind, quad, source, target, FIRST_DAY + datetime.timedelta(chance.randrange(DAYS)),
            chance.randrange(PLACES), tuple(chance.choices(names, k=2)),
            tuple(chance.choices(words, word_weights, k=5)), tuple(chance.choices(verbs[kind], k=2)),
        )  # fmt: skip
        number += 1


def tellings(chance: random.Random, count: int) -> dict[datetime.date, list[Happening]]:
    """Tell happenings a few times each, by the day on which a report tells them."""
    told: dict[datetime.date, list[Happening]] = {}
    made = 0
    for happening in happenings(chance):
        for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 4, 6, 9))):
            told.setdefault(happening.day + datetime.timedelta(chance.choice((0, 0, 0, 1, 1, 2))), []).append(happening)
            made += 1
        if made >= count:
            return told
    raise AssertionError


def sentence_of(chance: random.Random, happening: Happening) -> tuple[str, str]:
    """Tell a happening in a sentence, and give the word that tells it."""
    verb = chance.choice(happening.verbs)
    parts = [word for word in happening.words if chance.random() < 0.7]
    parts += [name for name in happening.names if chance.random() < 0.7]
    parts += ["".join(chance.choices(SYLLABLES, k=3)) for _ in range(3)]
    chance.shuffle(parts)
    return f"They {verb} the {' '.join(parts)}.", verb


def write(folder: Path, count: int, seed: int = 1) -> dict[tuple[str, str], int]:
    """Write an archive of invented tellings, and give for each event of a report what happened."""
    chance = random.Random(seed)
    truth: dict[tuple[str, str], int] = {}
    pending: list[tuple[datetime.date, list[Happening]]] = []
    for day, told in sorted(tellings(chance, count).items()):
        chance.shuffle(told)
        pending += [(day, told[start : start + 5]) for start in range(0, len(told), 5)]
    with Writer(folder, is_new_allowed=True) as writer:
        for start in range(0, len(pending), SHARD_REPORTS):
            write_shard(chance, writer, pending[start : start + SHARD_REPORTS], truth)
    return truth


def write_shard(
    chance: random.Random,
    writer: Writer,
    reports: list[tuple[datetime.date, list[Happening]]],
    truth: dict[tuple[str, str], int],
) -> None:
    """Write one shard straight into its tables: reading a million events would take days."""
    number = writer.take_number()
    folder = writer.begin_part("invented", number)
    rows: dict[str, list[Row]] = {table: [] for table in COLUMNS}
    last: list[tuple[Happening, str, str]] = []
    for place, (day, told) in enumerate(reports):
        key: Row = {"reading": number * ROOM + place}
        report = f"r{number}-{place}"
        if not (last and chance.random() < 0.2):
            last = [(happening, *sentence_of(chance, happening)) for happening in told]
        outlet = f"Outlet {chance.randrange(OUTLETS)}"
        text = " ".join(sentence for _, sentence, _ in last)
        rows["readings"].append(key | {"report": report, "version": "1", "content": ""})
        rows["reports"].append(key | {"outlet": outlet, "published": day, "text": text, "characters": len(text)})
        start = 0
        for n, (happening, sentence, verb) in enumerate(last):
            event = f"e{n}"
            truth[report, event] = happening.number
            sentence_span = {"sentence_start": start, "sentence_length": len(sentence)}
            trigger_span = {"trigger_start": start + sentence.index(verb), "trigger_length": len(verb)}
            add_event(chance, rows, key | {"nth": n}, event, happening, sentence_span, trigger_span)
            start += len(sentence) + 1
    writer.commit(write_tables(folder, "invented", number, rows, level=3))


def add_event(
    chance: random.Random,
    rows: dict[str, list[Row]],
    key: Row,
    event: str,
    happening: Happening,
    sentence: dict[str, int],
    trigger: dict[str, int],
) -> None:
    """Add the rows of one event; reports leave out a day, a place or a side now and then."""
    sources = [happening.source] if chance.random() < 0.95 else []
    targets = [happening.target] if chance.random() < 0.85 else []
    is_dated, is_placed = chance.random() < 0.7, chance.random() < 0.5
    rows["events"].append(
        key
        | {"event": event, "type": happening.kind, "modes": [], "contexts": [], "quad": happening.quad}
        | {"intensity": -5.0 if happening.quad > 2 else 5.0, "sources": [f"{event}s"] * len(sources)}
        | {"source_names": sources, "source_countries": sources, "targets": [f"{event}t"] * len(targets)}
        | {"target_names": targets, "target_countries": targets, "confidence": 0.8, **sentence}
        | ({"first_day": happening.day, "last_day": happening.day, "date_precision": "day"} if is_dated else {})
        | ({"place": f"P{happening.place}", "geonameid": happening.place, "place_precision": "city",
            "lat": happening.place % 60 - 30.0, "lon": happening.place // 60 * 3.0} if is_placed else {})
    )  # fmt: skip
    rows["mentions"].append(key | {"event": event, **trigger, **sentence})
    rows["claims"].append(
        key
        | {"claim": f"c{event}", "event": event, "holder": "author", "certainty": "certain", "tense": "past"}
        | {"polarity": "positive" if chance.random() < 0.97 else "negative"}
        | {"span_start": sentence["sentence_start"], "span_length": sentence["sentence_length"]}
    )
    for role, lands in (("s", sources), ("t", targets)):
        rows["actors"] += [
            key | {"actor": event + role, "name": land, "kind": "state", "country": land, "unnamed": False}
            for land in lands
        ]


def one_day(chance: random.Random, count: int) -> Iterator[tuple[datetime.date, list[Happening]]]:
    """Tell what happened on one day and the two before it, each in a report of that day."""
    day = FIRST_DAY + datetime.timedelta(DAYS // 2)
    for happening, _ in zip(happenings(chance), range(count), strict=False):
        yield day, [replace(happening, day=day - datetime.timedelta(chance.choice((0, 0, 1, 2))))]


def b_cubed(truth: dict[tuple[str, str], int], found: dict[tuple[str, str], str]) -> tuple[float, float]:
    """Give precision and recall of the links, mention by mention."""
    both = Counter((truth[key], found[key]) for key in truth)
    gold, given = Counter(truth.values()), Counter(found.values())
    precision = sum(n * n / given[cluster] for (_, cluster), n in both.items()) / len(truth)
    return precision, sum(n * n / gold[happening] for (happening, _), n in both.items()) / len(truth)


def measure_link(folder: Path) -> float:
    """Link what is new, say how long it took, and give the seconds."""
    begun, worked = time.perf_counter(), time.process_time()
    with Writer(folder) as writer:
        done = link(writer)
    seconds, worked = time.perf_counter() - begun, time.process_time() - worked
    print(f"linked {done.new_reports:,} of {done.reports:,} reports in {seconds:.1f} s, {worked:.1f} s of work: {done}")
    return seconds


def measure_views(archive: melian.Archive, name: str) -> float:
    """Ask for the pairs of countries by each period, and give the seconds that the slowest answer took."""
    slowest = 0.0
    for unit in ("day", "week", "month"):
        begun, worked = time.perf_counter(), time.process_time()
        answer = archive.sql(f"SELECT * FROM {name}_by_{unit}")
        seconds, worked = time.perf_counter() - begun, time.process_time() - worked
        slowest = max(slowest, seconds)
        print(f"{name} by {unit}: {answer.num_rows:,} rows in {seconds:.2f} s, {worked:.2f} s of work", flush=True)
    return slowest


def main() -> None:
    """Measure everything and say whether it is good enough."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--views-alone", action="store_true", help="only ask for dyads, and link nothing")
    arguments = parser.parse_args()
    truth = write(arguments.folder, arguments.events)
    print(f"{len(truth):,} events written", flush=True)
    slowest = measure_views(melian.Archive(arguments.folder), "dyads")
    if arguments.views_alone:
        print("met" if slowest <= VIEW_SECONDS else "not met", f"({VIEW_SECONDS} s for a view)")
        return
    seconds = measure_link(arguments.folder)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{memory:,.0f} MB of memory at most, with the writing of the archive", flush=True)
    archive = melian.Archive(arguments.folder)
    rows = archive.sql("SELECT report, event, linked FROM links").to_pylist()
    precision, recall = b_cubed(truth, {(row["report"], row["event"]): row["linked"] for row in rows})
    print(f"B-cubed precision {precision:.3f}, recall {recall:.3f}")
    slowest = max(slowest, measure_views(archive, "linked_dyads"))
    with Writer(arguments.folder) as writer:
        chance = random.Random(2)
        write_shard(chance, writer, list(one_day(chance, 1_000)), truth)
    print("a day more:", end=" ")
    measure_link(arguments.folder)
    if not arguments.keep:
        shutil.rmtree(arguments.folder)
    is_met = seconds <= SECONDS and memory <= MEGABYTES and slowest <= VIEW_SECONDS
    print("met" if is_met else "not met", f"({SECONDS} s, {MEGABYTES:,} MB, {VIEW_SECONDS} s for a view)")


if __name__ == "__main__":
    main()
