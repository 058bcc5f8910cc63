"""What a brief is made of: happenings, sayings and quarrels, each with quotations and their references."""

from __future__ import annotations

from datetime import date

import msgspec

from melian.records import Span


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """Words of a report.

    Attributes:
        words: As they stand, on one line.
        reference: The number of the report in the brief's references.
        span: Where they stand in the report's text.
    """

    words: str
    reference: int
    span: Span


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """One report that is quoted."""

    number: int
    report: str
    title: str
    outlet: str
    published: str
    url: str


class Happening(msgspec.Struct, frozen=True, kw_only=True):
    """One event, told by one report or by several.

    Attributes:
        parties: Who did it to whom.
        type: What, in words and codes.
        facts: When, where, how many dead or injured.
        standing: According to whom it happened, in one word.
        according: The same in full.
        corrected: What reviewers did to it; empty for nothing.
        reports: How many reports tell it.
        quotes: The sentences that tell it.
    """

    parties: str
    type: str
    facts: tuple[str, ...]
    standing: str
    according: str
    corrected: str
    reports: int
    quotes: tuple[Quote, ...]


class Saying(msgspec.Struct, frozen=True, kw_only=True):
    """One statement: what its speaker does by it, when it was published, its words."""

    act: str
    published: str
    quotes: tuple[Quote, ...]


class Position(msgspec.Struct, frozen=True, kw_only=True):
    """One holder of a side of a dispute, with its words."""

    stance: str
    holder: str
    quotes: tuple[Quote, ...]


class Quarrel(msgspec.Struct, frozen=True, kw_only=True):
    """One dispute and its sides."""

    title: str
    positions: tuple[Position, ...]


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """What the charts show of one event: its days, whether it is conflict, and where it was."""

    first: date | None
    last: date | None
    is_conflict: bool
    place: str
    lat: float | None
    lon: float | None
    is_country: bool


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """A brief, ready to be written.

    Attributes:
        title: What it is about.
        question: The filters, in words.
        standings: How many happenings there are of each standing.
        days: What happened, by the first day; the last are those without a day.
        speakers: Who said what.
        disputes: What is disputed.
        references: The reports.
        counted: What the charts show.
        left_out: How many happenings fit and are not in it.
        made_by: The versions that read the reports.
    """

    title: str
    question: str
    standings: tuple[tuple[str, int], ...]
    days: tuple[tuple[str, tuple[Happening, ...]], ...]
    speakers: tuple[tuple[str, tuple[Saying, ...]], ...]
    disputes: tuple[Quarrel, ...]
    references: tuple[Reference, ...]
    counted: tuple[Counted, ...]
    left_out: int
    made_by: tuple[str, ...]

    @property
    def counts(self) -> str:
        """How much is in it, and how much is left out, in words."""
        events, reports = _counted(len(self.counted), "event"), _counted(len(self.references), "report")
        more = f"; {_counted(self.left_out, 'more event')} left out" if self.left_out else ""
        return f"{events} in {reports}{more}"


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
