"""How the shipped reader codes the newspapers: events passage by passage, their parties by whole articles.

python training/corpus/newspapers_told.py FOLDER-OF-DATA
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from newspapers import LEAST_SURE, Coded, Place, article_of, newspapers, places
from passages import span_of

from melian import Reader
from melian.errors import BadReport
from melian.records import Event, Reading, Span, overlap

_TOGETHER = frozenset({"AGREE", "CONSULT", "COOPERATE"})
"""Types whose parties act together: which of them is named as source says nothing."""
_OF_NO_COUNTRY = frozenset({"IGO", "NGO", "MNC"})


def is_told_at(event: Event, words: Span) -> bool:
    """Tell whether a mention of an event touches some words."""
    return any(overlap(mention.trigger, words) for mention in event.mentions)


def told_events(reader: Reader, data: Path) -> Iterator[str]:
    """Yield precision and recall of events with their type, every passage read by itself."""
    count: Counter[str] = Counter()
    for one in newspapers(data):
        text = one.passage.text
        left = [(event.type, span_of(text, event.trigger, event.nth)) for event in one.passage.events]
        count["passages"] += 1
        count["coded"] += len(left)
        false = 0
        for event in _events(reader, text):
            if any(is_told_at(event, words) for words in one.open):
                continue
            count["told"] += 1
            hit = next((gold for gold in left if gold[0] == event.type and is_told_at(event, gold[1])), None)
            if hit is not None:
                left.remove(hit)
            count["right"] += hit is not None
            false += hit is None
        count["false passages"] += false > 0
    yield f"events told {count['told']}, of {count['coded']} coded {count['right']}"
    yield f"precision {count['right'] / count['told']:.3f}, recall {count['right'] / count['coded']:.3f}"
    yield f"F1 {2 * count['right'] / (count['told'] + count['coded']):.3f}"
    yield f"passages with a false event {count['false passages']} of {count['passages']}"


def _events(reader: Reader, text: str) -> Sequence[Event]:
    try:
        return reader.read(text).events
    except BadReport:  # A line of names is no English sentence.
        return ()


def told_parties(reader: Reader, data: Path) -> Iterator[str]:
    """Yield how often the countries of the parties are right, of events found with their type, articles read whole."""
    by_article = groupby(sorted(places(), key=_article), key=_article)
    rights: dict[str, Counter[str]] = {"within one country": Counter(), "between countries": Counter()}
    for article, coded in ((key, list(group)) for key, group in by_article):
        reading = reader.read(article_of(data, *article))
        for gold in (event for place in coded for event in place.events if event.sure >= LEAST_SURE):
            found = [e for e in reading.events if e.type == gold.type and is_told_at(e, gold.trigger)]
            if found:
                right = rights["within one country" if set(gold.source) == set(gold.target) else "between countries"]
                right["found"] += 1
                right.update(_right_sides(gold, found[0], reading))
    for where, right in rights.items():
        shares = ", ".join(f"{side} {right[side]}" for side in ("source", "target", "both"))
        yield f"events {where} found with their type {right['found']}, of these right: {shares}"


def _article(place: Place) -> tuple[str, str]:
    return place.data, place.article


def _right_sides(gold: Coded, event: Event, reading: Reading) -> list[str]:
    wanted = [set(side) - {"?"} for side in (gold.source, gold.target)]
    told = [_countries(ids, reading) for ids in (event.sources, event.targets)]
    if gold.type in _TOGETHER:
        wanted, told = ([set.union(*sides)] * 2 for sides in (wanted, told))
    right = [side for side, a, b in zip(("source", "target"), wanted, told, strict=True) if a == b]
    return [*right, *(["both"] if len(right) == 2 else [])]


def _countries(ids: Sequence[str], reading: Reading) -> set[str]:
    actors = [actor for actor in reading.actors if actor.id in ids]
    return {c for a in actors if (c := a.country or (a.sector if a.sector in _OF_NO_COUNTRY else None))}


if __name__ == "__main__":
    shipped, folder = Reader(), Path(sys.argv[1])
    sys.stdout.writelines(f"{line}\n" for line in (*told_events(shipped, folder), *told_parties(shipped, folder)))
