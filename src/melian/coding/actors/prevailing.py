"""The country of a report that speaks of hardly any other, for those of whom no word tells theirs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from melian.coding.actors.cast import Member
from melian.coding.actors.coreference import BODY_NOUNS
from melian.coding.actors.owners import ABROAD
from melian.coding.actors.scene import OF_MANY_STATES

_SHARE = 0.9
"""Of all namings of somebody with a country those of one, from which on whoever has none is taken to be of it. In 400
coded articles 74 of 75 such persons were, 26 of 26 offices and others and 37 of 44 bodies (most of the other seven are
called international); at four fifths 7 of 12 persons."""
_LEAST = 8
"""Namings from which on a share tells something."""
_KINDS = frozenset({"person", "office", "organisation", "unknown"})
_WORLDWIDE = frozenset({"international", "global", "world", "united"})


def settle_by_prevailing(members: Iterable[Member]) -> None:
    """Give those of no known country the one country of which a report nearly only speaks; peoples and groups apart."""
    every = list(members)
    named = Counter({country: 0 for member in every if (country := member.country)})
    for member in every:
        if member.country:
            named[member.country] += len(member.mentions)
    total = sum(named.values())
    if total < _LEAST:
        return
    country, count = named.most_common(1)[0]
    if count < _SHARE * total:
        return
    for member in every:
        if member.country is None and _may_be_at_home(member):
            member.country = country


def _may_be_at_home(member: Member) -> bool:
    if member.kind not in _KINDS or member.is_foreign or member.sector in OF_MANY_STATES:
        return False
    if member.office in ABROAD or member.lemma in ABROAD or member.lemma in BODY_NOUNS:
        return False
    return member.kind != "organisation" or _WORLDWIDE.isdisjoint(member.name.lower().split())
