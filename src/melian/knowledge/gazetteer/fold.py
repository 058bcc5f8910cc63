"""Names made comparable: one key for every way to write a name in Latin letters."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPECIAL = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ə": "e", "ħ": "h"}
)
_SILENT = re.compile("['’‘ʻʼ`´ʿʾʹ]")
_WORD = re.compile(r"\w+")
_SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
_INITIALS = re.compile(r"\b(?:[^\W\d]\.)+[^\W\d]\b")


@lru_cache(maxsize=16_384)
def fold_name(name: str) -> str:
    """Fold case, accents, apostrophes, hyphens and the usual short forms out of a name.

    "Deir ez-Zor" and "Deir Ez Zor" give `deir ez zor`; "St. Louis" gives `saint louis`; "U.S." gives `us`.
    """
    low = name.casefold()
    if "." in low:
        low = _INITIALS.sub(lambda match: match.group().replace(".", "") + " ", low)
    if not low.isascii():
        low = low.translate(_SPECIAL)
        low = "".join(c for c in unicodedata.normalize("NFKD", low) if not unicodedata.combining(c)).casefold()
    words = low.split() if low.replace(" ", "").isalnum() else _WORD.findall(_SILENT.sub("", low))
    if words and words[0] in _SHORT and len(words) > 1:
        words[0] = _SHORT[words[0]]
    return " ".join(words)
