"""Measure whole short reports: who says what and of which country they are, and who does what to whom.

Usage: python benchmarks/coded_reports.py

`coded_reports.jsonl` holds 144 reports in the register of agencies, written for this project by four language models
and coded by others that saw the texts and the codebook; no person has checked them. Each second one, the first
among them, was read for the kinds of mistakes that the reader makes; of the rest only the figures were looked at.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from melian import Reader
from melian.evaluation.bootstrap import measure, share
from melian.intake import report_from_text
from melian.records import Actor, Event, Reading, Span, Statement, overlap

sys.path.append(str(Path(__file__).parents[1] / "training" / "corpus"))

from reports import PUBLISHED, STATES, Done

TABLE = Path(__file__).with_name("coded_reports.jsonl")
ENOUGH = 0.5


class Said(msgspec.Struct, frozen=True):
    """One statement as coded; `name` is who speaks, in the coder's words."""

    speaker: str | None
    name: str
    country: str | None
    sector: str | None
    content: str


class Coded(msgspec.Struct, frozen=True):
    """One report with what coders took from it."""

    id: str
    text: str
    statements: tuple[Said, ...]
    events: tuple[Done, ...]


def of_statements(coded: Coded, reading: Reading) -> Iterator[tuple[str, list[float]]]:
    """Yield right and all: statements found, and of these the speaker's country and sector."""
    actors = {actor.id: actor for actor in reading.actors}
    found = [(said, _best(said, coded.text, reading.statements)) for said in coded.statements]
    met = [(said, actors.get(best.speaker or "")) for said, best in found if best is not None]
    yield "statements found", [len(met), len(found)]
    countries = [(_state(said.country), _state(actor.country) if actor else None) for said, actor in met]
    yield "speaker's country right, or rightly none", [sum(a == b for a, b in countries), len(met)]
    yield "speaker's country wrong", [sum(b is not None and a != b for a, b in countries), len(met)]
    yield "speaker's sector right", [sum(said.sector == _sector(actor) for said, actor in met), len(met)]


def _best(said: Said, text: str, statements: Sequence[Statement]) -> Statement | None:
    """Find the statement of much the same words, of the same speaker's words where several are."""
    at = text.find(said.content)
    span = (at, at + len(said.content))
    shared = {s.id: _shared(s.content, span) for s in statements}
    near = [s for s in statements if shared[s.id] >= ENOUGH]
    named = [s for s in near if s.speaker_span and _words(text[slice(*s.speaker_span)]) & _words(said.speaker or "")]
    return max(named or near, key=lambda s: shared[s.id], default=None)


def _shared(content: Sequence[Span], span: Span) -> float:
    size = sum(end - start for start, end in content) + span[1] - span[0]
    return 2 * sum(overlap(piece, span) for piece in content) / size


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def _state(code: str | None) -> str | None:
    return STATES.get(code, code) if code else None


def _sector(actor: Actor | None) -> str | None:
    if actor is None:
        return None
    return "GOV" if actor.kind == "state" and actor.sector is None else actor.sector


def of_events(coded: Coded, reading: Reading) -> Iterator[tuple[str, list[float]]]:
    """Yield right and all: events found, with their type, and of these the countries of both sides."""
    actors = {actor.id: actor for actor in reading.actors}
    pairs = [(done, _same(done, coded.text, reading.events)) for done in coded.events]
    typed = [(done, event) for done, event in pairs if event is not None and event.type == done.type]
    yield "events found", [sum(event is not None for _, event in pairs), len(pairs)]
    yield "events with their type: recall", [len(typed), len(pairs)]
    yield "events with their type: precision", [len({event.id for _, event in typed}), len(reading.events)]
    right = [_sides(done, event, actors) for done, event in typed]
    for name, places in (("source", (0,)), ("target", (1,)), ("both sides", (0, 1))):
        yield f"of these, countries of {name}", [sum(all(r[k] for k in places) for r in right), len(right)]


def _same(done: Done, text: str, events: Sequence[Event]) -> Event | None:
    at = [m.span() for words in done.trigger for m in re.finditer(re.escape(words), text)]
    near = [e for e in events if any(overlap(m.trigger, span) for m in e.mentions for span in at)]
    return next((e for e in near if e.type == done.type), near[0] if near else None)


def _sides(done: Done, event: Event, actors: dict[str, Actor]) -> tuple[bool, bool]:
    ours = [{_state(actors[i].country) for i in ids} - {None} for ids in (event.sources, event.targets)]
    if len(event.sources) > 1 and not event.targets:
        ours[1] = ours[0]  # What two do to each other has both for its doers.
    wanted = [{_state(code) for code in codes} for codes in (done.source_countries, done.target_countries)]
    source, target = (a == b or bool(a & b) for a, b in zip(ours, wanted, strict=True))
    return source, target


def main() -> None:
    """Print the figures, of the reports that were read for mistakes and of the others."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    reports = [msgspec.json.decode(line, type=Coded) for line in lines]
    texts = [report_from_text(coded.text, published=PUBLISHED) for coded in reports]
    readings = list(Reader().read_many(texts))
    for name, first in (("read for mistakes", 0), ("only counted", 1)):
        rows: dict[str, list[list[float]]] = {}
        for coded, reading in list(zip(reports, readings, strict=True))[first::2]:
            for figure, row in (*of_statements(coded, reading), *of_events(coded, reading)):
                rows.setdefault(figure, []).append(row)
        print(name)
        for figure, counted in rows.items():
            made = measure(figure, counted, share, of=int(sum(row[1] for row in counted)))
            print(f"    {figure:<44} {made.value:5.1f}  ({made.low:.1f} to {made.high:.1f}), of {made.of:,}")


if __name__ == "__main__":
    main()
