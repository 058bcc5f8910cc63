"""Check the corpus: every rule of its form, duplicates and near-duplicates, and how many of each type and mode it has.

    python training/corpus/check.py [PART.jsonl ...]

With parts named, only their mistakes and counts are shown, but near-duplicates are sought in the whole corpus.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from passages import BadPassage, Passage, allowed_modes, check, parts, passages_of

NEAR = 0.45
"""Share of common runs of four words from which two passages are near-duplicates."""
SAME_START = 4
"""Passages of one part that may begin with the same four words."""


def words_of(text: str) -> list[str]:
    """Give a text's words without case or marks."""
    return re.findall(r"[\w']+", text.lower())


def runs_of(text: str) -> frozenset[tuple[str, ...]]:
    """Give a text's runs of four words."""
    words = words_of(text)
    return frozenset(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3)))


def near_duplicates(passages: Sequence[Passage]) -> Iterator[tuple[Passage, Passage, float]]:
    """Yield pairs of passages that share too many runs of words (Jaccard), by an index of the runs."""
    runs = [runs_of(passage.text) for passage in passages]
    where: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, own in enumerate(runs):
        shared = Counter(j for run in own for j in where[run])
        for j, count in shared.items():
            likeness = count / (len(own) + len(runs[j]) - count)
            if likeness >= NEAR and near_miss_of(passages[i]) is None and near_miss_of(passages[j]) is None:
                yield passages[j], passages[i], likeness
        for run in own:
            where[run].append(i)


def part_of(passage: Passage) -> str:
    """Give the part that a passage stands in, by its id."""
    return passage.id.rpartition("-")[0]


def near_miss_of(passage: Passage) -> str | None:
    """Give the kind that marks a passage as one of a pair that differs in a word on purpose."""
    return next((kind for kind in passage.kinds if kind.startswith("near-miss")), None)


def mistakes_in(passages: Sequence[Passage], every: Sequence[Passage]) -> Iterator[str]:
    """Yield what is wrong beyond single passages."""
    ids = Counter(passage.id for passage in every)
    for passage in passages:
        if ids[passage.id] > 1:
            yield f"{passage.id}: its id is given {ids[passage.id]} times"
    starts = Counter(
        (part_of(passage), *words_of(passage.text)[:4]) for passage in passages if near_miss_of(passage) is None
    )
    for (part, *start), count in starts.items():
        if count > SAME_START:
            yield f"{count} passages of {part} begin with {' '.join(start)!r}: a template?"
    own = {passage.id for passage in passages}
    for a, b, likeness in near_duplicates(every):
        if a.id in own or b.id in own:
            yield f"{a.id} and {b.id} share {likeness:.0%} of their runs of four words"


def counts(passages: Sequence[Passage]) -> Iterator[str]:
    """Yield lines of how many there are of each type and mode."""
    types = Counter(event.type for passage in passages for event in passage.events)
    modes = Counter((event.type, mode) for passage in passages for event in passage.events for mode in event.modes)
    empty = sum(not passage.events for passage in passages)
    yield f"{len(passages)} passages, {sum(types.values())} events, {empty} passages without event"
    for kind, names in allowed_modes().items():
        if types[kind]:
            yield f"  {kind} {types[kind]}: " + ", ".join(f"{name} {modes[kind, name]}" for name in sorted(names))


def main(paths: Sequence[str]) -> int:
    """Print mistakes and counts; 1 where there is a mistake."""
    chosen: list[Passage] = []
    every: list[Passage] = []
    mistakes: list[str] = []
    wanted = {Path(path).resolve() for path in paths}
    for path in parts():
        part: list[Passage] = []
        try:
            part.extend(passages_of(path))
        except BadPassage as error:
            if not wanted or path.resolve() in wanted:
                mistakes += all_mistakes(path) or [str(error)]
            continue
        every += part
        if not wanted or path.resolve() in wanted:
            chosen += part
    mistakes += mistakes_in(chosen, every)
    print("\n".join([*mistakes, *counts(chosen)]))
    return bool(mistakes)


def all_mistakes(path: Path) -> list[str]:
    """List every broken line of a part, not only the first."""
    import msgspec

    decoder = msgspec.json.Decoder(Passage)
    found: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line.strip():
            try:
                check(decoder.decode(line))
            except (msgspec.DecodeError, BadPassage) as error:
                found.append(f"{path.name}, line {number}: {error}")
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
