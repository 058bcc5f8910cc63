"""The one root that a reading gives for a pair of marked phrases, as relation data wants it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from melian.records import Act, Claim, Event, Reading, Span, Statement, overlap, plover_type

Root = str
Quad = Literal[1, 2, 3, 4]

ROOT_QUADS: dict[Root, Quad] = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "COOPERATE": 2, "AID": 2, "YIELD": 2, "REQUEST": 3, "ACCUSE": 3,
    "REJECT": 3, "THREATEN": 3, "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip
"""The 15 roots of relation data and the quad class of each. YIELD is CONCEDE and RETREAT together."""

DEFAULT_ROOT: Root = "CONSULT"
"""Predicted where a reading holds neither an event nor a statement: relation data knows no "no event"."""

ACT_ROOTS: dict[Act, Root] = {
    "accuse": "ACCUSE", "condemn": "ACCUSE", "demand": "REQUEST", "promise": "AGREE", "threaten": "THREATEN",
    "praise": "SUPPORT", "deny": "REJECT", "confirm": "AGREE", "question": "ACCUSE",
}  # fmt: skip
"""The root of what a marked speaker does by speaking, for pairs that no event joins."""

JUDGED: dict[Root, tuple[Root, Root, Root]] = {
    "AGREE": ("AGREE", "REJECT", "REJECT"),
    "CONSULT": ("AGREE", "REJECT", "REJECT"),
    "SUPPORT": ("AGREE", "REJECT", "REJECT"),
    "COOPERATE": ("AGREE", "SANCTION", "REJECT"),
    "AID": ("AGREE", "SANCTION", "REJECT"),
    "YIELD": ("AGREE", "SANCTION", "REJECT"),
    "REQUEST": ("REQUEST", "AGREE", "AGREE"),
    "ACCUSE": ("ACCUSE", "AGREE", "AGREE"),
    "REJECT": ("REJECT", "AGREE", "AGREE"),
    "THREATEN": ("THREATEN", "AGREE", "AGREE"),
    "PROTEST": ("THREATEN", "YIELD", "AGREE"),
    "MOBILIZE": ("THREATEN", "YIELD", "AGREE"),
    "SANCTION": ("THREATEN", "YIELD", "AGREE"),
    "COERCE": ("THREATEN", "YIELD", "AGREE"),
    "ASSAULT": ("THREATEN", "YIELD", "AGREE"),
}
"""What a root becomes when it is announced, denied, and ruled out for the future.

A convention of relation data, not of the codebook; readings keep type, polarity and tense apart.

Reference: Hu et al., "Leveraging Codebook Knowledge with NLI and ChatGPT for Zero-Shot Political Relation
    Classification", ACL 2024; its table of modality.
"""


MARK = re.compile(r"<(/?)([st])>")


@dataclass(frozen=True, slots=True)
class Pair:
    """A text with the spans of its marked source and target; a mark that is missing has no span."""

    text: str
    source: tuple[Span, ...]
    target: tuple[Span, ...]


def pair_of(marked: str) -> Pair:
    """Take the marks `<s>…</s>` and `<t>…</t>` out of a sentence. An unclosed mark runs to the end."""
    pieces: list[str] = []
    length, last = 0, 0
    opened: dict[str, list[int]] = {"s": [], "t": []}
    spans: dict[str, list[Span]] = {"s": [], "t": []}
    for mark in MARK.finditer(marked):
        pieces.append(marked[last : mark.start()])
        length += len(pieces[-1])
        last = mark.end()
        role = mark[2]
        if not mark[1]:
            opened[role].append(length)
        elif opened[role]:
            spans[role].append((opened[role].pop(), length))
    pieces.append(marked[last:])
    text = "".join(pieces)
    for role, starts in opened.items():
        spans[role].extend((start, len(text)) for start in starts)
    return Pair(text, *(tuple(sorted(span for span in spans[role] if span[0] < span[1])) for role in ("s", "t")))


def root_of(reading: Reading, pair: Pair) -> tuple[Root, float]:
    """Choose one root for a marked pair, with its confidence.

    An event whose source and target are the marked ones is best; then one that joins the two the other way round, one
    with the marked source, one with the marked target. Then comes the act of a statement whose speaker is the marked
    source, then any event, then `DEFAULT_ROOT`. Among equals the trigger nearest to the pair decides, then the first:
    it governs the others ("agreed to send", "threatened to attack"). Then comes confidence.
    """
    mentions = {actor.id: actor.mentions for actor in reading.actors}

    def is_marked(ids: Iterable[str], marked: tuple[Span, ...]) -> bool:
        return any(_same(mention, span) for actor in ids for mention in mentions.get(actor, ()) for span in marked)

    def rank(event: Event) -> tuple[int, int, int, float]:
        source, target = is_marked(event.sources, pair.source), is_marked(event.targets, pair.target)
        turned = is_marked(event.sources, pair.target) or is_marked(event.targets, pair.source)
        together = is_marked(event.sources, pair.source) and is_marked(event.sources, pair.target)
        if (source and target) or (together and not event.targets):
            level = 0
        elif is_marked(event.sources, pair.target) and is_marked(event.targets, pair.source):
            level = 1
        elif source:
            level = 2
        elif target:
            level = 3
        else:
            level = 4 if turned else 6
        distance = min((_distance(mention.trigger, pair) for mention in event.mentions), default=len(pair.text))
        first = min((mention.trigger[0] for mention in event.mentions), default=len(pair.text))
        return level, distance, first, -event.confidence

    spoken = [s for s in reading.statements if s.speaker_span and any(_same(s.speaker_span, m) for m in pair.source)]
    ranked = sorted(((rank(event), event) for event in reading.events), key=lambda item: item[0])
    if ranked and (ranked[0][0][0] < 4 or not any(statement.act in ACT_ROOTS for statement in spoken)):
        event = ranked[0][1]
        kind = plover_type(event)
        root = "YIELD" if kind in ("CONCEDE", "RETREAT") else kind
        return judged_root(root, commitment(event, reading, spoken)), event.confidence
    for statement in spoken:
        if statement.act in ACT_ROOTS:
            return ACT_ROOTS[statement.act], statement.confidence
    return DEFAULT_ROOT, 0.0


def judged_root(root: Root, claim: Claim | None) -> Root:
    """Change a root by what is claimed of the event: announced, denied, or ruled out."""
    if claim is None:
        return root
    announced, denied, ruled_out = JUDGED.get(root, (root, root, root))
    if claim.polarity == "negative":
        return ruled_out if claim.tense == "future" else denied
    return announced if claim.tense == "future" else root


def commitment(event: Event, reading: Reading, preferred: Iterable[Statement] = ()) -> Claim | None:
    """Find who commits himself about an event: the author, else a preferred speaker, else the first speaker."""
    claims = [claim for claim in reading.claims if claim.event == event.id and claim.certainty != "uncommitted"]
    first = {statement.id for statement in preferred}
    claims.sort(key=lambda claim: (claim.holder != "author", claim.holder not in first))
    return claims[0] if claims else None


def _same(mention: Span, marked: Span) -> bool:
    """Tell whether half of the shorter of two spans, or more, lies in the other."""
    return 2 * overlap(mention, marked) >= max(1, min(mention[1] - mention[0], marked[1] - marked[0]))


def _distance(trigger: Span, pair: Pair) -> int:
    """Count the code points from a trigger to the stretch from the one mark to the other; 0 between them."""
    marked = [*pair.source, *pair.target]
    if not marked:
        return 0
    start, end = min(span[0] for span in marked), max(span[1] for span in marked)
    return max(0, start - trigger[1], trigger[0] - end)
