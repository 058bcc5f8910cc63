"""What relative days, lengths, repetitions and times of day mean: from the pieces of a match to a `Meaning`."""

from __future__ import annotations

import re

from msgspec.structs import replace

from melian.coding.dates import guards
from melian.coding.dates.amounts import amount_of, duration_value, ordinal_of, spread_of
from melian.coding.dates.matching import Match, Reading, edge_of, unit_of
from melian.coding.dates.meaning import Meaning
from melian.knowledge.dates import values_of
from melian.records import TimeKind

_SAME = ("that", "same")


def _weekday(match: Match) -> Meaning | None:
    at = match.groups["wd"][0]
    if not guards.is_weekday(match.passage, at):
        return None
    if guards.is_any(match.passage, at, match.start):
        return Meaning("fixed", value=f"XXXX-WXX-{match.number('wd', 'WEEKDAY')}")
    part, word = match.value("p", "PART"), match.word("r")
    if word == "that" and guards.is_conjunction(match.passage, match.start):
        return None
    kind: TimeKind = "time" if part else "date"
    text = word in ("following", "previous", "preceding", "subsequent", *_SAME) or match.word("rw") in _SAME
    week = 0 if match.word("rw") in _SAME else match.number("rw", "RELATIVE")
    shift = 0 if word in _SAME else match.number("r", "RELATIVE")
    meaning = Meaning("weekday", kind, weekday=match.number("wd", "WEEKDAY"), part=part, from_text=text)
    return replace(meaning, unit="W", shift=week) if week is not None else replace(meaning, shift=shift)


def _night_of(match: Match) -> Meaning | None:
    if not guards.is_weekday(match.passage, match.groups["wd"][0]):
        return None
    first = Meaning("weekday", weekday=match.number("wd", "WEEKDAY"))
    return Meaning("range", "time", first=first, last=replace(first, weekday=match.number("other", "WEEKDAY")))


def _weekdays(match: Match) -> Meaning:
    return Meaning("fixed", "set", value=f"XXXX-WXX-{values_of('WEEKDAYS')[match.word('wds')]}")


def _deictic(match: Match) -> Meaning | None:
    if not guards.is_today(match.passage, match.groups["x"][0]):
        return None
    shift = int(values_of("DEICTIC")[match.word("x")]) + {"before": -1, "after": 1}.get(match.word("b"), 0)
    part = match.value("p", "PART")
    kind: TimeKind = "time" if part else "date"
    return Meaning("unit", kind, unit="D", amount=shift, part=part)


def _tonight(match: Match) -> Meaning:
    return Meaning("unit", "time", unit="N" if match.word("w") == "overnight" else "D", amount=0, part="NI")


def _part(match: Match) -> Meaning | None:
    word, part = match.word("r"), match.value("p", "PART")
    if "r" in match.groups and word in ("this", "last"):
        if word == "last" and part != "NI":
            return None
        return Meaning("unit", "time", unit="D", amount=-1 if word == "last" else 0, part=part)
    shift = {"next": 1, "following": 1, "previous": -1}.get(word)
    if word == "next" and match.passage.word(match.start) != "the":
        return None
    if shift is not None:
        return Meaning("unit", "time", unit="D", amount=shift, from_text=True, part=part)
    return Meaning("part", "time", part=part, from_text=word in ("that", "same"))


def _unit_shift(match: Match) -> Meaning | None:
    word, unit = match.word("r"), unit_of(match)
    first = match.passage.word(match.start)
    if "ago" in match.groups:
        return Meaning("unit", unit=unit, amount=0, year_shift=-1, from_text=True)
    if word in ("that", "same") or match.rule == "unit-the":
        return Meaning("unit", unit=unit, amount=0, from_text=True, edge=edge_of(match))
    if match.rule == "unit-mid" or (match.rule == "unit-edge" and not word):
        return (
            Meaning("unit", unit=unit, amount=0, edge=edge_of(match))
            if unit != "D"
            else Meaning("unit", unit="D", amount=0)
        )
    if not word:
        return Meaning("unit", unit=unit)
    shift = {"before": -1, "earlier": -1, "after": 1}.get(word, int(values_of("RELATIVE").get(word, "0")))
    if word == "last" and first == "the" and not match.words("e") and unit in ("W", "M", "E"):
        return Meaning("past", "duration", unit=unit, amount=1, shift=-1)
    if word == "past" or (word in ("current", "coming", "upcoming") and unit == "D"):
        return Meaning("past", "duration", unit=unit, amount=1, shift=-1) if word == "past" else None
    if word in ("coming", "upcoming"):
        return Meaning("unit", unit=unit, amount=1)
    text = word in ("following", "previous", "preceding", "subsequent", "before", "earlier", "after")
    if word in ("next", "last") and unit == "D":
        if first != "the" or word == "last":
            return None
        text = True
    if word in ("this", "current") and unit == "D":
        if match.passage.word(match.start - 1) == "to":
            return None
        return Meaning("unit", unit="D", amount=0)
    return Meaning("unit", unit=unit, amount=shift, from_text=text, edge=edge_of(match))


def _the_day(match: Match) -> Meaning:
    return Meaning("unit", unit="D", amount=0, from_text=True)


def _then(match: Match) -> Meaning:
    return Meaning("then", from_text=True)


def _distance(match: Match, sign: int) -> Meaning:
    """Read "three weeks" or "several weeks" before or behind a base."""
    amount = amount_of(match.words("n")) if "n" in match.groups else None
    if amount is None:
        # A number before it that cannot be read ("²⁴ days ago") is not "a few".
        is_counted = any(letter.isnumeric() for letter in match.passage.word(match.start - 1))
        return Meaning(
            "ago", unit=unit_of(match), shift=sign, spread=None if is_counted else spread_of(match.words("n"))
        )
    return Meaning("ago", unit=unit_of(match), amount=sign * amount)


def _ago(match: Match) -> Meaning:
    return _distance(match, -1)


def _earlier(match: Match) -> Meaning:
    return replace(_distance(match, 1 if match.word("w") in ("later", "after") else -1), from_text=True)


def _from_now(match: Match) -> Meaning:
    return _distance(match, 1)


def _ahead(match: Match) -> Meaning | None:
    if match.passage.word(match.end - 1) != "time" and not guards.looks_ahead(match.passage, match.start):
        return None
    return _distance(match, 1)


def _past(match: Match) -> Meaning | None:
    word, unit = match.word("r"), unit_of(match)
    if word in ("this", "current"):
        return None
    shift = int(values_of("RELATIVE")[word])
    amount = amount_of(match.words("n")) if "n" in match.groups else None
    if amount is None:
        value = "PAST_REF" if shift < 0 else "FUTURE_REF"
        return Meaning("open", value=value, unit=unit, spread=spread_of(match.words("n")))
    text = word in ("following", "previous", "preceding", "subsequent")
    return Meaning("past", "duration", unit=unit, amount=amount, shift=shift, from_text=text)


def _recent(match: Match) -> Meaning:
    return Meaning("open", value="PAST_REF", unit=unit_of(match), spread=spread_of(()))


def _duration(match: Match) -> Meaning | None:
    words = match.words("n")
    is_vague = len(words) == 1 and words[0] in ("a", "an", "one", "some") and match.passage.word(match.end - 2) != "-"
    if is_vague and not guards.is_measured(match.passage, match.start, match.end):
        return None
    open_number = not words and match.rule != "duration-long"
    unit = unit_of(match)
    plural = match.word("u") in values_of("UNITS")
    amount = amount_of(words) if words else (None if open_number or plural else 1.0)
    return Meaning("fixed", "duration", value=duration_value(unit, amount), unit=unit, amount=amount)


def _day_of_month(match: Match) -> Meaning:
    edge = f"nth {ordinal_of(match.words('d'))} D"
    return Meaning("unit", unit="M", amount=match.number("r", "RELATIVE"), edge=edge)


def _two_away(match: Match) -> Meaning:
    return Meaning("unit", unit=unit_of(match), amount=-2 if match.word("w") == "before" else 2)


def _every(match: Match) -> Meaning:
    word = match.word("u")
    for kind, shape in (
        ("WEEKDAY", "XXXX-WXX-{}"),
        ("MONTH", "XXXX-{:0>2}"),
        ("PART", "XXXX-XX-XXT{}"),
        ("SEASON", "XXXX-{}"),
    ):
        if word in values_of(kind):
            return Meaning("fixed", "set", value=shape.format(values_of(kind)[word]))
    amount = amount_of(match.words("n")) if "n" in match.groups else float(ordinal_of(match.words("o")) or 1)
    amount = 2.0 if match.passage.word(match.start + 1) == "other" else amount
    return Meaning("fixed", "set", value=duration_value(unit_of(match), amount))


def _times(match: Match) -> Meaning:
    return Meaning("fixed", "set", value=duration_value(unit_of(match), 1))


def _frequency(match: Match) -> Meaning | None:
    if match.passage.is_capital(match.start) and match.passage.is_capital(match.start + 1):
        return None
    return Meaning("fixed", "set", value=values_of("FREQUENCY")[match.word("f")])


def _reference(match: Match) -> Meaning | None:
    value = values_of("REFERENCE").get(match.word("w"), "PRESENT_REF")
    if value == "FUTURE_REF" and not guards.looks_ahead(match.passage, match.start):
        return None
    return Meaning("open", value=value)


def _fixed(value: str) -> Reading:
    return lambda _: Meaning("open", value=value)


def _clock(match: Match) -> Meaning | None:
    word = match.word("c")
    shift = match.number("ap", "MERIDIEM")
    if joined := re.fullmatch(r"([\d:.]+?)\.?([ap])\.?m\.?", word):
        word, shift = joined[1], 12 if joined[2] == "p" else 0
    word = values_of("COUNT").get(word, word)
    parts = re.findall(r"\d+", word)
    if len(word) == 4 and word.isdigit():
        parts = [word[:2], word[2:]]
    hour, minute = int(parts[0]), int(parts[1]) if len(parts) > 1 else None
    if hour > 24 or (minute or 0) > 59 or (shift is not None and not 1 <= hour <= 12):
        return None
    if shift is not None:
        hour = hour % 12 + shift
    zone = "Z" if match.value("z", "ZONE") == "Z" else ""
    return Meaning("clock", "time", clock=f"T{hour:02}" + (f":{minute:02}" if minute is not None else ":00") + zone)


def _anniversary(match: Match) -> Meaning:
    return Meaning("anniversary", amount=float(ordinal_of(match.words("o"))) or None, from_text=True)


RELATIVE_READINGS: dict[str, Reading] = {
    "weekday": _weekday,
    "weekdays": _weekdays,
    "night_of": _night_of,
    "deictic": _deictic,
    "tonight": _tonight,
    "part": _part,
    "unit": _unit_shift,
    "theday": _the_day,
    "then": _then,
    "ago": _ago,
    "earlier": _earlier,
    "fromnow": _from_now,
    "ahead": _ahead,
    "past": _past,
    "recent": _recent,
    "duration": _duration,
    "day_of_month": _day_of_month,
    "two_away": _two_away,
    "every": _every,
    "times": _times,
    "frequency": _frequency,
    "reference": _reference,
    "present": _fixed("PRESENT_REF"),
    "pastref": _fixed("PAST_REF"),
    "futureref": _fixed("FUTURE_REF"),
    "clock": _clock,
    "anniversary": _anniversary,
}
