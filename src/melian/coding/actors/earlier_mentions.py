"""Whom "the ministry", "the pair", "the country" and "the same official" lead back to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import TYPE_CHECKING

from melian.coding.actors.cast import Member
from melian.coding.actors.coreference import COUNTRY_NOUNS
from melian.coding.actors.names import state_of
from melian.coding.actors.phrases import RolePhrase
from melian.coding.actors.scene import Scene

if TYPE_CHECKING:
    from spacy.tokens import Token

_BACK, _NEAR = 8, 3
_HUMAN = frozenset({"population", "office", "group"})
_ARMED = frozenset({"UAF", "REB", "PRM", "CRM"})
_SOLDIERS = frozenset({"army", "military", "armed forces", "armed force"})
_SAID_AGAIN = {
    "official": frozenset({"GOV", "IGO", "COP"}),
    "diplomat": frozenset({"GOV", "IGO"}),
    "candidate": frozenset({"ELI", "PTY", "OPP", "LEG", "GOV"}),
    "presidential candidate": frozenset({"ELI", "PTY", "OPP", "LEG", "GOV"}),
    "politician": frozenset({"ELI", "PTY", "OPP", "LEG", "GOV"}),
    "officer": frozenset({"MIL", "COP"}),
}
"""Words by which a person is called again, with the sectors of those who can be."""


def latest_of(scene: Scene, number: int, noun: str) -> Member | None:
    """Find what "the country" or "the group" leads to: of the same word, then a named one, then any of the kind."""
    near = [t.member for t in reversed(scene.traces[-60:]) if number - t.sentence <= 6 and not t.is_quoted]
    if noun in COUNTRY_NOUNS:
        subjects = (t.member for t in reversed(scene.traces[-20:]) if t.sentence == number and t.is_subject)
        here = next((member for member in subjects if member.country), None)
        # "Pakistani media quoted the country's adviser": the subject's country, be it named or not.
        known = state_of(here.country) if here is not None and here.country is not None else None
        return scene.cast.state(known) if known else next((m for m in near if m.kind == "state"), None)
    kinds = {"group"} if noun in {"group", "militia", "movement", "network"} else {"organisation", "group"}
    for wanted in (
        [m for m in near if m.lemma == noun],
        [m for m in near if m.kind in kinds and not m.unnamed],
        [m for m in near if m.kind in kinds and not m.lemma and m.sector != "GOV"],
    ):
        if wanted:
            return wanted[0]
    return None


def first_called(scene: Scene, noun: str) -> Member | None:
    """Find whom "the Ministry", with a capital, leads to: the first that acts, which in its own texts is the writer."""
    acting = (t.member for t in scene.traces if t.is_main and t.member.unnamed)
    return next((member for member in acting if member.lemma.split()[-1:] == [noun]), None)


def same_before(scene: Scene, noun: str, number: int) -> Member | None:
    """Find whom "the ministry" leads back to: of those with that noun the one that acts most, else the latest.

    Of the words for a state's soldiers, each leads back to the others: "the Israeli military", "the army".
    """
    return _same_before(scene, {noun}, number) or (
        _same_before(scene, _SOLDIERS, number) if noun in _SOLDIERS else None
    )


def _same_before(scene: Scene, nouns: Collection[str], number: int) -> Member | None:
    acts: Counter[str] = Counter()
    met: dict[str, Member] = {}
    for trace in reversed(scene.traces):
        if number - trace.sentence > _BACK:
            break
        lemma = trace.member.lemma
        if any(lemma == noun or lemma.endswith(f" {noun}") for noun in nouns):
            met.setdefault(trace.member.key, trace.member)
            acts[trace.member.key] += trace.is_main
    return met[max(met, key=lambda key: acts[key])] if met else None


def latest_several(scene: Scene, number: int) -> Member | None:
    """Find the persons that "the men" and "the pair" lead back to: who was acted on or acted last, armed men aside."""
    near = [t for t in reversed(scene.traces) if number - t.sentence <= _NEAR and t.member.is_plural]
    persons = [t for t in near if t.member.kind in _HUMAN and t.member.sector not in _ARMED and t.member.unnamed]
    return next((t.member for t in (*(t for t in persons if t.is_subject), *persons)), None)


def speaking_before(scene: Scene, phrase: RolePhrase, token: Token, number: int) -> Member | None:
    """Find whom "the diplomat" or "the same official" leads to: the person of whom the sentences before tell."""
    sectors = _SAID_AGAIN.get(phrase.reading.name)
    words = {t.lower_ for t in token.doc[phrase.start : token.i]}
    is_told_more = any(child.dep_ in {"prep", "relcl"} for child in token.rights)
    if sectors is None or not (phrase.is_bare or words <= {"the", "same"}) or is_told_more:
        return None
    is_same = "same" in words
    for trace in reversed(scene.traces):
        if number - trace.sentence > (_BACK if is_same else _NEAR):
            return None
        member = trace.member
        if member.kind == "person" and trace.is_subject and trace.sentence < number:
            if member.sector in sectors:
                return member
            if not is_same:
                return None
    return None
