"""Windows of whole paragraphs that the encoder reads at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from melian.coding.encoder.words import Word, paragraphs, words_of
from melian.records import Span

if TYPE_CHECKING:
    from tokenizers import Tokenizer

WINDOW_PIECES = 256
"""The most word pieces of a window, with the marks around paragraphs."""

_PIECES_OF_WORD = 12  # more pieces of one word tell nothing; web addresses and hashes would fill a window
_CLS, _SEP, _UNK = "[CLS]", "[SEP]", "[UNK]"
_SENTENCE_END = frozenset(".?!;")
_CLOSERS = frozenset("\"”’'»)]")


class Window(msgspec.Struct, frozen=True):
    """What one run of the encoder reads.

    Attributes:
        pieces: Numbers of the word pieces; `[CLS]` first, `[SEP]` behind each paragraph.
        kinds: For each piece the kind of its word, see `Word.kind`; 0 for the marks.
        firsts: For each word the place of its first piece in `pieces`.
        spans: For each word its code points in the text.
        breaks: Numbers of the words that begin a paragraph, 0 first.
    """

    pieces: tuple[int, ...]
    kinds: tuple[int, ...]
    firsts: tuple[int, ...]
    spans: tuple[Span, ...]
    breaks: tuple[int, ...]


class _Stretch(msgspec.Struct, frozen=True):
    """A paragraph, or a part of a paragraph that is too long for a window."""

    words: list[Word]
    pieces: list[list[int]]
    size: int


def windows_of(
    text: str, tokenizer: Tokenizer, limit: int = WINDOW_PIECES, first: int | None = None
) -> tuple[Window, ...]:
    """Pack the paragraphs of a text to windows, in order, each as full as may be.

    Args:
        text: Any text; blanks alone give no window.
        tokenizer: A word piece tokenizer without truncation and padding.
        limit: The most pieces of a window.
        first: The most pieces of the first window, where training wants other cuts; `limit` if None.
    """
    specials = tuple(_number(tokenizer, mark) for mark in (_CLS, _SEP))
    packed: list[Window] = []
    held: list[_Stretch] = []
    room = min(first or limit, limit) - 1
    for paragraph in paragraphs(text):
        for stretch in _stretches(text, paragraph, tokenizer, limit - 2):
            if held and stretch.size + 1 > room:
                packed.append(_pack(held, *specials))
                held, room = [], limit - 1
            held.append(stretch)
            room -= stretch.size + 1
    if held:
        packed.append(_pack(held, *specials))
    return tuple(packed)


def _stretches(text: str, paragraph: Span, tokenizer: Tokenizer, limit: int) -> list[_Stretch]:
    """Cut a paragraph to stretches of at most `limit` pieces, at ends of sentences where there are any."""
    words = words_of(text, paragraph)
    pieces = _pieces_of(text, words, tokenizer)
    cut: list[_Stretch] = []
    begin = size = good = 0
    i = 0
    while i < len(words):
        if size + len(pieces[i]) > limit:
            at = good if good > begin else i
            cut.append(_stretch(words[begin:at], pieces[begin:at]))
            begin = i = at
            size = 0
            continue
        size += len(pieces[i])
        mark = text[words[i].span[0]]
        if mark in _SENTENCE_END or (mark in _CLOSERS and good == i and good > begin):
            good = i + 1
        i += 1
    if begin < len(words):
        cut.append(_stretch(words[begin:], pieces[begin:]))
    return cut


def _stretch(words: list[Word], pieces: list[list[int]]) -> _Stretch:
    return _Stretch(words, pieces, sum(map(len, pieces)))


def _pieces_of(text: str, words: list[Word], tokenizer: Tokenizer) -> list[list[int]]:
    unknown = _number(tokenizer, _UNK)
    found: list[list[int]] = [[] for _ in words]
    forms = [text[slice(*word.span)] for word in words]
    coded = tokenizer.encode(forms, is_pretokenized=True, add_special_tokens=False)
    for number, word in zip(coded.ids, coded.word_ids, strict=True):
        if word is not None and len(found[word]) < _PIECES_OF_WORD:
            found[word].append(number)
    return [numbers or [unknown] for numbers in found]


def _pack(held: Sequence[_Stretch], cls: int, sep: int) -> Window:
    pieces, kinds = [cls], [0]
    firsts: list[int] = []
    spans: list[Span] = []
    breaks: list[int] = []
    for stretch in held:
        breaks.append(len(spans))
        for word, numbers in zip(stretch.words, stretch.pieces, strict=True):
            firsts.append(len(pieces))
            spans.append(word.span)
            pieces += numbers
            kinds += [word.kind] * len(numbers)
        pieces.append(sep)
        kinds.append(0)
    return Window(tuple(pieces), tuple(kinds), tuple(firsts), tuple(spans), tuple(breaks))


def _number(tokenizer: Tokenizer, mark: str) -> int:
    number = tokenizer.token_to_id(mark)
    if number is None:
        raise ValueError(f"the tokenizer lacks {mark}")
    return number
