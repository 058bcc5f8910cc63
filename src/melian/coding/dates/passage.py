"""What the readings may ask about the words around an expression: the parse, looked up only where needed."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

import msgspec

from melian.coding.dates.lexing import Piece

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


class Passage(msgspec.Struct, frozen=True):
    """A report cut into pieces, with its parse.

    Attributes:
        doc: The parse.
        text: Its text.
        pieces: Words, numbers and marks.
        token_starts: Code points where tokens begin.
        sentence_starts: Code points where sentences begin; empty where the parse has none.
    """

    doc: Doc
    text: str
    pieces: list[Piece]
    token_starts: list[int]
    sentence_starts: list[int]

    def token(self, at: int) -> Token | None:
        """Give the token of a piece."""
        return self.token_at(self.pieces[at].start)

    def token_at(self, offset: int) -> Token | None:
        """Give the token that holds a code point."""
        index = bisect_right(self.token_starts, offset) - 1
        return self.doc[index] if index >= 0 else None

    def sentence(self, offset: int) -> int:
        """Number the sentence that holds a code point."""
        return bisect_right(self.sentence_starts, offset)

    def word(self, at: int) -> str:
        """Give the small letters of a piece; "" outside the text."""
        return self.pieces[at].word if 0 <= at < len(self.pieces) else ""

    def is_capital(self, at: int) -> bool:
        """Tell whether a piece begins with a capital."""
        return 0 <= at < len(self.pieces) and self.text[self.pieces[at].start].isupper()
