"""How often a pronoun is led to whom GUM's coreference leads it to: python benchmarks/pronouns.py FOLDER.

Only pronouns that Melian leads to an actor count, of clusters that hold a noun or of none. Right is one whose actor has
a mention that ends where a noun of the pronoun's cluster does, or lies in one.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from melian import Reader
from melian.coding.actors.coreference import PERSON_PRONOUNS, PLURAL_PRONOUNS, THING_PRONOUNS
from melian.errors import BadReport
from melian.records import Actor, Span

_GENRES = frozenset({"news", "interview", "bio", "speech", "voyage"})
_KINDS = {"he, she": frozenset(PERSON_PRONOUNS), "it": THING_PRONOUNS, "they": PLURAL_PRONOUNS}
_OF_SPEECH = frozenset("i we you me us my our your mine ours yours who that which this these those".split())
_FAR = 3
_LONGEST = 60


def judged(record: dict[str, Any], reader: Reader) -> Iterator[tuple[str, bool]]:
    """Yield the kind of each pronoun that is led to an actor, and whether that is right."""
    text = record["text"]
    cluster_at = {tuple(m["span"]): m["cluster"] for m in record["onto_mentions"]}
    nouns: dict[str, list[Span]] = {}
    for span, cluster in cluster_at.items():
        if _kind(text, span) is None and text[slice(*span)].lower() not in _OF_SPEECH:
            nouns.setdefault(cluster, []).append(span)
    try:
        actors = reader.read(text).actors
    except BadReport:
        return
    for actor in actors:
        for mention in actor.mentions:
            kind, cluster = _kind(text, mention), cluster_at.get(mention)
            if kind is not None and (cluster is None or cluster in nouns):
                yield kind, cluster is not None and _is_of(actor, nouns[cluster], text)


def _kind(text: str, span: Span) -> str | None:
    word = text[slice(*span)].lower()
    return next((kind for kind, words in _KINDS.items() if word in words), None)


def _is_of(actor: Actor, nouns: list[Span], text: str) -> bool:
    own = [m for m in actor.mentions if _kind(text, m) is None]
    return any(
        abs(a[1] - b[1]) <= _FAR or (b[0] - _FAR <= a[0] and a[1] <= b[1] and b[1] - b[0] <= _LONGEST)
        for a in own
        for b in nouns
    )


def main() -> None:
    """Print the shares."""
    reader = Reader()
    lines = (Path(sys.argv[1]) / "gum.jsonl").read_text(encoding="utf-8").splitlines()
    records = [record for line in lines if (record := json.loads(line))["genre"] in _GENRES]
    count = Counter(pair for record in records for pair in judged(record, reader))
    for kind in _KINDS:
        led = count[kind, True] + count[kind, False]
        print(
            f"{kind}: led to an actor {led}, right {count[kind, True]} ({100 * count[kind, True] / max(led, 1):.1f} %)"
        )


if __name__ == "__main__":
    main()
