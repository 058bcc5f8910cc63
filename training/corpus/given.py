"""What the coder makes of the held-out tenth where the trigger is known: types, modes, parties, direction.

    python training/corpus/given.py

Type and mode are told by the heads at the gold trigger (the mode, where the passage shows one, for the gold type).
Parties are those of the reading's event that shares words with the gold trigger, for as many as there are; a side is
right if its countries are all there and no others. Of CONSULT, COOPERATE and AGREE both sides count as one.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence

from gold import countries, held_out
from passages import GoldEvent, Passage, span_of

from melian.coding.coder import Coder
from melian.coding.encoder.transformer import Encoded
from melian.coding.events.heads import EventHeads, Trigger, event_heads
from melian.evaluation.bootstrap import Figure, macro_f1, measure, share
from melian.intake import report_from_text
from melian.knowledge.ontology import event_kinds
from melian.records import Event, Reading, Span, overlap

TOGETHER = frozenset({"CONSULT", "COOPERATE", "AGREE"})
Pairs = dict[str, list[list[tuple[str, str]]]]


def told_at(trigger: Span, windows: tuple[Encoded, ...], heads: EventHeads, kind: str) -> tuple[str, tuple[str, ...]]:
    """Give the likeliest type at a trigger, and the modes that the heads see there for its gold type."""
    kinds = tuple(k.id for k in event_kinds())
    for encoded in windows:
        words = [i for i, span in enumerate(encoded.window.spans) if overlap(span, trigger)]
        if words:
            chances = heads.chances(encoded)[words[0] : words[-1] + 1].sum(axis=0)[: len(kinds)]
            (found,) = heads.complete(encoded, [Trigger(words[0], words[-1] + 1, kind, 1.0)])
            return kinds[int(chances.argmax())], found.modes or tuple(filter(None, (found.likely,)))
    return "", ()


def sides_of(event: GoldEvent, found: Event, reading: Reading) -> Iterator[tuple[str, bool]]:
    """Yield for each measure of parties whether one event's are right."""
    country = {actor.id: actor.country for actor in reading.actors}
    have = [sorted({c for i in ids if (c := country[i])}) for ids in (found.sources, found.targets)]
    want = [countries(event.source), countries(event.target)]
    if event.type in TOGETHER:
        have, want = [sorted({*have[0], *have[1]}), []], [sorted({*want[0], *want[1]}), []]
    yield "source country right", have[0] == want[0]
    yield "target country right", have[1] == want[1]
    yield "both right", have == want
    if event.type not in TOGETHER and want[0] and want[1] and want[0] != want[1] and have in (want, want[::-1]):
        yield "direction right", have == want


def judge(passage: Passage, coder: Coder, heads: EventHeads) -> tuple[Pairs, dict[str, list[float]]]:
    """Judge one passage: pairs of gold and given labels, and right out of all."""
    report = report_from_text(passage.text)
    windows, reading = coder.encode(report), coder.read_report(report)
    labels: Pairs = {"type": [[]], "mode": [[]]}
    counts: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for event in passage.events:
        trigger = span_of(passage.text, event.trigger, event.nth)
        kind, modes = told_at(trigger, windows, heads, event.type)
        labels["type"][0].append((event.type, kind))
        if event.modes:
            best = next((mode for mode in modes if mode in event.modes), modes[0] if modes else "none")
            labels["mode"][0].append((f"{event.type}/{event.modes[0] if best not in event.modes else best}",
                                      f"{event.type}/{best}"))  # fmt: skip
        found = [e for e in reading.events if any(overlap(m.trigger, trigger) for m in e.mentions)]
        counts["found, whatever its type"][0] += bool(found)
        counts["found, whatever its type"][1] += 1
        for name, right in sides_of(event, found[0], reading) if found else ():
            counts[name][0] += right
            counts[name][1] += 1
    return labels, counts


def figures() -> Iterator[Figure]:
    """Yield the figures."""
    coder, heads = Coder(), event_heads()
    judged = [judge(passage, coder, heads) for passage in held_out()]
    for name in ("type", "mode"):
        pairs = [labels[name][0] for labels, _ in judged]
        classes = sorted({gold for own in pairs for gold, _ in own})
        yield measure(f"{name}: macro-F1", [_tallies(own, classes) for own in pairs], macro_f1, of=sum(map(len, pairs)))
        rows = [[float(sum(a == b for a, b in own)), float(len(own))] for own in pairs]
        yield measure(f"{name}: accuracy", rows, share, of=int(sum(row[1] for row in rows)))
    for name in sorted({name for _, counts in judged for name in counts}):
        rows = [list(counts[name]) for _, counts in judged]
        yield measure(name, rows, share, of=int(sum(row[1] for row in rows)))


def _tallies(pairs: Sequence[tuple[str, str]], classes: Sequence[str]) -> list[float]:
    """Count for each class what is right, what was given wrongly, and what was missed."""
    rows = [
        (
            sum(gold == told == kind for gold, told in pairs),
            sum(told == kind != gold for gold, told in pairs),
            sum(gold == kind != told for gold, told in pairs),
        )
        for kind in classes
    ]
    return [float(count) for row in rows for count in row]


if __name__ == "__main__":
    for figure in figures():
        sys.stdout.write(f"{figure.name}: {figure.value:.1f} ({figure.low:.1f} to {figure.high:.1f}) of {figure.of}\n")
