"""The entries of the gazetteer that a name can stand for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from melian.coding.places.known import never_places, states_by_short_form
from melian.coding.places.mention import Mention
from melian.knowledge.gazetteer import Entry, adjective_entries, division_entry, entries_named, place_words

_MOST = 60
_LARGE = 200_000
_FORMS = ("republic of ", "kingdom of ", "state of ", "commonwealth of ", "government of ", "people s republic of ")
_POSTAL = 2
_TOWN = 15_000
_ARTICLES = frozenset({"al", "el", "greater"})
_ADDED = frozenset(
    {"city", "town", "province", "region", "state", "oblast", "governorate", "district", "county", "emirate"}
)
_JOINING = frozenset({"of", "in", "for", "at"})
_SHORT = {"co": "county", "twp": "township", "prov": "province", "dist": "district"}
_DISTRICTS = ("county", "parish", "district")


def holder_entries(key: str) -> tuple[Entry, ...]:
    """Give what a name behind a comma can be, short forms of American and Canadian states among it."""
    code = states_by_short_form().get(key)
    state = division_entry(code) if code is not None else None
    return (state,) if state is not None else entries_named(key)


def is_inside(entry: Entry, place: Entry) -> bool:
    """Tell whether a place lies in a country or division."""
    if entry.kind == "country" or entry == place:
        return False
    if place.kind == "country":
        return entry.country == place.country
    return place.kind == "division" and entry.division == place.division and entry.kind != "division"


def options_of(key: str, members: Sequence[Mention]) -> tuple[Entry, ...]:
    """Give what the mentions of one name can stand for, the largest cities first.

    Args:
        key: The name, folded.
        members: Its mentions, whose origin and surroundings count.
    """
    if key in adjective_entries() and all(m.origin == "adjective" for m in members):
        return (adjective_entries()[key],)
    found = list(entries_named(key)) or _full_form(key)
    if len(key) == _POSTAL and key != "us":
        found = [*holder_entries(key), *found]
    if any(m.hint == "district" for m in members) or not found:
        found += _as_districts(key, found)
    if not found:
        found = _without_additions(key)
    if any(m.origin == "given" for m in members):
        found = list(named_inside(key)) if not found else [] if key in never_places() else found
    return _ranked(found)


def _full_form(key: str) -> list[Entry]:
    """Find the country in "Republic of Armenia"."""
    short = next((key[len(form) :] for form in _FORMS if key.startswith(form)), "")
    return [e for e in entries_named(short) if e.kind in ("country", "division")] if short else []


def _ranked(found: Iterable[Entry]) -> tuple[Entry, ...]:
    """Sort cities by people behind the rest, and leave out names that a country has for itself."""
    entries = list(dict.fromkeys(found))
    if any(e.kind == "country" for e in entries):
        # Mexico City is "Mexico" to its own people; in an English report it is not.
        entries = [e for e in entries if e.is_main or e.kind not in ("city", "capital")]
    entries = [e for e in entries if e.kind != "city" or e.is_main or e.population]
    entries.sort(key=lambda e: -e.population if e.kind in ("city", "capital", "district") else -1e12)
    return tuple(entries[:_MOST])


def _as_districts(key: str, found: Sequence[Entry]) -> list[Entry]:
    """Give the counties and districts that are called by the bare name: "Boone and Clay counties"."""
    if any(e.kind == "district" for e in found) or key.rsplit(" ", 1)[-1] in _DISTRICTS:
        return []
    named = (entry for noun in _DISTRICTS for entry in entries_named(f"{key} {noun}"))
    return [entry for entry in named if entry.kind == "district"]


def _without_additions(key: str) -> list[Entry]:
    """Find what a name stands for when "South" or "City" is off it, or a short form is written out."""
    words = key.split()
    if len(words) > 1 and words[-1] in _SHORT:
        found = entries_named(" ".join([*words[:-1], _SHORT[words[-1]]]))
        if found:
            return list(found)
    if len(words) > 1 and words[0] in place_words("direction words") | _ARTICLES:
        found = entries_named(" ".join(words[1:]))
        if found:
            return list(found)
    if len(words) > 1 and words[-1] in _ADDED:
        return [e for e in entries_named(" ".join(words[:-1])) if _is_notable(e)]
    return []


def _is_notable(entry: Entry) -> bool:
    return entry.kind not in ("city", "district") or entry.population >= _TOWN


@lru_cache(maxsize=4_096)
def named_inside(key: str) -> tuple[Entry, ...]:
    """Find the place in the name of a body: "Bank of Japan", "British Embassy", "Harare City Council".

    What stands behind "of" or "in" comes first, then a place or people at the beginning, then one anywhere.

    Args:
        key: The name, folded.
    """
    words = key.split()[:12]
    for at in range(1, len(words) - 1):
        if words[at] in _JOINING:
            start = at + 1 + (words[at + 1] == "the")
            found = _longest_at(words, start)
            if found:
                return found
    found = _longest_at(words, 0)
    for start in range(1, len(words)):
        if found:
            break
        found = tuple(e for e in _longest_at(words, start) if e.kind != "city" or e.population > _LARGE)
    return found


def _longest_at(words: Sequence[str], start: int) -> tuple[Entry, ...]:
    nouns, directions = place_words("company words"), place_words("direction words")
    for end in range(len(words), start, -1):
        part = " ".join(words[start:end])
        if end - start == 1 and (part.title() in nouns or len(part) < 4 or part in directions | never_places()):
            return ()
        people = adjective_entries().get(part)
        if people is not None:
            return (people,)
        found = tuple(e for e in entries_named(part) if _is_notable(e))
        if found:
            return found
    return ()
