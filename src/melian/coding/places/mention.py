"""Place names as they stand in a report, before anybody asks which place is meant."""

from __future__ import annotations

from typing import Literal

import msgspec

Origin = Literal["entity", "table", "preposition", "chain", "noun", "dateline", "adjective", "given", "beside"]
Hint = Literal["division", "district", "city"]


class Mention(msgspec.Struct, frozen=True):
    """One name.

    Attributes:
        start: First code point.
        end: Code point behind the last.
        key: The name, folded.
        origin: What made it a place name.
        hint: The kind of place that the words beside it tell ("Idlib province").
        holders: Folded names that follow behind commas: `illinois` for "Springfield, Illinois".
        tokens: First token, and the one behind the last.
        is_part: It stands inside a longer name that is no place's ("Bank of England").
    """

    start: int
    end: int
    key: str
    origin: Origin
    tokens: tuple[int, int]
    hint: Hint | None = None
    holders: tuple[str, ...] = ()
    is_part: bool = False
