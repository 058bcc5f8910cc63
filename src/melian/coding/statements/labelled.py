"""Words with their speaker set beside them: labels of a transcript, and names signed behind a dash."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from melian.coding.statements.attribution import Attribution
from melian.coding.statements.transcripts import NAME, Turn, turns_of
from melian.knowledge.cues import cues_by_lemma
from melian.records import Span, overlap

if TYPE_CHECKING:
    from spacy.tokens import Doc

_SIGNED = re.compile(
    rf"[\"”».!?…][ \xa0]*\n?[ \xa0]*(?P<cue>[―—–]|--)[ \xa0]*(?P<who>{NAME})(?:,[ \xa0][^\n\"“”]{{1,60}})?[ \xa0.]*$",
    re.MULTILINE,
)
_UNDERSIGNED = re.compile(
    rf"[.!?…][\"”»]?[ \xa0]+(?P<who>{NAME})(?:,[ \xa0](?:[^\n.!?:;\"“”]|(?<=[A-Z])\.){{2,60}})?[ \xa0]*$", re.MULTILINE
)
_OPENS = re.compile(r"[\"“”«]")
_BETWEEN_PERSONS = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|us|me|[Yy]ou|[Yy]our)\b")
_OF_ONESELF = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|us|me)\b")
_QUOTED = re.compile(r"[\"“«][^\n\"“”«»]*[\"”»]")
_CLOSING = '"”»'
_FEWEST = 3
_INSIDE = 0.5


def with_labelled(doc: Doc, text: str, found: Sequence[Attribution]) -> list[Attribution]:
    """Give the words beside a label, or before a signature, to whom it names.

    What else was taken for a statement of the same words, without a speaker or by the same mark, gives way.

    Args:
        doc: The parse.
        text: The report's text.
        found: The statements found so far.
    """
    labelled = [
        a for turn in (*turns_of(text), *_signed(text), *_undersigned(doc, text)) for a in _read(doc, text, turn)
    ]
    if not labelled:
        return list(found)
    labelled.sort(key=lambda a: a.content[0])
    wholes = [_whole(a) for a in labelled]
    at = 0
    kept = []
    for a in sorted(found, key=lambda a: a.content[0]):
        while at < len(wholes) and wholes[at][1] <= a.content[0][0]:
            at += 1
        if not any(_gives_way(a, *pair) for pair in zip(labelled[at : at + 2], wholes[at : at + 2], strict=True)):
            kept.append(a)
    return [*kept, *labelled]


def _signed(text: str) -> Iterator[Turn]:
    """Yield the words that signatures stand behind: from the first mark of their line to the last.

    Without marks they are somebody's where they speak of "me" or to "you": else a byline may stand there.
    """
    for line in _SIGNED.finditer(text):
        end = line.start() + 1
        begin = text.rfind("\n", 0, end) + 1
        first = _OPENS.search(text, begin, end)
        if text[line.start()] in _CLOSING:
            yield Turn(line.span("who"), line.span("who"), line.span("cue"), (first.start() if first else end, end))
        elif first is None and _BETWEEN_PERSONS.search(text, begin, end):
            yield Turn(line.span("who"), line.span("who"), line.span("cue"), (begin, end))


def _undersigned(doc: Doc, text: str) -> Iterator[Turn]:
    """Yield the words that a person's bare name ends, where a page sets a saying apart: they speak of "me" or "us".

    Not where only those whom they quote do so: a text cut short may end in a name.
    """
    for line in _UNDERSIGNED.finditer(text):
        begin, end = text.rfind("\n", 0, line.start()) + 1, line.start() + 1
        who = doc.char_span(*line.span("who"), alignment_mode="expand")
        is_name = who is not None and all(token.pos_ == "PROPN" for token in who if token.is_alpha)
        if is_name and _OF_ONESELF.search(_QUOTED.sub("", text[begin:end])):
            yield Turn(line.span("who"), line.span("who"), None, (begin, end))


def _read(doc: Doc, text: str, turn: Turn) -> Iterator[Attribution]:
    name = doc.char_span(*turn.name, alignment_mode="expand")
    if name is None:
        return
    mark = doc.char_span(*turn.mark, alignment_mode="expand") if turn.mark is not None else None
    row = cues_by_lemma().get((":", "p")) if mark is not None else None
    cue = (mark.start, mark.end) if mark is not None else None
    verb = mark.start if mark is not None else None
    rule = "label" if turn.label < turn.words else "signature"
    who = _named(name.start, name.end, doc)
    said = _trimmed(text, turn.words)
    if said[1] - said[0] >= _FEWEST:
        yield Attribution(row, cue, verb, who, (said,), None, rule, words=turn.label, cue_words=turn.mark)
    for later in turn.later:
        yield Attribution(None, None, None, who, (_trimmed(text, later),), None, rule, words=turn.label)


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    end -= len(text[start:end]) - len(text[start:end].rstrip())
    return start + len(text[start:end]) - len(text[start:end].lstrip()), end


def _named(start: int, end: int, doc: Doc) -> int:
    """Give the last word of a name, which is the one that others are called by."""
    return next((i for i in range(end - 1, start - 1, -1) if doc[i].text[:1].isalnum()), end - 1)


def _whole(a: Attribution) -> Span:
    """Give the words of a labelled statement together with its label or signature."""
    edges = (*a.content, a.words or a.content[0])
    return min(span[0] for span in edges), max(span[1] for span in edges)


def _gives_way(a: Attribution, labelled: Attribution, whole: Span) -> bool:
    """Tell whether a statement is what a label or signature gives to somebody, or takes in the name itself."""
    assert labelled.words is not None
    if (a.verb is not None and labelled.verb == a.verb) or any(overlap(piece, labelled.words) for piece in a.content):
        return True
    cue = a.cue_words[0] if a.cue_words else None
    shared = sum(overlap(piece, labelled.content[0]) for piece in a.content)
    size = sum(e - s for s, e in a.content)
    is_apart = cue is not None and not whole[0] <= cue < whole[1]
    return shared > _INSIDE * size and (a.verb is None or a.speaker is None or is_apart)
