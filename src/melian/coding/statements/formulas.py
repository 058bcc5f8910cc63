"""Statements by fixed phrases around a speaker: "by X's reckoning", "as far as X is concerned", "to quote X"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from melian.coding.statements.attribution import Attribution, spans_of_tokens
from melian.knowledge.cues import PLACE_OF_SPEAKER, CueWord, cue_words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Phrase

_LONGEST = 14
_GENITIVE = frozenset({"'s"})
_PAUSES = frozenset({",", ";", ":", "—", "–", "-", "(", ")"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
_STARTERS = frozenset({"but", "and", "yet", "so", "while", "though", "although", "because", "that"})
_QUOTES = frozenset({'"', "“", "‘", "«", "``"})


Words = tuple[frozenset[str], ...]


class Formula(msgspec.Struct, frozen=True):
    """A fixed phrase: the words before and behind the speaker, each with what may stand for it."""

    row: CueWord
    before: Words
    after: Words
    has_gap: bool


@cache
def formulas() -> Mapping[str, tuple[Formula, ...]]:
    """Index the fixed phrases by each first word, longer ones first."""
    found: dict[str, list[Formula]] = {}
    rows = (row for row in cue_words() if row.is_formula)
    for row in sorted(rows, key=lambda row: -len(row.lemma.split())):
        words = row.lemma.split()
        gap = words.index(PLACE_OF_SPEAKER) if PLACE_OF_SPEAKER in words else len(words)
        before, after = (tuple(frozenset(w.split("/")) for w in part) for part in (words[:gap], words[gap + 1 :]))
        for first in before[0]:
            found.setdefault(first, []).append(Formula(row, before, after, gap < len(words)))
    return {first: tuple(own) for first, own in found.items()}


def attributions_of_formula(sentence: Phrase, token: Token, formula: Formula) -> Iterator[Attribution]:
    """Yield what a fixed phrase attributes to the speaker that it names: the sentence without it.

    Args:
        sentence: The sentence.
        token: Where the phrase could begin.
        formula: The phrase.
    """
    doc = sentence.doc
    row, before, after = formula.row, formula.before, formula.after
    first = _behind(doc, token.i, before, sentence.end)
    if first is None:
        return
    found = _speaker_and_end(sentence, first, after) if formula.has_gap else (None, first)
    if found is None:
        return
    speaker, end = found
    behind = end
    if after and end < sentence.end and doc[end].pos_ == "ADP":
        # "As X put it in a letter, …": where he did so is no part of what he said.
        end = next((i for i in range(end, min(end + _LONGEST, sentence.end)) if doc[i].text in _PAUSES), end)
    is_first = not any(t.is_alpha for t in doc[sentence.start : token.i])
    opens = is_first or doc[token.i - 1].lower_ in _STARTERS or doc[token.i - 1].text in _PAUSES
    closes = end >= sentence.end or doc[end].text in _PAUSES or doc[end].is_sent_start or doc[end].text in ".?!"
    if not opens or not (closes or after or (is_first and speaker is not None)):
        return
    if speaker is None and is_first:
        return  # "It is claimed that …" is no aside.
    stop = next((i for i in range(end, sentence.end) if doc[i].text == ";"), sentence.end)
    start = next((i + 1 for i in range(token.i - 1, sentence.start - 1, -1) if doc[i].text == ";"), sentence.start)
    joined = token.i > sentence.start and doc[token.i - 1].lower_ in _STARTERS
    is_aside = token.i > start and doc[token.i - 1].text == "(" and end < stop and doc[end].text == ")"
    before_it, behind_it = range(start, token.i - is_aside), range(end + is_aside, stop)
    content = spans_of_tokens(doc, [*(() if joined else before_it), *behind_it])
    if "np" not in row.frames and not any(doc[i].text in _QUOTES for i in range(end, stop)):
        return
    if not content:
        return
    is_before = len(before) >= len([words for words in after if words != _GENITIVE])
    cue = (token.i, first) if is_before else (behind - len(after), behind)
    while doc[cue[0]].text in {"'s", "’s", "'", "’"} and cue[0] + 1 < cue[1]:
        cue = cue[0] + 1, cue[1]
    who = speaker.i if speaker is not None else None
    yield Attribution(row, cue, token.i, who, content, None, "formula")


def _behind(doc: Doc, start: int, words: Words, end: int) -> int | None:
    """Give the position behind words that stand at a position, None where they do not."""
    for k, word in enumerate(words):
        here = doc[start + k].lower_.replace("’", "'") if start + k < end else ""
        if here not in word and not (word == _GENITIVE and here == "'"):
            return None
    return start + len(words)


def _speaker_and_end(sentence: Phrase, first: int, after: Words) -> tuple[Token, int] | None:
    """Find the speaker's head, and where the phrase ends."""
    doc = sentence.doc
    last = min(first + _LONGEST, sentence.end)
    if first >= last:
        return None
    if after and after[0] == _GENITIVE and doc[first].tag_ == "PRP$":
        end = _behind(doc, first + 1, after[1:], sentence.end)
        return (doc[first], end) if end is not None else None
    if after:
        for i in range(first + 1, last):
            end = _behind(doc, i, after, sentence.end)
            if end is not None:
                return _head(doc, first, i), end
        return None
    pause = next((i for i in range(first, last) if doc[i].text in _PAUSES), None)
    if pause is None or pause == first:
        return None
    return _head(doc, first, pause), pause


def _head(doc: Doc, first: int, end: int) -> Token:
    root = doc[first:end].root
    if root.pos_ in _NOUNS:
        return root
    nouns = [t for t in doc[first:end] if t.pos_ in _NOUNS]
    return next((t for t in nouns if t.head.i == root.i), nouns[-1] if nouns else root)
