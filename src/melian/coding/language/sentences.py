"""Sentence starts, decided before the parser runs, so that quotation marks stay with their words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, cast

import numpy as np

from melian.coding.draft import Quotation
from melian.records import Furniture

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from thinc.types import Ints2d

_TERMINAL = frozenset(". ! ? … ... .... ?! !! ?? !?".split())
_ABBREVIATIONS = frozenset(
    (
        "lt col sgt maj capt brig cpl pvt cmdr no nos art mt ft vol fig al approx dept est ext hon pres gen gov sen "
        "rep rev messrs mr mrs ms dr prof st jr sr vs cf sept supt insp det adm amb ave blvd rd "
        "comdr cdr atty dep engr spc"
    ).split()
)
_CLOSING = frozenset("\"”’»›')]}") | {"''"}
_OPENERS = frozenset("\"“‘«‹'([{„") | {"``"}
_NEW_AFTER_ABBREVIATION = frozenset(
    (
        "The He She It They We I But And In On At A An This That These Those However Meanwhile His Her Its Their "
        "There If When While After Before As For Both Some Many Most Mr Mr. Ms Ms. Mrs Mrs."
    ).split()
)
_LONG, _LONGEST = 200, 300
"""Tokens behind which a sentence is cut at the next comma, and at any token: what reads trees is slower than linear."""
_CUTS = frozenset(", ; : –".split())
_TAGS = frozenset(
    (
        "said says say asked asks told added replied wrote tweeted cried shouted wondered demanded exclaimed "
        "continued declared insisted explained warned"
    ).split()
)


def mark_sentences(doc: Doc, quotations: Sequence[Quotation], furniture: Iterable[Furniture], offset: int = 0) -> None:
    """Set where each sentence of an unparsed document starts.

    Args:
        doc: Tokens only.
        quotations: Quotations of the whole text.
        furniture: Words that are no part of the report; each stretch is a sentence of its own.
        offset: Where in the whole text the document begins.
    """
    closers = {q.span[1] - 1 - offset for q in quotations if q.is_closed}
    edges = sorted({edge - offset for piece in furniture for edge in piece.span})
    is_wrapped = _is_wrapped(doc.text)
    size = len(doc)
    texts = [token.text for token in doc]
    starts = [False] * size
    pending = False
    behind = 0
    wants_break = False
    begun = 0
    for i in range(size):
        token = doc[i]
        text = texts[i]
        if token.is_space:
            if "\n" in text and (not is_wrapped or "\n\n" in text):
                wants_break = True
            continue
        at = token.idx
        k = bisect_left(edges, behind)
        is_edge = k < len(edges) and edges[k] <= at
        behind = at + 1
        is_closer = at in closers or (text in "”»" and i > 0)
        if i == 0:
            starts[i] = True
        elif is_closer:
            wants_break = False
        elif wants_break or is_edge:
            starts[i] = True
        elif pending and text not in _CLOSING - _OPENERS and _begins_sentence(texts, i):
            starts[i] = not _is_tagged(texts, i)
        elif pending and text in _CLOSING and text not in _OPENERS:
            continue
        elif i - begun >= _LONGEST or (i - begun >= _LONG and texts[i - 1] in _CUTS):
            starts[i] = True
        begun = i if starts[i] else begun
        if not is_closer:
            wants_break = False
            pending = _ends_sentence(texts, i, doc)
    first = next((i for i in range(size) if not doc[i].is_space), 0)
    _set_starts(doc, [i == 0 or (starts[i] and i != first) for i in range(size)])


def _set_starts(doc: Doc, starts: Sequence[bool]) -> None:
    """Say of all tokens at once whether they begin a sentence: set one by one, each looks through the document."""
    if starts:
        marks = np.where(np.array(starts), 1, -1).reshape(-1, 1)
        doc.from_array(["SENT_START"], cast("Ints2d", marks.astype("uint64")))


def _ends_sentence(texts: list[str], i: int, doc: Doc) -> bool:
    text = texts[i]
    if text in _TERMINAL:
        return not (text == "." and i and texts[i - 1].lower() in _ABBREVIATIONS and not doc[i - 1].whitespace_)
    if len(text) > 2 and text[-1] == "." and text[-2].isupper() and "." in text[:-1]:
        # An abbreviation such as "U.S." can end a sentence; only a word that hardly ever follows one inside shows it.
        return i + 1 < len(texts) and texts[i + 1] in _NEW_AFTER_ABBREVIATION
    return len(text) > 1 and text[-1] in "!?" and not text[0].isalnum()


def _begins_sentence(texts: list[str], i: int) -> bool:
    head = texts[i]
    if head in _OPENERS:
        return i + 1 < len(texts)
    return head[:1].isupper() or head[:1].isdigit() or head[:1] in "-–—•*$€£¥#@"


def _is_tagged(texts: list[str], i: int) -> bool:
    """Tell whether `"Why?" Smith asked` goes on: closing mark, a name of up to three words, a verb of saying."""
    if texts[i - 1] not in _CLOSING or i < 2 or texts[i - 2] not in "!?":
        return False
    for j in range(i, min(i + 4, len(texts))):
        if texts[j] in _TAGS:
            return True
        if not texts[j][:1].isupper():
            return False
    return False


def _is_wrapped(text: str) -> bool:
    """Tell whether lines are broken at a fixed width, so that a single line break means nothing."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 5 or max(map(len, lines)) > 100:
        return False
    open_ends = sum(line.rstrip()[-1] not in '.!?"”:' for line in lines)
    return open_ends > 0.6 * len(lines)
