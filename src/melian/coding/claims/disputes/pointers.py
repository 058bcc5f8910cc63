"""The words by which a denial points at what was said: "that version", "their claims", "which Tehran denies"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

import msgspec

from melian.coding.claims.disputes.asserting import is_denial
from melian.coding.claims.disputes.sayings import NEGATIVE, Saying
from melian.coding.claims.disputes.told import Told
from melian.knowledge.factuality import denial_words

if TYPE_CHECKING:
    from spacy.tokens import Token

_FEW = 12
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "such", "any", "all", "both"})
_POINTING = frozenset({"it", "this", "that", "these", "those", "so", "which", "they"})
_PERSONS = frozenset({"him", "her", "them"})
_CALLING = frozenset({"call", "describe", "brand", "label", "term", "characterize", "characterise", "denounce"})
_ANSWERING = frozenset({"contradict", "rebut", "refute"})
_HOLDING = frozenset({"be", "correspond", "reflect", "match"})
_TRUE = frozenset({"true", "correspond", "reality", "truth", "fact", "right", "correct", "accurate", "case"})
_EMPTY = frozenset({"be", "do", "happen", "occur", "have"})
_NAMING = frozenset({"acl", "relcl", "prep"})
_OBJECTS = frozenset({"dobj", "nsubjpass", "ROOT", "pobj", "ccomp", "appos", "xcomp"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


class Pointer(msgspec.Struct, frozen=True):
    """What a denial points at.

    Attributes:
        word: The noun or pronoun.
        voices: Actors whose words it names, empty where it names none.
        is_beside: It stands beside the words that it means, in their sentence: "an accusation Baku rejected".
    """

    word: Token
    voices: frozenset[str]
    is_beside: bool = False


def pointer_of(saying: Saying, told: Told) -> Pointer | None:
    """Find the word by which a denial points at what was said before; None where it is none or names its matter."""
    tokens = [t for t in _first_clause(told.tokens(saying.statement)) if not t.is_punct and not t.is_space]
    if not tokens or len(tokens) > _FEW or saying.statement.act == "confirm":
        return None
    cue = told.scene.cue_token(saying.statement)
    lemma = cue.lemma_.lower() if cue is not None else ""
    words = denial_words()
    is_called_false = any(low in words["false"] | words["lie"] for t in tokens for low in (t.lemma_.lower(), t.lower_))
    if is_denial(saying, told) or is_called_false or lemma in words["deny"]:
        beside = _beside(cue, tokens) if cue is not None else None
        if beside is not None:
            return Pointer(beside, frozenset(), True)
    if is_denial(saying, told) or lemma in words["deny"] or (lemma in _CALLING and is_called_false):
        return _of_noun(tokens, lemma, told)
    return _of_clause(tokens, told)


def _first_clause(tokens: Iterator[Token]) -> Iterator[Token]:
    """Yield the words before a colon or a semicolon: "contradicted him: the road was open"."""
    return takewhile(lambda token: token.text not in {":", ";"} and not _begins_another(token), tokens)


def _begins_another(token: Token) -> bool:
    """Tell whether an "and" begins another clause: "that was nonsense and that none had flown"."""
    return token.pos_ == "CCONJ" and token.i + 1 < len(token.doc) and token.nbor().lower_ == "that"


def vague_pointer(saying: Saying, told: Told) -> Pointer | None:
    """Take the first noun or pronoun of a denial that otherwise points: "called the accusation a fairy tale"."""
    words = list(told.tokens(saying.statement))
    if not saying.is_pointing or saying.statement.act == "confirm" or any(t.tag_ == "MD" for t in words):
        return None
    word = next((t for kind in ("NOUN", "PRON") for t in words if t.pos_ == kind), None)
    return Pointer(word, frozenset()) if word is not None else None


def _beside(cue: Token, tokens: Sequence[Token]) -> Token | None:
    """Find the noun or "which" that a denial in a relative clause is about: "a charge Tehran denies"."""
    if cue.dep_ not in {"relcl", "acl"} or any(t.pos_ == "VERB" for t in tokens):
        return None
    words = denial_words()
    if cue.head.lemma_.lower() in words["claim"] | words["figure"] and cue.head.dep_ in {
        "appos",
        "dobj",
        "attr",
        "npadvmod",
        "conj",
        "pobj",
    }:
        return cue.head
    return next((t for t in tokens if t.lower_ == "which"), None)


def _of_noun(tokens: Sequence[Token], cue: str, told: Told) -> Pointer | None:
    words = denial_words()
    claims = words["claim"] | words["figure"] | words["part"]
    if tokens[0].lower_ == "doing" and len(tokens) > 1 and tokens[1].lower_ in _POINTING:
        return Pointer(tokens[1], frozenset())
    for token in tokens:
        # "Called their figures exaggerated": the figures are what is called so.
        is_called = token.dep_ == "nsubj" and cue in _CALLING
        if token.dep_ not in _OBJECTS and not is_called and token is not tokens[0]:
            continue
        low = token.lower_
        if token.pos_ in {"PRON", "DET"} and token.dep_ not in {"det", "poss"}:
            if low in _PERSONS and cue in _ANSWERING:
                return Pointer(token, _actors_of(token, told))
            # "Called it a farce" is about a thing, not about words.
            is_words = low in _POINTING and cue not in _CALLING
            return Pointer(token, frozenset()) if is_words and len(tokens) <= _FEW // 2 else None
        if token.pos_ == "NOUN":
            return _known(token, told) if token.lemma_.lower() in claims else None
        if token.pos_ == "PROPN" and cue in _ANSWERING and len(tokens) <= _FEW // 2:
            return Pointer(token, _actors_of(token, told))
    return None


def _known(noun: Token, told: Told) -> Pointer | None:
    """Read a noun for words that points at them: "that version", "Kyiv's account", "the claims as baseless"."""
    voices: set[str] = set()
    is_known = noun.tag_ == "NNS" or noun.lemma_.lower() in denial_words()["part"]
    for child in noun.children:
        if child.dep_ == "poss":
            voices |= _actors_of(child, told)
            is_known = True
        elif child.lower_ in {"by", "from", "of"} and child.dep_ in {"prep", "agent"}:
            named = {actor for n in child.children for actor in _actors_of(n, told)}
            if child.lower_ == "of" or not named:
                return None
            voices |= named
            is_known = True
        elif child.dep_ in _NAMING and child.lower_ not in {"as", "on", "in", "at"}:
            return None
        elif child.lower_ in _DEFINITE:
            is_known = True
        elif child.dep_ in {"amod", "compound"} and child.ent_type_ in {"GPE", "NORP", "ORG"}:
            voices |= _actors_of(child, told)
            is_known = True
    return Pointer(noun, frozenset(voices)) if is_known else None


def _of_clause(tokens: Sequence[Token], told: Told) -> Pointer | None:
    """Read a clause that says of words that they are untrue: "that was nonsense", "the report was false"."""
    words = denial_words()
    false = words["false"] | words["lie"]
    verb = next((t for t in tokens if t.pos_ in {"VERB", "AUX"} and t.dep_ not in {"aux", "auxpass"}), None)
    if verb is None:
        return None
    subject = next((c for c in verb.children if c.dep_ in _SUBJECTS), None)
    if subject is None or subject.i > verb.i:
        return None
    is_noun = subject.lemma_.lower() in words["claim"] | words["figure"]
    pointer = _known(subject, told) if is_noun else None
    if not is_noun and subject.lower_ in _POINTING:
        pointer = Pointer(subject, frozenset())
    if pointer is None:
        return None
    is_negated = any(t.lower_ in NEGATIVE for t in tokens)
    under = {t.lemma_.lower() for t in verb.subtree if t.i > verb.i} | {t.lower_ for t in verb.subtree if t.i > verb.i}
    if not is_negated and under & false and verb.lemma_ == "be":
        return pointer
    is_bare = {t.lemma_.lower() for t in tokens if t.pos_ in {"VERB", "NOUN", "ADJ", "PROPN"}} <= _EMPTY
    is_untrue = verb.lemma_.lower() in _HOLDING and bool(under & _TRUE)
    return pointer if is_negated and (is_untrue or (is_bare and not is_noun)) else None


def _actors_of(token: Token, told: Told) -> frozenset[str]:
    naming = told.namings.get(token.i)
    return frozenset({naming.actor}) if naming is not None and naming.actor is not None else frozenset()
