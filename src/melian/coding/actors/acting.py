"""Bodies that stand before the word for what they do or write: "an Israeli army raid", "a Defence Ministry note"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace

from melian.coding.actors.names import NameMatch
from melian.coding.actors.phrases import RolePhrase
from melian.coding.actors.roles import role_words
from melian.knowledge.ontology import word_classes

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_BEFORE = frozenset({"compound", "nmod", "amod"})
_FAR = 3
"""Words up to which a state's adjective stands before a body that is set before its deed."""
_FORCES = frozenset({"MIL", "COP", "REB", "PRM", "UAF", "CRM"})


def is_acting(token: Token) -> bool:
    """Tell whether a word for a force or body is but set before what it does or writes, and so the doer of it."""
    head = token.head
    if token.dep_ not in _BEFORE or not token.i < head.i <= token.i + 2 or head.pos_ != "NOUN":
        return False
    reading = role_words().get(token.lemma_.lower())
    if reading is None or reading.office is not None:
        return False
    deed, classes = head.lemma_.lower(), word_classes()
    is_writing = reading.kind == "organisation" and deed in classes["writings"]
    return is_writing or (reading.sector in _FORCES and deed in classes["deeds_of_forces"])


def with_owner_before(phrase: RolePhrase, token: Token, names: Mapping[int, NameMatch]) -> RolePhrase:
    """Give a body before its deed the state whose adjective or name stands before it: "a Chinese navy statement"."""
    before = token.i - 1
    while before > token.i - _FAR and _is_between(token.doc[before]):
        before -= 1
    match = names.get(before)
    known = match.first("adjective", "name", "capital") if match is not None and token.dep_ in _BEFORE else None
    if match is None or known is None or phrase.owner is not None:
        return phrase
    return replace(phrase, start=match.start, owner=known, is_bare=False)


def acts_behind(doc: Doc, i: int) -> bool:
    """Tell whether a body before its deed stands behind a name: "Israeli" in "an Israeli army raid"."""
    for token in doc[i : i + _FAR]:
        if is_acting(token):
            return True
        if not _is_between(token):
            return False
    return False


def _is_between(token: Token) -> bool:
    return token.dep_ in _BEFORE and token.text.islower()
