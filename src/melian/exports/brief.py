"""A brief: what an archive holds on a question, every sentence with its place in a report. Start reading here.

Nothing is written that is not in the archive: titles are made of its records, and the rest is quoted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import replace

from melian.exports.dossier import (
    Brief,
    Counted,
    Happening,
    Position,
    Quarrel,
    Quote,
    Reference,
    Saying,
)
from melian.exports.found import (
    Filter,
    Found,
    Key,
    Telling,
    ToldFigure,
    contradictions_of,
    figures_of,
    find_happenings,
    linked_of,
)
from melian.exports.visible import clamp, excerpt, show_line
from melian.exports.wording import (
    Lookup,
    claims_told,
    describe_count,
    describe_days,
    describe_dispute,
    describe_parties,
    describe_type,
    describe_when,
    describe_where,
    in_quotes,
    name_country,
)
from melian.records import Dispute, Event, Reading, Span, Statement

if TYPE_CHECKING:
    from melian.archive import Archive

MOST = 1_000
"""How many happenings a brief holds at most, unless another number is asked for: more is a data set and not a brief."""
_LONGEST_QUOTE = 700
_BEGINNING = 80


def gather(archive: Archive, filters: Filter, *, title: str = "", both_ways: bool = False, most: int = MOST) -> Brief:
    """Gather what an archive holds on a question.

    Args:
        archive: The archive; what reviewers corrected is taken as corrected.
        filters: Those of `Archive.events`.
        title: What it is about; made from the filters where it is empty.
        both_ways: Take also what the target did to the source.
        most: How many happenings it holds at most.

    Raises:
        BadQuestion: A filter cannot be used.
    """
    asked = {name: value for name, value in filters.items() if value is not None and name != "limit"}
    questions: list[Filter] = [asked]
    if both_ways:
        questions.append({**asked, "source": asked.get("target"), "target": asked.get("source")})
    taken, left_out = find_happenings(archive, questions, most)
    wanted: dict[str, set[str]] = defaultdict(set)
    for one in taken:
        for telling in one.tellings:
            wanted[telling.report].add(telling.event)
    said = _other_statements(archive, asked, most)
    keys = {telling.key for one in taken for telling in one.tellings}
    between, figures = contradictions_of(archive, keys), figures_of(archive, keys)
    told = {one.report for group in figures for one in group}
    reports = {*wanted, *said, *told, *(report for report, _ in between)}
    lookups = {report: Lookup(reading) for report, reading in archive.readings_of(reports).items()}
    numbers = _numbers(lookups)
    sheet = _Sheet(lookups, numbers)
    disputes = [*sheet.disputes(wanted), *between]
    linked = linked_of(archive, {(report, dispute.about or "") for report, dispute in disputes})
    return Brief(
        title=show_line(title, 200) or _title(asked, both_ways),
        question=_question(asked, both_ways),
        standings=tuple(sorted(Counter(one.standing for one in taken).items())),
        days=tuple(sheet.days(taken)),
        speakers=tuple(sheet.speakers(wanted, said)),
        disputes=(*sheet.quarrels(disputes, linked), *sheet.tolls(figures)),
        references=tuple(_reference(numbers[report], lookups[report].reading) for report in numbers),
        counted=tuple(sheet.counted(taken)),
        left_out=left_out,
        made_by=tuple(sorted({_made_by(lookup.reading) for lookup in lookups.values()})),
    )


def _other_statements(archive: Archive, asked: Filter, most: int) -> dict[str, set[str]]:
    """Find statements that are about no event, where the question is not about events of some kind."""
    if any(name in asked for name in ("source", "target", "type")):
        return {}
    found: dict[str, set[str]] = defaultdict(set)
    for row in archive.statements(**asked, limit=most).select(["report", "statement"]).to_pylist():
        found[str(row["report"])].add(str(row["statement"]))
    return found


class _Sheet:
    """Readings by their reports, and the numbers under which the brief refers to these."""

    def __init__(self, lookups: Mapping[str, Lookup], numbers: Mapping[str, int]) -> None:
        self._lookups = lookups
        self._numbers = numbers

    def days(self, found: Sequence[Found]) -> Iterator[tuple[str, tuple[Happening, ...]]]:
        """Group happenings by their days; what is known to the month alone stands under the month."""
        groups: dict[tuple[date | None, date | None], list[Happening]] = defaultdict(list)
        for one in sorted(found, key=lambda one: (one.begin, one.last or date.max)):
            if happening := self._happening(one):
                groups[one.first, one.last].append(happening)
        for (first, last), happenings in groups.items():
            words = describe_days(first, last) if first or last else "Day not known"
            # The day that stands above need not stand beside each again.
            yield (
                words[:1].upper() + words[1:],
                tuple(replace(one, facts=tuple(fact for fact in one.facts if fact != words)) for one in happenings),
            )

    def _happening(self, found: Found) -> Happening | None:
        """Lay a happening out as its first report tells it; facts that others tell otherwise stand beside those."""
        tellings = [(lookup, event) for one in found.tellings for lookup, event in self._events(one)]
        if not tellings:
            return None
        lookup, event = tellings[0]
        facts = [fact for lookup, event in tellings for fact in _facts(event)]
        return Happening(
            parties=describe_parties(event, lookup),
            type=describe_type(event),
            facts=tuple(dict.fromkeys(fact for fact in facts if fact)),
            standing=found.standing,
            according="; ".join(dict.fromkeys(words for where, one in tellings for words in claims_told(one, where))),
            corrected=next((one.corrected for one in found.tellings if one.corrected), ""),
            reports=len({one.report for one in found.tellings}),
            quotes=tuple(
                dict.fromkeys(
                    quote
                    for where, one in tellings
                    for quote in self._quotes(where, (mention.sentence for mention in one.mentions))
                )
            ),
        )

    def _events(self, telling: Telling) -> Iterator[tuple[Lookup, Event]]:
        lookup = self._lookups[telling.report]
        if event := lookup.events.get(telling.event):
            yield lookup, event

    def speakers(
        self, wanted: Mapping[str, set[str]], said: Mapping[str, set[str]]
    ) -> Iterator[tuple[str, tuple[Saying, ...]]]:
        """Group the statements that hold something of the events by their speakers, those who say most first."""
        groups: dict[str, dict[tuple[object, ...], Saying]] = defaultdict(dict)
        for report in self._numbers:
            lookup = self._lookups[report]
            holders = {claim.holder for claim in lookup.reading.claims if claim.event in wanted.get(report, set())}
            for statement in lookup.reading.statements:
                if statement.id in holders or statement.id in said.get(report, set()):
                    saying = Saying(
                        act=statement.act,
                        published=show_line(lookup.reading.report.published or "date not known", 40),
                        quotes=self._quotes(lookup, statement.content),
                    )
                    # What several reports quote in the same words stands once, as the first of them has it.
                    sayings = groups[_speaker(lookup, statement)]
                    same = (saying.act, *(quote.words for quote in saying.quotes))
                    first = sayings.get(same)
                    sayings[same] = replace(first, quotes=first.quotes + saying.quotes) if first else saying
        for speaker in sorted(groups, key=lambda name: (-len(groups[name]), name)):
            yield speaker, tuple(sorted(groups[speaker].values(), key=lambda saying: saying.published))

    def disputes(self, wanted: Mapping[str, set[str]]) -> Iterator[tuple[str, Dispute]]:
        """Give the disputes about the events, or about claims of them, each with its report."""
        for report in self._numbers:
            events, reading = wanted.get(report, set()), self._lookups[report].reading
            claims = {claim.id for claim in reading.claims if claim.event in events}
            for dispute in reading.disputes:
                if dispute.about in events or any(claims.intersection(side.claims) for side in dispute.sides):
                    yield report, dispute

    def quarrels(self, disputes: Iterable[tuple[str, Dispute]], linked: Mapping[Key, str]) -> Iterator[Quarrel]:
        """Lay disputes out; those of one kind about one linked event are one."""
        groups: dict[tuple[str, ...], list[tuple[str, Dispute]]] = defaultdict(list)
        for report, dispute in disputes:
            happening = linked.get((report, dispute.about or ""))
            groups[(dispute.kind, happening) if happening else (report, dispute.id)].append((report, dispute))
        for together in groups.values():
            positions: dict[tuple[str, str], Position] = {}
            for report, dispute in together:
                for one in self._positions(self._lookups[report], dispute):
                    first = positions.get((one.stance, one.holder))
                    quotes = dict.fromkeys((*(first.quotes if first else ()), *one.quotes))
                    positions[one.stance, one.holder] = replace(one, quotes=tuple(quotes))
            report, dispute = together[0]
            yield Quarrel(
                title=describe_dispute(dispute, self._lookups[report]),
                positions=tuple(sorted(positions.values(), key=lambda one: one.stance)),
            )

    def _positions(self, lookup: Lookup, dispute: Dispute) -> Iterator[Position]:
        spans = {claim.id: claim.span for claim in lookup.reading.claims}
        for side in dispute.sides:
            for holder in side.holders:
                statement = lookup.statements.get(holder)
                own = statement.content if statement is not None else [spans[c] for c in side.claims if c in spans]
                yield Position(
                    stance="asserts" if side.stance == "assert" else "denies",
                    holder=lookup.holder_of(holder, side),
                    quotes=self._quotes(lookup, own),
                )

    def tolls(self, figures: Iterable[Sequence[ToldFigure]]) -> Iterator[Quarrel]:
        """Lay out the numbers that reports tell of one happening, each with who says so and when it was published."""
        for told in figures:
            positions = []
            for one in told:
                lookup = self._lookups[one.report]
                event = lookup.events.get(one.event)
                sentences = [mention.sentence for mention in event.mentions] if event is not None else []
                day = describe_days(one.published, one.published) if one.published else "date not known"
                positions.append(
                    Position(
                        stance=f"says {one.figure} {one.what}, published {day}",
                        holder=show_line(one.holder, 200),
                        quotes=self._quotes(lookup, sentences),
                    )
                )
            first = self._lookups[told[0].report]
            event = first.events.get(told[0].event)
            about = (
                f"{describe_parties(event, first)}: {describe_type(event)}" if event is not None else "What was told"
            )
            yield Quarrel(title=f"{about}; reports differ on the {told[0].what}", positions=tuple(positions))

    def counted(self, found: Iterable[Found]) -> Iterator[Counted]:
        """Give what the charts show."""
        for one in found:
            events = [event for telling in one.tellings for _, event in self._events(telling)]
            if not events:
                continue
            place = next((event.place for event in events if event.place is not None), None)
            yield Counted(
                first=one.first,
                last=one.last,
                is_conflict=events[0].quad > 2,
                place=describe_where(place) if place is not None else "",
                lat=place.lat if place is not None else None,
                lon=place.lon if place is not None else None,
                is_country=place is not None and place.precision in ("country", "region", None),
            )

    def _quotes(self, lookup: Lookup, spans: Iterable[Span]) -> tuple[Quote, ...]:
        report = lookup.reading.report
        found = []
        for span in spans:
            cut = clamp(span, len(lookup.text))
            if words := show_line(excerpt(lookup.text, cut), _LONGEST_QUOTE):
                found.append(Quote(words=words, reference=self._numbers[report.id], span=cut))
        return tuple(found)


def _facts(event: Event) -> Iterator[str]:
    yield describe_when(event.date) if event.date else ""
    yield describe_where(event.place) if event.place else ""
    yield describe_count(event.dead, "dead") if event.dead else ""
    yield describe_count(event.injured, "injured") if event.injured else ""


def _speaker(lookup: Lookup, statement: Statement) -> str:
    actor = lookup.actors.get(statement.speaker or "")
    return lookup.party_of(actor.id) if actor is not None else lookup.speaker_of(statement)


def _numbers(lookups: Mapping[str, Lookup]) -> dict[str, int]:
    """Number the reports by their days of publication."""
    ordered = sorted(lookups, key=lambda report: (lookups[report].reading.report.published or "~", report))
    return {report: number for number, report in enumerate(ordered, 1)}


def _reference(number: int, reading: Reading) -> Reference:
    report = reading.report
    return Reference(
        number=number,
        report=show_line(report.id, 120),
        title=show_line(report.title, 300) if report.title else in_quotes(show_line(report.text, _BEGINNING)),
        outlet=show_line(report.outlet or "outlet not known", 120),
        published=show_line(report.published or "date not known", 40),
        url=show_line(report.url or "", 2_000),
    )


def _title(asked: Filter, both_ways: bool) -> str:
    source, target = asked.get("source"), asked.get("target")
    arrow = "and" if both_ways else "→"
    named = [_party(str(party)) if party else "anybody" for party in (source, target)]
    parties = f"{named[0]} {arrow} {named[1]}" if source or target else "What the archive holds"
    words = [parties, asked.get("type"), asked.get("between")]
    return show_line(", ".join(str(part) for part in words if part), 200)


def _party(asked: str) -> str:
    return name_country(asked.upper()) or asked if len(asked) == 3 else asked


def _question(asked: Filter, both_ways: bool) -> str:
    words = [f"{name.replace('_', ' ')}: {value}" for name, value in asked.items()]
    return show_line("; ".join([*words, *(["both ways"] if both_ways else [])]), 600) or "everything"


def _made_by(reading: Reading) -> str:
    by = reading.produced_by
    return show_line(f"Melian {by.melian} with {by.model}, knowledge {by.knowledge}", 300)
