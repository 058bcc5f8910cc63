"""Place names against gold toponyms: found, and led to the right entry of the gazetteer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import asin, cos, radians, sin, sqrt

import msgspec

from melian.evaluation.bootstrap import f1, measure, precision, recall, share
from melian.evaluation.report import Miss, Outcome
from melian.evaluation.spans import grid_of, match_overlapping
from melian.records import Span, Where, overlap

FindPlaces = Callable[[str], Sequence[Where]]
"""Every place name of a text, literal or not."""
ResolveNames = Callable[[str, Sequence[Span]], Sequence[Where | None]]
"""One entry a span, in the order of the spans; None where a name leads nowhere."""
CountryOf = Callable[["GoldToponym", str], str | None]
"""From a gold toponym and its words to the alpha-3 code of its country, None where that is not known."""

NEAR_KM = 161.0
"""A hundred miles: the usual distance within which a place counts as found."""
EARTH_KM = 6371.0088
"""Mean radius."""


class GoldToponym(msgspec.Struct, frozen=True, kw_only=True):
    """One gold name; without `geonameid` and coordinates it is a name that the annotators did not resolve."""

    span: Span
    lat: float | None = None
    lon: float | None = None
    geonameid: int | str | None = None
    country: str | None = None

    @property
    def is_resolved(self) -> bool:
        """Whether the annotators led it to an entry of the gazetteer."""
        return self.geonameid not in (None, "") and self.lat is not None and self.lon is not None


class GoldPlaces(msgspec.Struct, frozen=True, kw_only=True):
    """A gold text with its place names; `toponyms` is None where only predictions are wanted."""

    doc_id: str | int
    text: str
    toponyms: tuple[GoldToponym, ...] | None = None


class FoundToponym(msgspec.Struct, frozen=True, kw_only=True):
    """One predicted name; every field behind `span` is None where it leads nowhere."""

    span: Span
    lat: float | None = None
    lon: float | None = None
    geonameid: int | None = None
    country: str | None = None
    confidence: float = 0.0


class FoundPlaces(msgspec.Struct, frozen=True, kw_only=True):
    """The names predicted for one text."""

    doc_id: str | int
    toponyms: tuple[FoundToponym, ...]


def predict_places(find: FindPlaces, gold: Sequence[GoldPlaces]) -> Iterator[FoundPlaces]:
    """Yield predictions in gold order."""
    for record in gold:
        wheres = (where for where in find(record.text) if where.span)
        yield FoundPlaces(doc_id=record.doc_id, toponyms=tuple(_toponym(w.span, w) for w in wheres if w.span))


def resolve_given(resolve: ResolveNames, gold: Sequence[GoldPlaces]) -> Iterator[FoundPlaces]:
    """Yield predictions in gold order, one entry for each gold span, in its order."""
    for record in gold:
        spans = [toponym.span for toponym in record.toponyms or ()]
        wheres = resolve(record.text, spans)
        yield FoundPlaces(
            doc_id=record.doc_id,
            toponyms=tuple(_toponym(span, where) for span, where in zip(spans, wheres, strict=True)),
        )


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Give the great-circle distance of two points in degrees (latitude, longitude), in kilometres."""
    lat_a, lon_a, lat_b, lon_b = map(radians, (*a, *b))
    square = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(square)))


def judge_places(
    gold: Sequence[GoldPlaces], found: Sequence[FoundPlaces], country_of: CountryOf, *, is_given: bool = False
) -> Outcome:
    """Judge predictions, document by document in the same order.

    Recognition: the same words (exact) and a shared word (relaxed, one to one); left out where the spans are given.
    Resolution: over all gold toponyms with coordinates and a GeoNames id, found or not, the share led within 161 km, to
    the same id, and into the right country (where the gold's country is known); the mean error is over those that were
    led anywhere. End to end: F1 of names that share a word with a gold toponym and lead within 161 km of it.
    Gold toponyms without an id are neither wanted nor held against a prediction.
    """
    names = ("exact", "relaxed", "near", "id", "country", "error", "end")
    rows: dict[str, list[list[float]]] = {name: [] for name in names}
    misses: list[Miss] = []
    passed_over = 0
    for record, prediction in zip(gold, found, strict=True):
        grid = grid_of(record.text)
        want = [toponym for toponym in record.toponyms or () if toponym.is_resolved and grid.tokens(toponym.span)]
        loose = [toponym for toponym in record.toponyms or () if not toponym.is_resolved]
        passed_over += len(loose)
        have = [toponym for toponym in prediction.toponyms if grid.tokens(toponym.span)]
        if is_given:
            place_of = {toponym.span: number for number, toponym in enumerate(have)}
            matched = [(i, place_of[t.span]) for i, t in enumerate(want) if t.span in place_of]
            have_count = len(want)
        else:
            matched = match_overlapping(
                [grid.tokens(t.span) or t.span for t in want], [grid.tokens(t.span) or t.span for t in have]
            )
            taken = {j for _, j in matched}
            free = [j for j, t in enumerate(have) if j not in taken and any(overlap(t.span, x.span) for x in loose)]
            have_count = len(have) - len(free)
            exact = len(grid.ranges(t.span for t in want) & grid.ranges(t.span for t in have))
            rows["exact"].append([exact, have_count - exact, len(want) - exact])
            rows["relaxed"].append([len(matched), have_count - len(matched), len(want) - len(matched)])
            misses.extend(_spurious(record, [t for j, t in enumerate(have) if j not in taken and j not in free]))
        countries = [country_of(toponym, record.text[slice(*toponym.span)]) for toponym in want]
        judged = [_judge(want[i], have[j], countries[i]) for i, j in matched]
        near = sum(one.error is not None and one.error <= NEAR_KM for one in judged)
        errors = [one.error for one in judged if one.error is not None]
        known = sum(country is not None for country in countries)
        rows["near"].append([near, len(want)])
        rows["id"].append([sum(one.is_same_id for one in judged), len(want)])
        rows["country"].append([sum(one.is_same_country for one in judged), known])
        rows["error"].append([sum(errors), len(errors)])
        rows["end"].append([near, have_count - near, len(want) - near])
        partner = dict(matched)
        for i, toponym in enumerate(want):
            error = _error(toponym, have[partner[i]]) if i in partner else None
            if error is None or error > NEAR_KM:
                misses.append(_missed(record, toponym, have[partner[i]] if i in partner else None, error))
    count = int(sum(row[1] for row in rows["near"]))
    figures = [
        measure(f"{name} recognition: {label}", rows[name], formula, of=count)
        for name in ("exact", "relaxed")
        if not is_given
        for label, formula in (("precision", precision), ("recall", recall), ("F1", f1))
    ]
    known = int(sum(row[1] for row in rows["country"]))
    led = int(sum(row[1] for row in rows["error"]))
    figures += [
        measure("within 161 km", rows["near"], share, of=count),
        measure("exact GeoNames id", rows["id"], share, of=count),
        measure("right country", rows["country"], share, of=known),
        measure("mean error", rows["error"], share, unit="km", of=led),
    ]
    if not is_given:
        figures.append(measure("end to end, within 161 km: F1", rows["end"], f1, of=count))
    notes = (f"{passed_over} gold names without a GeoNames id are left out.",) if passed_over else ()
    return Outcome(figures=tuple(figures), misses=tuple(misses), records=len(gold), notes=notes)


class _Judged(msgspec.Struct, frozen=True):
    error: float | None
    is_same_id: bool
    is_same_country: bool


def _judge(want: GoldToponym, have: FoundToponym, country: str | None) -> _Judged:
    return _Judged(
        error=_error(want, have),
        is_same_id=have.geonameid is not None and str(want.geonameid) == str(have.geonameid),
        is_same_country=country is not None and country == have.country,
    )


def _error(want: GoldToponym, have: FoundToponym) -> float | None:
    if want.lat is None or want.lon is None or have.lat is None or have.lon is None:
        return None
    return distance_km((want.lat, want.lon), (have.lat, have.lon))


def _toponym(span: Span, where: Where | None) -> FoundToponym:
    if where is None:
        return FoundToponym(span=span)
    return FoundToponym(
        span=span,
        lat=where.lat,
        lon=where.lon,
        geonameid=where.geonameid,
        country=where.country,
        confidence=where.confidence,
    )


def _missed(record: GoldPlaces, want: GoldToponym, have: FoundToponym | None, error: float | None) -> Miss:
    found = ""
    if have is not None:
        found = (
            f"{have.geonameid} {have.country}, {error:.0f} km off" if error is not None else "a name without a place"
        )
    return Miss(
        record=str(record.doc_id),
        text=record.text[slice(*want.span)],
        expected=f"{want.geonameid} {want.country or ''}".strip(),
        found=found,
        weight=2 + (error or 0) / 20_000 if have else 1,
    )


def _spurious(record: GoldPlaces, have: Sequence[FoundToponym]) -> Iterator[Miss]:
    for toponym in have:
        yield Miss(
            record=str(record.doc_id),
            text=record.text[slice(*toponym.span)],
            expected="no place name",
            found=f"{toponym.geonameid} {toponym.country}",
            weight=1 + toponym.confidence,
        )
