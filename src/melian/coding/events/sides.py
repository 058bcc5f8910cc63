"""Which countries stand on either side of an event: what heads, grammar and the whole report say is weighed at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from msgspec.structs import replace

from melian.coding.actors.scene import OF_MANY_STATES
from melian.coding.encoder.activations import Floats, sigmoid
from melian.coding.encoder.arrays import arrays_of
from melian.coding.events.charges import is_blamed
from melian.coding.events.countries_told import may_be_stranger
from melian.coding.events.merging import Happening
from melian.coding.events.side_evidence import NAMES, SIDES, Landscape, NamedCountry, evidence
from melian.records import Actor, Event, Reason, Span

_STAYS, _COMES, _JOINS = 0.3, 0.55, 0.8
"""Chances from which a country stays on a side, comes where none is known, and joins another. Of events the network had
not seen as many have the right sides with .3 to .5 for the first, so whom words name leaves only if unlikely; from .55
on two in three of those who come are right. Of those who join hardly more than half are, below .8."""
_ALIKE = "CONSULT"
"""The type whose sides are one: who meets whom is no matter of order."""


def weigh_sides(land: Landscape, event: Event, happening: Happening) -> dict[str, tuple[float, ...]]:
    """Give how likely each country of a report is a source, and a target, of an event.

    Args:
        land: The report's countries.
        event: As grammar and heads have it.
        happening: Its tellings.
    """
    known = evidence(land, event, happening)
    if not known:
        return {}
    arrays = arrays_of("sides.npz")
    rows = rows_of(list(known.values()))
    first = np.maximum(arrays.layer("first", rows), 0)
    second = np.maximum(arrays.layer("second", first), 0)
    chances = sigmoid(arrays.layer("last", second) + arrays.layer("plain", rows))
    return {country: tuple(map(float, row)) for country, row in zip(known, chances, strict=True)}


def rows_of(known: Sequence[Mapping[str, float]]) -> Floats:
    """Give evidence as the network reads it: a row for each country, a column for each of `NAMES`."""
    return np.array([[one.get(name, 0.0) for name in NAMES] for one in known], dtype=np.float32)


def with_sides(
    events: Sequence[Event], happenings: Sequence[Happening], land: Landscape
) -> tuple[list[Event], dict[str, Actor], list[Reason]]:
    """Give events the countries that are likely on each side, by actors who stand for them; who they are; and why.

    Who is of a country that is not likely leaves a side. A likely country that is not there is that of those who stand
    there already, if nobody knows theirs and they have no name; else somebody of it comes, whom the heads hold for that
    side soonest; and nobody, if somebody with a name stands there whose country nobody knows.

    Args:
        events: As grammar and heads have them.
        happenings: Their tellings.
        land: The report's countries.

    Returns:
        The events, in the same order; the actors who were given a country, by id; and the reasons for both.
    """
    found: list[Event] = []
    told: dict[str, Actor] = {}
    reasons: list[Reason] = []
    for event, happening in zip(events, happenings, strict=True):
        chances = weigh_sides(land, event, happening)
        sides = [event.sources, event.targets]
        here = frozenset(c for one in happening.tellings for c in land.of_sentence(one.sentence))
        ruled = [countries_of(ids, land) for ids in sides]
        for side, after in enumerate(likely_sides(event.type, ruled, here, chances)):
            ids, before = sides[side], ruled[side]
            open_ = [actor for i in ids if (actor := land.actors[i]).country is None]
            takers = [actor for actor in open_ if _is_nameless(actor) and not _may_be_of_any(actor)]
            stay = [i for i in ids if land.actors[i].country in {None, *after}]
            for country in sorted(before - after):
                reasons.append(_reason(event.id, f"{country} is hardly a {SIDES[side]}", chances[country][side]))
            for country in sorted(after - before, key=lambda c: (-chances[c][side], c)):
                rule = f"{country} is likely a {SIDES[side]}"
                if takers:
                    actor = takers.pop(0)
                    if actor.id not in told:
                        told[actor.id] = replace(actor, country=country)
                        reasons.append(_reason(actor.id, rule, chances[country][side], event.mentions[0].trigger))
                elif all(_is_nameless(actor) for actor in open_):
                    one = land.standing_for(country, happening, side, sides[1 - side])
                    if one is None or (side == 0 and _is_only_blamed(one, happening, land)):
                        continue
                    if one.actor.id not in stay:
                        stay.append(one.actor.id)
                        reasons.append(_reason(event.id, rule, chances[country][side], one.span))
            sides[side] = tuple(stay)
        found.append(replace(event, sources=sides[0], targets=sides[1]))
    return found, told, reasons


def _reason(record: str, rule: str, score: float, *spans: Span) -> Reason:
    return Reason(record=record, stage="events", rule=rule, spans=spans, score=score)


def _is_only_blamed(named: NamedCountry, happening: Happening, land: Landscape) -> bool:
    """Tell whether words name somebody to whom another lays the deed; that he did it is the other's to say."""
    words = land.doc.char_span(*named.span, alignment_mode="expand")
    return words is not None and any(is_blamed(words.root, told.trigger) for told in happening.tellings)


def _is_nameless(actor: Actor) -> bool:
    """Tell whether an actor has no name, and was not told before: "the same group"."""
    return (actor.unnamed or actor.kind == "unknown") and not actor.name.lower().startswith("same ")


def _may_be_of_any(actor: Actor) -> bool:
    return actor.sector in OF_MANY_STATES or may_be_stranger(actor)


def likely_sides(
    kind: str, before: Sequence[frozenset[str]], here: frozenset[str], chances: Mapping[str, Sequence[float]]
) -> list[frozenset[str]]:
    """Give the countries on each side of an event: who stays, and who comes.

    Args:
        kind: Its type.
        before: The countries on each side by grammar and heads.
        here: Those that sentences name in which it is told; only they join others.
        chances: How likely each is on either side.
    """
    source, target = before
    if kind != _ALIKE:
        by_side = [{c: chance[side] for c, chance in chances.items()} for side in range(2)]
        return [_of_side(source, here - target, by_side[0]), _of_side(target, here - source, by_side[1])]
    known = here | source | target
    after = _of_side(source | target, here, {c: sum(chance) / 2 for c, chance in chances.items() if c in known})
    new = after - source - target
    if source & after or not target & after:
        return [source & after, (target & after) | new]
    return [(source & after) | new, target & after]


def _of_side(before: frozenset[str], may_join: frozenset[str], chances: Mapping[str, float]) -> frozenset[str]:
    """Give the countries of one side."""
    others = frozenset(c for c in may_join - before if chances.get(c, 0.0) >= _JOINS)
    if before:
        return others | {c for c in before if chances.get(c, 1.0) >= _STAYS}
    likeliest = max(chances, key=lambda c: chances[c], default=None)
    return others | {likeliest} if likeliest is not None and chances[likeliest] >= _COMES else others


def countries_of(ids: Sequence[str], land: Landscape) -> frozenset[str]:
    """Give the countries of actors, as far as they are known."""
    return frozenset(country for i in ids if (country := land.actors[i].country) is not None)
