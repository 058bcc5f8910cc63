"""Words for several: "both sides", "the two ministers", "and the two agreed", "Niger and Togo, whose ministers met"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.coding.actors.coreference import PAIR_NOUNS, find_country_pair, find_persons_pair
from melian.coding.actors.names import state_of
from melian.coding.actors.phrases import left_edge
from melian.coding.actors.scene import Scene

if TYPE_CHECKING:
    from spacy.tokens import Token

_QUARRELS = frozenset("conflict war dispute fight quarrel row feud argument debate crisis talks divide".split())
"""What has parties for its sides."""


def cast_pair(scene: Scene, token: Token, start: int, number: int, is_quoted: bool, noun: str | None = None) -> bool:
    """Lead a phrase to two persons or states, and tell whether it is plain which; without a noun only to near ones."""
    is_noun = noun is not None
    pair = find_persons_pair(noun or "side", scene.traces, number)
    if pair is None:
        countries = find_country_pair(scene.traces, number, is_near=not is_noun, but=_acting_on(scene, token))
        states = [known for c in countries or () if (known := state_of(c))]
        if len(states) != 2:
            return False
        pair = (scene.cast.state(states[0]), scene.cast.state(states[1]))
    scene.note(start, token.i + 1, token.i, pair[0], number, is_quoted=is_quoted, others=(pair[1],), trace=False)
    return True


def pair_noun(scene: Scene, token: Token) -> str | None:
    """Give the lemma of what there are two of: "both sides", "the two ministries", "the heads of the two services"."""
    if token.tag_ != "NNS":
        return None
    of = (c for child in token.rights if child.lower_ == "of" for c in child.rights if c.dep_ == "pobj")
    for noun in (token, *of):
        start = left_edge(noun)
        is_pair = noun.tag_ == "NNS" and noun.lemma_.lower() in PAIR_NOUNS
        if is_pair and any(_is_two(noun.doc[i]) for i in range(start, noun.i)):
            return None if _is_named(scene, start, noun) or _is_of_line(noun) else noun.lemma_.lower()
    return None


def _is_two(token: Token) -> bool:
    """Tell whether a word says that there are two: not so of "two dozen"."""
    return token.lower_ == "both" or (
        token.lower_ == "two" and token.nbor(1).pos_ != "NUM" and token.nbor(1).lower_ != "dozen"
    )


def _is_named(scene: Scene, start: int, token: Token) -> bool:
    """Tell whether a phrase says whose its noun is: "two Algerian diplomats" are no pair of countries' diplomats."""
    return any(i in scene.names for i in range(start, token.i))


def _is_of_line(noun: Token) -> bool:
    """Tell whether sides are those of a thing: "from both sides of the track", not "both sides of the conflict"."""
    if noun.lemma_.lower() != "side":
        return False
    behind = (c for child in noun.rights if child.lower_ == "of" for c in child.rights if c.dep_ == "pobj")
    return any(of.pos_ == "NOUN" and of.lemma_.lower() not in _QUARRELS for of in behind)


def _acting_on(scene: Scene, token: Token) -> str | None:
    """Give the country of the state whose deed a phrase is the object of: of "France warned both sides", France."""
    verb = token.head
    while verb.pos_ not in {"VERB", "AUX"} and verb.head != verb:
        verb = verb.head
    while True:
        subject = next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
        if subject is not None or verb.dep_ not in {"conj", "xcomp"}:
            break
        verb = verb.head
    if subject is None or subject.i not in scene.namings or token.i in {subject.i, *(t.i for t in subject.subtree)}:
        return None
    member = scene.namings[subject.i][1]
    return member.country if member.kind == "state" else None


def is_the_two(token: Token) -> bool:
    """Tell whether a number stands for persons told of before: "and the two agreed"."""
    is_lone = token.lower_ == "two" and token.dep_ in {"nsubj", "nsubjpass"} and not token.n_rights
    return is_lone and token.i > 0 and token.nbor(-1).lower_ == "the"


def cast_whose(scene: Scene, token: Token, number: int, is_quoted: bool) -> None:
    """Lead "whose" to whom its clause hangs on, of several to all: "Niger and Togo, whose ministers met"."""
    verb = token.head
    while verb.dep_ != "relcl" and verb.head != verb:
        verb = verb.head
    is_of_several = token.head.tag_ in {"NNS", "NNPS"}
    nouns = [verb.head, *(verb.head.conjuncts if is_of_several else ())]
    owners = [scene.namings[noun.i][1] for noun in sorted(nouns) if noun.i in scene.namings and noun.i < token.i]
    if owners and verb.dep_ == "relcl":
        others = tuple(owners[1:])
        scene.note(token.i, token.i + 1, token.i, owners[0], number, is_quoted=is_quoted, pronoun=True, others=others)
