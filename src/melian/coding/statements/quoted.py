"""Quotations as statements: with their cue, or going on from the speaker before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from melian.coding.draft import Quotation
from melian.coding.statements.grammar import Attribution, cue_span, is_negated, speaker_of
from melian.knowledge.cues import CueWord, cues_by_lemma
from melian.records import Span, overlap

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Phrase

_SHORT = 4


def join_quotations(
    doc: Doc,
    quotations: Sequence[Quotation],
    sentences: Sequence[Phrase],
    coded: Sequence[bool],
    found: Sequence[Attribution],
) -> list[Attribution]:
    """Join quotations with the statements that grammar found, and make statements of those left over.

    A quotation that a statement's content holds, or the most of, belongs to it. Else its cue is looked for in the sentences
    that it begins or ends in; a quotation of whole sentences without a cue goes on from the quotation before it.
    """
    statements = list(found)
    last_direct: tuple[int, Attribution] | None = None
    at = 0
    for quotation in quotations:
        if quotation.depth:
            continue
        while at < len(sentences) and sentences[at].end_char <= quotation.span[0]:
            at += 1
        inside = _take(sentences, at, quotation.span[1])
        if not inside or not all(coded[k] for k in inside):
            continue
        span = _outer(doc.text, quotation)
        owner = _owner(doc, statements, span)
        if owner is not None:
            grown = _grow(statements[owner], span)
            statements[owner] = grown
            last_direct = (inside[-1], grown)
            continue
        if not _is_speech(doc.text, quotation) and not _is_part_of_speech(doc.text, quotation):
            continue
        cue = _cue_beside(doc, quotation, [sentences[inside[0]], sentences[inside[-1]]])
        if cue is not None:
            relayed = next(
                (s for s in statements if s.rule == "quoted as saying" and s.verb == cue[0].i and not s.content), None
            )
            if relayed is not None:
                k = statements.index(relayed)
                statements[k] = replace(relayed, content=(span,))
                last_direct = (inside[-1], statements[k])
                continue
            verb, row, speaker = cue
            made = Attribution(
                row,
                cue_span(verb),
                verb.i,
                speaker.i if speaker else None,
                (span,),
                None,
                "quotation with cue",
                is_negated(verb),
            )
            statements.append(made)
            last_direct = (inside[-1], made)
        elif _is_speech(doc.text, quotation) and last_direct is not None and inside[0] - last_direct[0] <= 2:
            before = last_direct[1]
            made = Attribution(None, None, None, before.speaker, (span,), before.relay, "quotation goes on")
            statements.append(made)
            last_direct = (inside[-1], made)
        elif _is_speech(doc.text, quotation) and _fills(
            doc.text, quotation, sentences[inside[0]], sentences[inside[-1]]
        ):
            made = Attribution(None, None, None, None, (span,), None, "quotation alone")
            statements.append(made)
            last_direct = (inside[-1], made)
    return [s for s in statements if s.content]


def _take(sentences: Sequence[Phrase], at: int, end: int) -> list[int]:
    taken = []
    for k in range(at, len(sentences)):
        if sentences[k].start_char >= end:
            break
        taken.append(k)
    return taken


def _outer(text: str, quotation: Quotation) -> Span:
    """Give the quotation with its marks, blanks at the edges trimmed."""
    start, end = quotation.span
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _owner(doc: Doc, statements: Sequence[Attribution], span: Span) -> int | None:
    """Find the statement whose content the quotation is, or is a part of; its cue stands outside the quotation."""
    best: tuple[int, int] | None = None
    for k, statement in enumerate(statements):
        if statement.verb is not None and span[0] <= doc[statement.verb].idx < span[1]:
            continue
        shared = sum(overlap(span, piece) for piece in statement.content)
        size = sum(e - s for s, e in statement.content)
        if shared * 2 > span[1] - span[0] or (shared and shared * 10 > size * 9):
            if best is None or size < best[1]:
                best = (k, size)
    return best[0] if best else None


def _grow(statement: Attribution, span: Span) -> Attribution:
    """Widen content to the marks of a quotation that it shares."""
    pieces = []
    for piece in statement.content:
        if overlap(piece, span):
            piece = (min(piece[0], span[0]), max(piece[1], span[1]))
        pieces.append(piece)
    merged: list[Span] = []
    for piece in sorted(pieces):
        if merged and piece[0] <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], piece[1]))
        else:
            merged.append(piece)
    return replace(statement, content=tuple(merged))


def _cue_beside(
    doc: Doc, quotation: Quotation, sentences: Sequence[Phrase]
) -> tuple[Token, CueWord, Token | None] | None:
    """Find the verb of saying outside the quotation in its first or last sentence, the nearest first."""
    cues = cues_by_lemma()
    start, end = quotation.span
    best: tuple[int, Token, CueWord, Token | None] | None = None
    for sentence in sentences:
        for token in sentence:
            if start <= token.idx < end or token.pos_ not in {"VERB", "AUX"}:
                continue
            row = cues.get((token.lemma_.lower(), "v"))
            if row is None or not row.is_strong or (token.i and token.nbor(-1).text == "-"):
                continue
            speaker = speaker_of(token)
            if speaker is not None and start <= speaker.idx < end:
                speaker = None
            distance = token.idx - end if token.idx >= end else start - token.idx
            if speaker is None:
                distance += 60
            if best is None or distance < best[0]:
                best = (distance, token, row, speaker)
    if best is None:
        return None
    return best[1], best[2], best[3]


def _is_speech(text: str, quotation: Quotation) -> bool:
    """Tell whether a quotation reads as speech and not as a name or a word at a distance."""
    words = text[quotation.inner[0] : quotation.inner[1]].split()
    if not words:
        return False
    ends = words[-1][-1] in ".,!?…" or not quotation.is_closed or quotation.is_continued
    return (len(words) >= _SHORT and (words[0][:1].isupper() or quotation.is_continued)) and ends


def _is_part_of_speech(text: str, quotation: Quotation) -> bool:
    """Tell whether a short quotation in double marks can be somebody's words in a sentence of the report's."""
    return text[quotation.span[0]] in '"“«' and len(text[quotation.inner[0] : quotation.inner[1]].split()) > 1


def _fills(text: str, quotation: Quotation, first: Phrase, last: Phrase) -> bool:
    """Tell whether a quotation fills its sentences, so that no cue can stand beside it."""
    outside = text[first.start_char : quotation.span[0]] + text[quotation.span[1] : last.end_char]
    return not any(c.isalnum() for c in outside)
