"""The words around a record, cut so that what it rests on can be marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import msgspec

from melian.exports.visible import clamp, show_controls
from melian.records import Span

AROUND = 300
"""Characters before and behind a record that a reviewer is shown."""
_LONG_WORD = 30


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """Words of a report.

    Attributes:
        words: As they stand.
        start: Where they begin in the report's text.
        is_marked: They are the record's own.
        is_cut: Words of the report are left out before them.
    """

    words: str
    start: int
    is_marked: bool = False
    is_cut: bool = False


def passage_of(text: str, spans: Iterable[Span], around: int | None = AROUND) -> list[Piece]:
    """Cut the passages around spans, in the order of the text.

    Args:
        text: The report's text.
        spans: What is marked.
        around: So many characters before and behind are kept; None for the whole text.
    """
    marked = sorted(clamp(span, len(text)) for span in spans)
    if around is None:
        stretches: Sequence[Span] = [(0, len(text))]
    else:
        stretches = _joined((_word_from(text, start - around), _word_to(text, end + around)) for start, end in marked)
    return [piece for stretch in stretches for piece in _pieces(text, stretch, marked)]


def plain_pieces(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Part pieces where they are not shown as they stand, so that places can be counted in all that are."""
    for piece in pieces:
        at = piece.start
        for _, run in groupby(piece.words, key=is_plain) if not is_plain(piece.words) else [(True, piece.words)]:
            words = "".join(run)
            yield Piece(words=words, start=at, is_marked=piece.is_marked, is_cut=piece.is_cut and at == piece.start)
            at += len(words)


def is_plain(words: str) -> bool:
    """Tell whether words are shown as they stand."""
    return show_controls(words) == words


def _word_from(text: str, place: int) -> int:
    """Go back to where a word begins, unless that is far."""
    if place <= 0:
        return 0
    blank = max(text.rfind(blank, max(0, place - _LONG_WORD), place) for blank in " \n")
    return blank + 1 if blank >= 0 else place


def _word_to(text: str, place: int) -> int:
    """Go on to where a word ends, unless that is far."""
    if place >= len(text):
        return len(text)
    found = [at for blank in " \n" if (at := text.find(blank, place, place + _LONG_WORD)) >= 0]
    return min(found, default=place)


def _pieces(text: str, stretch: Span, marked: Sequence[Span]) -> Iterator[Piece]:
    start, end = stretch
    at, is_cut = start, start > 0
    for low, high in (span for span in marked if start <= span[0] and span[1] <= end):
        if low < at or low == high:
            continue
        if at < low:
            yield Piece(words=text[at:low], start=at, is_cut=is_cut)
            is_cut = False
        yield Piece(words=text[low:high], start=low, is_marked=True, is_cut=is_cut)
        at, is_cut = high, False
    if at < end:
        yield Piece(words=text[at:end], start=at, is_cut=is_cut)


def _joined(stretches: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in stretches:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
