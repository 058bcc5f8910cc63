"""A dispute in the making."""

from __future__ import annotations

import msgspec

from melian.records import DisputeKind


class Pair(msgspec.Struct):
    """Who asserts and who denies, in order.

    Attributes:
        about: Id of the event, None where it is about words that are no event.
        kind: Kind of the dispute.
        rule: What found it.
        asserting: Holders: "author" or ids of statements.
        denying: Holders.
        rows: Knowledge rows that found it.
    """

    about: str | None
    kind: DisputeKind
    rule: str
    asserting: list[str]
    denying: list[str]
    rows: tuple[str, ...] = ()
