"""Disputes: claims about the same thing that cannot both hold."""

from __future__ import annotations

from typing import Literal

import msgspec

DisputeKind = Literal["contradiction", "figures", "blame"]
Stance = Literal["assert", "deny"]


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One side: its stance, its holders ("author" or statement ids) and the claims that carry it."""

    stance: Stance
    holders: tuple[str, ...]
    claims: tuple[str, ...] = ()


class Dispute(msgspec.Struct, frozen=True, kw_only=True):
    """What is disputed.

    Attributes:
        id: Stable within the report.
        about: Id of the event, None where it is about words that are no event.
        kind: "contradiction" (asserted and denied), "figures", or "blame" (an accusation thrown back).
        proposition: The asserting side's own words.
        sides: At least two.
    """

    id: str
    about: str | None
    kind: DisputeKind
    proposition: str
    sides: tuple[Side, ...]
