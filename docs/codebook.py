"""The codebook page: types and modes of the ontology with examples from the corpus."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from melian.knowledge.ontology import event_kinds, modes, rulings

CORPUS = Path(__file__).resolve().parents[1] / "training" / "corpus" / "passages"
EXAMPLES, COUNTEREXAMPLES, LONGEST = 4, 3, 230
Passage = dict[str, object]


def codebook_page() -> str:
    """Write the codebook."""
    passages = list(_passages())
    parts = [
        "# Codebook\n",
        "The types, modes and contexts are those of PLOVER (Open Event Data Alliance, manual of 2024-02-04, "
        "CC BY-SA 4.0), and so is this page's licence; the wording is ours. Examples come from "
        "[the corpus](../../training/corpus/README.md), whose rules say how passages are coded. The type is that "
        "of the deed, whether done, planned, denied or feared: polarity, certainty and tense are fields of each "
        "claim.\n",
    ]
    for kind in event_kinds():
        parts.append(f"## {kind.id}\n")
        parts.append(f"{kind.meaning} {kind.boundary}\n")
        future = f", to come it is {kind.future} where one type must be given" if kind.future else ""
        parts.append(f"Quad class {kind.quad}, score {kind.score:g}{future}.\n")
        own = [mode for mode in modes() if mode.type == kind.id]
        if own:
            parts.append("| mode | score | meaning | example |\n|---|---|---|---|")
            parts[-1] += "".join(
                f"\n| {mode.name} | {'' if mode.score is None else f'{mode.score:g}'} | {mode.meaning} | "
                f"{_first(passages, kind.id, mode.name) or mode.example} |"
                for mode in own
            )
            parts[-1] += "\n"
        parts.append("It is:\n")
        parts.append("\n".join(f"- {text}" for text in _examples(passages, kind.id)) + "\n")
        parts.append("It is not:\n")
        parts.append("\n".join(f"- {text}" for text in _counterexamples(passages, kind.id)) + "\n")
    parts.append("## Where the manual contradicts itself\n")
    parts.append("| where | what it says | what Melian does | example |\n|---|---|---|---|")
    parts[-1] += "".join(f"\n| {row.where} | {row.says} | {row.ruling} | {row.example} |" for row in rulings()) + "\n"
    return "\n".join(parts)


def _passages() -> Iterator[Passage]:
    for path in sorted(CORPUS.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            # Held-out passages are left out of a page that people will copy.
            if line and number % 10 != 9:
                yield json.loads(line)


def _events(passage: Passage) -> list[dict[str, object]]:
    return passage["events"]  # type: ignore[return-value]


def _is_short(passage: Passage) -> bool:
    return len(str(passage["text"])) <= LONGEST


def _shown(passage: Passage, event: dict[str, object]) -> str:
    text, trigger = str(passage["text"]).replace("|", "/"), str(event["trigger"])
    return re.sub(rf"(?<!\w){re.escape(trigger)}(?!\w)", f"**{trigger}**", text, count=1)


def _first(passages: Sequence[Passage], kind: str, mode: str) -> str | None:
    for passage in passages:
        events = _events(passage)
        if len(events) == 1 and _is_short(passage) and events[0]["type"] == kind and events[0].get("modes") == [mode]:
            return _shown(passage, events[0])
    return None


def _examples(passages: Sequence[Passage], kind: str) -> Iterator[str]:
    """Yield passages with one event of the type, each with another trigger and beginning."""
    seen: Counter[str] = Counter()
    for passage in passages:
        events = _events(passage)
        if len(events) != 1 or events[0]["type"] != kind or not _is_short(passage):
            continue
        key = str(passage["id"]).rpartition("-")[0] + str(events[0].get("modes"))
        if seen[key] == 0 and seen.total() < EXAMPLES:
            seen[key] += 1
            yield _shown(passage, events[0])


def _counterexamples(passages: Sequence[Passage], kind: str) -> Iterator[str]:
    """Yield passages with a word that is a trigger of the type elsewhere, and here of another type or of nothing."""
    triggers = Counter(str(e["trigger"]).lower() for p in passages for e in _events(p) if e["type"] == kind)
    used: set[str] = set()
    for passage in reversed(passages):
        if len(used) == COUNTEREXAMPLES or not _is_short(passage) or len(_events(passage)) > 1:
            continue
        words = set(re.findall(r"\w+", str(passage["text"]).lower()))
        events = _events(passage)
        if events and (events[0]["type"] == kind or triggers[str(events[0]["trigger"]).lower()] < 2):
            continue
        word = next((w for w in sorted(words) if triggers[w] >= 4 and len(w) > 4 and w not in used), None)
        if events:
            word = str(events[0]["trigger"]).lower()
        if word is not None and word not in used:
            used.add(word)
            told = f"{events[0]['type']}" if events else "no event"
            yield f"{_shown(passage, {'trigger': word} if not events else events[0])} ({told})"
