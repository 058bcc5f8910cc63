"""Joins the tellings that the heads find with those of the lexicon."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence, Set
from typing import TYPE_CHECKING

from msgspec.structs import replace

from melian.coding.events.arguments import lemma_of
from melian.coding.events.merging import MUTUAL
from melian.coding.events.told import Told
from melian.knowledge.ontology import word_classes

if TYPE_CHECKING:
    from spacy.tokens import Token

SURE = 0.85
"""How sure the heads must be of a type to overrule the lexicon's."""
_KEPT_PROMISES = frozenset({"CONSULT", "COOPERATE", "SUPPORT", "AID"})
"""Types whose deeds to come are what AGREE tells."""


def without_looks(found: Sequence[Told], looks: Collection[Token]) -> list[Told]:
    """Leave out what the heads find at words that by a row of the lexicon only look like an event.

    Args:
        found: The heads' tellings.
        looks: The words, as detection.tellings gives them with the type of nothing.
    """
    only = {token.i for token in looks}
    return [told for told in found if told.trigger.i not in only]


def join_tellings(found: Sequence[Told], ruled: Sequence[Told]) -> list[Told]:
    """Give one list of tellings, in the order of their triggers.

    Where both tell an event of one type by the same words, or by a verb and its noun ("held talks", "went on strike"),
    the lexicon's row says who and how, as far as it does, and the heads the rest. Where they differ in the type, the
    heads must be clearly surer of theirs; where they are not, they still say who and whom, if the row does not.

    Args:
        found: The heads' tellings.
        ruled: The lexicon's.
    """
    joined: list[Told] = []
    taken: set[int] = set()
    lesser: dict[int, Told] = {}
    by_token: dict[int, list[Told]] = {}
    for told in ruled:
        for i in range(told.trigger.i, told.end):
            by_token.setdefault(i, []).append(told)
    for told in found:
        words = range(min(told.trigger.i, told.end - 1), told.end)
        same = [r for i in words for r in by_token.get(i, ())]
        match = next((r for r in same if r.type == told.type), None)
        if match is None and any(not _overrules(told, r) for r in same):
            lesser.update((r.trigger.i, told) for r in same)
            continue
        if match is None:
            beside = (r for verb in _governing(told.trigger) for r in by_token.get(verb.i, ()))
            match = next((r for r in beside if r.type == told.type and not same and _is_no_wider(told, r)), None)
            taken.update((match.trigger.i,) if match is not None else ())
        taken.update(words)
        joined.append(_completed(told, match) if match is not None else _between_all(told))
    left = (told for told in ruled if taken.isdisjoint(range(told.trigger.i, told.end)))
    joined += [_with_parties(told, lesser.get(told.trigger.i)) for told in left]
    done = {told.trigger.i for told in joined if told.type in _KEPT_PROMISES}
    joined = [told for told in joined if told.type != "AGREE" or not _is_of_complement(told.trigger, done)]
    return sorted(joined, key=lambda told: told.trigger.i)


def _is_of_complement(planned: Token, done: Set[int]) -> bool:
    """Tell whether a word only says that what its infinitive tells lies ahead: "are due to meet"."""
    return planned.pos_ == "ADJ" and any(child.dep_ == "xcomp" and child.i in done for child in planned.children)


def _is_no_wider(told: Told, ruled: Told) -> bool:
    """Tell whether the heads see nobody acted upon beside whom a row names; else they may tell of another deed.

    Of "won the backing of Chad" they may see the sides the wrong way round, as of Chad's backing.
    """
    return not ruled.targets or set(told.targets) <= {*ruled.targets, *ruled.sources}


def _governing(noun: Token) -> Iterator[Token]:
    """Yield the verb of which a noun is the object, straight or behind a word: "made an arrest", "went on strike"."""
    if noun.pos_ != "NOUN":
        return
    if noun.dep_ == "dobj":
        yield noun.head
    elif noun.dep_ == "pobj" and noun.head.dep_ == "prep":
        yield noun.head.head


def complete_own(found: Sequence[Told], ruled: Sequence[Told]) -> list[Told]:
    """Give the tellings of an own ontology's events, with the parties of the lexicon's rows for the same words.

    What a row says of who and whom holds whatever the type is called; its modes only hold for its own type.
    """
    by_token = {i: told for told in ruled for i in range(told.trigger.i, told.end)}
    joined = []
    for told in found:
        words = range(min(told.trigger.i, told.end - 1), told.end)
        match = next((by_token[i] for i in words if i in by_token), None)
        if match is not None and match.type != told.type:
            match = replace(match, modes=(), contexts=())
        joined.append(_completed(told, match) if match is not None else told)
    return sorted(joined, key=lambda told: told.trigger.i)


def _overrules(told: Told, ruled: Told) -> bool:
    """Tell whether the heads are surer of their type than a row of the lexicon with another is worth."""
    return (told.sureness or 0.0) >= SURE


def _between_all(told: Told) -> Told:
    """Give cooperation as what all sides do, but where one hands something to the other: "extradited", "passed on"."""
    if told.type != "COOPERATE" or not told.sources or lemma_of(told.trigger) in word_classes()["handing"]:
        return told
    return replace(told, sources=(*told.sources, *told.targets), targets=())


def _with_parties(ruled: Told, told: Told | None) -> Told:
    """Give a row's telling the parties that the heads see for the same words and another type, where it has none."""
    if told is None:
        return ruled
    sources = ruled.sources or tuple(i for i in told.sources if i not in ruled.targets)
    return replace(ruled, sources=sources, targets=ruled.targets or tuple(i for i in told.targets if i not in sources))


def _completed(told: Told, ruled: Told) -> Told:
    """Give the lexicon's parties and modes where its row names them, else those of the heads."""
    sources = ruled.sources or tuple(i for i in told.sources if i not in ruled.targets)
    if told.type in MUTUAL and told.trigger == ruled.trigger:
        # "Peru's ships came for exercises with the navies of": a row only sees the words beside the noun.
        sources = (*sources, *(i for i in told.sources if i not in (*sources, *ruled.targets)))
    targets = ruled.targets or tuple(i for i in told.targets if i not in sources)
    return replace(
        told,
        sources=sources,
        targets=targets,
        modes=ruled.modes or told.modes,
        contexts=ruled.contexts,
        rule=f"{told.rule}, {ruled.rule}",
        rows=ruled.rows,
        weight=max(told.weight, ruled.weight),
    )
