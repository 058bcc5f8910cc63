"""Words set apart below a colon, without quotation marks: "The ministry said in a statement:" and a paragraph of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from melian.coding.span_index import SpanIndex
from melian.coding.statements.attribution import Attribution
from melian.coding.statements.cue_phrases import cue_span
from melian.coding.statements.speakers import speaker_of
from melian.knowledge.cues import find_verb
from melian.records import Span, overlap

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as Phrase

_BLOCK = re.compile(r":[ \t\xa0]*\n\s*(?P<words>[^\s\"“”„«»'‘’•*·–—-][^\n]*[.?!…])[ \t\xa0]*$", re.MULTILINE)
_RULE = "block"


def with_blocks(doc: Doc, text: str, found: Sequence[Attribution]) -> list[Attribution]:
    """Give the paragraph below a colon, whole, to whoever says something in the sentence that the colon ends.

    Args:
        doc: The parse.
        text: The report's text.
        found: The statements found so far.
    """
    told = list(found)
    in_sentence: dict[int, int] = {}
    for k, a in enumerate(found):
        if a.cue is not None and a.speaker is not None:
            in_sentence[doc[a.cue[0]].sent.start] = k
    blocks: list[tuple[Span, bool]] = []
    for block in _BLOCK.finditer(text):
        colon = doc.char_span(block.start(), block.start() + 1, alignment_mode="expand")
        if colon is None:
            continue
        words, opening = block.span("words"), colon[0].sent
        at = in_sentence.get(opening.start)
        if at is None:
            said = _said_by_verb(doc[opening.start : colon.start], words)
        elif any(overlap(piece, words) for piece in told[at].content):
            around = [piece for piece in told[at].content if not overlap(piece, words)]
            said = told[at] = replace(told[at], content=tuple(sorted([*around, words])))
        else:
            said = Attribution(None, None, None, told[at].speaker, (words,), None, _RULE, words=told[at].words)
        if said is not None:
            blocks.append((words, True))
            told += () if at is not None and said is told[at] else (said,)
    within = SpanIndex(blocks)
    return [a for a in told if a.cue is not None or a.rule == _RULE or not within.holding(a.content[0][0])]


def _said_by_verb(opening: Phrase, words: Span) -> Attribution | None:
    """Make a statement of the last verb of saying before the colon, where somebody is its subject."""
    for verb in reversed(opening):
        row = find_verb(verb.lemma_.lower(), verb.lower_) if verb.pos_ == "VERB" else None
        speaker = speaker_of(verb) if row is not None and row.is_strong and "quote" in row.frames else None
        if row is not None and speaker is not None:
            return Attribution(row, cue_span(verb), verb.i, speaker.i, (words,), None, _RULE)
    return None
