"""What a word of digits can be in a date: a day, an hour, a year, a decade, a clock's time."""

from __future__ import annotations

import re

_SHAPES = (
    (re.compile(r"[0-9]{4}-[0-9]{2}-.*", re.S), frozenset({"ISO"})),
    (re.compile(r"[0-9]+([/.])[0-9]+\1[0-9]+"), frozenset({"SLASH"})),
    (re.compile(r"(?:[01]?[0-9]|2[0-4]):[0-5][0-9](?::[0-9]{2})?"), frozenset({"CLOCK"})),
    (re.compile(r"(?:[01]?[0-9]|2[0-4])\.[0-5][0-9]"), frozenset({"DOTCLOCK", "NUMBER"})),
    (re.compile(r"(?:[01]?[0-9])(?:[:.][0-5][0-9])?(?:am|pm|[ap]\.m\.?)"), frozenset({"CLOCKAP"})),
    (re.compile(r"(?:[12]?[0-9]|3[01])(?:st|nd|rd|th)"), frozenset({"DOM", "ORDDAY"})),
    (re.compile(r"[2-9]0s"), frozenset({"SHORTDECADE"})),
    (re.compile(r"(?:1[0-9]|20)[0-9]0s"), frozenset({"DECADE"})),
)
SAMPLES = (
    *("0", "1", "13", "24", "25", "31", "32", "99", "00", "01", "123", "000", "0000", "0075", "0730", "1000", "1075"),
    *("2015", "2130", "2199", "2400", "9999", "12345", "1,000", "2.5", "18.30", "10:30", "3pm", "24th", "40th"),
    *("80s", "1990s", "'90s", "'82", "12", "2015-11-24", "1/2/2015"),
)
"""Words of digits of every kind: among them they have all classes that occur together."""


def classes_of_number(word: str) -> frozenset[str]:
    """Give the classes of a word that begins with a digit (or with an apostrophe and two digits)."""
    if word[0] in "'’":
        return frozenset(
            {"DECADE"} if word.endswith("s") and word[2] == "0" else {"SHORTYEAR"} if len(word) == 3 else ()
        )
    for pattern, classes in _SHAPES:
        if pattern.fullmatch(word):
            return classes
    if not (word.isascii() and word.isdigit()):
        return frozenset({"NUMBER"}) if re.fullmatch(r"[0-9]+(,[0-9]{3})*(\.[0-9]+)?", word) else frozenset()
    value = int(word) if len(word) < 6 else 0
    found = {"NUMBER"} if value else set()
    if len(word) <= 2:
        found |= {"DOM"} if 1 <= value <= 31 else set()
        found |= {"HOUR"} if value <= 24 else set()
        found |= {"TWO"} if len(word) == 2 else set()
    elif len(word) == 4:
        found |= {"YEAR"} if 1000 <= value <= 2199 else set()
        found |= {"FARYEAR"} if value > 2400 else set()
        found |= {"FOUR"} if value < 2400 and value % 100 < 60 else set()
    return frozenset(found)
