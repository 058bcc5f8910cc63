"""One place where a rule's pattern holds, and what its groups took."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from melian.coding.dates.meaning import Meaning
from melian.coding.dates.passage import Passage
from melian.knowledge.dates import values_of


class Match(msgspec.Struct, frozen=True):
    """One place where a rule's pattern holds.

    Attributes:
        passage: The report.
        rule: Id of the rule.
        start: First piece.
        end: Behind the last piece.
        groups: Named groups to the pieces that they took.
    """

    passage: Passage
    rule: str
    start: int
    end: int
    groups: dict[str, tuple[int, int]]

    def words(self, name: str) -> list[str]:
        """Give the words of a group; none where the group took no part."""
        start, end = self.groups.get(name, (0, 0))
        return [piece.word for piece in self.passage.pieces[start:end]]

    def word(self, name: str) -> str:
        """Give the first word of a group, or ""."""
        return (self.words(name) or [""])[0]

    def value(self, name: str, kind: str) -> str | None:
        """Give a group's value in a class of words."""
        return values_of(kind).get(self.word(name))

    def number(self, name: str, kind: str) -> int | None:
        """Give a group's value in a class of words as a number."""
        value = self.value(name, kind)
        return None if value is None else int(value)


Reading = Callable[[Match], Meaning | None]


def edge_of(match: Match) -> str | None:
    """Read the group `e`: early, mid, late, start, end, earlier or later."""
    for word in match.words("e"):
        found = values_of("EDGE").get(word) or values_of("BOUND").get(word)
        if found or word in ("earlier", "later"):
            return found or word
    return None


def unit_of(match: Match, name: str = "u") -> str:
    """Read a unit of time (D, W, WE, M, Q, Y …); a day where the word is none."""
    word = match.word(name)
    for kind in ("UNIT", "UNITS", "CALENDAR", "ENDS"):
        if word in values_of(kind):
            return values_of(kind)[word]
    return "N" if word == "night" else "D"
