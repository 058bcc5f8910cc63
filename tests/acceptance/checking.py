"""Holds a reading against what a careful reader takes from the report: what is found, missed and forbidden."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from acceptance.expectations import (
    EventPattern,
    ExpectedActor,
    ExpectedDate,
    ExpectedDispute,
    ExpectedEvent,
    ExpectedReading,
    ExpectedStatement,
    Forbidden,
    fold,
)
from melian import records as r


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one comparison; the misses of optional items are kept apart and do not count."""

    found: int
    wanted: int
    misses: tuple[str, ...]
    optional_misses: tuple[str, ...]
    forbidden: tuple[str, ...]

    def __str__(self) -> str:
        return f"found {self.found} of {self.wanted}, must_not {len(self.forbidden)}"


@dataclass(frozen=True, slots=True)
class Readout:
    """A reading with its records by id."""

    reading: r.Reading
    actors: dict[str, r.Actor]
    statements: dict[str, r.Statement]

    def words(self, span: r.Span | None) -> str:
        """Cut a span out of the text."""
        return self.reading.report.text[slice(*span)] if span else ""

    def countries(self, ids: Iterable[str]) -> set[str | None]:
        """Give the countries of the actors."""
        return {self.actors[i].country for i in ids if i in self.actors}

    def sectors(self, ids: Iterable[str]) -> set[str | None]:
        """Give the sectors of the actors."""
        return {self.actors[i].sector for i in ids if i in self.actors}

    def names(self, ids: Iterable[str]) -> str:
        """Give every name and mention of the actors, folded."""
        known = [self.actors[i] for i in ids if i in self.actors]
        return fold(" ".join(" ".join([a.name, *map(self.words, a.mentions)]) for a in known))

    def triggers(self, event: r.Event) -> str:
        """Give the event's triggers, folded."""
        return fold(" ".join(self.words(m.trigger) for m in event.mentions))

    def is_asserted(self, event: r.Event) -> bool:
        """Say whether the author says that it happened or is happening."""
        claim = next((c for c in self.reading.claims if c.event == event.id and c.holder == "author"), None)
        return (
            claim is not None
            and claim.polarity == "positive"
            and claim.certainty in ("certain", "probable")
            and claim.tense in ("past", "present")
        )


def read_out(reading: r.Reading) -> Readout:
    """Index a reading."""
    return Readout(reading, {a.id: a for a in reading.actors}, {s.id: s for s in reading.statements})


def differing_fields(event: r.Event, want: ExpectedEvent, of: Readout) -> Iterator[str]:
    """Name what differs between an event and an expected one; "type" comes first."""
    if event.type not in (want.type_any or (want.type,)):
        yield "type"
    if want.trigger_any and not any(fold(t) in of.triggers(event) for t in want.trigger_any):
        yield f"trigger {of.triggers(event)}"
    parties = event.sources + event.targets
    if not set(want.parties) <= of.countries(parties):
        yield f"parties {sorted(map(str, of.countries(parties)))}"
    if not set(want.source) <= of.countries(event.sources):
        yield f"source {sorted(map(str, of.countries(event.sources)))}"
    if not set(want.target) <= of.countries(event.targets):
        yield f"target {sorted(map(str, of.countries(event.targets)))}"
    if want.source_sector and want.source_sector not in of.sectors(event.sources):
        yield f"source sector {of.sectors(event.sources)}"
    if want.target_sector and want.target_sector not in of.sectors(event.targets):
        yield f"target sector {of.sectors(event.targets)}"
    if not all(fold(name) in of.names(parties) for name in want.names):
        yield f"names {of.names(parties)}"
    if want.words and not any(fold(want.words) in fold(of.words(m.sentence)) for m in event.mentions):
        yield "words"
    yield from differing_circumstances(event, want, of)


def differing_circumstances(event: r.Event, want: ExpectedEvent, of: Readout) -> Iterator[str]:
    """Name what differs in manner, date, place, dead and in what the author says."""
    if want.modes_any and not set(want.modes_any) & set(event.modes):
        yield f"modes {event.modes}"
    if want.date and (event.date is None or (event.date.start, event.date.end) != want.date):
        yield f"date {event.date and (event.date.start, event.date.end)}"
    if want.place:
        countries = want.place.country_any or (want.place.country,)
        if event.place is None or event.place.country not in countries:
            yield f"place {event.place and (event.place.name, event.place.country)}"
    if want.dead and (event.dead is None or (event.dead.low, event.dead.high) != want.dead):
        yield f"dead {event.dead and (event.dead.low, event.dead.high)}"
    if want.author_says == "positive" and not of.is_asserted(event):
        yield "the author should assert it"
    if want.author_says == "uncommitted" and of.is_asserted(event):
        yield "the author must not assert it"


def missing_event(want: ExpectedEvent, of: Readout) -> str | None:
    """Say why no event, or too many, are the expected one; None where it is found."""
    differences = [list(differing_fields(e, want, of)) for e in of.reading.events]
    fitting = sum(not d for d in differences)
    if fitting and (want.count is None or fitting <= want.count):
        return None
    if fitting:
        return f"event {want.id}: {fitting} events for one"
    near = sorted((d for d in differences if "type" not in d), key=lambda d: (any("trigger" in w for w in d), len(d)))
    return f"event {want.id}: {'; '.join(near[0]) if near else 'none of its type'}"


def differing_words(statement: r.Statement, want: ExpectedStatement, of: Readout) -> bool:
    """Say whether the statement's content is another one: not held, or far too long."""
    got, wanted = fold(" ".join(map(of.words, statement.content))), fold(want.content)
    is_held = bool(got) and (wanted in got or (got in wanted and len(got) > 0.6 * len(wanted)))
    return not is_held or len(got) > 3 * len(wanted) + 60


def differing_attribution(statement: r.Statement, want: ExpectedStatement, of: Readout) -> str | None:
    """Name the first thing in which a statement with the right content differs."""
    speaker = of.actors.get(statement.speaker or "")
    known = fold(f"{speaker.name} {speaker.office or ''}" if speaker else "") + fold(of.words(statement.speaker_span))
    if want.speaker and fold(want.speaker.split()[-1]) not in known:
        return f"speaker {speaker and speaker.name} ({of.words(statement.speaker_span)})"
    if want.speaker_country and (speaker is None or speaker.country != want.speaker_country):
        return f"speaker country {speaker and (speaker.name, speaker.country)}"
    if want.kind and statement.kind != want.kind:
        return f"kind {statement.kind}"
    if (want.act or want.act_any) and statement.act not in (want.act_any or (want.act,)):
        return f"act {statement.act}"
    if want.via and not any(fold(want.via.split()[-1]) in of.names([v]) for v in statement.via):
        return f"via {of.names(statement.via)}"
    return None


def missing_statement(want: ExpectedStatement, of: Readout) -> str | None:
    """Say why no statement is the expected one; None where it is found."""
    near = [differing_attribution(s, want, of) for s in of.reading.statements if not differing_words(s, want, of)]
    if None in near:
        return None
    return f"statement '{want.content[:60]}': {near[0] if near else 'no such content'}"


def holders_on(dispute: r.Dispute, stances: tuple[str, ...], of: Readout) -> tuple[set[str | None], str]:
    """Give the countries and the folded names of the holders on these sides."""
    ids = [h for side in dispute.sides if side.stance in stances for h in side.holders]
    made = [of.statements[i] for i in ids if i in of.statements]
    speakers = [s.speaker for s in made if s.speaker]
    named = of.names(speakers) + fold(" ".join(of.words(s.speaker_span) for s in made))
    return of.countries(speakers), named


def has_side(dispute: r.Dispute, stance: str, wanted: str | tuple[str, ...], of: Readout) -> bool:
    """Say whether the side is held by the country, or by a holder with one of the names."""
    countries, names = holders_on(dispute, (stance,), of)
    return wanted in countries if isinstance(wanted, str) else not wanted or any(fold(w) in names for w in wanted)


def missing_dispute(want: ExpectedDispute, of: Readout) -> str | None:
    """Say that no dispute is the expected one; None where it is found."""
    kinds = want.kind_any or ((want.kind,) if want.kind else ())
    for dispute in of.reading.disputes:
        everyone = holders_on(dispute, ("assert", "deny"), of)[1]
        if (
            (not kinds or dispute.kind in kinds)
            and (not want.words or fold(want.words) in fold(dispute.proposition))
            and all(fold(name) in everyone for name in want.holders)
            and has_side(dispute, "assert", want.asserted_by, of)
            and has_side(dispute, "deny", want.denied_by, of)
        ):
            return None
    return f"dispute {want.id}"


def office_words(office: str | None) -> set[str]:
    """Give the words of an office, so that "minister of defence" and "defence minister" are one."""
    return set((office or "").lower().split()) - {"of", "the", "for"}


def missing_actor(want: ExpectedActor, of: Readout) -> str | None:
    """Say why no actor is the expected one; None where it is found."""
    words = want.name.split()
    named = [a for a in of.reading.actors if all(fold(w) in fold(a.name) for w in (words[0], words[-1]))]
    sectors = want.sector_any or ((want.sector,) if want.sector else ())
    for actor in named:
        if (
            (not want.country or actor.country == want.country)
            and (not sectors or actor.sector in sectors)
            and (not want.kind or actor.kind == want.kind)
            and office_words(want.office) <= office_words(actor.office)
            and len(actor.mentions) >= want.mentions_at_least
        ):
            return None
    got = [(a.name, a.kind, a.country, a.sector, a.office, len(a.mentions)) for a in named]
    return f"actor {want.name}: {got[:2]}"


def missing_date(want: ExpectedDate, of: Readout) -> str | None:
    """Say why no expression of time is the expected one; None where it is found."""
    got = []
    for found in of.reading.dates:
        ours, theirs = fold(of.words(found.span)), fold(want.words)
        if not ours or (theirs not in ours and not (ours in theirs and len(ours) > 0.4 * len(theirs))):
            continue
        when = found.when
        got.append((of.words(found.span), when.start, when.end, when.precision, when.basis, when.value))
        if (
            (not want.value or (when.start, when.end) == want.value)
            and (not want.precision or when.precision == want.precision)
            and (not want.basis or when.basis == want.basis)
            and (not want.partial or when.value == want.partial)
        ):
            return None
    return f"date '{want.words}': {got[:2]}"


def is_matched(event: r.Event, pattern: EventPattern, of: Readout) -> bool:
    """Say whether an event is one of those that a pattern describes."""
    types = pattern.type_any or ((pattern.type,) if pattern.type else ())
    return (
        (not types or event.type in types)
        and (not pattern.source or pattern.source in of.countries(event.sources))
        and (not pattern.target or pattern.target in of.countries(event.targets))
        and set(pattern.parties) <= of.countries(event.sources + event.targets)
        and (not pattern.source_name or fold(pattern.source_name) in of.names(event.sources))
        and (not pattern.trigger_any or any(fold(t) in of.triggers(event) for t in pattern.trigger_any))
    )


def offences(rule: Forbidden, of: Readout) -> Iterator[str]:
    """Name what the reading says that it must not say."""
    if rule.asserted:
        for event in of.reading.events:
            if is_matched(event, rule.asserted, of) and of.is_asserted(event):
                sides = f"{of.countries(event.sources)} > {of.countries(event.targets)}"
                yield f"asserted {event.type} {sides} by {of.triggers(event)}"
    if rule.max_events:
        number = sum(is_matched(e, rule.max_events, of) for e in of.reading.events)
        if number > rule.max_events.n:
            yield f"{number} events of {rule.max_events.type or '/'.join(rule.max_events.type_any)}"
    for actor in of.reading.actors:
        kind, country = rule.actor_kind, rule.actor_country
        if kind and fold(kind.name) in fold(actor.name) and actor.kind == kind.wrong:
            yield f"{actor.name} as {actor.kind}"
        if country and fold(country.name) in fold(actor.name) and actor.country == country.wrong:
            yield f"{actor.name} of {actor.country}"


def check_reading(reading: r.Reading, undated: r.Reading, want: ExpectedReading) -> Outcome:
    """Hold the readings of a report against what is expected.

    Args:
        reading: Of the report with its day of publication.
        undated: Of the same report without it.
        want: The careful reader's.
    """
    of, without = read_out(reading), read_out(undated)
    results = [
        *((item.optional, missing_event(item, of)) for item in want.events),
        *((item.optional, missing_statement(item, of)) for item in want.statements),
        *((item.optional, missing_dispute(item, of)) for item in want.disputes),
        *((item.optional, missing_actor(item, of)) for item in want.actors),
        *((item.optional, missing_date(item, of)) for item in want.dates),
        *((item.optional, missing_date(item, without)) for item in want.without_published),
    ]
    required = [miss for is_optional, miss in results if not is_optional]
    return Outcome(
        found=required.count(None),
        wanted=len(required),
        misses=tuple(miss for miss in required if miss),
        optional_misses=tuple(miss for is_optional, miss in results if is_optional and miss),
        forbidden=tuple(offence for rule in want.forbidden for offence in offences(rule, of)),
    )
