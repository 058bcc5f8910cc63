"""Write the held-out tenth of the corpus as a gold file for `melian evaluate events`.

    python training/corpus/gold.py OUT.jsonl [--without-events]

Events that are denied or only supposed are left out: they are no answer to what happened or was said to happen. With
the option, only the passages that hold no event of any kind are written.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec
from passages import Party, Passage, parts, passages_of

EVERY = 10
BODIES = frozenset({"IGO", "NGO", "MNC"})


def held_out() -> list[Passage]:
    """Give the tenth that no training sees: every tenth passage of each part."""
    read = (list(passages_of(path)) for path in parts("passages"))
    return [passage for part in read for number, passage in enumerate(part) if number % EVERY == EVERY - 1]


def countries(parties: Sequence[Party]) -> list[str]:
    """Give the countries of one side, each once, in order, without bodies of many states and what has none."""
    return sorted({party.country for party in parties if party.country is not None} - BODIES)


def write_gold(path: Path, *, without_events: bool = False) -> None:
    """Write the file."""
    lines = []
    for passage in held_out():
        if without_events and passage.events:
            continue
        expected = [
            {"type": event.type, "source": countries(event.source), "target": countries(event.target)}
            for event in passage.events
            if event.polarity == "positive" and event.tense != "hypothetical"
        ]
        lines.append(msgspec.json.encode({"id": passage.id, "text": passage.text, "expected": expected}))
    path.write_bytes(b"\n".join(lines) + b"\n")


if __name__ == "__main__":
    write_gold(Path(sys.argv[1]), without_events="--without-events" in sys.argv[2:])
