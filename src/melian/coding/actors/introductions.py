"""Nouns that introduce names behind them: "the minister for culture A B", "an Iraqi militia, the Sons of X,"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from melian.coding.actors.names import KnownName, NameMatch
from melian.coding.actors.people import PersonName, ends_office
from melian.coding.actors.roles import find_title, read_role

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LONGEST = 10
_WITHIN = frozenset({"NOUN", "PROPN", "ADJ", "DET", "CCONJ", "NUM"})
_ARTICLES = frozenset({"the", "a", "an", "who"})
_OF = frozenset({"of", "for"})
_BODIES = frozenset({"organisation", "group"})


def introducing_role(doc: Doc, person: PersonName) -> Token | None:
    """Find the role that a name stands behind without a comma, though more than its words stand between.

    "The director for the protection of citizens A B" is A B; "a spokesman for President A B" is somebody else.

    Args:
        doc: The parse.
        person: The name.

    Returns:
        The role's noun; None where there is none, or where it ends right before the name.
    """
    edge = person.start - 1
    if edge < 2 or doc[edge].pos_ not in {"NOUN", "PROPN"} or ends_office(doc, doc[edge]):
        return None
    if person.end < len(doc) and doc[person.end].text in {"'s", "’s", "'", "’"}:
        return None
    sentence = doc[edge].sent.start
    for i in range(edge - 1, max(sentence, edge - _LONGEST), -1):
        token = doc[i]
        if token.lower_ in _OF:
            noun = doc[i - 1]
            words = [doc[k].lower_ for k in range(max(sentence, i - 5), i)]
            read = read_role(words, noun.lemma_.lower()) if noun.pos_ in {"NOUN", "PROPN"} else None
            if read is not None and read[0].kind not in _BODIES and noun.tag_ not in {"NNS", "NNPS"}:
                return noun
        elif token.pos_ not in _WITHIN:
            return None
    return None


def described(doc: Doc, person: PersonName) -> Token | None:
    """Find the noun that tells behind a comma what somebody is: "A B, the envoy", "A B, Syria's ambassador, said"."""
    behind = person.end
    if behind + 1 >= len(doc) or doc[behind].text != ",":
        return None
    at = behind + 2 if doc[behind + 1].lower_ in _ARTICLES else _behind_owner(doc, behind + 1)
    noun = next((doc[i] for i in range(at, min(at + 5, len(doc))) if doc[i].pos_ in {"NOUN", "PROPN"}), None)
    if noun is None or noun.dep_ == "compound":
        return None
    if doc[behind + 1].lower_ == "who" and noun.dep_ != "attr" and noun.head.lower_ != "as":
        return None  # "A B, who backs the government" is no government.
    last = noun.right_edge.i
    is_closed = doc[last].text == "," or (last + 1 < len(doc) and doc[last + 1].text == ",")
    return noun if noun.dep_ != "nsubj" or (is_closed and doc[behind + 1].lower_ != "who") else None


def _behind_owner(doc: Doc, at: int) -> int:
    """Give the token behind an owner that begins at a token ("Syria's"), the end of the text where there is none."""
    owners = (i for i in range(at + 1, min(at + 4, len(doc))) if doc[i].tag_ == "POS")
    return next((i + 1 for i in owners if all(t.pos_ == "PROPN" for t in doc[at:i])), len(doc))


def introduced_body(names: Mapping[int, NameMatch], doc: Doc, noun: Token) -> KnownName | None:
    """Find the body that a report introduces behind a word for one and a comma: "an Iraqi militia, the Sons of X"."""
    at = noun.i + 1
    while at < len(doc) and at <= noun.i + 2 and doc[at].lower_ in {",", "the"}:
        at += 1
    match = names.get(at)
    if match is None or match.start != at:
        return None
    return next((known for known in match.readings if known.is_of_report), None)


def nouns_before_comma(doc: Doc, start: int, mark: str = ",") -> list[Token]:
    """Find the nouns of a phrase that a comma parts from the name behind it, whatever the parser makes of the comma."""
    title = find_title(doc, start)
    start = title[0] if title else start
    if start < 2 or doc[start - 1].text != mark:
        return []
    found = [doc[start - 2]]
    while found[-1].head.i < found[-1].i and found[-1].dep_ in {"pobj", "prep", "compound", "conj"}:
        found.append(found[-1].head)
    return found[::-1]


def head_of_several(doc: Doc, people: Mapping[int, PersonName], person: PersonName) -> int:
    """Find the noun for several that a name, or the name it is joined to, stands behind; -1 where there is none."""
    first = person
    token = doc[first.start : first.end].root
    while token.dep_ == "conj" and (before := people.get(token.head.i)) is not None and before.start < first.start:
        first, token = before, doc[before.start : before.end].root
    if first.start < 2 or (first.end < len(doc) and doc[first.end].lower_ not in {",", ".", ")", "and", "(", ":"}):
        return -1
    if doc[first.start - 1].lower_ in {",", ":", "("}:
        return next((t.i for t in nouns_before_comma(doc, first.start, doc[first.start - 1].text)[::-1]), -1)
    verb = doc[first.start - 2]
    is_naming = doc[first.start - 1].lower_ in {"as", "only"} and verb.lemma_.lower() in {"identify", "name"}
    noun = verb.i - 1 - (doc[verb.i - 1].text == ",")
    return noun if is_naming and noun >= 0 else -1
