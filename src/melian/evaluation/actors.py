"""Single actor phrases against gold country and sector."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import msgspec

from melian.evaluation.bootstrap import measure, share
from melian.evaluation.report import Miss, Outcome
from melian.records import Actor

ResolvePhrase = Callable[[str, str | None, str | None], Actor | None]
"""From phrase, context and date (ISO 8601) to an actor."""


class GoldActor(msgspec.Struct, frozen=True, kw_only=True):
    """A phrase with the country and the sector that it stands for.

    `country` and `sector` may be left out (nothing is judged) or null (it has none).
    """

    id: str | int
    phrase: str
    context: str | None = None
    date: str | None = None
    country: str | msgspec.UnsetType | None = msgspec.UNSET
    sector: str | msgspec.UnsetType | None = msgspec.UNSET


class FoundActor(msgspec.Struct, frozen=True, kw_only=True):
    """What a phrase was resolved to; every field is None where nothing was found."""

    id: str | int
    country: str | None = None
    sector: str | None = None
    name: str | None = None


def predict_actors(resolve: ResolvePhrase, gold: Sequence[GoldActor]) -> Iterator[FoundActor]:
    """Yield one prediction a phrase, in gold order."""
    for record in gold:
        actor = resolve(record.phrase, record.context, record.date)
        if actor is None:
            yield FoundActor(id=record.id)
        else:
            yield FoundActor(id=record.id, country=actor.country, sector=actor.sector, name=actor.name)


def judge_actors(gold: Sequence[GoldActor], found: Sequence[FoundActor]) -> Outcome:
    """Judge predictions, phrase by phrase in the same order: the share with the right country, sector, and both."""
    rows = list(zip(gold, found, strict=True))
    country = [[float(b.country == a.country), 1.0] for a, b in rows if a.country is not msgspec.UNSET]
    sector = [[float(b.sector == a.sector), 1.0] for a, b in rows if a.sector is not msgspec.UNSET]
    complete = [(a, b) for a, b in rows if a.country is not msgspec.UNSET and a.sector is not msgspec.UNSET]
    both = [[float((b.country, b.sector) == (a.country, a.sector)), 1.0] for a, b in complete]
    figures = tuple(
        measure(f"{name}: accuracy", tallies, share, of=len(tallies))
        for name, tallies in (("country", country), ("sector", sector), ("country and sector", both))
    )
    return Outcome(figures=figures, misses=tuple(_misses(rows)), records=len(gold))


def _misses(rows: Sequence[tuple[GoldActor, FoundActor]]) -> Iterator[Miss]:
    for a, b in rows:
        wrong_country = a.country is not msgspec.UNSET and a.country != b.country
        wrong_sector = a.sector is not msgspec.UNSET and a.sector != b.sector
        if wrong_country or wrong_sector:
            yield Miss(
                record=str(a.id),
                text=a.phrase,
                expected=" ".join(str(part or "–") for part in (a.country, a.sector) if part is not msgspec.UNSET),
                found=" ".join(part or "–" for part in (b.country, b.sector, b.name)),
                weight=2.0 * wrong_country + wrong_sector,
            )
