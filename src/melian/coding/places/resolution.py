"""Decides which place of the gazetteer each name of a report means."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import msgspec
from msgspec.structs import replace

from melian.coding.places.candidates import holder_entries, is_inside, options_of
from melian.coding.places.counties import county_of, partners
from melian.coding.places.mention import Hint, Mention
from melian.coding.places.scoring import WEIGHTS, Point, Points, Shares, Surroundings, Weights, distance, score_entry
from melian.knowledge.gazetteer import Entry, adjective_countries, division_entry, entries_named

INSIDE = "it lies in the place named with it"
"""The basis of a choice by what stands behind the comma."""
SHORT = "the report names the county of that name, and no town there is called so"
"""The basis of a choice by the longer name."""
_ROUNDS = 3
_POINTS = 240
_RIVALS = 6
_SAME = 100.0
_DIVIDING = frozenset({"division", "district"})
_LEVELS: dict[Hint, tuple[str, ...]] = {
    "city": ("city", "capital"), "division": ("division", "district"), "district": ("district",),
}  # fmt: skip
"""What a name with a kind beside it can be, the likeliest first."""
_SMALL = frozenset({"city", "capital", "district", "site"})
Group = tuple[str, tuple[str, ...]]
"""A name, folded, and the names of what holds it."""


_Ranking = tuple[tuple[Entry, float], ...]


class Choice(msgspec.Struct, frozen=True):
    """The place that a name means.

    Attributes:
        entry: The gazetteer's entry, None where it has none.
        confidence: 0 to 1.
        basis: What decided among the places of that name.
    """

    entry: Entry | None
    confidence: float
    basis: str


class _Placed(msgspec.Struct, frozen=True):
    """Where the names of a report were taken to lie, summed once so that each name can leave out itself."""

    countries: Mapping[str, float]
    total: float
    divisions: Mapping[str, float]
    total_divisions: float
    of_name: Mapping[str, tuple[Mapping[str, float], Mapping[str, float]]]
    named: frozenset[str]
    points: Points
    dateline: str | None
    home: str | None

    def without(self, key: str) -> Surroundings:
        """Give what the rest of the report tells about a name."""
        own_countries, own_divisions = self.of_name.get(key, ({}, {}))
        return Surroundings(
            Shares(self.countries, self.total, own_countries),
            Shares(self.divisions, self.total_divisions, own_divisions),
            self.named,
            self.points,
            self.dateline,
            self.home,
        )


def choose_places(
    mentions: Sequence[Mention],
    *,
    peoples: Counter[str] | None = None,
    home: str | None = None,
    weights: Weights = WEIGHTS,
) -> tuple[Choice, ...]:
    """Choose a place for every name of one report.

    One name keeps one meaning through a report unless different states behind it tell otherwise.

    Args:
        mentions: The names in order.
        peoples: How often each country is named by an adjective ("Turkish").
        home: Country of the outlet, as alpha-3.
        weights: What counts how much.
    """
    groups = _groups(mentions)
    options = {group: options_of(group[0], members) for group, members in groups.items()}
    held: defaultdict[str, list[Entry]] = defaultdict(list)
    named = Counter(peoples or ())
    for group, members in groups.items():
        told = [options[group][0]] if len(options[group]) == 1 and options[group][0].kind == "country" else []
        told += [entry for holder in group[1] for entry in holder_entries(holder)[:1]]
        for entry in told:
            if entry.country is not None:
                named[entry.country] += len(members)
        for holder in group[1][:1]:
            held[holder].extend(options[group])
    placed = _Placed(named, sum(named.values()), {}, 0.0, {}, frozenset(), Points(()), None, home)
    beside = partners({key: entries for (key, holders), entries in options.items() if not holders})
    ranked: dict[Group, _Ranking] = {}
    for _ in range(_ROUNDS):
        ranked = {
            group: _rank(
                group, options[group], members, held.get(group[0], ()), beside.get(group[0], {}), placed, weights
            )
            for group, members in groups.items()
        }
        placed = _place(ranked, groups, named, home)
    chosen = {
        group: replace(_choose(ranking), basis=_basis(group, ranking, groups[group]))
        for group, ranking in ranked.items()
    }
    taken = {key: choice.entry for (key, _), choice in chosen.items() if choice.entry is not None}
    for group in groups:
        county = county_of(group[0], options[group], taken) if not group[1] else None
        if county is not None:
            chosen[group] = replace(chosen[group], entry=county, basis=SHORT)
    keys = _keys_of(mentions)
    return tuple(_as_hinted(chosen[key], mention) for key, mention in zip(keys, mentions, strict=True))


def count_peoples(words: Sequence[str]) -> Counter[str]:
    """Count the countries that folded adjectives and nouns for peoples name."""
    known = adjective_countries()
    return Counter(known[word] for word in words if word in known)


def _keys_of(mentions: Sequence[Mention]) -> list[Group]:
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


def _groups(mentions: Sequence[Mention]) -> dict[Group, list[Mention]]:
    groups: defaultdict[Group, list[Mention]] = defaultdict(list)
    for key, mention in zip(_keys_of(mentions), mentions, strict=True):
        groups[key].append(mention)
    return dict(groups)


def _place(
    ranked: Mapping[Group, _Ranking],
    groups: Mapping[Group, Sequence[Mention]],
    named: Counter[str],
    home: str | None,
) -> _Placed:
    countries: defaultdict[str, float] = defaultdict(float, named)
    divisions: defaultdict[str, float] = defaultdict(float)
    of_name: defaultdict[str, tuple[defaultdict[str, float], defaultdict[str, float]]]
    of_name = defaultdict(lambda: (defaultdict(float), defaultdict(float)))
    named_divisions: set[str] = set()
    points: list[Point] = []
    dateline: str | None = None
    for group, ranking in ranked.items():
        if not ranking:
            continue
        (entry, _), weight = ranking[0], len(groups[group]) * _choose(ranking).confidence
        own_countries, own_divisions = of_name[group[0]]
        if entry.country and entry.kind != "country":
            own_countries[entry.country] += weight
            countries[entry.country] += weight
        if entry.division and entry.kind in _SMALL:
            own_divisions[entry.division] += weight
            divisions[entry.division] += weight
        if entry.kind == "division" and entry.division:
            named_divisions.add(entry.division)
        if len(points) < _POINTS:
            points.extend(Point(group[0], e.lat, e.lon, chance) for e, chance in ranking[:_RIVALS] if e.kind in _SMALL)
        if any(m.origin == "dateline" for m in groups[group]):
            dateline = entry.country
    return _Placed(
        countries,
        sum(countries.values()),
        divisions,
        sum(divisions.values()),
        of_name,
        frozenset(named_divisions),
        Points(points),
        dateline,
        home,
    )


def _rank(
    group: Group,
    options: Sequence[Entry],
    members: Sequence[Mention],
    held: Sequence[Entry],
    beside: Mapping[Entry, float],
    placed: _Placed,
    weights: Weights,
) -> _Ranking:
    """Give what a name can stand for, the likeliest first, each with its chance."""
    key, holders = group
    told = Counter(m.hint for m in members if m.hint)
    hints = frozenset(str(hint) for hint, count in told.items() if 2 * count >= len(members))
    holding = [place for holder in holders for place in holder_entries(holder)[:12]]
    around = placed.without(key)
    scores = [
        score_entry(entry, key, options, holding, hints, around, weights)
        + (weights.holding * _share_held(entry, held) if held else 0.0)
        + weights.county * beside.get(entry, 0.0)
        for entry in options
    ]
    odds = [math.exp(weights.sharpness * (score - max(scores))) for score in scores]
    chances = [odd / sum(odds) for odd in odds]
    order = sorted(range(len(options)), key=lambda n: (-scores[n], n))
    return tuple((options[n], chances[n]) for n in order)


def _choose(ranking: _Ranking) -> Choice:
    """Take the likeliest entry; what lies close to it does not make it less sure."""
    if not ranking:
        return Choice(None, 0.2, "the gazetteer has no place of the name")
    best = ranking[0][0]
    sure = sum(chance for entry, chance in ranking if distance((best.lat, best.lon), (entry.lat, entry.lon)) <= _SAME)
    return Choice(best, min(0.98, sure), "")


def _basis(group: Group, ranking: _Ranking, members: Sequence[Mention]) -> str:
    """Say in words what decided, the strongest ground first."""
    if not ranking:
        return _choose(ranking).basis
    best = ranking[0][0]
    kind = "city" if best.kind == "capital" else best.kind
    if any(is_inside(best, place) for holder in group[1] for place in holder_entries(holder)[:12]):
        return INSIDE
    if any(m.hint == kind for m in members):
        return "the words beside the name tell its kind"
    if len(ranking) == 1:
        return "it is the only place of the name"
    if best.kind in ("country", "region", "site"):
        return "countries, seas and lands come before towns of the name"
    if best.population >= max(entry.population for entry, _ in ranking):
        return "it is the largest place of the name"
    return "it fits the other places of the report best"


def _share_held(entry: Entry, held: Sequence[Entry]) -> float:
    """Tell, 0 to 1, how well a state fits what stands before its comma: Georgia behind "Atlanta," is no country."""
    inside = [other.population for other in held if is_inside(other, entry)]
    most = max(other.population for other in held)
    return (max(inside) + 1) / (most + 1) if inside else 0.0


def _as_hinted(choice: Choice, mention: Mention) -> Choice:
    """Go from a city to its province where the words say "Idlib province"."""
    entry = choice.entry
    if entry is None or mention.hint is None:
        return choice
    kind = "city" if entry.kind == "capital" else entry.kind
    if kind == mention.hint:
        return choice
    is_between = kind in _DIVIDING and mention.hint in _DIVIDING
    wanted = (mention.hint,) if is_between else _LEVELS[mention.hint]
    inside = [other for other in entries_named(mention.key) if other.country == entry.country]
    for level in wanted:
        for other in inside:
            if other.kind == level:
                return replace(choice, entry=other)
    if mention.hint == "division" and kind == "city" and entry.division:
        division = division_entry(entry.division)
        if division is not None:
            return replace(choice, entry=division, confidence=choice.confidence * 0.7)
    return choice
