"""Adjectives of countries that only name a language: "said in French", "spoke Russian", "an Arabic translation"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.coding.actors.names import NameMatch

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SPEAKING = frozenset({"speak", "learn", "teach", "study", "understand", "translate"})
_INTO = frozenset({"in", "into", "from"})
_WORDS = frozenset("language translation word accent alphabet dialect subtitle grammar spelling".split())
_BEHIND = frozenset({"language", "speaking", "speaker", "speakers"})
_ONE_AND_OTHER = frozenset({"conj", "appos"})


def is_language(doc: Doc, match: NameMatch) -> bool:
    """Tell whether a name is that of a language, and of no country."""
    if match.end > match.start + 1 or match.readings[0].form not in {"adjective", "people"}:
        return False
    token = doc[match.start]
    if _is_behind_hyphen(doc, match.end):
        return True
    if token.dep_ in {"amod", "compound", "nmod"}:
        return token.head.lemma_.lower() in _WORDS
    while token.dep_ in _ONE_AND_OTHER and token.head.i != token.i:
        token = token.head
    return _is_spoken(token)


def _is_behind_hyphen(doc: Doc, end: int) -> bool:
    """Tell whether "-language" or "-speaking" follows."""
    if end < len(doc) and doc[end].text in {"-", "–"}:
        end += 1
    elif end >= len(doc) or doc[end].lower_ not in {"speaking", "speakers"}:
        return False
    return end < len(doc) and doc[end].lower_ in _BEHIND


def _is_spoken(token: Token) -> bool:
    if any(child.dep_ in {"det", "poss", "nummod"} for child in token.children) or token.tag_ in {"NNS", "NNPS"}:
        return False
    over = token.head
    if token.dep_ == "pobj":
        return over.lower_ in _INTO
    return token.dep_ == "dobj" and over.lemma_.lower() in _SPEAKING
