"""Persons whom the tables know: by full name, by surname, by how a name sounds; and what they were on a day."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from melian.coding.actors.sounds import initial_sound, sound_of
from melian.knowledge.offices import figures, holders, offices, surnames
from melian.knowledge.own_actors import OwnActors
from melian.records import Sector

if TYPE_CHECKING:
    from spacy.tokens import Doc

_KEY = 4
_FAMILY_FIRST = frozenset({"CHN", "HKG", "KHM", "KOR", "PRK", "TWN", "VNM"})
_OF_STATE = frozenset({"GOV", "LEG", "JUD", "MIL", "COP", "SPY", "IGO"})
_NO_PERSONS = frozenset({"GPE", "LOC", "FAC", "WORK_OF_ART"})
_ODD = str.maketrans("ıłŁøØđĐʻʼ’", "ilLoOdD'''")


class Term(msgspec.Struct, frozen=True, gc=False):
    """What one person was for a time.

    Attributes:
        row: The knowledge row, as `table:id`.
        person: The name that readings give.
        country: ISO 3166-1 alpha-3, None for those of international bodies.
        sector: PLOVER sector.
        office: The office's name, where there is one.
        begins: First day.
        until: First day after it.
        rank: What is believed first of terms at one time: 0 the user's own, 1 an office, 2 what else is known.
    """

    row: str
    person: str
    country: str | None
    sector: Sector | None
    office: str | None
    begins: date | None
    until: date | None
    rank: int

    def is_current(self, on: date | None) -> bool:
        """Tell whether the term runs on a day; on an unknown one it may."""
        if on is None:
            return True
        return (self.begins is None or self.begins <= on) and (self.until is None or on < self.until)


def plain_name(name: str) -> str:
    """Write a name as the indexes do: "george w bush", "abdel fattah sisi"."""
    bare = _bare(name).lower().replace(".", "")
    return bare.replace(" al-", " ").replace(" el-", " ").removeprefix("al-").removeprefix("el-")


def _parted(name: str) -> str:
    """Write a name plainly and without hyphens: "portia simpson miller" of Portia Simpson-Miller."""
    return plain_name(name).replace("-", " ")


def terms_named(name: str, own: OwnActors) -> tuple[Term, ...]:
    """Give the terms of the person of a full name, in whatever spelling the tables give."""
    plain = _parted(name)
    return _index(own).named.get(plain) or _index(None).named.get(plain, ())


def terms_by_surname(surname: str, own: OwnActors) -> tuple[Term, ...]:
    """Give the terms of all persons of a surname."""
    plain = plain_name(surname)
    return (*_index(own).surnamed.get(plain, ()), *_index(None).surnamed.get(plain, ()))


def terms_alone(name: str, own: OwnActors) -> tuple[Term, ...]:
    """Give the terms of the politician, or of the family of politicians, whom a lone name means: "Merkel".

    Names that the user's table has are the user's.
    """
    plain = plain_name(name)
    return () if plain in _index(own).surnamed else _alone().get(plain, ())


def terms_by_sound(name: str, own: OwnActors) -> tuple[Term, ...]:
    """Give the terms of the one person whose full name sounds the same, or has the same first word and last.

    "Sergej Lawrow" is Sergei Lavrov, and "Carlos Saul Menem" Carlos Menem.
    """
    plain = _parted(name)
    sound = sound_of(plain)
    initial = initial_sound(plain)
    terms = (_sounds(own, initial).get(sound) or _sounds(None, initial).get(sound, ())) if sound is not None else ()
    first, *middle = plain.split()
    terms = terms or (_index(None).named.get(f"{first} {middle[-1]}", ()) if len(middle) > 1 else ())
    return terms if len({term.person for term in terms}) == 1 else ()


def term_on(terms: Iterable[Term], on: date | None) -> Term | None:
    """Give the term that a day falls into, the one of the highest rank and then the latest."""
    current = [term for term in terms if term.is_current(on)]
    return max(current, key=lambda t: (-t.rank, t.begins or date.min), default=None)


def was_in_office(terms: Iterable[Term], on: date) -> bool:
    """Tell whether a term in an office of state or of an international body ended before a day."""
    return any(t.until is not None and t.until <= on and t.sector in _OF_STATE for t in terms)


def known_persons(doc: Doc, own: OwnActors) -> Iterator[tuple[int, int]]:
    """Yield where full names of known persons stand, as tokens; the longest at each place."""
    text = _bare(doc.text)
    ends: dict[int, int] | None = None
    behind = 0
    tables = (_spelled(own), _spelled(None)) if own.rows else (_spelled(None),)
    for token in doc:
        at = token.idx
        if at < behind or not token.text[:1].isupper():
            continue
        key = text[at : at + _KEY]
        names = (name for table in tables for name in table.get(key, ()) if text.startswith(name, at))
        length = max(map(len, names), default=0)
        if length:
            ends = ends or {t.idx + len(t): t.i + 1 for t in doc}
            end = ends.get(at + length)
            if end is not None and not _goes_on(doc, end):
                behind = at + length
                yield token.i, end


def lone_names(doc: Doc, own: OwnActors) -> Iterator[tuple[int, int]]:
    """Yield where names that mean one politician stand alone, as tokens: "Merkel", and not "Una Merkel"."""
    for token in doc:
        if not token.text[:1].isupper() or token.ent_type_ in _NO_PERSONS or (len(token) < 4 and token.text.isupper()):
            continue
        if terms_alone(token.text, own) and not _goes_on(doc, token.i + 1) and not _goes_before(doc, token.i):
            yield token.i, token.i + 1


def _goes_before(doc: Doc, start: int) -> bool:
    """Tell whether another name stands right before a name."""
    before = doc[start - 1] if start else None
    return before is not None and (
        (before.pos_ == "PROPN" and before.text[:1].isupper()) or (before.text == "-" and not before.whitespace_)
    )


def _goes_on(doc: Doc, end: int) -> bool:
    """Tell whether a name goes on behind its last known word: "Park Jin-ho", "the Bill Clinton Foundation"."""
    if end >= len(doc):
        return False
    behind = doc[end]
    if behind.text == "-" and not doc[end - 1].whitespace_:
        return True
    return behind.pos_ == "PROPN" and behind.text[:1].isupper() and behind.ent_type_ not in {"DATE", "TIME"}


class _Index(msgspec.Struct, frozen=True):
    named: dict[str, tuple[Term, ...]]
    surnamed: dict[str, tuple[Term, ...]]


@cache
def _terms(own: OwnActors | None) -> tuple[tuple[tuple[str, ...], Term], ...]:
    """Give each term with the person's names: of the user's table, or of the package."""
    if own is not None:
        return tuple(
            ((r.name, *r.aliases), Term(f"own:{r.id}", r.name, r.country, r.sector, r.office, r.from_, r.until, 0))
            for r in own.rows
            if r.kind == "person"
        )
    named = {office.id: office for office in offices()}
    found = []
    for h in holders():
        office = named[h.office]
        sector: Sector | None = "IGO" if h.organisation else office.sector
        term = Term(f"holders:{h.id}", h.person, h.country, sector, office.name, h.from_, h.until, 1)
        found.append(((h.person, *h.variants), term))
    for f in figures():
        name = named[f.office].name if f.office else None
        found.append(
            ((f.person, *f.variants), Term(f"figures:{f.id}", f.person, f.country, f.sector, name, f.from_, f.until, 2))
        )
    # A spelling that one row of a person gives is the person's in every row.
    called: dict[str, dict[str, None]] = {}
    for names, term in found:
        called.setdefault(term.person, {}).update(dict.fromkeys(names))
    return tuple((tuple(called[term.person]), term) for _, term in found)


@cache
def _index(own: OwnActors | None) -> _Index:
    named: dict[str, list[Term]] = {}
    surnamed: dict[str, dict[str, Term]] = {}
    for names, term in _terms(own):
        for name in {_parted(name) for name in names}:
            named.setdefault(name, []).append(term)
        for name in {plain_name(name) for name in names}:
            words = name.split()
            if len(words) > 1:
                # "Xi" of Xi Jinping: where the family name comes first.
                last = words[0] if term.country in _FAMILY_FIRST else words[-1]
                surnamed.setdefault(last, {})[term.row] = term
    return _Index(
        {name: tuple(terms) for name, terms in named.items()},
        {name: tuple(terms.values()) for name, terms in surnamed.items()},
    )


@cache
def _alone() -> dict[str, tuple[Term, ...]]:
    index = _index(None)
    found = {}
    for s in surnames():
        if s.person is not None:
            found[plain_name(s.id)] = index.named[_parted(s.person)]
        else:
            borne = index.surnamed[plain_name(s.id)]
            found[plain_name(s.id)] = tuple(term for term in borne if term.country == s.country)
    return found


@cache
def _sounds(own: OwnActors | None, initial: str) -> dict[str, tuple[Term, ...]]:
    """Index the terms of persons by how their names sound, of the names that begin with a sound."""
    found: dict[str, dict[str, Term]] = {}
    for name, terms in _index(own).named.items():
        sound = sound_of(name) if initial_sound(name) == initial else None
        if sound is not None:
            found.setdefault(sound, {}).update((term.row, term) for term in terms)
    return {sound: tuple(terms.values()) for sound, terms in found.items()}


@cache
def _spelled(own: OwnActors | None) -> dict[str, tuple[str, ...]]:
    """Index full names, of two words or more and without accents, by their first characters."""
    found: dict[str, set[str]] = {}
    for names, _ in _terms(own):
        for name in names:
            if " " in name:
                bare = _bare(name)
                found.setdefault(bare[:_KEY], set()).update((bare, bare.replace("-", " ")))
    return {key: tuple(names) for key, names in found.items()}


def _bare(text: str) -> str:
    """Take the accents off, letter by letter, so that positions stay."""
    if text.isascii():
        return text
    return "".join(c if c.isascii() else _letter(c) for c in text)


@cache
def _letter(letter: str) -> str:
    plain = unicodedata.normalize("NFKD", letter.translate(_ODD))[:1]
    return plain or letter
