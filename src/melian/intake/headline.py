"""The headline of a text: a first line that is no sentence of the report, or that the report repeats."""

from __future__ import annotations

import re

from melian.intake.dateline import read_dateline
from melian.intake.paragraphs import Paragraph

_BETWEEN = re.compile(r"[\W_]+")
_LONGEST = 200
_LONGEST_REPEATED = 400
_SHORTEST_KEY = 15
_CLOSING = "\"'”’»)] "
_FINAL = (".", "!", ":", ";", ",", "…", "-", "–", "—")


def find_title(paragraphs: list[Paragraph], title: str | None, is_furniture: list[bool]) -> Paragraph | None:
    """Find the paragraph that is the report's title.

    Args:
        paragraphs: All paragraphs of the text, in order.
        title: The title, where something outside the text gives it.
        is_furniture: For each of the first paragraphs, whether it is furniture or begins with a dateline.

    Returns:
        The paragraph; None where the first paragraph is already part of the report.
    """
    rest = [index for index, is_other in enumerate(is_furniture) if not is_other]
    if not rest:
        return None
    first = paragraphs[rest[0]]
    if title is not None and _is_same(first.words, title) and len(paragraphs) > 1:
        return first
    following = paragraphs[rest[0] + 1 :]
    if any(_is_repeated(first.words, later.words) for later in following[:4]):
        return first
    if title is None and _looks_like_title(first.words, following):
        return first
    return None


def _is_same(line: str, title: str) -> bool:
    a, b = _key(line), _key(title)
    if not a or not b:
        return False
    return a == b or (len(a) >= _SHORTEST_KEY and len(b) <= _LONGEST_REPEATED and (b.startswith(a) or a == b[: len(a)]))


def _is_repeated(line: str, later: str) -> bool:
    """Tell whether a paragraph begins with the words of a line before it, final punctuation and marks aside."""
    if len(line) > _LONGEST_REPEATED:
        return False
    key = _key(line)
    if len(key) < _SHORTEST_KEY:
        return False
    head = later[: 3 * len(line) + 200]
    dateline = read_dateline(head)
    if dateline is not None and dateline.dateline.span is not None:
        head = head[dateline.dateline.span[1] :]
    return _key(head).startswith(key)


def _looks_like_title(line: str, following: list[Paragraph]) -> bool:
    if not following or len(line) >= _LONGEST or "\n" in line:
        return False
    bare = line.rstrip(_CLOSING)
    is_sentence = bare.endswith(_FINAL) and not (bare.endswith(".") and _is_title_case(line))
    if not bare or is_sentence or len(line.split()) < 2 or not any(char.isalpha() for char in line):
        return False
    if line[0].islower() or line[0] in "-–—•*#>":
        return False
    # A list or a poem has no sentence after its first line; a report has.
    return any(
        len(later.words) > len(line) * 0.6 and later.words.rstrip(_CLOSING).endswith((".", "!", "?", "…"))
        for later in following[:6]
    )


def _is_title_case(line: str) -> bool:
    """Tell whether Nearly All Long Words Have Capitals, as only headlines have them."""
    long = [word for word in line.split() if sum(char.isalpha() for char in word) > 3]
    return len(long) >= 4 and sum(word.lstrip("\"'“‘(")[:1].isupper() for word in long) > 0.75 * len(long)


def _key(words: str) -> str:
    return _BETWEEN.sub("", words.casefold())
