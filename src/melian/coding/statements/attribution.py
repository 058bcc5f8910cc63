"""A statement as tokens and characters, before it is led to actors; and the spans that tokens make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from melian.knowledge.cues import CueWord
from melian.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_EDGE = frozenset({",", ";", ":", ".", "-", "–", "—", "--", "...", "…"})
_LEADING_EDGE = _EDGE | {"?", "!"}


class Attribution(msgspec.Struct, frozen=True):
    """A statement as tokens.

    Attributes:
        row: What the cue word says, None for a quotation without a cue.
        cue: Tokens `[start, end)` of the cue.
        verb: Head token of the cue.
        speaker: Head token of the speaker.
        content: Code point spans.
        relay: Head token of who relays it ("Turkish media quoted him as saying").
        rule: Which rule found it.
        is_negated: The cue is negated ("did not confirm").
        words: The speaker's words, where the heads found them.
        cue_words: The cue's words, likewise.
        sureness: How sure the heads are, see `FoundStatement`.
    """

    row: CueWord | None
    cue: tuple[int, int] | None
    verb: int | None
    speaker: int | None
    content: tuple[Span, ...]
    relay: int | None
    rule: str
    is_negated: bool = False
    words: Span | None = None
    cue_words: Span | None = None
    sureness: tuple[float, ...] = ()


def tokens_under(token: Token | None) -> Iterator[int]:
    """Yield the numbers of a token's subtree."""
    if token is not None:
        for part in token.subtree:
            yield part.i


def spans_of_tokens(doc: Doc, numbers: Iterable[int]) -> tuple[Span, ...]:
    """Join tokens, in order, that stand side by side to spans; single marks between stay, marks at edges do not."""
    runs: list[list[int]] = []
    for i in numbers:
        if runs:
            last = runs[-1][1]
            gap = i - last
            if gap == 1 or (gap == 2 and (doc[last + 1].is_space or doc[last + 1].is_punct)):
                runs[-1][1] = i
                continue
        runs.append([i, i])
    spans = []
    for first, last in runs:
        while first <= last and (doc[first].is_space or doc[first].text in _LEADING_EDGE):
            first += 1
        while last >= first and (doc[last].is_space or doc[last].text in _EDGE):
            last -= 1
        if first <= last and any(doc[j].text[:1].isalnum() for j in range(first, last + 1)):
            spans.append((doc[first].idx, doc[last].idx + len(doc[last])))
    return tuple(spans)


def spans_under(clause: Token, left_out: set[int]) -> tuple[Span, ...]:
    """Give the code points of a subtree without some tokens."""
    return spans_of_tokens(clause.doc, [t.i for t in clause.subtree if t.i not in left_out])
