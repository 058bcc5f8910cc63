"""Text into words of the grammar of time: each word becomes one character that stands for its classes."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from melian.coding.dates.alphabet import OTHER, alphabet
from melian.coding.dates.numerals import classes_of_number
from melian.knowledge.dates import all_words, word_list

_PIECES = re.compile(
    r"\n\s*|[ap]\.m\b\.?|o['’]clock\b|[^\W\d_][^\W_]*"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:\.[0-9]+)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?(?![0-9])"
    r"|[0-9]{1,4}/[0-9]{1,2}/[0-9]{2,4}(?![0-9/])|[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}(?![0-9])"
    r"|[0-9]{1,2}[:.][0-9]{2}(?::[0-9]{2})?(?![0-9:%]|[.,][0-9])"
    r"|[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?(?:[ap]\.m\b\.?|[^\W_]+)?|['’]s\b|['’][0-9]{2}s?\b|\S",
    re.IGNORECASE,
)
_FY = re.compile(r"fy(?:[0-9]{2}|[12][0-9]{3})")
_FISCAL = frozenset({"FY"})
_MONEY = frozenset("$£€#№¥")
CUES = frozenset(
    [
        "in",
        "on",
        "since",
        "last",
        "next",
        "this",
        "until",
        "till",
        "by",
        "from",
        "of",
        "late",
        "early",
        "mid",
        "and",
        "during",
        "before",
        "after",
    ]
)
_FIRM = CUES - {"by", "of", "and", "before", "after", "on", "next", "this", "from"}


class Piece(NamedTuple):
    """One word, number or mark: where it stands and its small letters."""

    start: int
    end: int
    word: str


def pieces_of(text: str) -> tuple[list[Piece], str]:
    """Cut a text into pieces and give beside them one character a piece that stands for its classes."""
    letters = alphabet()
    known = letters.known
    get = known.get
    pieces: list[Piece] = []
    codes: list[str] = []
    for match in _PIECES.finditer(text):
        word = match.group()
        code = get(word)
        if code is None:
            head = word[0]
            if head == "\n":
                code, word = letters.newline, "\n"
            else:
                word = word.lower()
                if "0" <= head <= "9" or (head in "'’" and word[1:2].isdigit()):
                    code = letters.codes.get(_number(word, text, match.start()), OTHER)
                else:
                    code = get(word) or (letters.codes[_FISCAL] if _FY.fullmatch(word) else OTHER)
        start = match.start()
        pieces.append(Piece(start, match.end(), word))
        codes.append(code)
    return pieces, "".join(codes)


def _number(word: str, text: str, start: int) -> frozenset[str]:
    """Say what a piece that begins with a digit can be."""
    before = text[start - 1] if start else ""
    if before in _MONEY or (before == "-" and start > 1 and _is_joined(text, start - 1)):
        return frozenset()
    return classes_of_number(word)


def _is_joined(text: str, hyphen: int) -> bool:
    """Tell whether the hyphen hangs the number to a name ("F-16"), not to "mid-" or another number."""
    if not text[hyphen - 1].isalpha():
        return False
    begin = hyphen
    while begin and text[begin - 1].isalpha():
        begin -= 1
    return text[begin:hyphen].lower() not in ("mid", "early", "late", "pre", "post")


@cache
def _beside() -> dict[str, frozenset[str]]:
    return word_list("names")


def is_date_word(pieces: list[Piece], at: int, text: str, *, is_short: bool, is_season: bool) -> bool:
    """Tell whether a month, weekday or season at this place is one, by its letters and its neighbours."""
    piece = pieces[at]
    before = pieces[at - 1].word if at else ""
    after = pieces[at + 1].word if at + 1 < len(pieces) else ""
    capital = text[piece.start].isupper()
    if is_short:
        return capital and _has_number(pieces, at, text)
    if not capital and piece.word in ("may", "march", "august"):
        return False
    if is_season:
        return not (capital and at and text[pieces[at - 1].start].isupper() and before not in CUES and before != "the")
    if after[:1].isdigit() and len(after) <= 4 and capital:
        return True
    if before[:1].isdigit() and len(before) <= 4:
        return True
    names = _beside()
    if before in names["before"] and text[pieces[at - 1].start].isupper():
        return False
    return not (after in names["after"] and text[pieces[at + 1].start].isupper())


def _has_number(pieces: list[Piece], at: int, text: str) -> bool:
    """Tell whether a shortened month or weekday stands beside a number or another such word."""
    near = [p for p in pieces[at + 1 : at + 4] if p.word not in (".", ",")][:1]
    if near and (near[0].word[0].isdigit() or "MONTH" in classes_of_word(near[0].word)):
        return near[0].start - pieces[at].end < 4
    if at and pieces[at - 1].word[0].isdigit() and "MONTH" in classes_of_word(pieces[at].word):
        return True
    if at and pieces[at - 1].word in _FIRM and at + 1 < len(pieces):
        return pieces[at + 1].word == "." and pieces[at].word != "sun"
    return False


def classes_of_word(word: str) -> frozenset[str]:
    """Give the classes of a word of the tables."""
    letters = alphabet()
    return letters.classes.get(letters.known.get(word, OTHER), frozenset())


def is_counted(word: str) -> bool:
    """Tell whether a noun is counted, so that the number before it is no date."""
    return word in all_words("counted")
