"""Stems of words."""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import combining, normalize

from melian.archive.linking.weights import dull_words, type_words


def stems_of(words: Iterable[str]) -> list[tuple[str, str, bool]]:
    """Give for each word its stem, and whether it says nothing of one event rather than another.

    Args:
        words: In small letters, without accents.
    """
    from snowballstemmer import stemmer

    english = stemmer("english")
    dull = {bare(word) for word in dull_words()}
    dull_stems = {english.stemWord(word) for word in dull}
    return [(word, stem := english.stemWord(word), word in dull or stem in dull_stems) for word in words]


def type_stems() -> list[tuple[str, str]]:
    """Give the stems of words that tell events of each type, as (type, stem)."""
    from snowballstemmer import stemmer

    english = stemmer("english")
    return sorted({(kind, english.stemWord(bare(word))) for kind, word in type_words()})


def bare(word: str) -> str:
    """Take the accents from a word."""
    return "".join(letter for letter in normalize("NFKD", word) if not combining(letter))
