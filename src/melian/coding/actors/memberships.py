"""Members of bodies in phrases: "member states", "the alliance's leaders", "NATO member Turkey", "the NATO member"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from melian.coding.actors.cast import Member
from melian.coding.actors.coreference import COUNTRY_NOUNS
from melian.coding.actors.names import state_of
from melian.coding.actors.phrases import RolePhrase
from melian.coding.actors.scene import Scene

if TYPE_CHECKING:
    from datetime import date

    from spacy.tokens import Token

_MEMBERS = COUNTRY_NOUNS | {"member"}
_BACK = 8


def member_state(scene: Scene, phrase: RolePhrase, token: Token, number: int) -> Member | None:
    """Find the one state that "NATO member Turkey" names, or that "the NATO member" leads back to.

    Args:
        scene: What is known so far.
        phrase: The phrase.
        token: Its head.
        number: Which sentence it stands in.

    Returns:
        The state; None where the phrase is of no body, of several, or of none that was a member on the report's day.
    """
    body = _body_of(phrase)
    if body is None or phrase.is_plural or token.lemma_.lower() not in _MEMBERS:
        return None
    behind = scene.names.get(token.i + 1)
    known = behind.first("name") if behind is not None else None
    if known is not None and known.kind == "state":
        return scene.cast.state(known)
    if scene.on is None or not phrase.is_definite:
        return None
    states = _states_of(body, scene.on)
    for trace in reversed(scene.traces):
        if number - trace.sentence > _BACK:
            return None
        if trace.member.kind == "state" and trace.member.country in states:
            return trace.member
    return None


def owning_body(scene: Scene, phrase: RolePhrase, token: Token, number: int) -> Member | None:
    """Find the body that bare "member states" belong to: the international one that was named last."""
    doc = token.doc
    if phrase.owner is not None or token.lemma_.lower() not in COUNTRY_NOUNS or not token.i:
        return None
    if doc[token.i - 1].lower_ != "member":
        return None
    near = (t.member for t in reversed(scene.traces) if number - t.sentence <= _BACK)
    return next((member for member in near if is_body(member)), None)


def is_body(member: Member) -> bool:
    """Tell whether a member of the cast is an international body with a name."""
    return member.sector == "IGO" and member.kind == "organisation" and not member.unnamed


def _body_of(phrase: RolePhrase) -> str | None:
    table, _, row = phrase.owner.row.partition(":") if phrase.owner is not None else ("", "", "")
    return row if table == "organisations" and phrase.owner is not None and phrase.owner.sector == "IGO" else None


@cache
def _states_of(body: str, on: date) -> frozenset[str]:
    from melian.knowledge.organisations.members import members_of

    return frozenset(one.member for one in members_of(body, on) if state_of(one.member) is not None)
