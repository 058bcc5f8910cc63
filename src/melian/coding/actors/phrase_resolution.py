"""One phrase of a text to its actors."""

from __future__ import annotations

import re

from melian.coding.draft import Draft, Naming
from melian.records import Actor, Span

_FAR = 99


def resolve_phrase(draft: Draft, span: Span) -> tuple[Actor, ...]:
    """Lead a phrase to its actors.

    A phrase is about its head: "the prime minister of Peru" is the prime minister, and "Hamas's armed wing", whose
    head no table knows, is at least of Hamas.

    Args:
        draft: A draft whose actors are known.
        span: Where the phrase stands in the report's text.

    Returns:
        Whom the naming leads to that stands nearest to the phrase's head; none where the phrase names nobody.
    """
    doc = draft.doc
    phrase = doc.char_span(*span, alignment_mode="expand") if doc is not None else None
    if doc is None or phrase is None:
        return ()
    root = phrase.root.i

    def depth(naming: Naming) -> int:
        token, steps = doc[naming.head], 0
        while token.i != root and token.head.i != token.i:
            token, steps = token.head, steps + 1
        return steps if token.i == root else _FAR

    inside = [n for n in draft.namings if n.start < phrase.end and phrase.start < n.end and n.actor is not None]
    best = min(inside, key=lambda n: (depth(n), n.start - n.end, n.head), default=None)
    if best is None:
        # A title alone leads to the person whose title it is: "bishop" in "Bishop A B said".
        best = next((n for n in draft.namings if n.start == phrase.end and n.actor is not None), None)
    if best is None:
        return ()
    joined = {token.i for token in doc[best.head].conjuncts}
    led = [best, *(n for n in inside if n.head in joined)]
    actors = {actor.id: actor for actor in draft.actors}
    return tuple(dict.fromkeys(actors[one] for n in led for one in (n.actor, *n.others) if one in actors))


def as_sentence(phrase: str) -> tuple[str, Span]:
    """Make a sentence of a phrase that stands alone, in which it says something; and tell where it stands there."""
    comma = "," * (", " in phrase)
    return f"{phrase[:1].upper()}{phrase[1:]}{comma} said so.", (0, len(phrase))


def in_context(phrase: str, context: str) -> tuple[str, Span]:
    """Find a phrase in its context, whatever its capitals ("the minister" in "The minister left."), or say it behind.

    Args:
        phrase: The phrase.
        context: The sentences that it belongs to.

    Returns:
        The text to read, and where the phrase stands in it.
    """
    exact = re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", context)
    found = exact or re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", context, re.IGNORECASE)
    if found is not None:
        return context, found.span()
    said, (start, end) = as_sentence(phrase)
    before = f"{context.rstrip()} "
    return before + said, (len(before) + start, len(before) + end)
