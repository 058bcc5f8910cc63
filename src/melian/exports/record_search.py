"""Finding records of a reading by an id, by the beginning of one, or by words of the report."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from melian.errors import MelianError
from melian.exports.visible import show_line
from melian.records import Actor, Claim, Dispute, Event, Reading, Span, Statement

Record = Actor | Statement | Event | Claim | Dispute


class UnknownRecord(MelianError):
    """An id that leads to no record, or to several."""


def find_record(reading: Reading, wanted: str) -> Record:
    """Find a record by its id or by a beginning of it that no other id has.

    Raises:
        UnknownRecord: No id begins so, or several do.
    """
    records: dict[str, Record] = {}
    for group in (reading.actors, reading.statements, reading.events, reading.claims, reading.disputes):
        records |= {record.id: record for record in group}
    if wanted in records:
        return records[wanted]
    shown = show_line(wanted, 40)
    begun = [name for name in records if wanted and name.startswith(wanted)]
    if len(begun) == 1:
        return records[begun[0]]
    if begun:
        raise UnknownRecord(f"{shown!r} begins {len(begun)} ids", f"one of {_listed(begun)}", "Write more of it")
    near = get_close_matches(wanted, records, n=5, cutoff=0.4) or [n for n in records if n[:1] == wanted[:1]]
    raise UnknownRecord(
        f"No record of this report has the id {shown!r}, and none stands at such words",
        f"an id such as {_listed(near or list(records))}, or words of the report" if records else "",
        "Run `melian read` with the same options to see the ids" if records else "The reading holds no records",
    )


def find_records(reading: Reading, wanted: str) -> list[Record]:
    """Find the record of an id or of its beginning, or all that stand at words of the report.

    At a word stand the events that it tells and the statements whose cue it is; where there is none of these, the
    actors whom it names.

    Raises:
        UnknownRecord: There is no such record.
    """
    try:
        return [find_record(reading, wanted)]
    except UnknownRecord:
        found = list(_records_at(reading, wanted)) if wanted.strip() else []
        if not found:
            raise
        return found


def _records_at(reading: Reading, words: str) -> Iterator[Record]:
    places = list(_places_of(words, reading.report.text))
    told: list[Record] = [e for e in reading.events if _touches(places, (m.trigger for m in e.mentions))]
    told += [s for s in reading.statements if s.cue is not None and _touches(places, [s.cue.span])]
    yield from told or [a for a in reading.actors if _touches(places, a.mentions)]


def _places_of(words: str, text: str) -> Iterator[Span]:
    """Give every place where the words stand, in any letters."""
    # Capitals become small one by one: what grows by it ("İ") would move everything behind it.
    sought, within = ("".join(c.lower() if len(c.lower()) == 1 else c for c in part) for part in (words.strip(), text))
    start = within.find(sought)
    while start >= 0:
        yield start, start + len(sought)
        start = within.find(sought, start + len(sought))


def _touches(places: list[Span], spans: Iterator[Span] | list[Span] | tuple[Span, ...]) -> bool:
    return any(start < end_ and start_ < end for start_, end_ in spans for start, end in places)


def _listed(names: list[str]) -> str:
    return ", ".join(show_line(name, 40) for name in names[:8]) + (", …" if len(names) > 8 else "")
