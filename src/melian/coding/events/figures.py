"""Figures of people killed and injured, with "at least", ranges and number words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

import msgspec

from melian.coding.actors.roles import read_role
from melian.records import Count

if TYPE_CHECKING:
    from spacy.tokens import Span as Phrase
    from spacy.tokens import Token

Harm = Literal["dead", "injured"]
_DEAD_VERBS = frozenset("kill die slay execute behead perish murder massacre assassinate".split())
_HURT_VERBS = frozenset({"injure", "wound", "hurt", "maim"})
_DEAD_WORDS = frozenset({"dead", "death", "fatality", "casualty"})
_TOLLS = frozenset({"toll", "number", "figure", "total", "count"})
_HURT_WORDS = frozenset({"injury", "injured", "wounded"})
_LOW = frozenset({"least", "minimum", "over", "more", "above", "exceeding"})
_HIGH = frozenset({"most", "maximum", "under", "below", "fewer", "less", "up"})
_COMPARED = frozenset({"more", "fewer", "less"})
_NOT = frozenset({"no", "not"})
_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
).split()
_NUMBERS = {word: n for n, word in enumerate(_SMALL)} | {
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "dozen": 12,
    "hundred": 100, "thousand": 1000, "million": 1_000_000,
}  # fmt: skip
_DIGITS = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,3})?")
_VAGUE = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000, "several": 2}


class Figure(msgspec.Struct, frozen=True):
    """A figure of people harmed.

    Attributes:
        harm: What befell them.
        count: How many.
        anchor: Token of the word of harm.
    """

    harm: Harm
    count: Count
    anchor: int


def find_figures(sentence: Phrase) -> Iterator[Figure]:
    """Find figures of people killed and injured in a sentence."""
    for token in sentence:
        lemma = token.lemma_.lower()
        tolled = _toll(token)
        if tolled is not None:
            yield tolled
            continue
        harm = _harm_of(lemma, token)
        if harm is None:
            continue
        noun = _harmed(token, lemma)
        if noun is None:
            continue
        count = count_of(noun)
        if count is not None:
            yield Figure(harm, _with_joined(noun, count), token.i)


def _with_joined(noun: Token, count: Count) -> Count:
    """Add up who is joined to a noun: "four rangers and their driver", "two soldiers and a child"."""
    low, high = count.low, count.high
    for other in noun.conjuncts:
        word = other.lemma_.lower()
        is_human = other.pos_ == "NOUN" and read_role([word], word) is not None
        if other.i < noun.i or not is_human or word in _DEAD_WORDS | _HURT_WORDS:
            continue
        more = count_of(other)
        if more is None and other.tag_ == "NN" and any(c.dep_ in {"poss", "det"} for c in other.children):
            more = Count(low=1, high=1, span=count.span)
        low = low + (more.low or 0) if low is not None and more is not None else low
        high = high + more.high if high is not None and more is not None and more.high is not None else None
    return msgspec.structs.replace(count, low=low, high=high)


def _toll(token: Token) -> Figure | None:
    """Read "put the number of dead at 14", "the death toll rose to 20", "a toll of nine"."""
    if token.lemma_ not in _TOLLS or token.pos_ != "NOUN":
        return None
    own = [n for c in token.children if c.dep_ == "prep" and c.lower_ == "of" for n in c.children]
    words = {t.lemma_.lower() for t in (*own, *token.lefts)}
    harm: Harm = "injured" if words & (_HURT_WORDS | _HURT_VERBS) else "dead"
    if token.lemma_ != "toll" and not words & (_DEAD_WORDS | _HURT_WORDS | _HURT_VERBS | {"killed"}):
        return None
    preps = [c for c in (*token.children, *token.head.children) if c.dep_ == "prep" and c.lower_ in {"at", "to", "of"}]
    number = next((n for c in preps for n in c.children if n.dep_ == "pobj" and (n.pos_ == "NUM" or n.like_num)), None)
    count = count_of(number) if number is not None else None
    return Figure(harm, count, token.i) if count is not None else None


def _harm_of(lemma: str, token: Token) -> Harm | None:
    if (lemma in _DEAD_VERBS and token.pos_ == "VERB") or lemma in _DEAD_WORDS or _loses_life(token):
        return "dead"
    if lemma == "body" and token.tag_ == "NNS" and any(c.dep_ == "nummod" for c in token.children):
        return "dead"
    if (lemma in _HURT_VERBS and token.pos_ in {"VERB", "ADJ"}) or lemma in _HURT_WORDS:
        return "injured"
    return None


def _loses_life(token: Token) -> bool:
    return token.lemma_ == "lose" and any(c.dep_ == "dobj" and c.lemma_ in {"life", "live"} for c in token.children)


def _harmed(token: Token, lemma: str) -> Token | None:
    """Find the noun that says who was harmed, or the number that stands for it."""
    passive = any(c.dep_ in {"nsubjpass", "auxpass"} for c in token.children)
    if token.pos_ == "VERB":
        wanted = {"nsubj"} if lemma in {"die", "perish", "lose"} else {"nsubjpass"} if passive else {"dobj"}
        for child in token.children:
            if child.dep_ in wanted:
                return child
        if token.dep_ in {"acl", "relcl"} and token.tag_ == "VBN":
            return token.head
        if token.dep_ == "conj" and token.head.lemma_.lower() in _DEAD_VERBS | _HURT_VERBS:
            return next(
                (c for c in token.children if c.dep_ in {"dobj", "nsubj", "nsubjpass", "nummod", "npadvmod"}), None
            )
        return None
    if lemma in {"death", "fatality", "casualty", "injury"}:
        if token.tag_ == "NN" and any(c.dep_ == "nummod" and _value(c) != 1 for c in token.children):
            return None  # "The 1987 shooting death of a student": one died, and the number is the year.
        of = [
            n
            for c in token.children
            if c.dep_ == "prep" and c.lower_ in {"of", "among"}
            for n in c.children
            if n.dep_ == "pobj"
        ]
        if of and not any(c.dep_ == "nummod" for c in token.children):
            return of[0]
        return token
    if token.dep_ in {"acomp", "oprd", "attr"} and token.head.pos_ in {"AUX", "VERB"}:
        return next((c for c in token.head.children if c.dep_ in {"nsubj", "dobj"}), None)
    return token


def count_of(noun: Token) -> Count | None:
    """Read how many a noun phrase tells of, by its number, its number word or its article; None where it tells none."""
    doc = noun.doc
    numbers = [c for c in noun.children if c.dep_ == "nummod"]
    if not numbers and noun.pos_ == "NUM":
        numbers = [noun]
    if numbers:
        number = numbers[-1]
        value = _value(number)
        if value is None:
            return None
        words = {t.lower_ for t in number.subtree} | {doc[i].lower_ for i in range(max(0, number.i - 3), number.i)}
        is_least, is_most = bool(words & _LOW), bool(words & _HIGH)
        if words & _COMPARED and words & _NOT:
            is_least, is_most = is_most, is_least  # "No fewer than" is at least, "no more than" at most.
        return Count(
            low=None if is_most else value,
            high=None if is_least and not is_most else value,
            span=(number.idx, number.idx + len(number)),
        )
    if noun.lower_ in _VAGUE:
        return Count(low=_VAGUE[noun.lower_], high=None, span=(noun.idx, noun.idx + len(noun)))
    vague = next((c for c in noun.children if c.lower_ in _VAGUE), None)
    if vague is not None:
        return Count(low=_VAGUE[vague.lower_], high=None, span=(vague.idx, vague.idx + len(vague)))
    article = next((c for c in noun.children if c.dep_ == "det" and c.lower_ in {"a", "an", "another"}), None)
    if (
        article is not None
        and noun.tag_ in {"NN", "NNP"}
        and noun.lemma_.lower() not in {"number", "group", "family", "couple", "total", "handful"}
    ):
        return Count(low=1, high=1, span=(article.idx, article.idx + len(article)))
    none = next((c for c in noun.children if c.dep_ == "det" and c.lower_ == "no"), None)
    if none is not None:
        return Count(low=0, high=0, span=(none.idx, none.idx + len(none)))
    return None


def _value(number: Token) -> int | None:
    total = 0.0
    words = [t for t in number.subtree if t.pos_ == "NUM" or t.lower_ in _NUMBERS] or [number]
    for word in words:
        for part in word.lower_.replace(",", "").split("-"):
            if _DIGITS.fullmatch(part):
                total = total + float(part)
            elif part in _NUMBERS:
                value = _NUMBERS[part]
                total = max(total, 1) * value if value >= 100 or part == "dozen" else total + value
            else:
                return None
    is_half = number.i > 1 and number.nbor(-1).lower_ in {"a", "-"} and number.nbor(-2).lower_ == "half"
    return round(total / 2 if is_half else total)
