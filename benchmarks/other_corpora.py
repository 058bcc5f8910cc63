"""Measure on corpora of others: triggers (MEANTIME, WikiEvents), factuality (MEANTIME, UDS, CommitmentBank).

Usage: python benchmarks/other_corpora.py triggers|factuality FOLDER [--worst N]
FOLDER holds the research data. `event_classes.tsv` says which of their classes are political, and why.
--worst prints the N worst differences of triggers, for reading; nothing of the data belongs into this repository.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from melian.coding.claims.holders import held_at
from melian.coding.claims.judging import Judgement, judge
from melian.coding.claims.scene import Scene
from melian.coding.coder import Coder
from melian.coding.draft import Draft
from melian.coding.stages import ORDER
from melian.evaluation.bootstrap import Figure, macro_f1, measure, share
from melian.evaluation.readers import article_of, readings_of, report_of
from melian.knowledge.factuality import governors
from melian.records import Reading, Report, Span, overlap
from melian.settings import Settings

HERE = Path(__file__).parent
Record = dict[str, Any]
SENTENCES = 6
"""Of MEANTIME: events are annotated in full in so many sentences."""
PARTS = {0: "developed on", 1: "held by"}
"""Halves of MEANTIME's articles, by the parity of the SHA-256 of their ids."""
TRAIN_STEP = 5
"""Of UDS train, every fifth sentence is enough to learn a score for each judgement."""
PRIOR = 3
"""Cases of the mean that each judgement's score begins with."""
POLARITIES = {"positive": "POS", "negative": "NEG"}
CERTAINTIES = ("CERTAIN", "PROBABLE", "POSSIBLE")
COMMITMENT = {"certain": 3.0, "probable": 2.0, "possible": 1.0, "uncommitted": 0.5}
"""What CommitmentBank's scale of −3 to 3 makes of a certainty."""


@dataclass(frozen=True)
class Told:
    """One gold event: document, class, span of its trigger, the PLOVER types that it can have, and its subset."""

    document: int
    kind: str
    span: Span
    types: frozenset[str]
    subset: str


def table(name: str) -> list[dict[str, str]]:
    """Read a table beside this file."""
    lines = [line for line in (HERE / name).read_text(encoding="utf-8").split("\n") if line and line[0] != "#"]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def records_of(path: Path) -> list[Record]:
    """Read JSON Lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def whole(spans: Sequence[Sequence[int]]) -> Span:
    """Give the first piece of a trigger in pieces."""
    return spans[0][0], spans[0][1]


def early_events(record: Record) -> Iterator[Record]:
    """Yield the events of MEANTIME's sentences that are annotated in full."""
    end = record["sentences"][min(SENTENCES, len(record["sentences"])) - 1][1]
    yield from (event for event in record["events"] if event["spans"][0][0] < end and "polarity" in event)


def told_in_wikievents(records: Sequence[Record]) -> Iterator[Told]:
    """Yield the gold events of WikiEvents."""
    classes = {row["value"]: row for row in table("event_classes.tsv") if row["corpus"] == "wikievents"}
    for number, record in enumerate(records):
        for event in record["events"]:
            row = classes[event["type"]]
            types = frozenset(row["types"].split("|"))
            yield Told(number, event["type"], tuple(event["trigger"]), types, row["political"])


def told_in_meantime(records: Sequence[Record]) -> Iterator[Told]:
    """Yield the gold events of MEANTIME; political are political words with a public body among the parties."""
    classes = {row["value"]: row for row in table("event_classes.tsv") if row["corpus"] == "meantime"}
    bodies = [row["word"].lower() for row in table("public_bodies.tsv")]
    for number, record in enumerate(records):
        entities = {entity["id"]: entity for entity in record["entities"]}
        parties: dict[str, str] = defaultdict(str)
        for one in record["participants"]:
            entity = entities.get(one["entity"])
            if entity is not None:
                words = record["text"][slice(*whole(entity["spans"]))]
                parties[one["event"]] += f" {entity.get('instance_name') or ''} {words} ".lower()
        for event in early_events(record):
            row = classes.get((event.get("pred") or "").lower())
            is_public = any(f" {word}" in parties[event["id"]] for word in bodies)
            subset = row["political"] if row is not None and is_public else "no"
            types = frozenset(row["types"].split("|")) if row is not None else frozenset()
            yield Told(number, event.get("pred") or "", whole(event["spans"]), types, subset)


def triggers(folder: Path, worst: int) -> None:
    """Print how many gold triggers are triggers of an event that was found."""
    coder = Coder()
    for name, file, gold_of in (
        ("meantime", "meantime_en.jsonl", told_in_meantime),
        ("wikievents", "wikievents_dev_test.jsonl", told_in_wikievents),
    ):
        records = records_of(folder / file)
        gold = list(gold_of(records))
        readings = list(readings_of(coder, (article_of(r["text"], r.get("dct")) for r in records)))
        found = [triggers_of(reading) for reading in readings]
        for subset in ("yes", "outcome", "no"):
            for label, with_type in (("trigger found", False), ("with a type of its class", True)):
                rows = []
                for number in range(len(records)):
                    own = [one for one in gold if one.document == number and one.subset == subset]
                    rows.append([sum(is_hit(one, found[number], with_type=with_type) for one in own), len(own)])
                of = int(sum(row[1] for row in rows))
                if of and not (with_type and subset == "no"):
                    show(measure(f"{name}, political: {subset}: {label}", rows, share, of=of))
        if worst:
            show_worst(records, gold, readings, worst)


def triggers_of(reading: Reading | None) -> list[tuple[Span, str]]:
    """Give every trigger of a reading with its type."""
    events = reading.events if reading is not None else ()
    return [(mention.trigger, event.type) for event in events for mention in event.mentions]


def is_hit(one: Told, found: Sequence[tuple[Span, str]], *, with_type: bool) -> bool:
    """Tell whether a gold trigger was found."""
    return any(overlap(span, one.span) and (not with_type or kind in one.types) for span, kind in found)


def show_worst(records: Sequence[Record], gold: Sequence[Told], readings: Sequence[Reading | None], count: int) -> None:
    """Print political events that were missed, or found as something else, spread over the documents."""
    missed: list[tuple[int, Told]] = []
    seen: dict[int, int] = defaultdict(int)
    for one in gold:
        found = triggers_of(readings[one.document])
        if one.subset == "yes" and not is_hit(one, found, with_type=True):
            missed.append((seen[one.document], one))
            seen[one.document] += 1
    for _, one in sorted(missed, key=lambda pair: pair[0])[:count]:
        text = records[one.document]["text"]
        types = [kind for span, kind in triggers_of(readings[one.document]) if overlap(span, one.span)]
        start, end = one.span
        around = f"{text[max(0, start - 150) : start]}[{text[start:end]}]{text[end : end + 100]}".replace("\n", " / ")
        print(f"    {one.kind} {types} | {around}")


def drafts(coder: Coder, reports: Sequence[Report]) -> Iterator[Draft]:
    """Yield drafts with their statements: all that a judgement needs."""
    stages = ORDER[: next(i for i, stage in enumerate(ORDER) if stage.name == "statements") + 1]
    for draft in coder.begin(reports):
        for stage in stages:
            draft = stage(draft)
        yield draft


def judged(draft: Draft, span: Span) -> Judgement | None:
    """Judge what the author says of the happening that words tell; None where no word stands there."""
    assert draft.doc is not None
    phrase = draft.doc.char_span(*span, alignment_mode="expand")
    return judge(phrase.root) if phrase is not None and len(phrase) else None


def source_of(draft: Draft, span: Span) -> Judgement:
    """Judge for the source of the words, as MEANTIME asks: the author, or the speaker where he leaves it to one."""
    assert draft.doc is not None
    word = draft.doc.char_span(*span, alignment_mode="expand").root
    statements = {statement.id: statement for statement in draft.statements}
    actors = {actor.id: actor for actor in (*draft.actors, *draft.parties)}
    held = held_at(word, Scene(draft.doc, draft.report, statements, actors))
    judgements = [judgement for _, judgement, _ in held]
    return next((one for one in judgements if one.certainty != "uncommitted"), judgements[0])


def certainty_in_meantime(judgement: Judgement, rules: Sequence[dict[str, str]]) -> str:
    """Translate a certainty of ours into MEANTIME's, by the first row of `meantime_certainty.tsv` that fits."""
    kinds = {row.id: row.kind for row in governors()}
    decided = {"any", *judgement.rows, *(kinds[row] for row in judgement.rows if row in kinds)}
    return next(
        rule["value"]
        for rule in rules
        if judgement.certainty in rule["certainty"].split("|") and decided & set(rule["decided_by"].split("|"))
    )


def factuality_of_meantime(folder: Path) -> None:
    """Print macro-F1 of polarity and certainty of the events of MEANTIME's first sentences; certainty by half too."""
    records = records_of(folder / "meantime_en.jsonl")
    rules = table("meantime_certainty.tsv")
    reports = [article_of(record["text"], record["dct"]) for record in records]
    names: dict[str, Sequence[str]] = {"polarity": tuple(POLARITIES.values()), "certainty": CERTAINTIES}
    pairs: list[dict[str, list[tuple[str, str]]]] = []
    for record, draft in zip(records, drafts(Coder(), reports), strict=True):
        own: dict[str, list[tuple[str, str]]] = {"polarity": [], "certainty": []}
        for event in early_events(record):
            span = whole(event["spans"])
            found = judged(draft, span)
            if found is None:
                continue
            certainty = certainty_in_meantime(source_of(draft, span), rules)
            given = {"polarity": POLARITIES[found.polarity], "certainty": certainty}
            for field, values in names.items():
                if event.get(field) in values:
                    own[field].append((event[field], given[field]))
        pairs.append(own)
    for field, values in names.items():
        show_classes(f"MEANTIME, {field}", [own[field] for own in pairs], values)
    for parity, part in PARTS.items():
        chosen = [own["certainty"] for record, own in zip(records, pairs, strict=True) if half_of(record) == parity]
        show_classes(f"MEANTIME, half {part}, certainty", chosen, CERTAINTIES)


def half_of(record: Record) -> int:
    """Tell to which half an article belongs."""
    return int(hashlib.sha256(record["doc_id"].encode()).hexdigest(), 16) % 2


def show_classes(name: str, documents: Sequence[Sequence[tuple[str, str]]], values: Sequence[str]) -> None:
    """Print macro-F1 and the F1 of each class, from pairs of gold and given values by document."""
    tallies: list[list[float]] = []
    for pairs in documents:
        row: list[float] = []
        for value in values:
            right = sum(a == b == value for a, b in pairs)
            row += [right, sum(b == value for _, b in pairs) - right, sum(a == value for a, _ in pairs) - right]
        tallies.append(row)
    show(measure(f"{name}: macro-F1", tallies, macro_f1, of=sum(len(pairs) for pairs in documents)))
    for k, value in enumerate(values):
        own = [row[3 * k : 3 * k + 3] for row in tallies]
        show(measure(f"{name} {value}: F1", own, macro_f1, of=int(sum(row[0] + row[2] for row in own))))


def factuality_of_uds(folder: Path) -> None:
    """Print how the author's judgement goes with UDS dev; each kind of judgement has its mean value in train."""
    records = records_of(folder / "factuality_uds.jsonl")
    train = [record for record in records if record["split"] == "train"][::TRAIN_STEP]
    chosen = [*train, *(record for record in records if record["split"] == "dev")]
    values: dict[str, list[tuple[tuple[str, str, str], float]]] = {"train": [], "dev": []}
    coder = Coder(Settings(use_encoder=False))
    reports = [report_of(record["text"]) for record in chosen]
    for record, draft in zip(chosen, drafts(coder, reports), strict=True):
        spans, at = [], 0
        for word in record["tokens"]:
            at = record["text"].index(word, at)
            spans.append((at, at + len(word)))
            at += len(word)
        for event in record["events"]:
            found = judged(draft, spans[event["token"]])
            if found is not None:
                values[record["split"]].append(((found.polarity, found.certainty, found.tense), event["value"]))
    mean = float(np.mean([value for _, value in values["train"]]))
    by_kind: dict[tuple[str, str, str], list[float]] = defaultdict(lambda: [mean] * PRIOR)
    for kind, value in values["train"]:
        by_kind[kind].append(value)
    given = [float(np.mean(by_kind[kind])) for kind, _ in values["dev"]]
    wanted = [value for _, value in values["dev"]]
    error, without = np.abs(np.array(given) - wanted).mean(), np.abs(np.array(wanted) - mean).mean()
    print(f"UDS dev, {len(wanted):,} events: Pearson r {correlation(given, wanted):.3f}")
    print(f"UDS dev: mean absolute error {error:.2f}; {without:.2f} by always giving the mean", flush=True)


def commitment(folder: Path) -> None:
    """Print how the author's judgement of the clause goes with CommitmentBank, by what it is embedded in."""
    records = records_of(folder / "commitmentbank.jsonl")
    reports = [report_of(f"{record['context']} {record['target']}") for record in records]
    pairs: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for record, draft in zip(records, drafts(Coder(Settings(use_encoder=False)), reports), strict=True):
        assert draft.doc is not None
        clauses = [
            clause
            for token in draft.doc
            if token.idx > len(record["context"]) and token.lemma_.lower() == record["verb"]
            for clause in token.children
            if clause.dep_ in {"ccomp", "xcomp", "advcl"} and clause.i > token.i
        ]
        if clauses:
            found = judge(clauses[-1])
            score = COMMITMENT[found.certainty] * (1 if found.polarity == "positive" else -1)
            score = 0.0 if found.tense == "hypothetical" else score
            for name in ("all", record["embedding"]):
                pairs[name].append((score, record["mean"]))
    for name, own in pairs.items():
        print(f"CommitmentBank, {name}, {len(own):,} clauses: Pearson r {correlation(*zip(*own, strict=True)):.3f}")


def correlation(a: Sequence[float], b: Sequence[float]) -> float:
    """Give Pearson's r."""
    return float(np.corrcoef(a, b)[0, 1])


def show(figure: Figure) -> None:
    """Print one figure."""
    print(
        f"{figure.name:<62} {figure.value:5.1f}  ({figure.low:.1f} to {figure.high:.1f}), of {figure.of:,}", flush=True
    )


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("triggers", "factuality"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--worst", type=int, default=0)
    options = parser.parse_args()
    if options.what == "triggers":
        triggers(options.folder, options.worst)
        return
    factuality_of_meantime(options.folder)
    factuality_of_uds(options.folder)
    commitment(options.folder)


if __name__ == "__main__":
    main()
