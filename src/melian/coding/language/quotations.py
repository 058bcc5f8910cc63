"""Quoted stretches of a text: straight, curly and single marks, nested, over paragraphs, unclosed."""

from __future__ import annotations

import re
from itertools import islice

from melian.coding.draft import Quotation

_MARK = re.compile(r"[\"“”„‟«»‘’‹›']|``|\n")
_CLOSER_OF = {"“": "”", "„": "”", "‟": "”", "«": "»", "‘": "’", "‹": "›", '"': '"', "'": "'", "``": '"'}
_DOUBLE = frozenset('"“”„‟«»')
_MIXED = ({"”", '"'}, {"“", '"'})
_DOUBLE_MARK = re.compile(r"[\"“”]")
_CLITIC = re.compile(r"'(?:s|t|ll|re|ve|d|m|em|til|twas|tis|cause|n|\d0s)\b", re.IGNORECASE)
_DEEPEST = 4


class _Open:
    """An opening mark that waits for its closing mark."""

    __slots__ = ("continued", "mark", "start", "width")

    def __init__(self, mark: str, start: int, width: int, *, continued: bool) -> None:
        self.mark = mark
        self.start = start
        self.width = width
        self.continued = continued


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """Find the quoted stretches of a text, in order of their opening marks.

    A quotation that no mark closes ends with its paragraph; where the next paragraph begins with an opening mark, it
    goes on there (`is_continued`); where the next paragraph's first mark closes, it runs over the break. Where the same
    mark opens again before one closes, the first quotation ends there: lines are often run together in which each
    paragraph opened one. Apostrophes are no quotation marks. Linear in the length of the text.
    """
    found: list[Quotation] = []
    stack: list[_Open] = []
    runs_on = False

    def close(opened: _Open, end: int, width: int) -> None:
        found.append(
            Quotation(
                span=(opened.start, end),
                inner=(opened.start + opened.width, end - width),
                depth=len(stack),
                is_continued=opened.continued,
                is_closed=width > 0,
            )
        )

    for match in _MARK.finditer(text):
        mark, at = match.group(), match.start()
        if mark == "\n":
            runs_on = runs_on and not text[text.rfind("\n", 0, at) + 1 : at].strip()
            while stack and stack[-1].mark in "'‘‹":
                opened = stack.pop()
                if opened.mark == "‘" and not stack and _begins_next(text, at) == "‘":
                    close(opened, at, 0)
                    runs_on = True
            if stack:
                follows = _next_paragraph(text, at)
                if follows == "closes":
                    continue
                runs_on = follows == "opens"
                while stack:
                    opened = stack.pop()
                    close(opened, at, 0)
            continue
        before = text[at - 1] if at else "\n"
        behind = text[match.end()] if match.end() < len(text) else "\n"
        role = _role(mark, before, behind, text, at, stack)
        if role == "open":
            again = any(o.mark == mark for o in stack)
            if again and (mark == '"' or (mark == "“" and not _is_nested(text, at))):
                while stack:
                    opened = stack.pop()
                    if opened.mark in _DOUBLE:
                        close(opened, at, 0)
            elif len(stack) >= _DEEPEST:
                opened = stack.pop()
                close(opened, at, 0)
            stack.append(_Open(mark, at, len(mark), continued=runs_on and not stack))
            runs_on = False
        elif role == "close":
            _unwind(stack, mark)
            opened = stack.pop()
            close(opened, match.end(), len(mark))
    while stack:
        opened = stack.pop()
        if opened.mark not in "'‘‹":
            close(opened, len(text), 0)
    found.sort(key=lambda q: (q.span[0], -q.span[1]))
    return tuple(found)


def _role(mark: str, before: str, behind: str, text: str, at: int, stack: list[_Open]) -> str:
    """Tell whether a mark opens, closes or is no quotation mark here."""
    opens_here = (before.isspace() or before in "([{—–-/“‘\"'«") and not behind.isspace()
    waits = any(_CLOSER_OF[o.mark] == mark for o in stack)
    if mark in "“„‟«``" and mark != "`":
        return "open"
    if mark in "‘‹":
        return "none" if behind.isdigit() else "open"
    if mark == "”":
        return "close" if waits or any(o.mark == '"' for o in stack) else "none"
    if mark == "»":
        return "close" if waits else "none"
    if mark in "’›":
        return "close" if waits and not behind.isalnum() else "none"
    if mark == '"':
        if not waits:
            closes_only = not before.isspace() and (behind.isspace() or behind in ".,;:!?)")
            if closes_only and not opens_here:
                is_mixed = any(o.mark == "“" for o in stack) and _closes_curly(text, at)
                return "close" if is_mixed else "none"
            return "open"
        if before.isspace() and not behind.isspace():
            return "open"
        return "close"
    if mark == "'":
        if waits and not behind.isalnum() and not before.isspace():
            return "close"
        if opens_here and behind.isalnum() and not _CLITIC.match(text, at) and not waits:
            return "open"
    return "none"


def _is_nested(text: str, at: int) -> bool:
    """Tell whether a mark opens a quotation inside one of the same marks: two that close stand next, one for each."""
    end = text.find("\n", at)
    following = islice(_DOUBLE_MARK.finditer(text, at + 1, end if end >= 0 else len(text)), 2)
    return [mark.group() for mark in following] == ["”", "”"]


def _unwind(stack: list[_Open], mark: str) -> None:
    """Drop what stands open inside the quotation that the mark closes."""
    while stack and _CLOSER_OF[stack[-1].mark] != mark and {mark, stack[-1].mark} not in _MIXED:
        stack.pop()


def _closes_curly(text: str, at: int) -> bool:
    """Tell whether a straight mark closes a curly one: the paragraph's next mark is none that closes."""
    end = text.find("\n", at)
    following = _DOUBLE_MARK.search(text, at + 1, end if end >= 0 else len(text))
    return following is None or following.group() != "”"


def _next_paragraph(text: str, at: int) -> str:
    """Tell how the paragraph behind a line break treats an open quotation: "opens", "closes" or "leaves" it."""
    start = at + 1
    while start < len(text) and text[start].isspace():
        start += 1
    if start >= len(text):
        return "leaves"
    if text[start] in '"“„«' or text.startswith("``", start):
        nothing_behind = start + 1 >= len(text) or text[start + 1].isspace()
        return "closes" if text[start] == '"' and nothing_behind else "opens"
    if text[start] in "”»":
        return "closes"
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    for match in _MARK.finditer(text, start, end):
        mark, where = match.group(), match.start()
        if mark in "”»":
            return "closes"
        if mark in "“„«‟``":
            return "leaves"
        if mark == '"':
            behind = text[where + 1] if where + 1 < len(text) else "\n"
            return "closes" if not text[where - 1].isspace() and not behind.isalnum() else "leaves"
    return "leaves"


def _begins_next(text: str, at: int) -> str:
    """Give the first character of the paragraph behind a line break."""
    found = re.compile(r"\S").search(text, at)
    return found.group() if found else ""
