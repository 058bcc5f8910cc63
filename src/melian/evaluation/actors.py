"""Single actor phrases against gold country and sector."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import msgspec

from melian.evaluation.bootstrap import measure, share
from melian.evaluation.report import Miss, Outcome
from melian.records import Actor

ResolvePhrase = Callable[[str, str | None, str | None], Sequence[Actor]]
"""From phrase, context and date (ISO 8601) to its actors."""


class GoldActor(msgspec.Struct, frozen=True, kw_only=True):
    """A phrase with the country and the sector that it stands for.

    `country` and `sector` may be left out (nothing is judged) or null (it has none). A list of countries is that of
    several actors, all of which have to be found: "Greek and Turkish officials".
    """

    id: str | int
    phrase: str
    context: str | None = None
    date: str | None = None
    country: str | tuple[str, ...] | msgspec.UnsetType | None = msgspec.UNSET
    sector: str | msgspec.UnsetType | None = msgspec.UNSET


class FoundActor(msgspec.Struct, frozen=True, kw_only=True):
    """What a phrase was resolved to; every field is None where nothing was found.

    Attributes:
        id: Of the gold record.
        country: Of the first actor.
        sector: Of the first actor.
        name: Of the first actor.
        countries: Of all its actors, in order.
    """

    id: str | int
    country: str | None = None
    sector: str | None = None
    name: str | None = None
    countries: tuple[str, ...] = ()


def predict_actors(resolve: ResolvePhrase, gold: Sequence[GoldActor]) -> Iterator[FoundActor]:
    """Yield one prediction a phrase, in gold order."""
    for record in gold:
        actors = resolve(record.phrase, record.context, record.date)
        countries = tuple(dict.fromkeys(actor.country for actor in actors if actor.country is not None))
        first = actors[0] if actors else None
        yield FoundActor(
            id=record.id,
            country=first.country if first else None,
            sector=first.sector if first else None,
            name=first.name if first else None,
            countries=countries,
        )


def judge_actors(gold: Sequence[GoldActor], found: Sequence[FoundActor]) -> Outcome:
    """Judge predictions, phrase by phrase in the same order: the share with the right country, sector, and both."""
    rows = list(zip(gold, found, strict=True))
    country = [[float(_has_country(a, b)), 1.0] for a, b in rows if a.country is not msgspec.UNSET]
    sector = [[float(b.sector == a.sector), 1.0] for a, b in rows if a.sector is not msgspec.UNSET]
    complete = [(a, b) for a, b in rows if a.country is not msgspec.UNSET and a.sector is not msgspec.UNSET]
    both = [[float(_has_country(a, b) and b.sector == a.sector), 1.0] for a, b in complete]
    figures = tuple(
        measure(f"{name}: accuracy", tallies, share, of=len(tallies))
        for name, tallies in (("country", country), ("sector", sector), ("country and sector", both))
    )
    return Outcome(figures=figures, misses=tuple(_misses(rows)), records=len(gold))


def _has_country(want: GoldActor, found: FoundActor) -> bool:
    if isinstance(want.country, tuple):
        return set(found.countries) == set(want.country)
    return found.country == want.country


def _misses(rows: Sequence[tuple[GoldActor, FoundActor]]) -> Iterator[Miss]:
    for a, b in rows:
        wrong_country = a.country is not msgspec.UNSET and not _has_country(a, b)
        wrong_sector = a.sector is not msgspec.UNSET and a.sector != b.sector
        if wrong_country or wrong_sector:
            yield Miss(
                record=str(a.id),
                text=a.phrase,
                expected=" ".join(_shown(part) for part in (a.country, a.sector) if part is not msgspec.UNSET),
                found=" ".join(_shown(part) for part in (b.countries, b.sector, b.name)),
                weight=2.0 * wrong_country + wrong_sector,
            )


def _shown(part: object) -> str:
    return "+".join(part) if isinstance(part, tuple) and part else str(part or "–")
