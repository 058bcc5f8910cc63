"""One event from several tellings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

import msgspec

from melian.coding.events.charges import is_charged
from melian.coding.events.dating import Dated
from melian.coding.events.told import Told
from melian.knowledge.ontology import word_classes
from melian.records import Actor, When, Where

if TYPE_CHECKING:
    from spacy.tokens import Token

_WORDS = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN", "AGREE", "SUPPORT", "CONCEDE"})
_OTHER = frozenset(
    "another other second third further new previous earlier next separate similar any no future more".split()
)
_DEEDS = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE"})
_LINKS = frozenset({"advcl", "conj", "prep", "pobj", "dobj", "xcomp", "agent", "pcomp"})
_SAYING = frozenset({"say", "report", "announce", "state"})
_SAYING_WHICH = frozenset({"of", "on", "by", "against", "between"})
RECIPROCAL = frozenset({"CONSULT", "COOPERATE", "AGREE"})
MUTUAL = frozenset({"CONSULT", "COOPERATE"})
"""Types whose sides all do the same, so that who stands in any clause of it takes part."""
_RETOLD_WITHIN = 3
"""Sentences."""
_MEANT_WITHIN = 12
"""Sentences over which "the talks" are still the same."""
_STEM = len("meet")
_SURE_OF_MORE = 0.5
"""How sure the heads must be of a further telling if it is to name further parties."""
MARGINS = frozenset({"sidelines", "sideline", "margins", "margin"})
"""What stands between a meeting and another beside which it is held."""
_TO_PERSONS = frozenset({"beat", "torture", "sexual", "abduct"})
"""What is done to people one by one, and no word for another deed tells again."""
_OF_ANY_HARM = frozenset("attack assault kill murder hurt injure wound harm abuse mistreat die".split())
_VAGUE = re.compile("X|_REF")
"""What marks a value that no day contradicts: digits left open, and references to the past, present or future."""
Time = Literal["past", "future"]


class Happening(msgspec.Struct):
    """An event in the making.

    Attributes:
        tellings: In order.
        sources: Ids of actors, the most telling first.
        targets: Ids of actors.
        modes: PLOVER modes.
        dates: Dates of its tellings.
        places: Places of its tellings.
        time: Whether it is told as past or as yet to come.
        topic: Lemmas that tell what an accusation or a demand is about.
    """

    tellings: list[Told]
    sources: list[str]
    targets: list[str]
    modes: list[str]
    dates: list[Dated]
    places: list[Where]
    time: Time
    topic: set[str]
    contexts: list[str] = msgspec.field(default_factory=list)


def type_of(happening: Happening) -> str:
    """Give the type by which an event is coded: that of an own ontology where there is one, else PLOVER's."""
    return happening.tellings[0].own or happening.tellings[0].type


def merge(tellings: Sequence[Happening], actors: Mapping[str, Actor]) -> list[Happening]:
    """Merge tellings of one event, in order of the text.

    Two tellings are one event when type, time, parties, dates, places and modes agree as far as each is told.
    Accusations, demands and the like are one only when they are about the same. A definite noun without parties ("the
    meeting") is the last event of its type. A telling without parties that merges with none is left out where the
    lexicon alone reads, but for deeds told in the passive with their day or place; else the heads' evidence decides.
    """
    merged: list[Happening] = []
    for new in tellings:
        same = next((old for old in reversed(merged) if _is_same(old, new, actors)), None)
        if same is None:
            is_weighed = new.tellings[0].sureness is not None
            if new.sources or new.targets or is_weighed or _stands_without_parties(new):
                merged.append(new)
            continue
        _join(same, new, is_retold=_is_retold(same, new, actors) or _is_meant(same, new))
    return merged


def _stands_without_parties(new: Happening) -> bool:
    """Tell whether a telling is an event though nobody is named: "a curfew was imposed on three districts"."""
    told = new.tellings[0]
    is_told = told.trigger.pos_ == "VERB" and any(c.dep_ == "auxpass" for c in told.trigger.children)
    return is_told and told.type in _DEEDS and told.weight > 0 and bool(new.places or new.dates)


def _is_same(old: Happening, new: Happening, actors: Mapping[str, Actor]) -> bool:
    if _is_linked(old, new, actors):
        return True
    first, told = old.tellings[0], new.tellings[0]
    if (first.type, first.own) != (told.type, told.own) or old.time != new.time:
        return False
    if _is_retold(old, new, actors) or _is_again(old, new) or _is_meant(old, new):
        return True
    noun = told.trigger if told.trigger.pos_ in {"NOUN", "PROPN"} else None
    if noun is not None and any(c.lemma_.lower() in _OTHER for c in noun.children):
        return False
    if any(node.lower_ in MARGINS for node in told.trigger.ancestors):
        return False
    near = told.sentence - old.tellings[-1].sentence
    if not new.sources and not new.targets:
        is_near = (
            near <= _MEANT_WITHIN
            and noun is not None
            and (_is_definite(noun) or near <= 1 or _is_named_again(old, noun))
        )
        return noun is not None and is_near and not _is_of_another_thing(old, noun) and _agree(old, new)
    if not _parties_agree(old, new, actors):
        return False
    if told.type in _WORDS:
        return _about_same(old, new) and _agree(old, new)
    return _agree(old, new)


def _is_retold(old: Happening, new: Happening, actors: Mapping[str, Actor]) -> bool:
    """Tell whether the same verb tells it again of "it", "the man", "the jet", and dates it more finely or at last.

    "Turkey shot down a Russian warplane last week. The jet was shot down on November 24."
    """
    told = new.tellings[0]
    near = told.sentence - old.tellings[-1].sentence
    lemma = told.trigger.lemma_.lower()
    if not 0 < near <= _RETOLD_WITHIN or all(t.trigger.lemma_.lower() != lemma for t in old.tellings):
        return False
    patient = _patient(told.trigger)
    if patient is None or told.trigger.pos_ != "VERB" or not (patient.pos_ == "PRON" or _is_definite(patient)):
        return False
    is_passive = patient.dep_ == "nsubjpass"
    sources_agree = not new.sources or _side(old.sources, new.sources, actors)
    is_pronoun = is_passive and patient.pos_ == "PRON"
    if not (sources_agree or is_pronoun):
        return False
    if not new.dates:
        return is_pronoun and near == 1
    known = (_patient(telling.trigger) for telling in old.tellings)
    is_same_thing = any(thing is not None and thing.lemma_ == patient.lemma_ for thing in known)
    is_finer = all(any(_holds(a.when, b.when) for a in old.dates) for b in new.dates)
    return (is_finer or (is_same_thing and not old.dates)) and _agree(old, new)


def _is_meant(old: Happening, new: Happening) -> bool:
    """Tell whether "the talks" are those that a telling called by a word of the same stem, whoever stands near it."""
    noun, near = new.tellings[0].trigger, new.tellings[0].sentence - old.tellings[-1].sentence
    stems = {told.trigger.lemma_.lower()[:_STEM] for told in old.tellings}
    is_meant = new.tellings[0].type in MUTUAL and noun.pos_ == "NOUN" and _is_bare(noun)
    return is_meant and 0 < near <= _MEANT_WITHIN and noun.lemma_.lower()[:_STEM] in stems and _agree(old, new)


def _is_again(old: Happening, new: Happening) -> bool:
    """Tell whether a bare definite noun tells a deed again, or a verb tells what came of "the attack" or in it.

    "A bomb killed a soldier in Tine. The attack hurt two others. A nurse was killed in the attack."
    """
    trigger = new.tellings[0].trigger
    near = new.tellings[0].sentence - old.tellings[-1].sentence
    if not 0 < near <= _RETOLD_WITHIN:
        return False
    if trigger.pos_ == "VERB":
        nouns = [c for c in trigger.children if c.dep_ == "nsubj"]
        nouns += [n for c in trigger.children if c.dep_ == "prep" and c.lower_ == "in" for n in c.children]
        is_again = any(_is_bare(noun) and noun.lemma_.lower() in word_classes()["attacks"] for noun in nouns)
        return is_again and new.tellings[0].type == "ASSAULT" and _agree_on_day_and_place(old, new)
    is_deed = new.tellings[0].type in _DEEDS
    return is_deed and trigger.pos_ == "NOUN" and _is_bare(trigger) and _agree(old, new)


def _is_named_again(old: Happening, noun: Token) -> bool:
    """Tell whether a bare plural, or "a first meeting", names again what a telling called by a word of its stem."""
    is_plural = noun.tag_ == "NNS" and not any(
        child.dep_ in {"det", "nummod", "poss", "amod"} for child in noun.children
    )
    is_first = any(child.lower_ == "first" for child in noun.children)
    stem = noun.lemma_.lower()[:_STEM]
    return (is_plural or is_first) and any(told.trigger.lemma_.lower()[:_STEM] == stem for told in old.tellings)


def _is_of_another_thing(old: Happening, noun: Token) -> bool:
    """Tell whether a noun is of something that no telling in another sentence names: "the use of live ammunition"."""
    things = {n.lemma_.lower() for c in noun.children if c.dep_ == "prep" and c.lower_ == "of" for n in c.children}
    told = {token.lemma_.lower() for telling in old.tellings for token in telling.trigger.sent}
    return bool(things) and not things & told


def _is_bare(noun: Token) -> bool:
    """Tell whether a noun has an article or "this" that points back, and nothing else that says which."""
    before = [child for child in noun.children if child.i < noun.i]
    is_told_further = any(
        c.dep_ == "prep" and c.lower_ in {"of", "on", "by", "against", "between"} for c in noun.children
    )
    return len(before) == 1 and before[0].lower_ in {"the", "this", "that"} and not is_told_further


def _patient(verb: Token) -> Token | None:
    return next((child for child in verb.children if child.dep_ in {"nsubjpass", "dobj"}), None)


def _holds(wide: When, fine: When) -> bool:
    """Tell whether one date lies in the other and is finer."""
    if not (wide.start and wide.end and fine.start and fine.end):
        return False
    return wide.start <= fine.start and fine.end <= wide.end and (wide.start, wide.end) != (fine.start, fine.end)


def _is_linked(old: Happening, new: Happening, actors: Mapping[str, Actor]) -> bool:
    """Tell whether one clause tells means and outcome of one act: "bombed the market, killing nine"."""
    first, told = old.tellings[-1], new.tellings[0]
    if first.sentence != told.sentence or (first.type, first.own) != (told.type, told.own) or first.type not in _DEEDS:
        return False
    if new.sources and old.sources and not _side(old.sources, new.sources, actors):
        return False
    step = told.trigger
    while step.head.i != step.i:
        if step.dep_ not in _LINKS or step.lower_ in {"after", "before", "since", "following", "hours"}:
            return False
        step = step.head
        if step.i == first.trigger.i or step.lemma_.lower() in _SAYING:
            return _agree_on_day_and_place(old, new)
    return False


def _agree(old: Happening, new: Happening) -> bool:
    if old.modes and new.modes and not set(old.modes) & set(new.modes):
        return False
    if _is_other_deed(old, new) or _is_other_deed(new, old):
        return False
    return _agree_on_day_and_place(old, new)


def _is_other_deed(plain: Happening, marked: Happening) -> bool:
    """Tell whether one tells a beating or the like, and the other a deed by a word that is none for such harm.

    "A patrol chased away the fishermen. The widows say that they were beaten."
    """
    if plain.modes or not _TO_PERSONS & set(marked.modes):
        return False
    triggers = [telling.trigger for telling in plain.tellings]
    return all(t.pos_ == "VERB" and t.lemma_.lower() not in _OF_ANY_HARM for t in triggers)


def _agree_on_day_and_place(old: Happening, new: Happening) -> bool:
    if old.dates and new.dates and not any(_overlaps(a.when, b.when) for a in old.dates for b in new.dates):
        return False
    return not old.places or not new.places or any(_near(a, b) for a in old.places for b in new.places)


def _parties_agree(old: Happening, new: Happening, actors: Mapping[str, Actor]) -> bool:
    if old.tellings[0].type in RECIPROCAL:
        a, b = [*old.sources, *old.targets], [*new.sources, *new.targets]
        return _covers(a, b, actors) or _covers(b, a, actors)
    if _is_mutual(old, actors) != _is_mutual(new, actors) and old.sources and new.sources:
        return False  # "The two armies exchanged fire" is not told again by "Indian troops fired first".
    sides = ((old.sources, new.sources), (old.targets, new.targets))
    if not all(_side(a, b, actors) for a, b in sides):
        return False
    # Agreement that rests on nothing told by both is none.
    return any(a and b for a, b in sides) or old.tellings[-1].sentence == new.tellings[0].sentence


def _is_mutual(happening: Happening, actors: Mapping[str, Actor]) -> bool:
    """Tell whether several countries do something to each other."""
    countries = {actor.country for i in happening.sources if (actor := actors.get(i)) is not None and actor.country}
    return len(countries) > 1 and not happening.targets


def _side(old: Sequence[str], new: Sequence[str], actors: Mapping[str, Actor]) -> bool:
    if not old or not new:
        return True
    return _covers(old, new, actors) or _covers(new, old, actors)


def _covers(many: Sequence[str], few: Sequence[str], actors: Mapping[str, Actor]) -> bool:
    return bool(few) and all(any(_alike(a, b, actors) for a in many) for b in few)


def _alike(a: str, b: str, actors: Mapping[str, Actor]) -> bool:
    """Tell whether two actors can be one party: the same, or of one country, one its state or both of a sector."""
    if a == b:
        return True
    one, two = actors.get(a), actors.get(b)
    if one is None or two is None or one.country is None or one.country != two.country:
        return False
    if "state" in {one.kind, two.kind}:
        return not ({one.sector, two.sector} & {"REB", "OPP", "CRM"})
    if one.sector is None or two.sector is None:
        return False
    return one.sector == two.sector or {one.sector, two.sector} <= {"GOV", "MIL", "SPY"}


def _is_definite(noun: Token) -> bool:
    return any(
        c.dep_ in {"det", "poss"} and c.lower_ in {"the", "this", "that", "these", "their", "its"}
        for c in noun.children
    )


def _overlaps(a: When, b: When) -> bool:
    if (a.start is None and a.end is None) or (b.start is None and b.end is None):
        return a.value == b.value or a.value is None or b.value is None or bool(_VAGUE.search(a.value + b.value))
    return (a.start or "") <= (b.end or "9999") and (b.start or "") <= (a.end or "9999")


def _near(a: Where, b: Where) -> bool:
    if a.country is None or b.country is None:
        return True
    if a.country != b.country:
        return False
    return a.name == b.name or "country" in {a.precision, b.precision} or a.precision != b.precision


def _about_same(old: Happening, new: Happening) -> bool:
    if not old.topic or not new.topic:
        return old.tellings[-1].sentence == new.tellings[0].sentence or bool(
            new.tellings[0].trigger.pos_ == "NOUN" and _is_definite(new.tellings[0].trigger)
        )
    shared = len(old.topic & new.topic)
    return shared * 2 >= min(len(old.topic), len(new.topic))


def _join(old: Happening, new: Happening, *, is_retold: bool) -> None:
    old.tellings += new.tellings
    reciprocal = old.tellings[0].type in RECIPROCAL
    # Who did it is no more than a charge there, while the report tells that it was done.
    sources = [] if is_charged(new.tellings[0].trigger) else new.sources
    for target, extra in ((old.sources, sources), (old.targets, new.targets)):
        # "The jet" and "they" name nobody new where the first telling names the party.
        is_doubtful = not (reciprocal or new.tellings[0].rows) and (new.tellings[0].sureness or 0.0) < _SURE_OF_MORE
        for actor in () if (is_retold or is_doubtful) and target else extra:
            if actor not in old.sources and actor not in old.targets:
                target.append(actor)
    if reciprocal and not old.sources:
        old.sources, old.targets = old.targets, []
    for kept, added in ((old.modes, new.modes), (old.contexts, new.contexts)):
        kept += [item for item in added if item not in kept]
    old.dates += new.dates
    old.places += new.places
    old.topic |= new.topic
