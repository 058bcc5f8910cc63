"""Whole reports in the register of agencies and newspapers, with their events: `reports/*.jsonl`, read strictly."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec
from passages import HERE, BadPassage, allowed_modes

from melian.records import Span

FOLDER = HERE / "reports"
PUBLISHED = "2024-05-10"
"""Day from which reports without a date of their own are read."""
STATES = {"KOS": "XKX", "SUN": "RUS", "YUG": "SRB", "DDR": "DEU", "NCL": "FRA", "CSK": "CZE"}
"""Codes that coders gave, and those of the states that the reader has for them."""


class Done(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One event of a report.

    Attributes:
        type: PLOVER type.
        trigger: The words of each of its tellings.
        source: Words that name who acts.
        source_countries: The countries of these.
        target: Words that name whom it meets.
        target_countries: The countries of these.
    """

    type: str
    trigger: tuple[str, ...]
    source: tuple[str, ...]
    source_countries: tuple[str, ...]
    target: tuple[str, ...]
    target_countries: tuple[str, ...]

    def sides(self) -> Iterator[tuple[tuple[str, ...], frozenset[str]]]:
        """Yield the words of each side with its countries, as the reader codes them."""
        for words, codes in ((self.source, self.source_countries), (self.target, self.target_countries)):
            yield words, frozenset(STATES.get(code, code) for code in codes)


class CodedReport(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One report with its events, in the order of their first triggers."""

    id: str
    text: str
    events: tuple[Done, ...]


def reports() -> Iterator[CodedReport]:
    """Read all reports, every line checked.

    Raises:
        BadPassage: A line is no report, names an unknown type, or words that its text does not have.
    """
    decoder = msgspec.json.Decoder(CodedReport)
    for path in sorted(FOLDER.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                report = decoder.decode(line)
                _check(report)
            except (msgspec.DecodeError, BadPassage) as error:
                raise BadPassage(f"{path.name}, line {number}: {error}") from error
            yield report


def _check(report: CodedReport) -> None:
    for event in report.events:
        if event.type not in allowed_modes():
            raise BadPassage(f"{report.id}: {event.type!r} is no type")
        missing = [w for w in (*event.trigger, *event.source, *event.target) if w not in report.text]
        if missing or not event.trigger:
            raise BadPassage(f"{report.id}: {missing or 'no trigger'!r} is not in the text")


def spans_of(text: str, words: str) -> list[Span]:
    """Give where words stand in a text, as whole words."""
    return [m.span() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
