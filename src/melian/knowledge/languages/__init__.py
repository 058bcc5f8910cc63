"""The English names of languages."""

from __future__ import annotations

from functools import cache

import msgspec

from melian.knowledge.table import rows_of


class LanguageRow(msgspec.Struct, frozen=True, kw_only=True):
    """One language: its ISO 639 code, its English name and, as the example, its name for itself."""

    id: str
    name: str
    example: str
    provenance: str


@cache
def language_names() -> dict[str, str]:
    """Load the names of languages by their codes."""
    return {row.id: row.name for row in rows_of("languages/languages.tsv", LanguageRow)}
