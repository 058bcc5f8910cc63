"""Quotations of a dialogue: whose each is, where the heads give one speaker those of two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from melian.coding.span_index import SpanIndex
from melian.coding.statements.attribution import Attribution
from melian.records import Span, overlap

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as Phrase

QUOTES = frozenset("\"“‘'«")
_CLAUSE = "clause"
_CLAUSE_GAPS = 3
_BESIDE = frozenset({"quotation with cue", "inserted clause", "trailing clause"})


def without_others_quotations(
    doc: Doc, text: str, joined: Sequence[Attribution], ruled: Sequence[Attribution]
) -> tuple[list[Attribution], set[int]]:
    """Take from a statement a quotation beside another's cue in another sentence: it is the next one in a dialogue.

    So it is with a quotation behind an indirect question: it answers. A statement of the heads with the other's cue
    gets the piece; else the positions of the rules' statements that have such pieces are given.
    """
    quoted = SpanIndex(
        (span, k)
        for k, a in enumerate(ruled)
        for span in a.content
        if a.rule in _BESIDE or (a.rule == _CLAUSE and is_quoted_clause(text[slice(*span)]))
    )
    alone = SpanIndex((span, k) for k, a in enumerate(ruled) for span in a.content if a.verb is None)
    given: dict[int, list[Span]] = {}
    result = []
    for own in joined:
        sentence = doc[own.verb].sent if own.verb is not None else None
        asks = own.row is not None and own.row.lemma == "ask" and text[own.content[0][0]] not in QUOTES
        pieces = []
        for piece in own.content:
            near = [*quoted.touching(piece), *(alone.touching(piece) if asks and piece != own.content[0] else ())]
            others = [k for k in near if _is_of_another(own, ruled[k], piece, sentence)]
            if others:
                given.setdefault(others[0], []).append(piece)
            else:
                pieces.append(piece)
        if pieces:
            result.append(replace(own, content=tuple(pieces)))
    freed: set[int] = set()
    for k, spans in given.items():
        mate = next((n for n, own in enumerate(result) if own.verb is not None and own.verb == ruled[k].verb), None)
        if mate is None:
            freed.add(k)
        else:
            result[mate] = replace(result[mate], content=tuple(sorted({*result[mate].content, *spans})))
    return result, freed


def is_quoted_clause(words: str) -> bool:
    """Tell whether words are a quoted clause, and not a quoted name for something: “a kidnapping”."""
    return words[:1] in QUOTES and words.count(" ") >= _CLAUSE_GAPS


def _is_of_another(own: Attribution, ruled: Attribution, piece: Span, sentence: Phrase | None) -> bool:
    if ruled.verb is not None and sentence is not None:
        if ruled.verb == own.verb or sentence.start <= ruled.verb < sentence.end:
            return False
        if piece[0] <= sentence.doc[ruled.verb].idx < piece[1]:
            return False
    return any(overlap(piece, span) * 2 > piece[1] - piece[0] for span in ruled.content)
