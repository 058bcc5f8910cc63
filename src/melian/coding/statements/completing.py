"""What a statement of the heads takes from the rules' statement of the same cue or content."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from melian.coding.statements.attribution import Attribution
from melian.records import overlap

if TYPE_CHECKING:
    from spacy.tokens import Doc

INVERTED = "inverted clause"
_MUCH = 0.6
_MARKS = frozenset("\"“‘«'`")
_LONG = 12
"""Code points of content that cannot by chance be among a speaker's words."""


def completed(doc: Doc, own: Attribution, ruled: Attribution, starts: Sequence[int]) -> Attribution:
    """Complete a statement of the heads; where the grammar is plain and the heads are not, the rules' replaces it."""
    if ruled.relay is not None:
        return ruled
    if ruled.rule == "quoted as saying" and ruled.content:
        return replace(ruled, sureness=own.sureness)
    is_same = ruled.verb is not None and ruled.verb == own.verb
    if is_same and (_speaker_is_said(own, ruled, starts) or _speaker_says_all(doc, own, ruled)):
        return replace(ruled, sureness=own.sureness)
    if is_same and _is_all_but_deed(doc, own, ruled):
        return replace(own, content=ruled.content)
    if is_same and size_of(own) < size_of(ruled) and _is_one_quotation(doc, own, ruled):
        return replace(own, content=ruled.content)
    is_shorter = _is_same_speaker(doc, own, ruled) and size_of(own) < _MUCH * size_of(ruled)
    if ruled.rule == INVERTED and is_shorter and not (own.words and any(overlap(own.words, s) for s in ruled.content)):
        return replace(own, content=ruled.content)
    if is_same and ruled.rule == "raising passive":
        return replace(
            own, speaker=ruled.speaker, words=own.words if ruled.speaker is not None else None, content=ruled.content
        )
    if ruled.rule == "according to" and _is_of_next_clause(doc, own):
        return replace(ruled, sureness=own.sureness)
    if ruled.rule == "according to" and size_of(ruled) < _MUCH * size_of(own):
        # "The talks, which lasted an hour according to an official, ended": he tells only how long.
        return replace(own, content=ruled.content, speaker=own.speaker if own.speaker is not None else ruled.speaker)
    if ruled.rule == "adverb" and own.cue_words is not None and own.content[-1][1] <= own.cue_words[0]:
        return replace(own, content=ruled.content)
    if own.speaker is None and ruled.verb == own.verb:
        return replace(own, speaker=ruled.speaker)
    return own


def _is_one_quotation(doc: Doc, own: Attribution, ruled: Attribution) -> bool:
    """Tell whether the content is a part of one quotation: what is reported inside it leaves no hole in it."""
    start, end = own.content[0][0], own.content[-1][1]
    return any(
        piece[0] <= start <= piece[0] + 2 and end <= piece[1] and doc.text[piece[0]] in _MARKS
        for piece in ruled.content
    )


def _is_of_next_clause(doc: Doc, own: Attribution) -> bool:
    """Tell whether a semicolon parts the content from a cue before it: "…, according to them; police counted ten"."""
    if own.cue is None:
        return False
    closing = next((t.idx for t in doc[own.cue[1] : doc[own.cue[0]].sent.end] if t.text == ";"), None)
    return closing is not None and all(start > closing for start, _ in own.content)


def _is_same_speaker(doc: Doc, own: Attribution, ruled: Attribution) -> bool:
    if ruled.speaker is None or ruled.speaker == own.speaker:
        return ruled.speaker is not None
    return own.words is not None and own.words[0] <= doc[ruled.speaker].idx < own.words[1]


def _speaker_is_said(own: Attribution, ruled: Attribution, starts: Sequence[int]) -> bool:
    """Tell whether the heads take who speaks, by the grammar of an inverted clause, for a part of what is said."""
    if ruled.rule != INVERTED or ruled.speaker is None or ruled.speaker == own.speaker:
        return False
    return any(start <= starts[ruled.speaker] < end for start, end in own.content)


def _speaker_says_all(doc: Doc, own: Attribution, ruled: Attribution) -> bool:
    """Tell whether the heads take what is said for a part of who says it: "accused by the minister of shelling"."""
    if own.words is None or ruled.verb is None or not any(c.dep_ == "agent" for c in doc[ruled.verb].children):
        return False
    return sum(overlap(own.words, span) for span in ruled.content) > _LONG


def _is_all_but_deed(doc: Doc, own: Attribution, ruled: Attribution) -> bool:
    """Tell whether the heads leave out of a passive what it is about: "Ankara was accused by them of shelling"."""
    if ruled.verb is None or not any(c.dep_ == "agent" for c in doc[ruled.verb].children):
        return False
    within = all(any(s <= span[0] and span[1] <= e for s, e in ruled.content) for span in own.content)
    return within and size_of(own) < _MUCH * size_of(ruled)


def size_of(a: Attribution) -> int:
    """Count the code points of a statement's content."""
    return sum(end - start for start, end in a.content)


def shared(one: Attribution, other: Attribution) -> float:
    """Give the share of code points in common, twice over both (the Dice coefficient)."""
    common = sum(overlap(a, b) for a in one.content for b in other.content)
    size = size_of(one) + size_of(other)
    return 2 * common / size if size else 0.0
