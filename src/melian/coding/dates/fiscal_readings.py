"""What the words of fiscal years and their quarters mean, and whose fiscal year it is."""

from __future__ import annotations

import re

from melian.coding.dates.amounts import ordinal_of
from melian.coding.dates.matching import Match, Reading, edge_of
from melian.coding.dates.meaning import Beginning, Meaning
from melian.coding.dates.passage import Passage
from melian.coding.dates.spans_of_days import day_of, days_after, months_of
from melian.knowledge.dates import FiscalYear, fiscal_years

_ENDING = frozenset({"ends", "ended", "ending", "to"})
_BEFORE = frozenset({"ended", "last"})
_CALENDAR: Beginning = (1, 1, True)
_OF_FIRMS = frozenset({"BUS", "MNC"})


def _fiscal(match: Match) -> Meaning | None:
    quarter = int(match.word("q")[1:]) if "q" in match.groups else ordinal_of(match.words("o")) or None
    if quarter is not None and not 1 <= quarter <= 4:
        return None
    half = (1 if match.word("h") == "first" else 2) if "h" in match.groups else None
    known = fiscal_year_of(match.passage, match.start, match.end)
    beginnings: tuple[Beginning, ...] = tuple(
        dict.fromkeys(_beginning(row) for row in fiscal_years() if known is None or row.id == known.id)
    )
    year = _full(match.word("y") or match.word("fy"))
    year_shift, shift = None, match.number("r", "RELATIVE")
    if "fe" in match.groups:
        is_end = match.word("fe") in _ENDING
        first = _day_after_end(match) if is_end else _day_of_beginning(match)
        if first is None:
            return None
        named = not is_end if match.word("y") or known is None else known.named == "first"
        beginnings = ((*first, named if year is not None else not is_end),)
        if "r" in match.groups and match.groups["r"][0] > match.groups["fe"][0]:
            year_shift, shift = shift, None
        elif shift is None and year is None and quarter is None:
            shift = -1 if match.word("fe") in _BEFORE else 0
    elif match.rule == "fiscal-edge" and year is None and shift is None:
        shift = 0
    if "y2" in match.groups and year is not None:
        if int(match.word("y2")) % 100 != (year + 1) % 100:
            return None
        # "2022-23" says both years, however the state names the whole; it lies in one year nowhere.
        is_first = known is not None and known.named == "first"
        year = year if is_first else year + 1
        beginnings = tuple(dict.fromkeys((*one[:2], is_first) for one in beginnings if one[:2] != (1, 1)))
    return Meaning(
        "fiscal", year=year, year_shift=year_shift, shift=shift, quarter=quarter, half=half, edge=edge_of(match),
        beginnings=beginnings, is_spelt_out="fe" in match.groups,
    )  # fmt: skip


def _fiscal_quarter_now(match: Match) -> Meaning | None:
    """Read "the last financial quarter", where the quarters of the fiscal year are those of the calendar."""
    known = fiscal_year_of(match.passage, match.start, match.end)
    month, day, _ = _beginning(known) if known is not None else _CALENDAR
    if day != 1 or month % 3 != 1:
        return None
    return Meaning("unit", unit="Q", amount=match.number("r", "RELATIVE"))


def fiscal_year_of(passage: Passage, start: int, end: int) -> FiscalYear | None:
    """Find the state whose fiscal year is meant: the one named nearest before, in the sentence first, else behind.

    Args:
        passage: The report.
        start: First piece of the expression.
        end: Behind its last piece.

    Returns:
        None where the report names no state with a known fiscal year, or a company that is free to have its own.
    """
    from melian.coding.actors.names import find_names

    at, behind = passage.token(start), passage.token(end - 1)
    if at is None or behind is None:
        return None
    sentence = passage.sentence(passage.pieces[start].start)
    rows = {row.id: row for row in fiscal_years()}
    chosen: tuple[tuple[bool, bool, int], FiscalYear | None] | None = None
    for match in find_names(passage.doc, None):
        one = match.readings[0]
        row = rows.get(one.country or "")
        is_free = one.sector in _OF_FIRMS and not (row is not None and row.firms == "yes")
        if row is None and not is_free:
            continue
        is_elsewhere = passage.sentence(passage.doc[match.start].idx) != sentence
        is_behind = match.start >= at.i
        rank = (is_elsewhere, is_behind, abs(match.start - (behind.i if is_behind else at.i)))
        if chosen is None or rank < chosen[0]:
            chosen = rank, None if is_free else row
    return chosen[1] if chosen is not None else None


def _beginning(row: FiscalYear) -> Beginning:
    month, day = (int(part) for part in row.begins.split("-"))
    return month, day, row.named == "first"


def _full(word: str) -> int | None:
    digits = re.sub(r"\D", "", word)
    if not digits:
        return None
    return int(digits) if len(digits) == 4 else int(digits) + (1900 if int(digits) > 69 else 2000)


def _day_of_beginning(match: Match) -> tuple[int, int] | None:
    month, day = match.number("m", "MONTH") or 0, int(re.sub(r"\D", "", match.word("d")) or 1)
    return (month, day) if day_of(2000, month, day) else None


def _day_after_end(match: Match) -> tuple[int, int] | None:
    month, written = match.number("m", "MONTH") or 0, re.sub(r"\D", "", match.word("d"))
    days = day_of(2001, month, int(written)) if written else months_of(2001, month)
    following = days_after(days[1], 1) if days else None
    return (following.month, following.day) if following else None


FISCAL_READINGS: dict[str, Reading] = {"fiscal": _fiscal, "fiscalnow": _fiscal_quarter_now}
