"""Organisations that no table knows, as the tagger marks them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from melian.coding.actors.cast import Member
from melian.coding.actors.homes import POSSESSIVES, country_at_head
from melian.coding.actors.names import KnownName, NameMatch
from melian.coding.actors.phrases import read_phrase
from melian.coding.actors.roles import read_role
from melian.coding.actors.scene import LOCATIVE, STATE_SECTORS, Scene
from melian.knowledge.gazetteer import place_words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


_LABOUR = frozenset({"unions", "workers", "workers'", "labour", "labor"})
_JOINED = frozenset(
    {"confederation", "federation", "congress", "council", "association", "centre", "center", "alliance"}
)
"""What unions join in: "the Confederation of Korean Trade Unions"."""
_INCORPORATED = frozenset("inc ltd llc corp plc gmbh".split())


def longer_organisation(match: NameMatch, doc: Doc) -> tuple[int, int] | None:
    """Find the organisation's name that a known name is a part of ("Bank of England", "Turkish Airlines")."""
    first = doc[match.start]
    if first.ent_type_ != "ORG" or match.first("organisation", "seat"):
        return None
    start, end = match.start, match.end
    while start > 0 and doc[start].ent_iob_ == "I" and doc[start - 1].ent_type_ == "ORG":
        start -= 1
    while end < len(doc) and doc[end].ent_iob_ == "I" and doc[end].ent_type_ == "ORG":
        end += 1
    if (start, end) == (match.start, match.end):
        return None
    inner = [doc[i] for i in range(start, end) if not match.start <= i < match.end and not doc[i].is_punct]
    if not any(t.text[:1].isupper() and t.pos_ == "PROPN" and not any(c.isdigit() for c in t.text) for t in inner):
        return None
    return start, end


def add_organisation(scene: Scene, start: int, end: int, known: KnownName | None, number: int, is_quoted: bool) -> None:
    """Add an organisation by its name; its country is that of a known name inside ("Turkish Airlines")."""
    doc = scene.doc
    while start < end and (doc[start].lower_ == "the" or doc[start].is_punct):
        start += 1
    while end > start and (doc[end - 1].is_punct or doc[end - 1].text in {"'s", "’s"} or doc[end - 1].is_space):
        end -= 1
    if start >= end:
        return
    name = doc[start:end].text
    head = doc[start:end].root
    if head.i in scene.namings:
        return
    key = f"organisation:{name}"
    member = scene.cast.add(Member(key, name, "organisation", rule="name of an organisation"))
    if known is not None:
        member.country = member.country or known.country
        member.rows = member.rows or [known.row]
    if member.sector is None:
        phrase = read_phrase(head, scene.names)
        if phrase is not None and phrase.reading.kind in {"organisation", "group"}:
            member.sector = phrase.reading.sector
            member.rows.append(phrase.reading.row)
        elif (first := read_role([doc[start].lower_], doc[start].lower_)) and first[0].sector == "JRN":
            # Stations are called by their kind first: "Radio Rwanda".
            member.sector = "JRN"
            member.rows.append(first[0].row)
        elif doc[end - 1].lower_.rstrip(".") in _INCORPORATED:
            member.sector = "BUS"
        elif any(t.lower_ == "police" for t in doc[start:end]):
            member.sector = "COP"
        elif {t.lower_ for t in doc[start:end]} & _LABOUR and doc[start:end].root.lower_ in _JOINED:
            member.sector = "LAB"
    if member.country is None and member.sector in STATE_SECTORS:
        member.country = country_at_head(name)
    scene.note(start, end, head.i, member, number, is_quoted=is_quoted)
    learn_alias(scene, end, number, is_quoted)


def learn_alias(scene: Scene, end: int, number: int, is_quoted: bool) -> None:
    """Learn the short name in brackets behind an organisation's name: "the Union of Tile Makers (UTM)"."""
    doc = scene.doc
    if end + 2 >= len(doc) or doc[end].text != "(" or doc[end + 2].text != ")":
        return
    short = doc[end + 1].text
    if not (2 <= len(short) <= 8 and short.isalpha() and short.isupper()) or end + 1 in scene.names:
        return
    latest = next(reversed(scene.namings.values()), None)
    if latest is not None and latest[0].end == end and latest[1].kind in {"organisation", "group"}:
        scene.aliases.setdefault(short, latest[1])


def _is_called_place(doc: Doc, start: int) -> bool:
    """Tell whether the words before a name say that it is a place: "the border town of Tine"."""
    if start < 2 or doc[start - 1].lower_ != "of":
        return False
    return doc[start - 2].lemma_.lower() in place_words("city nouns") | place_words("district nouns")


def cast_unknown(scene: Scene, token: Token, number: int, is_quoted: bool) -> None:
    """Add the organisation whose name, as the tagger marks it, a token belongs to; no place, nothing in lower case."""
    doc = scene.doc
    start, end = token.i, token.i + 1
    while start > 0 and doc[start].ent_iob_ == "I" and doc[start - 1].ent_type_ == "ORG":
        start -= 1
    while end < len(doc) and doc[end].ent_iob_ == "I" and doc[end].ent_type_ == "ORG":
        end += 1
    if doc[start].idx in scene.places_at or not any(t.pos_ == "PROPN" and t.text[:1].isupper() for t in doc[start:end]):
        return
    if end - start == 1 and token.dep_ == "pobj" and token.head.lower_ in LOCATIVE:
        # A lone name behind "in" or "near" is a place that no table knows.
        return
    if _is_called_place(doc, start) or any(i in scene.people for i in range(start, end)):
        # The tagger runs "of Oddar Meanchey H.E. A B" together.
        return
    known = next((scene.names[i].readings[0] for i in range(start, end) if i in scene.names), None)
    add_organisation(scene, start, end, known or owner_before(doc, scene.names, start), number, is_quoted)


def owner_before(doc: Doc, names: Mapping[int, NameMatch], start: int) -> KnownName | None:
    """Find the state that a body is said to be of: "Romania's Supreme Council", "Pyongyang's news agency"."""
    match = names.get(start - 2) if start > 1 and doc[start - 1].text in POSSESSIVES else None
    return match.first("name", "capital") if match is not None else None
