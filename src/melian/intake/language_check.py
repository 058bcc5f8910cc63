"""Whether a report is English: by script, by common words, and by a classifier where these do not settle it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from melian.errors import BadReport
from melian.knowledge.languages import language_names

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SAMPLE = 3_000
"""How many code points of a text are looked at."""
_FEWEST_LETTERS = 40
_CONFIDENCE = 0.6
# Words that no other written language shares in such number.
_COMMON = frozenset(
    {"the", "of", "and", "to", "that", "was", "were", "with", "is", "are", "has", "have", "had", "said", "from",
     "by", "their", "they", "which", "this", "but", "not", "would", "been", "who", "after", "its", "his", "her",
     "on"}
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
_NOT_LATIN = re.compile(r"[^\u0000-\u024f\u02b9\u02bb\u02bc\u1e00-\u1eff\ufb00-\ufb06]")


def check_english(text: str) -> None:
    """Refuse a text in another language. Texts too short to tell pass.

    Raises:
        BadReport: "language", naming the language.
    """
    sample = _sample_of(text)
    words = _WORD.findall(sample.lower())
    letters = sum(map(len, words))
    foreign = sum(char.isalpha() for char in _NOT_LATIN.findall(sample))
    if foreign > 0.5 * letters and foreign > 3:
        raise _refusal(_classify(sample)[0])
    if letters < _FEWEST_LETTERS:
        return
    common = sum(word in _COMMON for word in words)
    if common >= 0.15 * len(words) and "the" in words:
        return
    code, confidence = _classify(sample)
    if code in ("en", "zxx", "pcm") or common >= 0.12 * len(words):
        return
    # Headlines and lists of names give low confidence: only what is plainly something else is refused.
    if confidence >= (_CONFIDENCE if letters >= 2 * _FEWEST_LETTERS else 0.9):
        raise _refusal(code)


def _refusal(code: str) -> BadReport:
    name = language_names().get(code)
    found = f"This report is in {name}" if name and code != "en" else "This report is not in English"
    return BadReport("language", found, "English", "Translate it first, or leave it out")


def _sample_of(text: str) -> str:
    """Take the first code points; where long heads hold no letters, from the first letter on."""
    match = re.search(r"[^\W\d_]", text)
    start = match.start() if match else 0
    return text[start : start + SAMPLE]


def _classify(sample: str) -> tuple[str, float]:
    code, confidence = _identifier().classify(sample)
    return str(code), float(confidence)


@cache
def _identifier() -> LanguageIdentifier:
    # Loading takes half a second: only where common words do not settle the matter.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
