"""Whose side a text is on: an official text's "we" is the state that issues it, and "our country" is the author's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from melian.coding.actors.names import NameMatch

_HEADING = 4
"""Lines among which an official text says what it is."""
_ISSUED = re.compile(
    r"(?:joint |press |official )*(?:statement|declaration|communiqu[eé]|press release|message|address|reply"
    r"|note verbale|government|ministry|presidency|embassy|permanent mission)s? (?:by|of|from) ",
    re.IGNORECASE,
)
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_OWN_STATE = frozenset({"country", "nation", "people", "republic", "homeland", "citizen", "armed"})


def issuing_country(doc: Doc, matches: Sequence[NameMatch], home: str | None) -> str | None:
    """Give the country of the state that issues a text, None where its heading is not that of an official one.

    "Statement by the Ministry of Foreign Affairs of Malawi", "Government of Moldova": the first country that such a
    line names, or else that of the dateline.
    """
    text = doc.text
    lines = [line.span() for _, line in zip(range(_HEADING), _LINE.finditer(text), strict=False)]
    issued = next((line for line in lines if _ISSUED.match(text, *line)), None)
    if issued is None:
        return None
    named = (m.readings[0].country for m in matches if issued[0] <= doc[m.start].idx < issued[1])
    return next((country for country in named if country), home)


def speaks_of_own_country(doc: Doc, quoted: Sequence[bool]) -> bool:
    """Tell whether a text says "our country" or the like outside quotations, as a state's own outlets do."""
    return any(
        token.lower_ == "our" and not quoted[token.i] and token.head.lemma_.lower() in _OWN_STATE
        for token in doc
        if token.tag_ == "PRP$"
    )
