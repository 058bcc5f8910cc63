"""Initials that a report spells out itself: "the Norwegian Fisheries Supervision Authority … the FSA"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from melian.coding.actors.names import NameMatch

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from melian.coding.actors.scene import Scene

_LEAST, _MOST = 3, 8
"""Letters of initials: two stand for too much."""
_LINKS = frozenset({"of", "for", "and", "the", "&", "on", "de", "des", "du", "del", "la"})


def spelled_out(doc: Doc, matches: Iterable[NameMatch]) -> dict[str, int]:
    """Give the initials of known bodies that the report uses for another, with the token behind its full name.

    Args:
        doc: The parse.
        matches: The known names of the report.
    """
    own = [m for m in matches if m.readings[0].form in {"organisation", "seat"}]
    short = [m for m in own if m.end == m.start + 1 and _is_initials(doc[m.start].text)]
    if not short:
        return {}
    in_full = {reading.row for m in own if m.end > m.start + 1 for reading in m.readings}
    stand_for = _names_by_initials(doc)
    found: dict[str, int] = {}
    for match in short:
        end = stand_for.get(doc[match.start].text)
        if end is None or end > match.start or any(reading.row in in_full for reading in match.readings):
            continue  # Not spelled out so far, or it is that very body that the report names in full.
        found.setdefault(doc[match.start].text, end)
    return found


def learn_short_names(scene: Scene, pending: dict[str, int], behind: int) -> None:
    """Learn the initials whose full names stand before a token, where these lead to a body."""
    for short, end in list(pending.items()):
        if end <= behind:
            del pending[short]
            named = next((e for e in reversed(scene.namings.values()) if e[0].start < end <= e[0].end), None)
            if named is not None and named[1].kind in {"organisation", "group", "office"}:
                scene.aliases.setdefault(short, named[1])


def _is_initials(text: str) -> bool:
    return _LEAST <= len(text) <= _MOST and text.isalpha() and text.isupper()


def _names_by_initials(doc: Doc) -> dict[str, int]:
    """Give for initials the token behind the first run of capitalised words that ends in words with them.

    That of its country is often left out: the FSA is the Norwegian Fisheries Supervision Authority.
    """
    found: dict[str, int] = {}
    initials = ""
    end = 0
    for token in doc:
        if _is_of_name(token):
            initials, end = initials + token.text[0], token.i + 1
            continue
        if token.lower_ in _LINKS and initials:
            continue
        for size in range(_LEAST, min(len(initials), _MOST) + 1):
            found.setdefault(initials[-size:], end)
        initials = ""
    return found


def _is_of_name(token: Token) -> bool:
    return token.text[:1].isupper() and len(token.text) > 1 and not token.text.isupper()
