"""Statements whose speaker follows the verb: "The seabed, replied the minister, Ann Li, had its own opinion"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from melian.coding.statements.attribution import Attribution, spans_of_tokens
from melian.coding.statements.cue_phrases import is_negated
from melian.knowledge.cues import CueWord

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_STARTS = frozenset({"DET", "PROPN", "NOUN", "ADJ", "NUM"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_WITHIN = frozenset({"DET", "PROPN", "NOUN", "ADJ", "NUM", "PART", "ADP", "CCONJ", "SPACE"})
_ENDS = frozenset({".", ";", "?", "!", "”", '"', "’"})
_MARKS = frozenset('"“”‘’')
_LONGEST = 16
_FEW = 2


def attributions_inverted(verb: Token, row: CueWord) -> Iterator[Attribution]:
    """Yield the statement of a verb of saying right behind a comma, with who says it behind the verb.

    The parser seldom reads such a sentence right; its commas do. What stands before the clause and behind it is what is
    said. Quotations are left to the rule that knows their marks.
    """
    doc, sentence = verb.doc, verb.sent
    if not {"quote", "that"} <= set(row.frames) or verb.tag_ not in {"VBD", "VBZ"} or verb.i - sentence.start < _FEW:
        return
    if doc[verb.i - 1].text != "," or any(c.dep_ in {"aux", "auxpass"} for c in verb.children):
        return
    if any(c.dep_ in {"nsubj", "nsubjpass"} and c.i < verb.i - 2 and c.ent_type_ != "GPE" for c in verb.children):
        return
    first = _behind_aside(doc, verb.i + 1, sentence.end)
    end = _speaker_end(doc, first, sentence.end)
    if end is None:
        return
    nouns = [t for t in doc[first:end] if t.pos_ in _NOUNS]
    if doc[first].pos_ == "NOUN" and doc[first].tag_ == "NN":
        return  # "declared bankruptcy"
    before = range(sentence.start, verb.i - 1)
    behind = range(end, next((i for i in range(end, sentence.end) if doc[i].text == ";"), sentence.end))
    if not nouns or next((doc[i].text for i in before if not doc[i].is_space), "") in _MARKS:
        return
    comma = next((t.i for t in doc[first:end] if t.text == ","), end)
    root = doc[first:comma].root
    speaker = root if root.pos_ in _NOUNS else next(t for t in nouns if t.i < comma or t is nouns[-1])
    content = spans_of_tokens(doc, [*before, *behind])
    if content:
        cue = (verb.i, verb.i + 1)
        yield Attribution(row, cue, verb.i, speaker.i, content, None, "inverted clause", is_negated(verb))


def _behind_aside(doc: Doc, start: int, end: int) -> int:
    """Skip "from Paris" between commas behind the verb."""
    if start < end and doc[start].text == ",":
        close = next((i for i in range(start + 1, min(start + 8, end)) if doc[i].text == ","), None)
        if close is not None and doc[start + 1].pos_ in {"ADP", "ADV"}:
            return close + 1
    return start


def _speaker_end(doc: Doc, start: int, end: int) -> int | None:
    """Find where the speaker's words end: at a comma that no apposition follows, or with the sentence."""
    if start >= end or doc[start].pos_ not in _STARTS:
        return None
    i = start
    while i < min(end, start + _LONGEST):
        token = doc[i]
        if token.text in _ENDS:
            return i
        if token.text == ",":
            stop = next((k for k in range(i + 1, min(end, i + 9)) if doc[k].text in {",", *_ENDS}), None)
            is_apposed = (
                stop is not None
                and doc[i + 1].pos_ in {"DET", "PROPN", "NOUN", "ADJ"}
                and all(t.pos_ in _WITHIN for t in doc[i + 1 : stop])
            )
            if not is_apposed or stop is None:
                return i + 1
            i = stop
            continue
        if token.pos_ not in _WITHIN and token.text not in {"'s", "’s", "-", "’", "'"}:
            return None
        i += 1
    return i if i >= end else None
