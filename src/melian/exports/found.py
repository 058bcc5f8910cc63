"""What an archive holds on a question, each happening once: events that linking found to be one stand together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from melian.records import Dispute, Side

if TYPE_CHECKING:
    from melian.archive import Archive

Filter = Mapping[str, str | int | None]
Key = tuple[str, str]
"""A report and an event of it."""
_COLUMNS = ("report", "event", "first_day", "last_day", "standing", "corrected", "published")


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """One event of one report.

    Attributes:
        report: The report's id.
        event: The event's, which holds within the report.
        first_day: Of the event.
        last_day: Of the event.
        standing: According to whom it happened, in this report.
        corrected: What reviewers did to it; empty for nothing.
        published: When the report was.
    """

    report: str
    event: str
    first_day: date | None
    last_day: date | None
    standing: str
    corrected: str | None
    published: date | None

    @property
    def key(self) -> Key:
        """Where it stands."""
        return (self.report, self.event)


class ToldFigure(msgspec.Struct, frozen=True, kw_only=True):
    """How many dead or injured somebody tells of in one report.

    Attributes:
        what: "dead" or "injured".
        figure: "at least 12".
        holder: Who says so.
        published: When the report was.
        report: Its id.
        event: The event's.
    """

    what: str
    figure: str
    holder: str
    published: date | None
    report: str
    event: str


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """One happening.

    Attributes:
        first: Its first day: the narrowest that is told.
        last: Its last day.
        standing: According to whom it happened, over all reports.
        tellings: Its events of reports that fit the question, in the order of publication; at least one.
    """

    first: date | None
    last: date | None
    standing: str
    tellings: tuple[Telling, ...]

    @property
    def begin(self) -> date:
        """The day by which it stands in order; what has none comes last."""
        return self.first or self.last or date.max


def find_happenings(archive: Archive, questions: Sequence[Filter], most: int) -> tuple[list[Found], int]:
    """Find the first happenings that fit, and count the others.

    Args:
        archive: The archive; where it is not linked, each event of a report is a happening.
        questions: Filters of `Archive.events`; what fits one of them is taken.
        most: How many happenings are taken.
    """
    answers = [archive.events(**question).select(_COLUMNS) for question in questions]
    keys = {key for answer in answers for key in zip(*(answer[name].to_pylist() for name in _COLUMNS[:2]), strict=True)}
    linked = linked_of(archive, keys)
    tellings: dict[str, dict[Key, Telling]] = defaultdict(dict)
    for answer in answers:
        for row in answer.to_pylist():
            one = msgspec.convert(row, Telling)
            tellings[linked[one.key]][one.key] = one
    whole = _linked_events(archive, [name for name, found in tellings.items() if len(found) > 1])
    found = [_together(list(told.values()), whole.get(name)) for name, told in tellings.items()]
    found.sort(key=lambda one: (one.begin, *one.tellings[0].key))
    return found[:most], max(0, len(found) - most)


def linked_of(archive: Archive, keys: Iterable[Key]) -> dict[Key, str]:
    """Give the linked event of each event; one that is not linked has a name of its own."""
    reports, events = zip(*sorted(keys), strict=True) if keys else ((), ())
    rows = archive.sql(
        "SELECT report, event, linked FROM links SEMI JOIN "
        "(SELECT unnest($reports::VARCHAR[]) AS report, unnest($events::VARCHAR[]) AS event) USING (report, event)",
        {"reports": list(reports), "events": list(events)},
    )
    return {(row["report"], row["event"]): row["linked"] for row in rows.to_pylist()}


def contradictions_of(archive: Archive, keys: Iterable[Key]) -> list[tuple[str, Dispute]]:
    """Give, as disputes of single reports, who takes which side of what some assert and others deny in all reports.

    Args:
        archive: The archive.
        keys: Events; those that are linked with them in other reports are looked at as well.
    """
    rows = archive.sql(
        "SELECT linked, report, event, claim, holder, identity, stance FROM linked_accounts "
        "WHERE linked IN (SELECT unnest($names::VARCHAR[])) AND stance IN ('assert', 'deny') "
        "ORDER BY linked, report, event, claim",
        {"names": sorted(set(linked_of(archive, keys).values()))},
    ).to_pylist()
    voices: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        voices[row["linked"], row["stance"]].add(row["identity"])
    sides: dict[Key, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        asserting, denying = (voices[row["linked"], stance] for stance in ("assert", "deny"))
        # One voice alone that says both contradicts nobody.
        if asserting and denying and len(asserting | denying) > 1:
            sides[row["report"], row["event"]][row["stance"]].append((row["holder"], row["claim"]))
    return [
        (
            report,
            Dispute(
                id=f"{event}-{stance}",
                about=event,
                kind="contradiction",
                proposition="",
                sides=(
                    Side(
                        stance=stance,  # type: ignore[arg-type]
                        holders=tuple(dict.fromkeys(holder for holder, _ in taken)),
                        claims=tuple(claim for _, claim in taken),
                    ),
                ),
            ),
        )
        for (report, event), stances in sides.items()
        for stance, taken in stances.items()
    ]


def figures_of(archive: Archive, keys: Iterable[Key]) -> list[tuple[ToldFigure, ...]]:
    """Give the numbers of dead and of injured that reports tell of one happening, where they differ, as time goes on.

    Args:
        archive: The archive.
        keys: Events; what is told of them in other reports, with which they are linked, is looked at as well.
    """
    rows = archive.sql(
        "SELECT linked, what, figure, holder_name AS holder, published, report, event FROM figures "
        "WHERE linked IN (SELECT unnest($names::VARCHAR[])) ORDER BY linked, what, published, report, holder_name",
        {"names": sorted(set(linked_of(archive, keys).values()))},
    ).to_pylist()
    told: dict[tuple[str, str], list[ToldFigure]] = defaultdict(list)
    for row in rows:
        told[row.pop("linked"), row["what"]].append(msgspec.convert(row, ToldFigure))
    differing = (found for found in told.values() if len({one.figure for one in found}) > 1)
    return [tuple(found) for found in differing if len({one.report for one in found}) > 1]


def _linked_events(archive: Archive, names: list[str]) -> dict[str, Mapping[str, object]]:
    rows = archive.sql(
        "SELECT linked, first_day, last_day, standing FROM told_linked_events "
        "WHERE linked IN (SELECT unnest($names::VARCHAR[]))",
        {"names": names},
    )
    return {row["linked"]: row for row in rows.to_pylist()}


def _together(tellings: list[Telling], whole: Mapping[str, object] | None) -> Found:
    ordered = tuple(sorted(tellings, key=lambda one: (one.published or date.max, *one.key)))
    first = ordered[0]
    if whole is None:
        return Found(first=first.first_day, last=first.last_day, standing=first.standing, tellings=ordered)
    days = {"first": whole["first_day"], "last": whole["last_day"], "standing": whole["standing"]}
    return msgspec.convert({**days, "tellings": ordered}, Found)
