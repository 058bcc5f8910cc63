"""Words with their speaker set beside them: labels of a transcript, and names signed behind a dash."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from melian.coding.statements.attribution import Attribution
from melian.knowledge.cues import cues_by_lemma
from melian.records import Span, overlap

if TYPE_CHECKING:
    from spacy.tokens import Doc

_MARKS = "\"“”„«»'‘’"
_LABEL = re.compile(
    rf"^[ \t\xa0{_MARKS}]*(?P<who>[A-Z][A-Z.’'-]*(?:[ \xa0][A-Z][A-Z.’'-]*){{0,4}})(?:[ \xa0]\([^()\n]{{1,40}}\))?"
    r"(?P<cue>:|(?<=^[QA])\.)[ \t\xa0]*(?P<words>\S[^\n]*)$",
    re.MULTILINE,
)
_NAME = r"[A-Z][\w.’'-]*(?:[ \xa0](?:(?:de|da|del|van|von|der|bin|al|el)[ \xa0])?[A-Z][\w.’'-]*){1,4}"
_SIGNED = re.compile(
    rf"[\"”»][ \xa0]*\n?[ \xa0]*(?P<cue>[―—–]|--)[ \xa0]*(?P<who>{_NAME})(?:,[ \xa0][^\n\"“”]{{1,60}})?[ \xa0.]*$",
    re.MULTILINE,
)
_OPENS = re.compile(r"[\"“”«]")
_FEWEST = 3
_INSIDE = 0.5


def with_labelled(doc: Doc, text: str, found: Sequence[Attribution]) -> list[Attribution]:
    """Give the words beside a label, or before a signature, to whom it names.

    A transcript has three labels or more, or one of them twice; a single word in capitals before a colon may be
    anything. What else was taken for a statement of the same words, without a speaker or by the same mark, gives way.

    Args:
        doc: The parse.
        text: The report's text.
        found: The statements found so far.
    """
    labels = ((line, line.span("words")) for line in _transcript(text))
    signatures = ((line, _signed(text, line.start() + 1)) for line in _SIGNED.finditer(text))
    labelled = [*_read(doc, text, labels, "label"), *_read(doc, text, signatures, "signature")]
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


def _transcript(text: str) -> list[re.Match[str]]:
    lines = list(_LABEL.finditer(text))
    most = Counter(line["who"] for line in lines).most_common(1)
    return lines if len(lines) >= _FEWEST or (most and most[0][1] > 1) else []


def _signed(text: str, end: int) -> Span:
    """Give the words that a signature stands behind: from the first mark of their line to the last."""
    first = _OPENS.search(text, text.rfind("\n", 0, end) + 1, end)
    return first.start() if first else end, end


def _read(doc: Doc, text: str, lines: Iterable[tuple[re.Match[str], Span]], rule: str) -> Iterator[Attribution]:
    row = cues_by_lemma().get((":", "p"))
    for line, (start, end) in lines:
        who = doc.char_span(*line.span("who"), alignment_mode="expand")
        mark = doc.char_span(*line.span("cue"), alignment_mode="expand")
        end -= len(text[start:end]) - len(text[start:end].rstrip())
        if who is None or mark is None or end - start < _FEWEST:
            continue
        yield Attribution(
            row, (mark.start, mark.end), mark.start, _named(who.start, who.end, doc), ((start, end),), None, rule,
            words=line.span("who"), cue_words=line.span("cue"),
        )  # fmt: skip


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
    if labelled.verb == a.verb or any(overlap(piece, labelled.words) for piece in a.content):
        return True
    cue = a.cue_words[0] if a.cue_words else None
    shared = sum(overlap(piece, labelled.content[0]) for piece in a.content)
    size = sum(e - s for s, e in a.content)
    is_apart = cue is not None and not whole[0] <= cue < whole[1]
    return shared > _INSIDE * size and (a.verb is None or a.speaker is None or is_apart)
