"""Turns of a transcript: a label, a colon, words, and the paragraphs behind them in which nobody else is named."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from melian.records import Span

_MARKS = "\"“”„«»'‘’"
_ASIDE = r"(?:[ \xa0]\([^()\n]{1,40}\))?"
_CAPITALS = re.compile(
    rf"^[ \t\xa0{_MARKS}]*(?P<who>[A-Z][A-Z.’'-]*(?:[ \xa0][A-Z][A-Z.’'-]*){{0,4}}){_ASIDE}"
    r"(?P<cue>:|(?<=^[QA])\.)[ \t\xa0]*(?P<words>\S[^\n]*)$",
    re.MULTILINE,
)
NAME = r"[A-Z][\w.’'-]*(?:[ \xa0](?:(?:de|da|del|van|von|der|bin|al|el)[ \xa0])?[A-Z][\w.’'-]*){1,4}"
_TITLED = re.compile(
    r"^[ \t\xa0]*(?P<who>[A-Z][\w.’'-]*(?:[ \xa0][A-Z][\w.’'-]*){0,3})"
    rf"(?:[ \xa0](?:by|from)[ \xa0](?P<name>{NAME}))?{_ASIDE}(?P<cue>:)"
    r"[ \t\xa0]*(?P<words>\S[^\n]*[.?!…][\"”’»]?)[ \t\xa0]*$",
    re.MULTILINE,
)
_FEWEST = 3
_WORDS = re.compile(r"[^\n]*\w[^\n]*")


class Turn(msgspec.Struct, frozen=True):
    """What one says until the next is named.

    Attributes:
        label: The label.
        name: Who speaks: the label, or the name that stood behind it here or before ("Answer by A B: …").
        mark: The mark behind the label, or before a signature; None where a name is signed without one.
        words: What stands behind it.
        later: The paragraphs before the next label.
    """

    label: Span
    name: Span
    mark: Span | None
    words: Span
    later: tuple[Span, ...] = ()


def turns_of(text: str) -> tuple[Turn, ...]:
    """Find the turns of a transcript, in order; none where a text is no transcript.

    A transcript has three labels in capitals or more, or one of them twice: a single word in capitals before a colon
    may be anything. Other labels count where two of them stand before whole sentences twice or more each: a list of
    "Place:" and "Time:" has none.
    """
    lines = _in_capitals(text) or _titled(text)
    return tuple(_turns(text, lines))


def _in_capitals(text: str) -> list[re.Match[str]]:
    lines = list(_CAPITALS.finditer(text))
    most = Counter(line["who"] for line in lines).most_common(1)
    return lines if len(lines) >= _FEWEST or (most and most[0][1] > 1) else []


def _titled(text: str) -> list[re.Match[str]]:
    lines = list(_TITLED.finditer(text))
    often = {who for who, count in Counter(line["who"] for line in lines).items() if count > 1}
    return [line for line in lines if line["who"] in often] if len(often) > 1 else []


def _turns(text: str, lines: Sequence[re.Match[str]]) -> Iterator[Turn]:
    names: dict[str, Span] = {}
    for k, line in enumerate(lines):
        own = line.span("name") if "name" in line.re.groupindex and line["name"] else None
        name = names.get(line["who"], line.span("who")) if own is None else own
        names[line["who"]] = name
        end = lines[k + 1].start() if k + 1 < len(lines) else line.end()
        later = tuple(part.span() for part in _WORDS.finditer(text, line.end(), end))
        yield Turn(own or line.span("who"), name, line.span("cue"), line.span("words"), later)
