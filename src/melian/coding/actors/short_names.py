"""Initials that a report spells out itself: "the Norwegian Fisheries Supervision Authority … the FSA"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from melian.coding.actors.names import NameMatch

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Phrase

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
    found: dict[str, int] = {}
    for match in own:
        short = doc[match.start].text
        if match.end > match.start + 1 or short in found or not _is_initials(short):
            continue
        rows = {reading.row for reading in match.readings}
        if any(m.end > m.start + 1 and rows & {r.row for r in m.readings} for m in own):
            continue  # The report names that very body in full.
        end = next((end for run, end in _names_before(doc, match.start) if _stand_for(short, run)), None)
        if end is not None:
            found[short] = end
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


def _names_before(doc: Doc, until: int) -> Iterator[tuple[Phrase, int]]:
    """Yield the runs of capitalised words before a token, the latest first, with the token behind each."""
    end = until
    while end > 0:
        last = doc[end - 1]
        if not _is_of_name(last) or last.lower_ in _LINKS:
            end -= 1
            continue
        start = end
        while start > 0 and (_is_of_name(doc[start - 1]) or doc[start - 1].lower_ in _LINKS):
            start -= 1
        yield doc[start:end], end
        end = start


def _is_of_name(token: Token) -> bool:
    return token.text[:1].isupper() and len(token.text) > 1 and not token.text.isupper()


def _stand_for(short: str, run: Iterable[Token]) -> bool:
    """Tell whether initials are those of the last words of a name: that of its country is often left out."""
    return "".join(t.text[0] for t in run if t.lower_ not in _LINKS).endswith(short)
