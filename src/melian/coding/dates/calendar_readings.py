"""What the words of days, months, years and feasts mean: from the pieces of a match to a `Meaning`."""

from __future__ import annotations

import re

from msgspec.structs import replace

from melian.coding.dates import guards
from melian.coding.dates.amounts import amount_of, ordinal_of
from melian.coding.dates.matching import Match, Reading, edge_of, unit_of
from melian.coding.dates.meaning import Meaning, part_of_clock
from melian.knowledge.dates import values_of


def _year(match: Match) -> Meaning:
    """Read the year's part of a match alone."""
    year = match.word("y")
    return Meaning(
        "calendar", year=int(year) if year else None, year_shift=match.number("r", "RELATIVE") if not year else None
    )


def _calendar(match: Match) -> Meaning | None:
    if match.groups.get("m") and not guards.is_month(match.passage, match.groups["m"][0], match.start, match.end):
        return None
    day = ordinal_of(match.words("dw")) or int(re.sub(r"\D", "", match.word("d")) or 0) or None
    if day and not guards.is_day(match.passage, match.start, match.end):
        return None
    meaning = replace(_year(match), month=match.number("m", "MONTH"), day=day, edge=edge_of(match))
    if "rm" in match.groups:
        return replace(meaning, shift=match.number("rm", "RELATIVE"))
    part = match.value("p", "PART")
    if part is not None:
        return replace(meaning, kind="time", clock=part_of_clock(part))
    if "wk" in match.groups:
        return replace(meaning, unit="W")
    return replace(meaning, weekday=match.number("wd", "WEEKDAY"))


def _day_alone(match: Match) -> Meaning:
    return Meaning("dayalone", day=ordinal_of(match.words("d")), from_text=True)


def _days(match: Match) -> Meaning | None:
    base = _calendar(match)
    if base is None:
        return None
    base = replace(base, weekday=None)
    other = int(re.sub(r"\D", "", match.word("d2")))
    first, last = replace(base, day=base.day), replace(base, day=other)
    return Meaning("range", first=first, last=last) if (base.day or 0) < other else None


def _iso(match: Match) -> Meaning:
    year, month, day = (int(part) for part in match.word("d")[:10].split("-"))
    time = re.search(r"t(\d\d:\d\d)(?::\d\d)?(?:\.\d+)?(z?)", match.word("d"))
    meaning = Meaning("calendar", year=year, month=month, day=day)
    return replace(meaning, kind="time", clock=f"T{time[1]}{time[2].upper()}") if time else meaning


def _slash(match: Match) -> Meaning | None:
    first, second, third = (int(part) for part in re.split(r"[/.]", match.word("d")))
    if first > 999:
        return Meaning("calendar", year=first, month=second, day=third)
    if third < 100:
        third += 1900 if third > 69 else 2000
    elif third < 1000:
        return None
    day, month = (second, first) if second > 12 >= first else (first, second)
    return Meaning("calendar", year=third, month=month, day=day)


def _plain_year(match: Match) -> Meaning | None:
    if not guards.is_year(match.passage, match.start):
        return None
    return Meaning("calendar", year=int(match.word("y")))


def _short_year(match: Match) -> Meaning:
    two = int(match.word("y")[1:])
    return Meaning("calendar", year=two + (1900 if two > 29 else 2000))


def _years(match: Match) -> Meaning | None:
    year, other = int(match.word("y")), match.word("y2")
    last = int(other) if len(other) == 4 else year - year % 100 + int(other)
    if last <= year or not 1000 <= year <= 2199 or (match.rule == "years" and not year >= 1800):
        return None
    return Meaning("range", first=Meaning("calendar", year=year), last=Meaning("calendar", year=last))


def _decade(match: Match) -> Meaning | None:
    word = match.word("dec")
    digits = re.sub(r"\D", "", word)
    if not digits:
        year = 1900 + 10 * int(values_of("DECADEWORD")[word])
    elif len(digits) == 4:
        year = int(digits)
        if year % 10:
            return None
    else:
        year = int(digits) + (1900 if int(digits) > 20 else 2000)
    return Meaning(
        "calendar", year=year, span_years=100 if year % 100 == 0 and year < 2000 else 10, edge=edge_of(match)
    )


def _century(match: Match) -> Meaning | None:
    number = ordinal_of(match.words("o"))
    return (
        Meaning("calendar", year=100 * (number - 1), span_years=100, edge=edge_of(match)) if 2 <= number <= 22 else None
    )


def _half(match: Match) -> Meaning | None:
    base = _calendar(match) if "m" in match.groups else _year(match)
    if base is None:
        return None
    first = match.word("f") == "first"
    if base.month:
        return replace(base, edge="firsthalf" if first else "secondhalf")
    if base.year is None and base.year_shift is None:
        base = replace(base, year_shift=0)
    return replace(base, half=1 if first else 2)


def _part_of(match: Match) -> Meaning | None:
    amount, unit, first = amount_of(match.words("n")), unit_of(match), match.word("f") == "first"
    year = match.word("y") or match.word("y3")
    month = match.number("m", "MONTH")
    shift = match.number("r", "RELATIVE")
    if amount is None or unit not in ("D", "W", "M"):
        return None
    base = Meaning("calendar", year=int(year) if year else None, year_shift=shift, month=month)
    return replace(base, edge=f"{'first' if first else 'last'} {amount:g} {unit}")


def _ordinal_of(match: Match) -> Meaning | None:
    base, number = _calendar(match), ordinal_of(match.words("o"))
    if base is not None and "lastof" in match.groups:
        return replace(base, edge=f"last 1 {unit_of(match)}")
    if base is None or not 1 <= number <= (5 if unit_of(match) == "W" else 31):
        return None
    return replace(base, edge=f"nth {number} {unit_of(match)}")


def _september_eleven(_: Match) -> Meaning:
    return Meaning("calendar", year=2001, month=9, day=11)


def _quarter(match: Match) -> Meaning | None:
    word = match.word("q")
    number = 4 if "lastof" in match.groups else int(word[1:]) if word else ordinal_of(match.words("o"))
    if not 1 <= number <= 4:
        return None
    base = _year(match)
    year_words = match.passage.word(match.end - 1) == "year" and base.year is None and base.year_shift is None
    return replace(base, quarter=number, year_shift=0 if year_words else base.year_shift)


def _season(match: Match) -> Meaning | None:
    at = match.groups["s"][0]
    if not guards.is_season(match.passage, at):
        return None
    meaning = replace(_year(match), season=values_of("SEASON")[match.word("s")], edge=edge_of(match))
    return replace(meaning, shift=match.number("rs", "RELATIVE")) if "rs" in match.groups else meaning


def _feast(match: Match) -> Meaning | None:
    if not match.passage.is_capital(match.start) or guards.is_person(match.passage, match.start):
        return None
    if match.passage.word(match.end) in ("island", "islands", "rising", "truce", "party") and match.passage.is_capital(
        match.end
    ):
        return None
    return replace(_year(match), form="feast", feast=match.rule.removeprefix("feast-"))


CALENDAR_READINGS: dict[str, Reading] = {
    "iso": _iso,
    "slash": _slash,
    "calendar": _calendar,
    "dayalone": _day_alone,
    "days": _days,
    "year": _plain_year,
    "shortyear": _short_year,
    "years": _years,
    "decade": _decade,
    "century": _century,
    "part_of": _part_of,
    "september_eleven": _september_eleven,
    "ordinal_of": _ordinal_of,
    "half": _half,
    "quarter": _quarter,
    "season": _season,
    "feast": _feast,
}
