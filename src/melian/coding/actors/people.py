"""Names of persons: one name is one person throughout a report, whatever a tagger says of a later mention."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from melian.coding.actors.names import NameMatch
from melian.coding.actors.roles import read_role, title_offices

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PARTICLES = frozenset("al el bin ibn ben abu van von der den de da di du del della la le ter ten dos das bint".split())
_STRONG = frozenset({"name", "organisation", "seat", "adjective"})
_LONGEST = 5


@dataclass(frozen=True, slots=True)
class PersonName:
    """One mention of a person by name.

    Attributes:
        start: First token of the name, titles left out.
        end: Behind its last token.
        full: The person's fullest name in the report.
    """

    start: int
    end: int
    full: str


def find_people(doc: Doc, matches: Sequence[NameMatch]) -> list[PersonName]:
    """Find every mention of a person by name, in order.

    A sequence of proper nouns is a person's name when the tagger says so, when a title or an office stands before it,
    or when it repeats the surname of a person named in full elsewhere in the report.
    """
    taken = [False] * (len(doc) + 1)
    for match in matches:
        if match.first("organisation", "seat") or not all(r.is_ambiguous for r in match.readings):
            for i in range(match.start, match.end):
                taken[i] = True
    spans = [*_tagged(doc, taken), *_titled(doc, taken)]
    full_names: dict[str, Counter[str]] = {}
    for start, end in spans:
        if end - start > 1:
            words = [doc[i].text for i in range(start, end)]
            full_names.setdefault(words[-1], Counter())[" ".join(words)] += 1
    firsts = {name.split()[0]: name for names in full_names.values() for name in names}
    found: dict[int, PersonName] = {}
    for start, end in sorted(set(spans), key=lambda s: (s[0], -s[1])):
        if any(i in found for i in range(start, end)):
            continue
        words = [doc[i].text for i in range(start, end)]
        person = PersonName(start, end, _fullest(words, full_names, firsts))
        for i in range(start, end):
            found[i] = person
    for token in doc:
        if token.i in found or taken[token.i] or token.pos_ != "PROPN" or token.text not in full_names:
            continue
        if _stands_alone(token, found):
            found[token.i] = PersonName(token.i, token.i + 1, _fullest([token.text], full_names, firsts))
    return sorted(set(found.values()), key=lambda p: p.start)


def _tagged(doc: Doc, taken: list[bool]) -> list[tuple[int, int]]:
    spans = []
    for entity in doc.ents:
        start, end = entity.start, entity.end
        if entity.label_ != "PERSON":
            continue
        while start < end and (
            doc[start].text.lower() in title_offices() or doc[start].is_punct or doc[start].is_space
        ):
            start += 1
        start = _behind_office(doc, start, end)
        while end > start and (
            doc[end - 1].text in {"'s", "’s", "'", "’"} or doc[end - 1].is_punct or doc[end - 1].is_space
        ):
            end -= 1
        inside = any(doc[i].is_space or doc[i].text in {",", ";", ":"} for i in range(start, end))
        if start < end and not inside and doc[end - 1].text[:1].isupper() and not taken[end - 1] and not taken[start]:
            spans.append((_with_particle(doc, start), end))
    return spans


def _titled(doc: Doc, taken: list[bool]) -> list[tuple[int, int]]:
    """Find names behind titles ("Mr X") and offices ("Foreign Minister X Y")."""
    spans = []
    titles = title_offices()
    for token in doc:
        if token.pos_ != "PROPN" or taken[token.i] or not token.text[:1].isupper() or token.i == 0:
            continue
        before = doc[token.i - 1]
        if not (before.text.lower() in titles or _ends_office(doc, before)):
            continue
        end = token.i + 1
        if token.text.lower() in titles or _ends_office(doc, token):
            continue
        while end < len(doc) and end - token.i < _LONGEST and _continues(doc[end]) and not taken[end]:
            end += 1
        while doc[end - 1].text.lower() in _PARTICLES or doc[end - 1].text == "-":
            end -= 1
        if end > token.i:
            spans.append((token.i, end))
    return spans


def _ends_office(doc: Doc, token: Token) -> bool:
    """Tell whether an office that can stand before a name ends here."""
    if token.pos_ not in {"NOUN", "PROPN"} or not token.text[:1].isalpha():
        return False
    words = [doc[i].text.lower() for i in range(max(0, token.i - 4), token.i + 1)]
    reading = read_role(words, token.lemma_.lower())
    return bool(reading and reading[0].office)


def _behind_office(doc: Doc, start: int, end: int) -> int:
    """Skip office words that a tagger took into the name ("President Vladimir Putin")."""
    for i in range(end - 1, start, -1):
        if _ends_office(doc, doc[i - 1]):
            return i
    return start


def _continues(token: Token) -> bool:
    if token.text in {"-"}:
        return True
    return (token.pos_ == "PROPN" and token.text[:1].isupper()) or token.text.lower() in _PARTICLES


def _with_particle(doc: Doc, start: int) -> int:
    while start and doc[start - 1].text.lower() in _PARTICLES and doc[start - 1].text.lower() not in {"de", "la", "le"}:
        start -= 1
    return start


def _fullest(words: list[str], full_names: dict[str, Counter[str]], firsts: dict[str, str]) -> str:
    own = " ".join(words)
    candidates = full_names.get(words[-1])
    if not candidates:
        # "Xi" for Xi Jinping, "Saddam" for Saddam Hussein: the first name, where it is no other's surname.
        return firsts.get(own, own) if len(words) == 1 else own
    if len(words) == 1:
        return max(candidates.items(), key=lambda item: (item[1], len(item[0]), item[0]))[0]
    return max((c for c in candidates if c.split()[0] == words[0]), key=len, default=own)


def _stands_alone(token: Token, found: dict[int, PersonName]) -> bool:
    """Tell whether a surname is not part of a longer name of something else."""
    doc = token.doc
    before = doc[token.i - 1] if token.i else None
    behind = doc[token.i + 1] if token.i + 1 < len(doc) else None
    if behind is not None and behind.pos_ == "PROPN" and behind.text[:1].isupper() and behind.i not in found:
        return False
    if before is not None and before.pos_ == "PROPN" and before.text[:1].isupper():
        return before.text.lower() in title_offices() or _ends_office(doc, before) or before.i in found
    return True
