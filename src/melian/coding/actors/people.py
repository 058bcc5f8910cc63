"""Names of persons: one name is one person throughout a report, whatever a tagger says of a later mention."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from melian.coding.actors.names import NameMatch
from melian.coding.actors.roles import find_title, read_role, title_offices
from melian.coding.actors.terms import known_persons, lone_names
from melian.knowledge.gazetteer import place_words
from melian.knowledge.offices import given_names
from melian.knowledge.own_actors import NONE, OwnActors

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PARTICLES = frozenset("al el bin ibn ben abu van von der den de da di du del della la le ter ten dos das bint".split())
_STRONG = frozenset({"name", "organisation", "seat", "adjective"})
_LONGEST = 5
_PERSONAL = frozenset("nsubj nsubjpass poss dobj dative ROOT".split())
_RULED = frozenset("government regime administration cabinet presidency campaign camp".split())
_OF_CRAFT = frozenset({"flagged", "registered", "built", "owned"})
"""Last words before the name of a ship: "the Maltese-flagged Mariska"."""
_OF_PERSONS = frozenset(
    (
        "late young younger old older great legendary famous notorious unfortunate aged hapless jailed exiled ailing "
        "former then real same elder true only other outgoing incumbent embattled reclusive popular"
    ).split()
)
_NO_PERSONS = frozenset(
    (
        "islam christianity judaism hinduism buddhism brexit ramadan easter christmas covid coronavirus ebola allah "
        "god jesus facebook twitter whatsapp telegram instagram youtube tiktok kalashnikov novichok sars opec"
    ).split()
)

_HUMAN_DEEDS = frozenset(
    (
        "fly visit marry die weep cry smile nod shrug laugh grin sob recall remember resign retire walk sit stand sing "
        "faint sleep arrive travel drown smoke whisper shout"
    ).split()
)

_AS_PERSONS = frozenset({"nsubj", "nsubjpass", "poss", "dobj", "pobj"})
"""How a first name stands where it is what its bearer is called by: "Najib has denied it"."""


class PersonName(msgspec.Struct, frozen=True):
    """One mention of a person by name.

    Attributes:
        start: First token of the name, titles left out.
        end: Behind its last token.
        full: The person's fullest name in the report.
    """

    start: int
    end: int
    full: str


def find_people(
    doc: Doc, matches: Sequence[NameMatch], places: frozenset[int] = frozenset(), own: OwnActors = NONE
) -> list[PersonName]:
    """Find every mention of a person by name, in order.

    A sequence of proper nouns is a person's name when the tagger says so, when a title or an office stands before it,
    or when it repeats the surname of a person named in full elsewhere in the report. A single word that the tagger
    alone takes for a person has to stand where persons do, and be no place.

    Args:
        doc: The parse.
        matches: Known names.
        places: Where in the text the places begin.
        own: The user's table of actors.
    """
    taken = [False] * (len(doc) + 1)
    for match in matches:
        if (
            match.first("organisation", "seat")
            or not all(r.is_ambiguous for r in match.readings)
            or stands_alone(doc, match)
        ):
            for i in range(match.start, match.end):
                taken[i] = True
    for first, second in pairwise(matches):
        if first.end == second.start and first.first("adjective") and second.first("people"):
            taken[first.start : second.end] = [True] * (second.end - first.start)  # "Sri Lankan Tamils"
    titles = _titled(doc, taken)
    known = [
        (start, end)
        for start, end in (*known_persons(doc, own), *lone_names(doc, own))
        if all(start <= m.start and m.end <= end for m in matches if m.start < end and start < m.end)
    ]
    tagged = [*_tagged(doc, taken), *_mistaken(doc, matches)]
    spans = [*known, *_untouched(tagged, known), *_untouched(titles, known)]
    full_names: dict[str, Counter[str]] = {}
    for start, end in spans:
        if end - start > 1:
            full_names.setdefault(doc[end - 1].text, Counter())[_words(doc, start, end)] += 1
    firsts = _called_by(full_names)
    found: dict[int, PersonName] = {}
    titled = {*titles, *known}
    for start, end in sorted({*spans}, key=lambda s: (s[0], -s[1])):
        is_single = end - start == 1 and (start, end) not in titled and doc[start].text not in full_names
        if is_single and not (doc[start].text in firsts or _acts(doc[start], places)):
            continue
        if any(i in found for i in range(start, end)):
            continue
        person = PersonName(start, end, _fullest(_words(doc, start, end), full_names, firsts))
        for i in range(start, end):
            found[i] = person
    for start, end in _spelled_out(doc, full_names):
        if not any(i in found or taken[i] for i in range(start, end)):
            person = PersonName(start, end, _fullest(_words(doc, start, end), full_names, firsts))
            found.update(dict.fromkeys(range(start, end), person))
    for token in doc:
        is_again = token.text in full_names or (token.text in firsts and token.dep_ in _AS_PERSONS)
        if token.i in found or taken[token.i] or token.pos_ != "PROPN" or not is_again:
            continue
        if _stands_alone(token, found):
            start = token.i - (token.i > 0 and token.nbor(-1).text.istitle() and token.nbor(-1).lower_ in _PARTICLES)
            person = PersonName(start, token.i + 1, _fullest(token.text, full_names, firsts))
            found.update(dict.fromkeys(range(start, token.i + 1), person))
    return sorted(set(found.values()), key=lambda p: p.start)


def stands_alone(doc: Doc, match: NameMatch) -> bool:
    """Tell whether no other proper noun stands beside a known name, so that "Chad" is the country and no first name."""
    beside = [doc[i] for i in (match.start - 1, match.end) if 0 <= i < len(doc)]
    return not any(t.pos_ == "PROPN" and t.text[:1].isupper() for t in beside)


def _untouched(spans: list[tuple[int, int]], known: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Leave out spans that overlap a known name."""
    return [(start, end) for start, end in spans if not any(a < end and start < b for a, b in known)]


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
        start = _behind_titles(doc, _behind_office(doc, start, end), end)
        while end > start and (
            doc[end - 1].text in {"'s", "’s", "'", "’"} or doc[end - 1].is_punct or doc[end - 1].is_space
        ):
            end -= 1
        while end + 1 < len(doc) and doc[end].text == "-" and not doc[end - 1].whitespace_ and _continues(doc, end + 1):
            end += 2
        if _is_of_thing(doc, start, end) or _is_title(doc, start, end):
            continue
        inside = any(doc[i].is_space or doc[i].text in {",", ";", ":"} for i in range(start, end))
        ends_well = end > start and (doc[end - 1].text[:1].isupper() or doc[end - 2].text == "-")
        if start < end and not inside and ends_well and not taken[end - 1] and not taken[start]:
            if end - start == 1:
                start = _with_first_name(doc, start, taken)
            spans.append((_with_particle(doc, start), end))
    return spans


def _mistaken(doc: Doc, matches: Sequence[NameMatch]) -> Iterator[tuple[int, int]]:
    """Yield names of two words that the tagger takes for bodies, and that do what only humans do, or are of a body.

    "Paris Hilton flew to Geneva", "the World Bank's A B". Bodies by their words ("Radio Rwanda") are none.
    """
    bodies = {i for m in matches if m.first("organisation", "seat") for i in range(m.start, m.end)}
    for entity in doc.ents:
        end = entity.end
        start = end - 2
        if entity.label_ != "ORG" or start < entity.start or not bodies.isdisjoint((start, end - 1)):
            continue
        owner_ends = start > entity.start and doc[start - 1].tag_ == "POS" and start - 2 in bodies
        if start > entity.start and not owner_ends:
            continue
        words = (doc[start], doc[end - 1])
        if not all(t.pos_ == "PROPN" and t.text.isalpha() and t.text.istitle() for t in words):
            continue
        if any(read_role([t.lower_], t.lemma_.lower()) for t in words) or words[1].tag_ != "NNP":
            continue
        verb = words[1].head
        acts = words[1].dep_ == "nsubj" and verb.lemma_.lower() in _HUMAN_DEEDS
        if acts or owner_ends or words[0].text in _given_names():
            yield start, end


def _is_title(doc: Doc, start: int, end: int) -> bool:
    """Tell whether the tagger took a title alone for a person, its full stop left out: "Brig" of "Brig. Nasser"."""
    title = find_title(doc, end + 1) if end + 1 < len(doc) and doc[end].text == "." else None
    return title is not None and title[0] <= start


@cache
def _given_names() -> frozenset[str]:
    return frozenset(name.id for name in given_names())


def _is_of_thing(doc: Doc, start: int, end: int) -> bool:
    """Tell whether a name is that of a thing: "the Maltese-flagged Blue Heron", "the Mariska", "the Sulina branch"."""
    if end >= len(doc) or end - start < 1:
        return False
    behind = doc[end]
    if behind.lower_ in place_words("site nouns") and behind.pos_ == "NOUN" and doc[end - 1].head.i == end:
        return True
    head = doc[start:end].root
    article = next((child for child in head.lefts if child.dep_ == "det" and child.lower_ == "the"), None)
    if article is None or article.i >= start or head.tag_ == "NNPS":
        return False
    if end - start == 1:
        is_craft = doc[start - 1].lower_ in _OF_CRAFT
        return (is_craft or article.i == start - 1) and not _is_told_further(head)
    between = doc[article.i + 1 : start]
    return all(t.lower_ not in _OF_PERSONS and not ends_office(doc, t) for t in between) and not find_title(doc, start)


def _is_told_further(name: Token) -> bool:
    """Tell whether words behind a name say which bearer is meant: "the Obama of 2008", "the Keita who wrote it"."""
    return any(child.i > name.i and child.dep_ in {"prep", "relcl", "appos"} for child in name.children)


def _behind_titles(doc: Doc, start: int, end: int) -> int:
    """Skip titles that a tagger took into the name ("Rear Adm. Joseph Zerafa")."""
    for size in (4, 3, 2):
        found = find_title(doc, start + size) if start + size < end else None
        if found is not None and found[0] <= start:
            return start + size
    return start


def _with_first_name(doc: Doc, start: int, taken: list[bool]) -> int:
    """Take in a first name that the tagger left out."""
    if start == 0:
        return start
    token = doc[start - 1]
    is_name = token.tag_ == "NNP" and token.text[:1].isupper() and token.dep_ == "compound" and token.text.isalpha()
    if not is_name or taken[start - 1] or token.ent_type_ or token.head.i != start:
        return start
    if token.lower_ in title_offices() or ends_office(doc, token):
        return start
    return start - 1


def _titled(doc: Doc, taken: list[bool]) -> list[tuple[int, int]]:
    """Find names behind titles ("Mr X") and offices ("Foreign Minister X Y")."""
    spans = []
    titles = title_offices()
    for token in doc:
        if token.pos_ != "PROPN" or taken[token.i] or not token.text[:1].isupper() or token.i == 0:
            continue
        before = doc[token.i - 1]
        if before.text == ",":
            if not _is_apposed_to_office(doc, token.i):
                continue
        elif not (find_title(doc, token.i) or before.lower_ in titles or ends_office(doc, before)):
            continue
        end = token.i + 1
        if token.text.lower() in titles or ends_office(doc, token) or _is_title(doc, token.i, end):
            continue
        while end < len(doc) and end - token.i < _LONGEST and _continues(doc, end) and not taken[end]:
            end += 1
        while doc[end - 1].text.lower() in _PARTICLES or doc[end - 1].text == "-":
            end -= 1
        if end > token.i and _behind_titles(doc, _behind_office(doc, token.i, end), end) == token.i:
            spans.append((token.i, end))
    return spans


def _acts(token: Token, places: frozenset[int]) -> bool:
    """Tell whether a lone word stands where a person would: a subject, an owner, an agent, and no place or plural."""
    if token.dep_ == "compound" and token.head.lower_ in _RULED:
        return True
    if token.idx in places or token.tag_ != "NNP" or token.lower_ in _NO_PERSONS:
        return False
    if token.dep_ == "pobj":
        return token.head.dep_ == "agent" or token.head.lower_ in {"with", "for", "against", "by", "from", "to"}
    if token.dep_ in {"appos", "conj"} and token.head.i != token.i:
        return token.head.ent_type_ == "PERSON" and token.head.idx not in places
    return token.dep_ in _PERSONAL


def _is_apposed_to_office(doc: Doc, start: int) -> bool:
    """Tell whether a name of two words or more stands in commas behind an office: "the Minister of Justice, A B,"."""
    if start + 2 >= len(doc) or not _continues(doc, start + 1):
        return False
    end = start
    while end < len(doc) and _continues(doc, end):
        end += 1
    if end < len(doc) and doc[end].text != "," and doc[end].pos_ not in {"VERB", "AUX", "PUNCT"}:
        return False
    for i in range(start - 2, max(start - 10, doc[start].sent.start - 1), -1):
        if doc[i].pos_ in {"VERB", "AUX", "PUNCT"}:
            return False
        if ends_office(doc, doc[i], is_title=False):
            return True
    return False


def ends_office(doc: Doc, token: Token, *, is_title: bool = True) -> bool:
    """Tell whether an office ends here, one that can stand right before a name unless told otherwise."""
    if token.pos_ not in {"NOUN", "PROPN"} or not token.text[:1].isalpha():
        return False
    words = [doc[i].text.lower() for i in range(max(0, token.i - 4), token.i + 1)]
    reading = read_role(words, token.lemma_.lower())
    return bool(reading and (reading[0].office or (not is_title and reading[0].kind == "office")))


def _behind_office(doc: Doc, start: int, end: int) -> int:
    """Skip office words that a tagger took into the name ("President Vladimir Putin")."""
    for i in range(end - 1, start, -1):
        if ends_office(doc, doc[i - 1]):
            return i
    return start


def _continues(doc: Doc, i: int) -> bool:
    token = doc[i]
    if token.text == "-":
        return not token.whitespace_
    if i and doc[i - 1].text == "-" and not doc[i - 1].whitespace_:
        return token.text.isalpha()
    return (token.pos_ == "PROPN" and token.text[:1].isupper()) or token.lower_ in _PARTICLES


def _with_particle(doc: Doc, start: int) -> int:
    while start and doc[start - 1].text.lower() in _PARTICLES and doc[start - 1].text.lower() not in {"de", "la", "le"}:
        start -= 1
    return start


def _words(doc: Doc, start: int, end: int) -> str:
    return " ".join(doc[start:end].text.split())


def _fullest(name: str, full_names: dict[str, Counter[str]], firsts: dict[str, str]) -> str:
    """Give the fullest name of the person that a name leads to."""
    last = name.replace("-", " ").split()[-1]
    candidates = full_names.get(last) or full_names.get(name.split()[-1])
    if not candidates:
        # "Xi" for Xi Jinping, "Saddam" for Saddam Hussein: the first name, where it is no other's surname.
        return firsts.get(name, name) if " " not in name else name
    if " " not in name:
        best = max(candidates.items(), key=lambda item: (item[1], len(item[0]), item[0]))[0]
    else:
        best = max((c for c in candidates if c.split()[0] == name.split()[0]), key=len, default=name)
    longer = [c for c in candidates if c.lower().endswith(f" {best.lower()}")]
    return max(longer, key=len, default=best)  # "De Mistura said" of Staffan de Mistura.


def _called_by(full_names: dict[str, Counter[str]]) -> dict[str, str]:
    """Index full names by first names and by the first of two surnames: "Arcos said" of Lucía Arcos Benavides."""
    words = {name: name.split() for names in full_names.values() for name in names}
    inner = ((name, middle) for name, w in words.items() for middle in w[1:-1][-1:])
    middles = {middle: name for name, middle in inner if middle.istitle() and middle.isalpha()}
    return middles | {w[0]: name for name, w in words.items()}


def _spelled_out(doc: Doc, full_names: dict[str, Counter[str]]) -> Iterator[tuple[int, int]]:
    """Yield where full names stand, as tokens, whatever a tagger makes of the words around them."""
    names = sorted({name for counted in full_names.values() for name in counted}, key=lambda n: (-len(n), n))
    if not names:
        return
    for met in re.finditer(rf"\b(?:{'|'.join(map(re.escape, names))})\b", doc.text):
        phrase = doc.char_span(*met.span())
        if phrase is not None:
            yield phrase.start, phrase.end


def _stands_alone(token: Token, found: dict[int, PersonName]) -> bool:
    """Tell whether a surname is not part of a longer name of something else."""
    doc = token.doc
    before = doc[token.i - 1] if token.i else None
    behind = doc[token.i + 1] if token.i + 1 < len(doc) else None
    if behind is not None and behind.pos_ == "PROPN" and behind.text[:1].isupper() and behind.i not in found:
        return False
    if before is not None and before.pos_ == "PROPN" and before.text[:1].isupper():
        return (
            before.lower_ in title_offices()
            or before.lower_ in _PARTICLES
            or ends_office(doc, before)
            or before.i in found
        )
    return True
