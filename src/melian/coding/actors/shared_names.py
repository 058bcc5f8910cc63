"""Names that bodies of several countries bear: "the Senate", "Labour", "Congress"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from melian.coding.actors.cast import Member
from melian.coding.actors.names import KnownName, NameMatch, sister_of
from melian.coding.actors.phrases import RolePhrase
from melian.coding.actors.scene import Scene

if TYPE_CHECKING:
    from spacy.tokens import Doc

_BEFORE_BODIES = frozenset({"'s", "’s", "’", "'", "federal", "national", "central"})
_WHERE_BODIES_ARE = frozenset({"of", "in"})


def shared_member(scene: Scene, match: NameMatch, known: KnownName) -> Member:
    """Lead "the Senate" to the body of the country that the words beside it, or else the whole report, name."""
    i = match.start - 1
    while i >= match.start - 2 and i >= 0 and scene.doc[i].lower_ in _BEFORE_BODIES:
        i -= 1
    before = scene.names.get(i)
    owner = before.first("adjective", "name", "capital") if before else None
    is_placed = match.end < len(scene.doc) and scene.doc[match.end].lower_ in _WHERE_BODIES_ARE
    is_of_many = known.is_shared or known.sector == "REL"
    at = match.end + 1 + _has_article(scene.doc, match.end + 1)
    behind = scene.names.get(at) if owner is None and is_of_many and is_placed else None
    owner = behind.first("name", "capital") if behind else owner
    home = owner.country if owner is not None else scene.home
    sister = sister_of(known, home) if home is not None and known.is_shared and home != known.country else None
    if sister is not None:
        return scene.cast.state(sister)
    if owner is not None and owner.country != known.country:
        country = owner.country
    elif not known.is_shared or known.country in scene.countries_named or not scene.countries_named:
        return scene.cast.state(known)
    else:
        country = None
    name = scene.doc[match.start : match.end].text
    key = f"organisation:{country or ''}:{name}"
    return scene.cast.add(Member(key, name, known.kind, country, known.sector, rule="known name"))


def phrase_at_home(scene: Scene, phrase: RolePhrase | None) -> RolePhrase | None:
    """Give a phrase that a party of a common name owns the report's own: "the Labour leader" in Valletta."""
    if phrase is None or phrase.owner is None or scene.home is None:
        return phrase
    sister = sister_of(phrase.owner, scene.home) if phrase.owner.is_shared and phrase.nation is None else None
    return replace(phrase, owner=sister) if sister is not None else phrase


def _has_article(doc: Doc, i: int) -> bool:
    return i < len(doc) and doc[i].lower_ == "the"
