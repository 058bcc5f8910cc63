"""Words without quotation marks that run into the next sentence, though somebody is named there who speaks himself."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from melian.coding.statements.attribution import Attribution
from melian.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as Phrase


def without_next_speakers(
    doc: Doc, sentences: Sequence[Phrase], quoted: Sequence[Span], found: Sequence[Attribution]
) -> list[Attribution]:
    """End indirect words where a sentence begins whose main verb is the cue of a statement with a speaker of its own.

    Args:
        doc: The parse.
        sentences: Its sentences, in order.
        quoted: The outermost quotations, in order: inside them the speaker goes on whatever he tells of others.
        found: The statements.
    """
    starts = [sentence.start_char for sentence in sentences]
    told = {
        doc[a.verb].sent.start_char: a.verb
        for a in found
        if a.verb is not None and a.speaker is not None and doc[a.verb].dep_ == "ROOT"
    }
    begins = [span[0] for span in quoted]
    text = doc.text

    def is_quoted(at: int) -> bool:
        k = bisect_right(begins, at) - 1
        return k >= 0 and at < quoted[k][1]

    def pieces_of(a: Attribution) -> Iterator[Span]:
        for start, end in a.content:
            k = bisect_right(starts, start)
            cut = next(
                (
                    s
                    for s in starts[k : bisect_right(starts, end - 1)]
                    if told.get(s, a.verb) != a.verb and not is_quoted(s)
                ),
                None,
            )
            yield (start, end if cut is None else _trimmed(text, start, cut))

    kept = []
    for a in found:
        if a.verb is not None and any(end - start for start, end in a.content):
            a = replace(a, content=tuple(pieces_of(a)))
        kept.append(a)
    return kept


def _trimmed(text: str, start: int, end: int) -> int:
    """Give the end of words without the blanks and the full stop behind them."""
    words = text[start:end].rstrip().rstrip(".").rstrip()
    return start + len(words)
