"""Names that the knowledge tables know: where they stand in a text and what each may lead to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec.structs import replace

from melian.knowledge.countries import countries, peoples, seats, several, territories
from melian.knowledge.organisations import organisations
from melian.knowledge.own_actors import NONE, OwnActors
from melian.records import ActorKind, Sector

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Form = Literal["name", "capital", "adjective", "people", "seat", "organisation"]
_FORM_RANK: dict[Form, int] = {"name": 0, "organisation": 1, "seat": 2, "capital": 3, "adjective": 4, "people": 5}
_KEY = 3
_PRESS = frozenset("newspaper daily weekly magazine website journalist reporter correspondent editor columnist".split())
_ARTICLES = frozenset({"al", "el", "ul", "as", "ash", "ad", "an", "ar", "at", "az"})
_ARABIC = ("al-", "Al-", "al ", "Al ")
_OF_FIELDS = frozenset(
    "Committee Council Commission Minister Ministry Department Adviser Advisor Institute Association".split()
)
_BODY_WORDS = frozenset("Party Front Movement Army Brigades Council Commission Court Bank Agency Union Forces".split())


class KnownName(msgspec.Struct, frozen=True, gc=False):
    """One way in which the tables read a name.

    Attributes:
        form: Which column of which table gave it.
        row: The knowledge row, as `table:id`.
        name: Canonical name of the actor.
        kind: Kind of the actor.
        country: ISO 3166-1 alpha-3.
        sector: PLOVER sector.
        is_ambiguous: Often stands for something else.
        begins: First day on which the name means this.
        until: First day on which it does so no more.
        is_shared: Bodies of other countries bear the name too.
        is_of_report: The report itself says what bears the name; the row is that of the word which says it.
        in_arms: Country of a people's armed men, where it is not `country`.
        states: Of a name for several states ("the two Koreas"), each one's ISO 3166-1 alpha-3.
    """

    form: Form
    row: str
    name: str
    kind: ActorKind
    country: str | None
    sector: Sector | None
    is_ambiguous: bool = False
    begins: date | None = None
    until: date | None = None
    is_shared: bool = False
    is_of_report: bool = False
    in_arms: str | None = None
    states: tuple[str, ...] = ()

    def at_home_in(self, country: str | None) -> KnownName:
        """Give the body of another country that bears the name there, where others do: "Labour" in Malta is Malta's."""
        if country is None or not self.is_shared or country == self.country:
            return self
        return sister_of(self, country) or replace(self, country=country)


class NameMatch(msgspec.Struct, frozen=True):
    """A known name at tokens `[start, end)` and its readings, likeliest first."""

    start: int
    end: int
    readings: tuple[KnownName, ...]

    def first(self, *forms: Form) -> KnownName | None:
        """Give the likeliest reading of one of the forms, or of any."""
        return next((r for r in self.readings if not forms or r.form in forms), None)


_Names = dict[str, dict[str, tuple[KnownName, ...]]]


@cache
def own_names(own: OwnActors) -> _Names:
    """Index the organisations and groups of the user's table like `known_names`."""
    found: dict[str, list[KnownName]] = {}
    for row in own.rows:
        if row.kind != "person":
            for word in _spellings((row.name, *row.aliases)):
                found.setdefault(word, []).append(
                    KnownName(
                        "organisation", f"own:{row.id}", row.name, row.kind, row.country, row.sector,
                        begins=row.from_, until=row.until,
                    )
                )  # fmt: skip
    return _by_beginning(found)


@cache
def known_names() -> _Names:
    """Index every known name by its first three characters."""
    found: dict[str, list[KnownName]] = {}

    def add(word: str, known: KnownName) -> None:
        readings = found.setdefault(word, [])
        if not readings or all(r.row != known.row or r.form != known.form for r in readings):
            readings.append(known)

    for c in countries():
        forms: tuple[tuple[Form, tuple[str, ...]], ...] = (
            ("name", c.names),
            ("adjective", c.adjectives),
            ("people", c.people),
            ("capital", c.capital_names),
        )
        for form, words in forms:
            for word in words:
                ambiguous = word in c.ambiguous
                add(
                    word,
                    KnownName(form, f"countries:{c.id}", c.name, _kind(form), c.id, None, ambiguous, c.from_, c.until),
                )
    for t in territories():
        own: tuple[tuple[Form, tuple[str, ...]], ...] = (
            ("name", t.names),
            ("adjective", t.adjectives),
            ("people", t.people),
        )
        for form, words in own:
            for word in words:
                add(word, KnownName(form, f"territories:{t.id}", t.name, _kind(form), t.country, t.sector))
    for p in peoples():
        for form, words in (("adjective", p.adjectives), ("people", p.people)):
            for word in words:
                add(
                    word,
                    KnownName(
                        form, f"peoples:{p.id}", p.name, "population", p.country, None, is_ambiguous=True,
                        in_arms=p.in_arms,
                    ),
                )  # fmt: skip
    for g in several():
        for word in g.names:
            add(word, KnownName("name", f"several:{g.id}", g.name, "state", None, None, states=g.countries))
    for s in seats():
        for word in {s.name, *s.names}:
            add(
                word,
                KnownName(
                    "seat", f"seats:{s.id}", s.name, "organisation", s.country, s.sector, begins=s.from_, until=s.until,
                    is_shared=word in s.shared,
                ),
            )  # fmt: skip
    for o in organisations():
        plain = KnownName(
            "organisation", f"organisations:{o.id}", o.name, o.kind, o.country, o.sector, begins=o.from_, until=o.until
        )
        for word in _spellings((o.name, *o.aliases)):
            if word in o.ambiguous:
                add(word, replace(plain, is_ambiguous=True, is_shared=o.sector == "PTY"))
            else:
                add(word, plain)
    return _by_beginning(found)


def _by_beginning(found: dict[str, list[KnownName]]) -> _Names:
    index: _Names = {}
    for word, readings in found.items():
        if len(readings) > 1:
            readings.sort(key=lambda r: (r.until is not None, _FORM_RANK[r.form], r.is_ambiguous, r.row))
        index.setdefault(word[:_KEY], {})[word] = tuple(readings)
    return {key: dict(sorted(words.items(), key=lambda item: -len(item[0]))) for key, words in index.items()}


def _spellings(words: Iterable[str]) -> set[str]:
    """Add spellings: the other apostrophe, a small letter for the kind of body, the article with a blank or a hyphen.

    "Workers' party" of "Workers' Party", "Al Shabaab" of "al-Shabaab".
    """
    found = set(words)
    for word in tuple(found):
        if word[:3] in _ARABIC:
            found.update(article + word[3:] for article in _ARABIC)
    for word in tuple(found):
        first, _, last = word.rpartition(" ")
        if last in _BODY_WORDS and " " in first:
            found.add(f"{first} {last.lower()}")
    for word in tuple(found):
        if "'" in word:
            found.add(word.replace("'", "’"))
        elif "’" in word:
            found.add(word.replace("’", "'"))
    return found


def _kind(form: Form) -> ActorKind:
    return "population" if form == "people" else "state"


@cache
def prefixes() -> dict[str, KnownName]:
    """Index the first parts of compounds: "Franco" of "Franco-German"."""
    return {
        word: KnownName("adjective", f"countries:{c.id}", c.name, "state", c.id, None)
        for c in countries()
        for word in c.prefixes
    }


@cache
def state_of(country: str) -> KnownName | None:
    """Give the state of an alpha-3 code."""
    row = next((c for c in countries() if c.id == country), None)
    return KnownName("name", f"countries:{row.id}", row.name, "state", row.id, None) if row else None


@cache
def sister_of(known: KnownName, country: str) -> KnownName | None:
    """Give the party of another country that is called so at home: "Labour" in Valletta is Malta's."""
    row = next((c for c in countries() if c.id == country), None)
    if row is None or known.sector != "PTY":
        return None
    called = [f"{word} {known.name}" for word in (*row.adjectives, *row.names)]
    called += [f"{known.name} of {the}{word}" for word in row.names for the in ("", "the ")]
    found = (reading for name in called for reading in known_names().get(name[:_KEY], {}).get(name, ()))
    return next((r for r in found if r.form == "organisation" and r.country == country and r.sector == "PTY"), None)


def find_names(doc: Doc, on: date | None, own: OwnActors = NONE) -> list[NameMatch]:
    """Find known names, the longest at each place, none inside another.

    Args:
        doc: The parse.
        on: The report's day, which decides between names that changed their meaning.
        own: The user's table. Its names win over those of the package, except over longer ones at the same place.
    """
    ours = list(_matches(doc, on, known_names()))
    theirs = list(_matches(doc, on, own_names(own))) if own.rows else []
    if not theirs:
        return ours
    longest = {match.start: match.end for match in ours}
    theirs = [match for match in theirs if match.end >= longest.get(match.start, 0)]
    taken = {i for match in theirs for i in range(match.start, match.end)}
    rest = (match for match in ours if taken.isdisjoint(range(match.start, match.end)))
    return sorted([*theirs, *rest], key=lambda match: match.start)


def _matches(doc: Doc, on: date | None, index: _Names) -> Iterator[NameMatch]:
    text = doc.text
    ends = {token.idx + len(token): token.i + 1 for token in doc}
    behind = 0
    for token in doc:
        if token.i < behind:
            continue
        at = token.idx
        words = index.get(text[at : at + _KEY])
        short = index.get(text[at : at + _KEY - 1])
        for table in (words, short):
            match = _longest(table, text, at, ends, on) if table else None
            if (
                match
                and token.lower_ == "the"
                and (
                    _reaches_further(index, text, at + len(token) + 1, match[0], ends, on)
                    or _is_attribute(doc, token.i, *match)
                )
            ):
                break
            if match and _is_in_title(doc, *match):
                break
            if match and _is_behind_article(token) and all(r.form in {"name", "capital"} for r in match[1]):
                continue
            if match:
                end, readings = match
                yield NameMatch(token.i, end, readings)
                behind = end
                break


def _is_in_title(doc: Doc, end: int, readings: tuple[KnownName, ...]) -> bool:
    """Tell whether the name of a paper is but the field of a body or office: "the Foreign Policy Committee"."""
    return readings[0].sector == "JRN" and end < len(doc) and doc[end].text in _OF_FIELDS


def _is_behind_article(token: Token) -> bool:
    """Tell whether a word is but the second half of an Arabic name: no Sheikh al-Sabah is of the land of Sabah."""
    i, doc = token.i, token.doc
    return i > 1 and doc[i - 1].text == "-" and doc[i - 2].lower_ in _ARTICLES and not doc[i - 2].whitespace_


def _reaches_further(
    index: _Names,
    text: str,
    at: int,
    end: int,
    ends: dict[int, int],
    on: date | None,
) -> bool:
    """Tell whether a longer name begins behind the article: "The Guardian Council" is not "The Guardian"."""
    match = _longest(index.get(text[at : at + _KEY], {}), text, at, ends, on)
    return match is not None and match[0] > end


def _is_attribute(doc: Doc, start: int, end: int, readings: tuple[KnownName, ...]) -> bool:
    """Tell whether "The Namibian" and "The Independent" but begin a longer phrase, and name no newspaper."""
    if end - start != 2 or end >= len(doc) or readings[0].sector != "JRN":
        return False
    word, behind = doc[end - 1], doc[end]
    if behind.lower_ in _PRESS or word.dep_ not in {"amod", "compound", "nmod"} or word.head.i < end:
        return False
    return word.ent_type_ == "NORP" or (behind.text[:1].isupper() and behind.ent_iob_ == "I")


def _longest(
    table: dict[str, tuple[KnownName, ...]], text: str, at: int, ends: dict[int, int], on: date | None
) -> tuple[int, tuple[KnownName, ...]] | None:
    for word, readings in table.items():
        if text.startswith(word, at):
            end = ends.get(at + len(word))
            if end is not None:
                # What is no more is still spoken of: a name that nothing bears on the day means what once bore it.
                valid = [r for r in readings if _is_valid(r, on)] or list(readings)
                if on is not None and len(valid) > 1:
                    # In 1988 "Moscow" was the seat of the Soviet Union, whatever it is now.
                    valid.sort(key=lambda r: r.until is None)
                return (end, tuple(valid)) if valid else None
    return None


def _is_valid(known: KnownName, on: date | None) -> bool:
    if on is None:
        return known.until is None
    return (known.begins is None or known.begins <= on) and (known.until is None or on < known.until)


def main_country(matches: Sequence[NameMatch], lead: float) -> str | None:
    """Give the country that the report names most, where it leads the next by a factor."""
    counted = Counter(m.readings[0].country for m in matches if m.readings[0].country)
    top = [*counted.most_common(2), (None, 0), (None, 0)]
    return top[0][0] if top[0][1] >= lead * max(top[1][1], 1) else None
