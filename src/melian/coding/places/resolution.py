"""Decides which place of the gazetteer each name of a report means."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from melian.coding.places.finders import holder_entries, is_inside
from melian.coding.places.mention import Mention
from melian.knowledge.gazetteer import (
    Entry,
    adjective_countries,
    adjective_entries,
    division_entry,
    entries_named,
    place_words,
)

_EARTH = 6371.0
_MOST = 60
_TOWN = 15_000
_ARTICLES = frozenset({"al", "el", "greater"})
_ADDED = frozenset({"city", "town", "province", "region", "state", "oblast", "governorate", "district", "county"})


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts how much. A million inhabitants count six, a thousand count three."""

    country: float = 8.0
    region: float = 7.0
    site: float = 6.0
    district: float = 2.8
    capital: float = 1.5
    other_spelling: float = -1.0
    division: float = -0.8
    seat: float = -1.5
    hinted: float = 3.5
    unhinted_country: float = -4.0
    inside: float = 7.0
    holding: float = 7.0
    named_country: float = 3.0
    named_seat: float = 1.5
    own_country: float = 1.5
    named_division: float = 1.8
    near: float = 2.2
    dateline: float = 0.8
    sharpness: float = 0.9


WEIGHTS = Weights()


@dataclass(frozen=True, slots=True)
class Choice:
    """The place that a name means, None where the gazetteer has none, and how sure that is, 0 to 1."""

    entry: Entry | None
    confidence: float


@dataclass(frozen=True, slots=True)
class _Context:
    named: Counter[str]
    placed: Mapping[tuple[str, tuple[str, ...]], tuple[str, float]]
    divisions: frozenset[str]
    points: tuple[tuple[str, float, float], ...]
    dateline: str | None

    def shares_without(self, group: tuple[str, tuple[str, ...]]) -> dict[str, float]:
        """Give each country's share in the report, 0 to 1, what this name itself was taken for left out."""
        counted: defaultdict[str, float] = defaultdict(float, self.named)
        for other, (country, weight) in self.placed.items():
            if other[0] != group[0]:
                counted[country] += weight
        total = sum(count for country, count in counted.items() if country)
        return {country: math.sqrt(count / total) for country, count in counted.items() if country and total}


def distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Give the distance of two points (degrees north, degrees east) in kilometres along the ground."""
    north_a, east_a, north_b, east_b = map(math.radians, (*a, *b))
    half = math.sin((north_b - north_a) / 2) ** 2
    half += math.cos(north_a) * math.cos(north_b) * math.sin((east_b - east_a) / 2) ** 2
    return 2 * _EARTH * math.asin(min(1.0, math.sqrt(half)))


def choose_places(
    mentions: Sequence[Mention], *, peoples: Counter[str] | None = None, weights: Weights = WEIGHTS
) -> tuple[Choice, ...]:
    """Choose a place for every name of one report.

    One name keeps one meaning through a report unless different states behind it tell otherwise.

    Args:
        mentions: The names in order.
        peoples: How often each country is named by an adjective ("Turkish").
        weights: What counts how much.
    """
    groups = _groups(mentions)
    options = {group: _options(group[0], members) for group, members in groups.items()}
    named = Counter(peoples or ())
    for group, members in groups.items():
        if options[group] and options[group][0].kind == "country" and len(options[group]) == 1:
            named[options[group][0].country or ""] += len(members)
        for holder in group[1]:
            for entry in holder_entries(holder)[:1]:
                named[entry.country or ""] += len(members)
    context = _Context(named, {}, frozenset(), (), None)
    chosen: dict[tuple[str, tuple[str, ...]], Choice] = {}
    for _ in range(2):
        chosen = {group: _best(group, options, groups[group], context, weights) for group in groups}
        context = _context_of(chosen, groups, named)
    final = {group: _best(group, options, groups[group], context, weights) for group in groups}
    keys = _keys_of(mentions)
    return tuple(_as_hinted(final[key], mention) for key, mention in zip(keys, mentions, strict=True))


def count_peoples(words: Sequence[str]) -> Counter[str]:
    """Count the countries that folded adjectives and nouns for peoples name."""
    known = adjective_countries()
    return Counter(known[word] for word in words if word in known)


def _keys_of(mentions: Sequence[Mention]) -> list[tuple[str, tuple[str, ...]]]:
    """Group names: those without a state behind them go with the first of the same name that has one."""
    first: dict[str, tuple[str, ...]] = {}
    useful: list[tuple[str, ...]] = []
    for mention in mentions:
        holders = tuple(
            holder
            for holder in mention.holders
            if any(is_inside(e, place) for place in holder_entries(holder)[:12] for e in entries_named(mention.key))
        )
        useful.append(holders)
        if holders:
            first.setdefault(mention.key, holders)
    return [(m.key, holders or first.get(m.key, ())) for m, holders in zip(mentions, useful, strict=True)]


def _groups(mentions: Sequence[Mention]) -> dict[tuple[str, tuple[str, ...]], list[Mention]]:
    groups: defaultdict[tuple[str, tuple[str, ...]], list[Mention]] = defaultdict(list)
    for key, mention in zip(_keys_of(mentions), mentions, strict=True):
        groups[key].append(mention)
    return dict(groups)


def _options(key: str, members: Sequence[Mention]) -> tuple[Entry, ...]:
    if key in adjective_entries() and all(m.origin == "adjective" for m in members):
        return (adjective_entries()[key],)
    found = list(entries_named(key))
    if len(key) == 2:
        state = division_entry(f"US.{key.upper()}")
        found = [state, *found] if state and key != "us" else found
    if not found:
        found = _without_additions(key, is_given=any(m.origin == "given" for m in members))
    whole = [e for e in found if e.kind != "city" or e.is_main or e.population]
    whole.sort(key=lambda e: -e.population if e.kind in ("city", "capital") else -1e9)
    return tuple(whole[:_MOST])


def _without_additions(key: str, *, is_given: bool) -> list[Entry]:
    """Find what a name stands for when "South", "City" or, of given names, the end ("Harare City Council") is off."""
    words = key.split()
    if len(words) > 1 and words[0] in place_words("direction words") | _ARTICLES:
        found = entries_named(" ".join(words[1:]))
        if found:
            return list(found)
    least = 1 if is_given else len(words) - 1
    for end in range(len(words) - 1, max(0, least - 1), -1):
        if not is_given and words[end] not in _ADDED:
            break
        found = entries_named(" ".join(words[:end]))
        if any(e.kind not in ("city", "district") or e.population >= _TOWN for e in found):
            return list(found)
    return []


def _context_of(
    chosen: Mapping[tuple[str, tuple[str, ...]], Choice],
    groups: Mapping[tuple[str, tuple[str, ...]], Sequence[Mention]],
    named: Counter[str],
) -> _Context:
    placed: dict[tuple[str, tuple[str, ...]], tuple[str, float]] = {}
    divisions: set[str] = set()
    points: list[tuple[str, float, float]] = []
    dateline: str | None = None
    for group, choice in chosen.items():
        entry = choice.entry
        if entry is None:
            continue
        if entry.country and entry.kind != "country":
            placed[group] = (entry.country, len(groups[group]) * choice.confidence)
        if entry.kind == "division" and entry.division:
            divisions.add(entry.division)
        if entry.kind in ("city", "capital", "district", "site") and choice.confidence > 0.5:
            points.append((group[0], entry.lat, entry.lon))
        if any(m.origin == "dateline" for m in groups[group]):
            dateline = entry.country
    return _Context(named, placed, frozenset(divisions), tuple(points[:40]), dateline)


def _best(
    group: tuple[str, tuple[str, ...]],
    every: Mapping[tuple[str, tuple[str, ...]], Sequence[Entry]],
    members: Sequence[Mention],
    context: _Context,
    weights: Weights,
) -> Choice:
    options = every[group]
    if not options:
        return Choice(None, 0.2)
    key, holders = group
    held = [entry for (_, behind), inner in every.items() if key in behind[:1] for entry in inner]
    told = Counter(m.hint for m in members if m.hint)
    hints = frozenset(str(hint) for hint, count in told.items() if 2 * count >= len(members))
    holding = [place for holder in holders for place in holder_entries(holder)[:12]]
    shares = context.shares_without(group)
    scored = sorted(
        (
            (
                _score(entry, key, options, holding, hints, shares, context, weights)
                + (weights.holding * _share_held(entry, held) if held else 0.0),
                -n,
            )
            for n, entry in enumerate(options)
        ),
        reverse=True,
    )
    top = scored[0]
    best = options[-top[1]]
    rest = sum(
        math.exp(-weights.sharpness * (top[0] - score))
        for score, n in scored[1:]
        if distance((best.lat, best.lon), (options[-n].lat, options[-n].lon)) > 100
    )
    return Choice(best, min(0.98, 1 / (1 + rest)))


def _share_held(entry: Entry, held: Sequence[Entry]) -> float:
    """Tell, 0 to 1, how well a state fits what stands before its comma: Georgia behind "Atlanta," is no country."""
    inside = [other.population for other in held if is_inside(other, entry)]
    most = max(other.population for other in held)
    return (max(inside) + 1) / (most + 1) if inside else 0.0


def _score(
    entry: Entry,
    key: str,
    options: Sequence[Entry],
    holding: Sequence[Entry],
    hints: frozenset[str],
    shares: Mapping[str, float],
    context: _Context,
    weights: Weights,
) -> float:
    score = _score_alone(entry, options, weights)
    kind = "city" if entry.kind == "capital" else entry.kind
    if hints:
        if kind in hints:
            score += weights.hinted
        elif entry.kind == "country":
            score += weights.unhinted_country
    if any(is_inside(entry, place) for place in holding):
        score += weights.inside
    if entry.country is not None:
        share = shares.get(entry.country, 0.0)
        score += (weights.own_country if entry.kind == "country" else weights.named_country) * share
        score += weights.named_seat * share * (entry.kind == "capital")
        score += weights.dateline * (entry.country == context.dateline)
    if entry.kind not in ("country", "division") and entry.division in context.divisions:
        score += weights.named_division
    if entry.kind not in ("country", "region"):
        score += weights.near * _nearness(entry, key, context)
    return score


def _score_alone(entry: Entry, options: Sequence[Entry], weights: Weights) -> float:
    people = math.log10(entry.population + 10)
    if entry.kind == "country":
        return weights.country
    if entry.kind == "region":
        return weights.region
    if entry.kind == "site":
        return weights.site
    if entry.kind == "district":
        return weights.district
    if entry.kind == "division":
        has_seat = any(
            other.division == entry.division and other.kind in ("city", "capital") and other.population > 20_000
            for other in options
        )
        return people + weights.division + weights.seat * has_seat
    return people + weights.capital * (entry.kind == "capital") + weights.other_spelling * (not entry.is_main)


def _nearness(entry: Entry, key: str, context: _Context) -> float:
    apart = [
        distance((entry.lat, entry.lon), (lat, lon))
        for other, lat, lon in context.points
        if other != key and abs(lat - entry.lat) < 6
    ]
    return max((1 / (1 + d / 80) for d in apart), default=0.0)


def _as_hinted(choice: Choice, mention: Mention) -> Choice:
    """Go from a city to its province where the words say "Idlib province"."""
    entry = choice.entry
    if entry is None or mention.hint is None:
        return choice
    kind = "city" if entry.kind == "capital" else entry.kind
    if kind == mention.hint:
        return choice
    for other in entries_named(mention.key):
        if other.kind in (mention.hint, "capital" if mention.hint == "city" else mention.hint) and (
            other.country == entry.country
        ):
            return replace(choice, entry=other)
    if mention.hint == "division" and kind == "city" and entry.division:
        division = division_entry(entry.division)
        if division is not None:
            return Choice(division, choice.confidence * 0.7)
    return choice
