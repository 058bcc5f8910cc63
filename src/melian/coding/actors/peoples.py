"""Peoples by their names, and the country where those live: "Iraqi Turkmen", "Hazaras in Quetta"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from melian.coding.actors.homes import country_behind
from melian.coding.actors.names import KnownName, NameMatch
from melian.coding.actors.phrases import UPROOTED
from melian.coding.actors.scene import LOCATIVE, Scene

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def settled_people(scene: Scene, match: NameMatch, known: KnownName, home: NameMatch | None) -> KnownName:
    """Lead "ethnic Uzbeks in Osh", "Hazaras in Quetta" and "Chadian Arabs" to the country where they live, if told.

    The displaced are refugees: "displaced Yemenis".
    """
    doc = scene.doc
    start = match.start if home is None else home.start
    adjective = home.first("adjective") if home is not None else None
    before = doc[start - 1].lower_ if start else ""
    if known.form == "people" and (adjective is not None or before in UPROOTED):
        is_uprooted = before in UPROOTED
        return msgspec.structs.replace(
            known,
            name=doc[start - is_uprooted : match.end].text,
            country=adjective.country if adjective is not None else known.country,
            sector="REF" if is_uprooted else None,
            is_of_report=True,
        )
    is_ethnic = before == "ethnic"
    if known.form != "people" or not (is_ethnic or known.row.startswith("peoples:")):
        return known
    behind = doc[match.end : match.end + 3]
    there = [scene.countries_at.get(t.idx) or _country_of_name(scene, t) for t in behind]
    is_placed = len(behind) > 0 and behind[0].lower_ in LOCATIVE
    lives = next((c for c in (*there, country_behind(behind[0])) if c), None) if is_placed else None
    return msgspec.structs.replace(known, country=lives or (None if is_ethnic else known.country))


def home_of_people(scene: Scene, match: NameMatch) -> NameMatch | None:
    """Find the adjective of a country straight before the name of a people: "Burundian Hutus", "Iraqi Turkmen"."""
    before = scene.names.get(match.start - 1) if match.first("people") and not _goes_on(scene.doc, match) else None
    adjective = before.first("adjective") if before is not None and before.end == match.start else None
    is_of_state = adjective is not None and adjective.country is not None and not adjective.row.startswith("peoples:")
    return before if is_of_state else None


def _goes_on(doc: Doc, match: NameMatch) -> bool:
    """Tell whether a name but begins a longer phrase: "Turkmen officials", "Iraqi Turkmen leaders"."""
    behind = doc[match.end] if match.end < len(doc) else None
    return behind is not None and (behind.text == "-" or behind.pos_ in {"NOUN", "PROPN", "ADJ", "NUM"})


def _country_of_name(scene: Scene, token: Token) -> str | None:
    match = scene.names.get(token.i)
    known = match.first("name") if match else None
    return known.country if known else None
