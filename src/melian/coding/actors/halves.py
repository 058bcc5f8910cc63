"""States of a divided land that a report calls by a point of the compass: "the North", "a Southern patrol boat"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from melian.coding.actors.names import KnownName, NameMatch, state_of
from melian.knowledge.countries import Half, halves

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def halves_named(doc: Doc, matches: Sequence[NameMatch]) -> Iterator[NameMatch]:
    """Yield the words for one half, where the report names either in full.

    Args:
        doc: The parse.
        matches: Known names, whose words are left to them.
    """
    named = {reading.country for match in matches for reading in match.readings[:1]}
    meant = [half for half in halves() if named.intersection(half.among)]
    taken = {i for match in matches for i in range(match.start, match.end)} if meant else set()
    for token in doc if meant else ():
        for half in meant:
            known = _reading(half, token)
            if known is not None and token.i not in taken:
                yield NameMatch(token.i, token.i + 1, (known,))


def _reading(half: Half, token: Token) -> KnownName | None:
    doc, i = token.doc, token.i
    behind = doc[i + 1] if i + 1 < len(doc) else None
    if behind is None or behind.text == "-" or behind.pos_ == "PROPN" or not token.text[:1].isupper():
        return None
    state = state_of(half.country)
    if state is None or i == 0:
        return None
    if token.text == half.name and doc[i - 1].lower_ == "the" and behind.lower_ != "of":
        return state
    if token.text == half.adjective and behind.pos_ == "NOUN":
        return replace(state, form="adjective")
    return None
