"""Disputes in which the second voice says the contrary in other words: "destroyed a church", "it still stood"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from melian.coding.claims.disputes.asserting import is_supposed, places_in
from melian.coding.claims.disputes.pairs import Pair
from melian.coding.claims.disputes.refuting import sides_of
from melian.coding.claims.disputes.sayings import Saying, are_opposed, root_of
from melian.coding.claims.disputes.told import LONG, Told
from melian.coding.claims.judging import judge
from melian.coding.claims.scene import inside
from melian.knowledge.factuality import Contrary, contraries_by_deed

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEXT = 3
_MOST = 20
_BEFORE = 300
"""Code points before a deed in which what the contrary is said of may be named."""
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_STANDING_IN = frozenset(
    "building structure town city village place area site base post ship vessel boat plane aircraft man woman people "
    "crew".split()
)
"""Nouns by which a report takes up what it has named: a church, "the building"."""
_DEFINITE = frozenset({"the", "that", "this", "these", "those", "both", "all"})
_OWNERS = frozenset({"its", "our", "their", "his", "her", "my"})
_PRONOUNS = frozenset({"it", "he", "she", "they", "we", "i"})


def contradicted(told: Told, said: Sequence[Saying]) -> Iterator[Pair]:
    """Find deeds whose contrary another voice tells soon after, of the same thing or of those who are blamed."""
    triggers = {m.trigger[0]: event.id for event in told.events.values() for m in event.mentions}
    for k, one in enumerate(said):
        deeds = list(_deeds(one, told))
        if not deeds:
            continue
        for other in said[k + 1 : k + _MOST]:
            if other.sentence - one.sentence > _NEXT:
                break
            if not are_opposed(one.statement, other.statement, told) or _are_elsewhere(one, other, told):
                continue
            for verb, rows in deeds:
                row = next((row for row in rows if _says_contrary(other, verb, one, row, told)), None)
                if row is not None:
                    rule, sides = "denied by saying the contrary", ([one.statement.id], [other.statement.id])
                    yield Pair(triggers.get(verb.idx), "contradiction", rule, *sides, (f"factuality:{row.id}",))
                    break


def _deeds(saying: Saying, told: Told) -> Iterator[tuple[Token, tuple[Contrary, ...]]]:
    """Yield the deeds that a statement firmly tells, with the rows of their contraries."""
    known = contraries_by_deed()
    test = inside(saying.statement)
    for token in told.tokens(saying.statement):
        if token.pos_ != "VERB" or is_supposed(token, test):
            continue
        rows = known.get(_lemma(token), ())
        if not rows:
            continue
        judged = judge(token, is_inside=test)
        is_firm = judged.certainty in {"certain", "probable"} and judged.tense in {"past", "present"}
        if is_firm and judged.polarity == "positive":
            yield token, rows


def _lemma(verb: Token) -> str:
    particle = next((c.lower_ for c in verb.children if c.dep_ == "prt"), None)
    return f"{verb.lemma_.lower()}_{particle}" if particle else verb.lemma_.lower()


def _are_elsewhere(one: Saying, other: Saying, told: Told) -> bool:
    here, there = (places_in(saying.statement.content[0], told) for saying in (one, other))
    return bool(here) and bool(there) and not here & there


def _says_contrary(saying: Saying, deed: Token, before: Saying, row: Contrary, told: Told) -> bool:
    test = inside(saying.statement)
    tokens = list(told.tokens(saying.statement))
    for verb in tokens if len(tokens) <= LONG else ():
        if verb.pos_ not in {"VERB", "AUX"} or not any(_matches(verb, words.split()) for words in row.contraries):
            continue
        subject = next((c for c in verb.children if c.dep_ in _SUBJECTS), None)
        if subject is None or judge(verb, is_inside=test).tense not in {"past", "present"}:
            continue
        if row.of == "thing" and _is_of_it(subject, deed, saying, told):
            return True
        if row.of == "doer" and _is_of_the_blamed(subject, saying, before, told):
            return True
    return False


def _matches(verb: Token, words: Sequence[str]) -> bool:
    is_negated = any(c.dep_ == "neg" or c.lower_ == "never" for c in verb.children)
    wants_negated = words[0] == "not"
    first, *others = words[wants_negated:]
    if is_negated != wants_negated or verb.lemma_.lower() != first:
        return False
    under = {form for t in verb.subtree for form in (t.lemma_.lower(), t.lower_)}
    return under.issuperset(others)


def _is_of_it(subject: Token, deed: Token, saying: Saying, told: Told) -> bool:
    """Tell whether a subject can be what a deed befell: a pronoun, the same noun, or a word that stands for it."""
    befallen = [c for c in deed.children if c.dep_ in {"dobj", "nsubjpass"}]
    actors = [{n.actor for t in words if (n := told.namings.get(t.i)) is not None} for words in ([subject], befallen)]
    if actors[0] and actors[1] and None not in actors[0] | actors[1] and not actors[0] & actors[1]:
        return False
    if subject.lower_ in _PRONOUNS:
        return bool(befallen)
    is_definite = any(c.lower_ in _DEFINITE or c.dep_ == "poss" for c in subject.children)
    if is_definite and subject.lemma_.lower() in _STANDING_IN:
        return True
    start, end = max(deed.idx - _BEFORE, 0), saying.at
    known = {t.lower_ for t in told.scene.doc.char_span(start, end, alignment_mode="expand") or ()}
    if subject.pos_ == "PROPN":
        return subject.lower_ in known
    return root_of(subject) in {root_of(t) for c in befallen for t in c.subtree} - {""}


def _is_of_the_blamed(subject: Token, saying: Saying, before: Saying, told: Told) -> bool:
    """Tell whether a subject is the speaker's own, and his side the one that is blamed."""
    is_own = subject.lower_ in _PRONOUNS or any(c.lower_ in _OWNERS for c in subject.children)
    own = sides_of(saying, told)
    named = frozenset(side for t in told.tokens(before.statement) for side in told.side_of(t))
    return (is_own or bool(told.side_of(subject) & own)) and bool(named & own)
