"""Passages with their events: the form of the corpus from which the heads for events learn."""

from __future__ import annotations

from typing import Literal

import msgspec


class Party(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """One who acts or is acted upon: words of the text, the country, and which occurrence of the words it is."""

    words: str
    country: str | None
    nth: int = 1


class GoldEvent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One event of a passage, as the codebook wants it.

    Attributes:
        type: PLOVER type of the deed itself, whether done, planned or denied.
        trigger: The words that tell it, as they stand in the text.
        modes: PLOVER modes of the type.
        contexts: PLOVER contexts.
        source: Who did it.
        target: To whom.
        polarity: "negative" where its holder says that it did not happen.
        tense: When, seen from the passage.
        certainty: How far its holder commits.
        by: Words of the speaker according to whom it is so; none for the author.
        nth: Which occurrence of the trigger's words in the text, from 1.
    """

    type: str
    trigger: str
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    source: tuple[Party, ...] = ()
    target: tuple[Party, ...] = ()
    polarity: Literal["positive", "negative"] = "positive"
    tense: Literal["past", "present", "future", "hypothetical"] = "past"
    certainty: Literal["certain", "probable", "possible", "uncommitted"] = "certain"
    by: str | None = None
    nth: int = 1


class Passage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence or short passage with all its events; none where nobody acts politically.

    Attributes:
        id: Part and number, such as "protest-0012".
        text: The passage.
        events: In the order of their triggers.
        kinds: What it is an example of: "passive", "nominal", "sport", "near-miss:threat-0007".
    """

    id: str
    text: str
    events: tuple[GoldEvent, ...]
    kinds: tuple[str, ...] = ()


class BadPassage(Exception):
    """A passage that breaks the corpus's rules; says which and where."""


def span_of(text: str, words: str, nth: int = 1) -> tuple[int, int]:
    """Find words in a text.

    Raises:
        BadPassage: They do not stand there so often, or break a word in two.
    """
    at = -1
    for _ in range(nth):
        at = text.find(words, at + 1)
        if at < 0:
            raise BadPassage(f"{words!r} does not stand {nth} time(s) in the text")
    end = at + len(words)
    if not words or words != words.strip():
        raise BadPassage(f"{words!r} has no words or blanks around them")
    if (at and text[at - 1].isalnum() and words[0].isalnum()) or (
        end < len(text) and text[end].isalnum() and words[-1].isalnum()
    ):
        raise BadPassage(f"occurrence {nth} of {words!r} is part of a longer word; name another occurrence")
    return at, end
