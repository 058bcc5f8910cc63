"""Bodies that a report itself introduces: "the opposition movement Dawn of May" makes a movement of "Dawn of May"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from melian.coding.actors.coreference import BODY_NOUNS
from melian.coding.actors.names import KnownName, NameMatch
from melian.coding.actors.phrases import name_tokens, read_phrase
from melian.coding.actors.roles import RoleReading, read_role

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LONGEST = 6
_JOINING = frozenset({"of", "for", "the", "and", "-", "al", "de"})
_MEDIA = frozenset(
    "newspaper daily weekly magazine radio tv television station channel broadcaster website agency".split()
)
"""Words for media: a name of one word beside one is its name, "the newspaper Trud", "DZRH radio"."""
_KINDS = frozenset({"organisation", "group"})
_PERSON = re.compile(r"(?:man|woman|ist|er|or|dent|gent|ant|rebel|medic|tycoon|magnate|suspect)$")
_CIVIL = frozenset({"BUS", "NGO", "JRN", "LAB", "EDU", "MED", "REL"})
"""Sectors whose bodies are organisations when they have a name."""
_CLOSING = frozenset({",", ".", ")", "—", "–", ";", ":"})
_OPPOSED = frozenset({"opposition", "dissident"})


def named_bodies(doc: Doc, matches: list[NameMatch]) -> list[NameMatch]:
    """Find names that stand right behind a word for a body, or behind one and a comma, wherever they stand again.

    Args:
        doc: The parse.
        matches: Known names, whose words are left to them.
    """
    names = name_tokens(doc, matches)
    known = set(names)
    found: dict[str, KnownName] = {}
    for token in doc:
        is_medium = token.text in _MEDIA and token.pos_ in {"NOUN", "ADJ"}
        if not is_medium and token.text != "NGO" and (token.pos_ != "NOUN" or not token.text.islower()):
            continue
        start = _behind_comma(doc, token.i + 1)
        end = _name_end(doc, start, known)
        if is_medium and end == start:
            start, end = _medium_named(doc, token.i, known)
        if end > start and (is_medium or not _is_of_person(token, start)):
            body = _body_of(token, doc[start:end].text, names, is_medium=is_medium)
            if body is not None and (start <= token.i + 1 or _is_apposed(token, start, end)):
                found.setdefault(body.name, body)
    met: list[NameMatch] = []
    for start, end, name in _places_of(doc, found):
        if not known.intersection(range(start, end)):
            met.append(NameMatch(start, end, (found[name],)))
    return met


def _behind_comma(doc: Doc, at: int) -> int:
    """Go over a comma and an article: "an Iraqi militia, the Sons of the Coast,"."""
    if at < len(doc) and doc[at].text == ",":
        at += 1
        at += at < len(doc) and doc[at].lower_ == "the"
    return at


def _is_apposed(noun: Token, start: int, end: int) -> bool:
    """Tell whether a name behind a comma is the body's: not so of "the head of the militia, A B,"."""
    doc = noun.doc
    if end >= len(doc) or doc[end].text not in _CLOSING:
        return False
    over = noun.head.head
    if noun.dep_ != "pobj" or over.pos_ not in {"NOUN", "PROPN"}:
        return True
    role = read_role([over.lower_], over.lemma_.lower())
    return (role is None or role[0].kind in _KINDS) and not any(t.ent_type_ == "PERSON" for t in doc[start:end])


def _is_of_person(noun: Token, start: int) -> bool:
    """Tell whether a word is for one person, named behind it: "the businessman A B", "opposition MP A B"."""
    first = noun.doc[start]
    read = read_role([first.lower_], first.lemma_.lower())
    if read is not None and read[0].kind == "office":
        return True
    return _PERSON.search(noun.lower_) is not None and noun.doc[start].ent_type_ == "PERSON"


def _body_of(noun: Token, name: str, names: Mapping[int, NameMatch], *, is_medium: bool) -> KnownName | None:
    phrase = read_phrase(noun, names)
    country = phrase.country if phrase is not None else None
    if is_medium:
        return KnownName("organisation", "roles:media", name, "organisation", country, "JRN", is_of_report=True)
    doc = noun.doc
    words = [doc[i].lower_ for i in range(max(noun.sent.start, noun.i - 4), noun.i + 1)]
    read = read_role(words, noun.lemma_.lower())
    if read is None or (read[0].kind not in _KINDS and read[0].name != "miner") or noun.tag_ not in {"NN", "NNP"}:
        return None
    reading: RoleReading = read[0]
    told = reading.sector or (phrase.sector if phrase is not None else None)
    if reading.name == "miner":
        told = "BUS"  # "The copper miner Blue Ridge" digs for none but its shareholders.
    sector = "OPP" if set(words) & _OPPOSED and told in {None, "PTY"} else told
    if sector is None and reading.name not in BODY_NOUNS:
        return None  # "The freighter Northern Star" is no body.
    kind = "organisation" if sector in _CIVIL else reading.kind
    return KnownName("organisation", reading.row, name, kind, country, sector, is_of_report=True)


def _medium_named(doc: Doc, noun: int, known: set[int]) -> tuple[int, int]:
    """Give the words of a medium's name beside its noun: "DZRH radio", "the daily Trud", and not "French radio"."""
    start = noun
    while start > 0 and start - 1 not in known and doc[start - 1].pos_ == "PROPN":
        start -= 1
    if start < noun:
        is_country = any(doc[i].ent_type_ in {"NORP", "GPE"} for i in range(start, noun))
        return (noun, noun) if is_country else (start, noun + 1)
    behind = noun + 1
    return behind, behind + (behind < len(doc) and behind not in known and _is_name(doc[behind]))


def _is_name(token: Token) -> bool:
    return token.text[:1].isupper() and token.pos_ in {"PROPN", "NOUN", "ADJ"} and not token.is_sent_start


def _name_end(doc: Doc, start: int, known: set[int]) -> int:
    """Give the end of a name of two words or more that begins at a token; its start where there is none."""
    end = start
    while end < len(doc) and end - start < _LONGEST and end not in known:
        token = doc[end]
        is_name = (
            token.text[:1].isupper() and token.pos_ in {"PROPN", "NOUN", "ADJ", "VERB"} and not token.is_sent_start
        )
        if not is_name and not (end > start and token.lower_ in _JOINING):
            break
        end += 1
    while end > start and doc[end - 1].lower_ in _JOINING:
        end -= 1
    return end if end - start > 1 or (end > start and _is_initials(doc[start].text)) else start


def _is_initials(word: str) -> bool:
    """Tell whether a word is the short form of a body's name: "the tax authority SUNAT"."""
    return len(word) > 2 and word.isalpha() and word.isupper()


def _places_of(doc: Doc, names: Collection[str]) -> Iterator[tuple[int, int, str]]:
    """Yield where names stand, as tokens; of names that begin at one place the longest."""
    if not names:
        return
    pattern = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    for found in re.finditer(rf"\b(?:{pattern})\b", doc.text):
        span = doc.char_span(*found.span())
        if span is not None:
            yield span.start, span.end, found.group()
