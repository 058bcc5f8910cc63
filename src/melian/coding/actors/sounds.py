"""How a name sounds, so that spellings in Latin letters of one Russian, Arabic or Chinese name come out the same."""

from __future__ import annotations

import re

# Spellings of one consonant: German "sch", "w" and "j", English "sh", "v" and "y", and the many ways to write the
# Arabic letters qaf, kha, ghain, jim and dhal.
_SPELLINGS = {
    "tsch": "C", "tch": "C", "dsch": "J", "ch": "C", "cz": "C", "sch": "S", "sh": "S", "zh": "J", "dj": "J", "j": "J",
    "kh": "k", "gh": "k", "dh": "d", "th": "t", "ph": "f", "ts": "c", "tz": "c", "ck": "k", "q": "k", "g": "k",
    "x": "ks", "w": "v", "h": "", "z": "s",
}  # fmt: skip
_CONSONANT = re.compile("|".join(sorted(_SPELLINGS, key=len, reverse=True)))
_OPEN = re.compile(r"^(?:ye|je|yo|jo(?=sh)|yu|ju(?=[rs]i)|ya|ja(?=k))")
_GLIDE = re.compile(r"(?<=[aeiou])j(?![aeiou])|(?<=i)j")
_VOWELS = re.compile(r"[aeiouy'ʿʾ`-]+")
_DOUBLED = re.compile(r"(.)\1+")
_ARTICLES = frozenset({"al", "el", "bin", "ibn", "abu", "ben"})
_CLASSES = {"c": "k", "q": "k", "g": "k", "w": "v", "z": "s", "h": "a", "y": "a", "j": "a", "x": "s"} | dict.fromkeys(
    "eiou", "a"
)
_LEAST = 5


def sound_of(name: str) -> str | None:
    """Give the consonants of a full name, one letter for all spellings of each; None where they say too little.

    Args:
        name: In small letters, without accents: "sergej lawrow" and "sergei lavrov" both give "srk lvrv".

    Returns:
        The consonants of each word, in order; None for a single word, and for names of few consonants.
    """
    words = [word for word in name.split() if word not in _ARTICLES]
    if len(words) < 2:
        return None
    sounds = [_word_sound(word) for word in words]
    return " ".join(sounds) if sum(map(len, sounds)) >= _LEAST and all(sounds) else None


def initial_sound(name: str) -> str:
    """Give the class of the letter with which a name begins; names that sound the same are of one class."""
    return _CLASSES.get(name[:1], name[:1])


def _word_sound(word: str) -> str:
    bare = _CONSONANT.sub(lambda found: _SPELLINGS[found[0]], _GLIDE.sub("", _OPEN.sub("e", word)))
    return "a" * (bare[:1] in "aeiou") + _DOUBLED.sub(r"\1", _VOWELS.sub("", bare))
