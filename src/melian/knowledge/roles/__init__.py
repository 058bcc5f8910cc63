"""Common nouns that can act politically: "rebels", "police", "a source"."""

from __future__ import annotations

from functools import cache
from typing import Literal

import msgspec

from melian.knowledge.table import rows_of
from melian.records import Sector


class Role(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One common noun or phrase for an actor.

    Attributes:
        id: Lemma, or phrase of lemmas, in lower case.
        words: Irregular or variant forms, in lower case.
        kind: What kind of actor it names.
        sector: PLOVER sector, None where the word alone does not say.
        is_force: The word names a weapons platform or a unit that acts for a state.
        needs: Without what the word means something else: "owner" (what it is the head of), "name" (a known owner:
            "the Turkish side"), "article" (anything before it where it is no subject: "the court", but "in court").
        not_before: Prepositions before which it means something else: "a party to the treaty".
        example: A sentence with it.
        provenance: Where the row comes from.
    """

    id: str
    words: tuple[str, ...] = ()
    kind: Literal["office", "organisation", "group", "population", "unknown"]
    sector: Sector | None = None
    is_force: bool = False
    needs: Literal["owner", "name", "article"] | None = None
    not_before: tuple[str, ...] = ()
    example: str
    provenance: str


@cache
def roles() -> tuple[Role, ...]:
    """Load every role."""
    return rows_of("roles/roles.tsv", Role)
