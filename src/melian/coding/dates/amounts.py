"""Number words to numbers, and units to TIMEX3 durations."""

from __future__ import annotations

from collections.abc import Sequence

from melian.knowledge.dates import values_of

DAYS_OF = {"D": 1, "N": 1, "W": 7, "2W": 14}
MONTHS_OF = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}


def amount_of(words: Sequence[str]) -> float | None:
    """Read a number phrase; None where the words leave it open ("several", "dozens of").

    Of a range ("60 to 90") the last number counts; "a few" is open, "a couple of" is two.
    """
    counts, scales = values_of("COUNT"), values_of("SCALE")
    total: float | None = None
    half = "half" in words
    for place, word in enumerate(words):
        if word in counts:
            number = float(counts[word])
            joined = place >= 2 and words[place - 1] in ("-", "–") and words[place - 2] in values_of("TENS")
            total = (total or 0) + number if joined else number
        elif word[:1].isdigit():
            total = float(word.replace(",", ""))
        elif word in scales:
            total = (1 if total is None else total) * float(scales[word])
        elif word == "couple":
            total = 2.0
        elif word in values_of("VAGUE") or word in values_of("VAGUES"):
            return None
        elif word in ("a", "an", "another") and total is None and not half:
            total = 1.0
    if half:
        return 0.5 if total is None else total + 0.5
    return total


def spread_of(words: Sequence[str]) -> tuple[int, int]:
    """Give the fewest and the most that open words can mean; words that say no number mean as many as "a few"."""
    ranges = {**values_of("VAGUE"), **values_of("VAGUES")}
    low, high = next((ranges[word] for word in words if word in ranges), ranges["few"]).split("-")
    return int(low), int(high)


def duration_value(unit: str, amount: float | None) -> str:
    """Write a TIMEX3 duration: P3D, PT40M, P2.5Y, PXW where the number is open."""
    factor, letter, hours = {
        "D": (1, "D", ""),
        "N": (1, "D", ""),
        "W": (1, "W", ""),
        "2W": (2, "W", ""),
        "WE": (1, "WE", ""),
        "M": (1, "M", ""),
        "Q": (3, "M", ""),
        "Y": (1, "Y", ""),
        "E": (10, "Y", ""),
        "C": (100, "Y", ""),
        "TH": (1, "H", "T"),
        "TM": (1, "M", "T"),
        "TS": (1, "S", "T"),
    }[unit]
    if amount is None:
        return f"P{hours}X{letter}" if unit not in ("E", "C") else f"PX{unit}".replace("C", "CE").replace("PXE", "PXDE")
    return f"P{hours}{amount * factor:g}{letter}"


def ordinal_of(words: Sequence[str]) -> int:
    """Read an ordinal ("third", "24th", "twenty-first"); 0 where there is none."""
    total = 0
    for word in words:
        if word in values_of("ORDINAL"):
            total += int(values_of("ORDINAL")[word])
        elif word in values_of("TENS"):
            total += int(values_of("TENS")[word])
        elif word in values_of("LASTORD"):
            total = int(values_of("LASTORD")[word])
        elif word[:1].isdigit():
            total = int("".join(c for c in word if c.isdigit()))
    return total
