"""How far two people who coded the same passages agree: Krippendorff's alpha, field by field.

    python training/corpus/agreement.py

Every tenth passage was coded a second time by somebody who saw its text and its id, which names its part, and nothing
else. The events of the two are matched by triggers that overlap, of one type first; an event without a match is "none"
for the other.

Reference: Krippendorff, "Content Analysis", 4th edition, chapter 12; nominal data, two coders.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from passages import HERE, GoldEvent, Passage, corpus, passages_of, span_of

from melian.evaluation.agreement import alpha

Pair = tuple[GoldEvent | None, GoldEvent | None]


def twice_coded() -> list[tuple[Passage, Passage]]:
    """Give the passages that were coded twice, first coding first."""
    first = {passage.id: passage for passage in corpus()}
    seconds = [p for path in sorted((HERE / "seconds").glob("*.jsonl")) for p in passages_of(path)]
    return [(first[second.id], second) for second in seconds]


def matched(one: Passage, other: Passage) -> Iterator[Pair]:
    """Match events by overlapping triggers, those of the same type first."""

    def overlaps(a: GoldEvent, b: GoldEvent) -> bool:
        x, y = span_of(one.text, a.trigger, a.nth), span_of(one.text, b.trigger, b.nth)
        return x[0] < y[1] and y[0] < x[1]

    left, right = list(one.events), list(other.events)
    rules: tuple[Callable[[GoldEvent, GoldEvent], bool], ...] = (
        lambda a, b: a.type == b.type and overlaps(a, b),
        overlaps,
        lambda a, b: a.type == b.type,
    )
    for rule in rules:
        for a in list(left):
            b = next((b for b in right if rule(a, b)), None)
            if b is not None:
                left.remove(a)
                right.remove(b)
                yield a, b
    yield from ((a, None) for a in left)
    yield from ((None, b) for b in right)


def countries(event: GoldEvent, side: str) -> str:
    """Give the countries of one side of an event, in order."""
    return "+".join(sorted(party.country or "?" for party in getattr(event, side)))


def main() -> None:
    """Print the alphas."""
    pairs = twice_coded()
    events = [pair for one, other in pairs for pair in matched(one, other)]
    both = [(a, b) for a, b in events if a is not None and b is not None]
    same = [(a, b) for a, b in both if a.type == b.type]
    print(f"{len(pairs)} passages coded twice")
    print(f"{len(events)} events of either, {len(both)} of both, {len(same)} of one type")
    rows: list[tuple[str, list[tuple[object, object]]]] = [
        ("any event in the passage", [(bool(a.events), bool(b.events)) for a, b in pairs]),
        ("type, what one did not see being none", [(a and a.type, b and b.type) for a, b in events]),
        ("type, of events that both saw", [(a.type, b.type) for a, b in both]),
        ("first mode", [(a.modes[:1], b.modes[:1]) for a, b in same]),
        ("source countries", [(countries(a, "source"), countries(b, "source")) for a, b in same]),
        ("target countries", [(countries(a, "target"), countries(b, "target")) for a, b in same]),
        ("polarity", [(a.polarity, b.polarity) for a, b in same]),
        ("tense", [(a.tense, b.tense) for a, b in same]),
        ("certainty", [(a.certainty, b.certainty) for a, b in same]),
        ("by somebody", [(a.by is not None, b.by is not None) for a, b in same]),
    ]
    for name, values in rows:
        agreed = sum(x == y for x, y in values) / len(values)
        print(f"  {name:<40} alpha {alpha(values):.2f}  agreed {agreed:.0%} of {len(values)}")


if __name__ == "__main__":
    main()
