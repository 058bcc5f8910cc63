"""The country of parties of whom no word tells it: of a town in their own words, or the only one of the report."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from msgspec.structs import replace

from melian.coding.actors.phrases import FOREIGN, is_of_several_states
from melian.coding.actors.roles import RELATIONAL
from melian.coding.actors.settling import ON_FOOT
from melian.coding.events.acted_upon import is_sent_abroad, is_setting
from melian.coding.events.unnamed import Around
from melian.knowledge.gazetteer import entries_named, fold_name, place_words
from melian.knowledge.ontology import word_classes
from melian.records import Actor, Event, Reason

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Phrase

_AT_HOME: dict[str, tuple[bool, bool]] = {
    "ASSAULT": (True, True), "ACCUSE": (True, True), "PROTEST": (True, False), "MOBILIZE": (True, False),
    "RETREAT": (True, False), "COERCE": (False, True), "SANCTION": (False, True),
}  # fmt: skip
"""Types whose source, and whose target, is of the country of a report that names one alone: who is arrested there, who
marches, who is fired at. In 1,650 passages of the corpus coders gave that country in 51 of 62 cases; those who are
asked, promised or given something were as often of none."""
_OF_NEAR: dict[str, tuple[bool, bool]] = {
    "ASSAULT": (True, True), "COERCE": (True, True), "ACCUSE": (True, True), "MOBILIZE": (True, False),
    "PROTEST": (True, False), "RETREAT": (True, False), "REQUEST": (True, False), "REJECT": (True, False),
    "THREATEN": (True, False), "SUPPORT": (False, True), "SANCTION": (False, True),
}  # fmt: skip
"""Types whose people without a name, on each side, are of the country that report and sentences around name most. In
2,800 passages of the corpus that was so in 44 of 54 cases where it mattered, if the report names few countries;
those who are asked or promised something, or give it, were as often of none."""
_OF_ONES_OWN = frozenset({"COERCE", "CONCEDE"})
_OF_ANOTHER = frozenset({"ACCUSE", "COERCE"})
"""Types whose target, if it is nobody the report knows, is hardly of the source's own country: whose it is was told."""
_FROM_ANYWHERE = frozenset({"IGO", "NGO", "MNC", "IMG", "ISM", "BUS"})
_STRANGERS = frozenset({"foreign", "international", "overseas", "western", "visiting", "unknown", "unidentified"})
_AT = frozenset({"at", "in", "near", "of", "from", "on", "outside"})
_TOWN, _LARGE = 20_000, 100_000
"""People of a town that tells its country where the report speaks of none, or of others."""
_FEW = 2
_KNOWN_FOR = 10
"""How many times as large a town is as any of its name in another country if it needs no country beside it."""


def with_countries(
    events: Sequence[Event], actors: Mapping[str, Actor], doc: Doc, near: Around
) -> tuple[dict[str, Actor], tuple[Reason, ...]]:
    """Give the parties of events that no word gives a country, with the one that is told otherwise, by id; and why.

    Args:
        events: All events of a report.
        actors: All actors, by id.
        doc: The parse.
        near: What the report names.
    """
    spoken = frozenset().union(*near.named)
    towns = {
        country
        for event in events
        for i in (*event.sources, *event.targets)
        if not spoken and (country := _of_town(actors[i], doc, spoken))
    }
    only = next(iter(spoken or towns)) if len(spoken or towns) == 1 else None
    begins = [sentence.start_char for sentence in doc.sents]
    told: dict[str, Actor] = {}
    reasons: list[Reason] = []
    for event in events:
        kind = event.plover or event.type
        elsewhere = _countries_by_type(event, kind, actors, spoken)
        number = bisect_right(begins, event.mentions[0].sentence[0]) - 1
        most = _countries_near(event, kind, actors, near, number)
        struck = event.place.country if kind == "ASSAULT" and event.place is not None else None
        for ids, is_at_home, by_type, near_by, standing_in in zip(
            (event.sources, event.targets), _AT_HOME.get(kind, (False, False)), elsewhere, most, (None, struck),
            strict=True,
        ):  # fmt: skip
            for actor in (actors[i] for i in ids if i not in told and actors[i].country is None):
                if actor.sector in _FROM_ANYWHERE or _is_known_open(actor) or _are_several_states(actor, doc):
                    continue
                country, rule = _of_town(actor, doc, spoken), "country of a town in the party's words"
                if country is None and is_at_home and not may_be_stranger(actor):
                    country, rule = only, "the only country that the report names"
                if country is None and actor.unnamed and not is_setting(actor) and not may_be_stranger(actor):
                    country, rule = by_type, "the country that the type of the event gives such a party"
                if country is None and is_setting(actor):
                    country, rule = standing_in, "the country where what is struck stands"
                if country is None and _may_be_of_near(actor, kind, doc):
                    country, rule = near_by, "the country that the sentences around name most"
                if country is not None:
                    told[actor.id] = replace(actor, country=country)
                    reasons.append(Reason(record=actor.id, stage="events", rule=rule, spans=actor.mentions[:1]))
    return told, tuple(reasons)


def _countries_by_type(
    event: Event, kind: str, actors: Mapping[str, Actor], spoken: frozenset[str]
) -> tuple[str | None, str | None]:
    """Give the country of people without a name on each side of an event, where its type tells it.

    Attackers are of the country where they strike, who is arrested or pardoned is of that of who does it, and
    who is given something is of the only country that the report names beside the giver's. In 3,800 passages of the
    corpus that was so, pardons aside, in 17 of 29, 13 of 26 and 12 of 17 cases in which no words told a country.
    """
    own = {country for i in event.sources if (country := actors[i].country)}
    if kind == "ASSAULT":
        return event.place.country if event.place is not None else None, None
    if kind in _OF_ONES_OWN:
        return None, next(iter(own)) if len(own) == 1 else None
    if kind == "AID" and own:
        others = spoken - own
        return None, next(iter(others)) if len(others) == 1 else None
    return None, None


def _countries_near(
    event: Event, kind: str, actors: Mapping[str, Actor], near: Around, sentence: int
) -> tuple[str | None, str | None]:
    """Give the country that the sentences around an event name most, for each side that its type lets be of there.

    Only where the whole report names it most, too, and names no more than one beside it or has the event happen there;
    in newspapers that speak of many countries the one named most was as often wrong.
    """
    here = set(near.places.touching(event.mentions[0].sentence))
    main = near.country_around(sentence)
    said = near.named[sentence]
    if main != near.main or (said and main not in said):
        return None, None
    if here != {main} and len(set().union(*near.named)) > _FEW:
        return None, None
    by_source, by_target = _OF_NEAR.get(kind, (False, False))
    armed = {actors[i].country for i in event.sources if actors[i].sector == "MIL"}
    if kind == "ASSAULT" and main in armed:
        by_target = False
    if kind in _OF_ANOTHER and main in {actors[i].country for i in event.sources}:
        by_target = False
    return main if by_source else None, main if by_target else None


def _may_be_of_near(actor: Actor, kind: str, doc: Doc) -> bool:
    """Tell whether somebody can be of the country told around: nameless, no ally, and nothing that comes from afar.

    Sites are only where they are hit, and a word with a capital says otherwise: "Karen border guards".
    """
    words = actor.name.lower().split()
    if not actor.unnamed or may_be_stranger(actor) or set(words) & FOREIGN:
        return False
    if is_setting(actor) and not (kind == "ASSAULT" and place_words("site nouns") & set(words)):
        return False
    if actor.sector == "MIL" and not {words[-1], words[-1].removesuffix("s")} & ON_FOOT:
        return False
    phrase = doc.char_span(*actor.mentions[0], alignment_mode="expand")
    if phrase is None or phrase.root.lemma_.lower() in RELATIONAL:
        return False
    return not any(t.text[:1].isupper() and not t.is_sent_start for t in phrase if t.is_alpha)


def _is_known_open(actor: Actor) -> bool:
    """Tell whether an actor is a group of several countries by what is known of it, and no stranger to the tables."""
    return not actor.unnamed and actor.sector is not None and actor.kind != "person"


def _are_several_states(actor: Actor, doc: Doc) -> bool:
    phrase = doc.char_span(*actor.mentions[0], alignment_mode="expand") if actor.unnamed else None
    return phrase is not None and is_of_several_states(phrase.root)


def may_be_stranger(actor: Actor) -> bool:
    """Tell whether somebody may well have come from abroad, as aircraft, ships, envoys and "foreign fighters" do."""
    words = actor.name.lower().split()
    craft = word_classes()["aircraft"] | word_classes()["vessels"]
    last = words[-1] if words else ""
    return is_sent_abroad(actor) or bool({last, last.removesuffix("s")} & craft) or bool(_STRANGERS & set(words))


def _of_town(actor: Actor, doc: Doc, spoken: frozenset[str]) -> str | None:
    """Give the country of a town that is named in somebody's own words: "traders from Rusizi", "the Erbil airbase".

    A town of a country that the report speaks of tells it; another only where it is no village, and by far the largest
    of its name. A person's name is a town's only as a whole; and people who are told of again and again ("journalists")
    are of no one town.
    """
    if actor.unnamed and len(actor.mentions) > _FEW:
        return None
    for start, end in actor.mentions:
        phrase = doc.char_span(start, end, alignment_mode="expand")
        for name in _names_in(phrase) if phrase is not None else ():
            if actor.kind == "person" and fold_name(name) != fold_name(actor.name):
                continue
            known = entries_named(fold_name(name))
            countries = {entry.country for entry in known if entry.country is not None}
            if len(countries & spoken) == 1:
                return next(iter(countries & spoken))
            largest = max(known, key=lambda entry: entry.population, default=None)
            if largest is None or actor.kind == "person" or largest.population < (_LARGE if spoken else _TOWN):
                continue
            others = (e.population for e in known if e.country != largest.country)
            if largest.population >= _KNOWN_FOR * max(others, default=0):
                return largest.country
    return None


def _names_in(phrase: Phrase) -> Iterator[str]:
    """Yield the names that a phrase holds, or that hang on it behind "at" or "from"."""
    yield from _runs(list(phrase))
    for child in phrase.root.children:
        if child.dep_ == "prep" and child.lower_ in _AT and child.i >= phrase.end:
            yield from _runs([t for noun in child.children if noun.dep_ == "pobj" for t in (*noun.lefts, noun)])


def _runs(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the names among tokens, but for those that only begin an adjective: "US-led"."""
    for is_name, run in groupby(tokens, key=lambda t: t.pos_ == "PROPN"):
        words = list(run)
        if is_name and not words[-1].nbor(1 if words[-1].i + 1 < len(words[-1].doc) else 0).text.startswith("-"):
            yield " ".join(token.text for token in words)
