"""A parsed text laid out for quick looking: its words, labels and spans, taken from the parse once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from melian.coding.places.known import known_keys
from melian.coding.places.mention import Mention, Origin
from melian.knowledge.gazetteer import entries_named, fold_name, name_key, place_words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LEAST = 4
_MOSTLY = 0.8
POSSESSIVE = frozenset({"'s", "’s", "'", "’"})


class Passage(msgspec.Struct, frozen=True):
    """One text. The lists run along its tokens.

    `capital` tells which begin with a capital letter, `shouted` which stand in a sentence all in capitals.
    """

    doc: Doc
    text: str
    tokens: Sequence[Token]
    words: Sequence[str]
    starts: Sequence[int]
    labels: Sequence[str]
    capital: Sequence[bool]
    shouted: Sequence[bool]

    def end_of(self, token: int) -> int:
        """Give the code point behind a token."""
        return self.starts[token] + len(self.words[token])

    def name_at(self, start: int, end: int, origin: Origin) -> Mention | None:
        """Make a mention of some tokens, without article, direction word, possessive or punctuation at its ends.

        Returns:
            None where nothing is left.
        """
        words, directions = self.words, place_words("direction words")
        while start < end and (words[start] in directions or not any(c.isalnum() for c in words[start])):
            start += 1
        while start < end and (
            (words[end - 1] in POSSESSIVE and not self.owns_its_end(start, end))
            or not any(c.isalnum() for c in words[end - 1])
        ):
            end -= 1
        if start >= end:
            return None
        key = name_key(self.text[self.starts[start] : self.end_of(end - 1)])
        if key.startswith("the ") and end - start > 1 and key not in known_keys():
            start, key = start + 1, key[4:]
        if not key:
            return None
        return Mention(self.starts[start], self.end_of(end - 1), key, origin, (start, end))

    def owns_its_end(self, start: int, end: int) -> bool:
        """Tell whether "'s" belongs to the name, as in "St. John's"."""
        return bool(entries_named(fold_name(self.text[self.starts[start] : self.end_of(end - 1)])))


def lay_out(doc: Doc) -> Passage:
    """Lay out a parsed text."""
    tokens = tuple(doc)
    words = [token.text for token in tokens]
    return Passage(
        doc=doc,
        text=doc.text,
        tokens=tokens,
        words=words,
        starts=[token.idx for token in tokens],
        labels=[token.ent_type_ for token in tokens],
        capital=[word[:1].isupper() for word in words],
        shouted=_shouted(doc),
    )


def _shouted(doc: Doc) -> list[bool]:
    shouted: list[bool] = []
    for sentence in doc.sents:
        letters = [token.text for token in sentence if token.is_alpha and len(token) > 1]
        capitals = sum(word.isupper() for word in letters)
        shouted += [len(letters) >= _LEAST and capitals > _MOSTLY * len(letters)] * len(sentence)
    return shouted
