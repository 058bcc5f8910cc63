"""Names that are places wherever they stand with a capital: countries, regions, and some states."""

from __future__ import annotations

from functools import cache

from melian.knowledge.countries import countries
from melian.knowledge.gazetteer import country_points, divisions, fold_name, place_words, regions, written_forms

_STATES = ("US.", "CA.")


@cache
def known_names() -> dict[str, int]:
    """Map the first folded word of each such name to the most tokens that a name beginning with it can have."""
    longest: dict[str, int] = {}
    for key in known_keys():
        words = key.split()
        longest[words[0]] = max(longest.get(words[0], 0), 2 * len(words))
    return longest


@cache
def known_keys() -> frozenset[str]:
    """Give the folded names of countries, regions, and the states and provinces of North America."""
    names = [point.name for point in country_points()]
    names += [name for country in countries() if country.until is None for name in country.names]
    names += [name for region in regions() for name in region.names]
    names += [
        name
        for division in divisions()
        if division.id.startswith(_STATES)
        for name in division.names
        if "." not in name
    ]
    return frozenset(filter(None, map(fold_name, names)))


@cache
def states_by_short_form() -> dict[str, str]:
    """Map the folded short forms of American and Canadian states ("fla", "fl") to their codes."""
    return {
        fold_name(name): division.id
        for division in divisions()
        if division.id.startswith(_STATES)
        for name in (*division.names, division.id[3:])
        if "." in name or (len(name) == 2 and name.isalpha())
    }


def state_abbreviations() -> frozenset[str]:
    """Give those short forms; most count only behind a comma."""
    return frozenset(states_by_short_form())


@cache
def capital_letter_names() -> frozenset[str]:
    """Give the names that are written in capital letters throughout: "UAE", "DMZ", "NSW"."""
    names = [name for country in countries() for name in country.names]
    names += [name for region in regions() for name in region.names]
    names += [name for division in divisions() for name in division.names]
    written = {name for name in written_forms() if name.isalpha()}
    return frozenset(name for name in names if name.isupper() and name.isalpha()) | written | {"US", "UK"}


@cache
def doubtful_names() -> frozenset[str]:
    """Give the folded country names that often stand for something else, such as "Jordan" and "Chad"."""
    named = {fold_name(name) for country in countries() for name in country.ambiguous}
    return frozenset(named | {"jordan", "chad", "georgia"})


@cache
def never_places() -> frozenset[str]:
    """Give the folded words that are no place names by themselves."""
    return frozenset(map(fold_name, place_words("never places")))
