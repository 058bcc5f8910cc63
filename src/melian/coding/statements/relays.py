"""Who relays a statement: "Turkish media quoted him", "in comments broadcast on Russian television"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.coding.statements.attribution import Attribution
from melian.records import Actor

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from melian.coding.draft import Naming

_REMARKS = frozenset(
    (
        "comment remark statement interview speech address report footage message video broadcast article column op- "
        "ed letter post"
    ).split()
)
_RELAYING = frozenset(
    "broadcast carry publish air quote cite release run relay print post report televise stream".split()
)


def relays_of(
    a: Attribution, doc: Doc, namings: dict[int, Naming], actors: dict[str, Actor], speaker: str | None
) -> tuple[str, ...]:
    """Give the ids of the actors that relay a statement, in order."""
    found: list[str] = []
    if a.relay is not None and a.relay in namings and namings[a.relay].actor:
        found.append(namings[a.relay].actor or "")
    if a.verb is not None:
        for token in doc[a.verb].sent:
            if token.lemma_.lower() not in _RELAYING or token.head.lemma_.lower() not in _REMARKS:
                continue
            for child in token.children:
                if child.dep_ in {"prep", "agent"}:
                    found += [n.actor for noun in child.children if (n := namings.get(noun.i)) and n.actor]
        for token in doc[a.verb].sent:
            if token.lemma_.lower() == "interview":
                for child in token.children:
                    if child.lower_ in {"with", "to", "on"}:
                        found += [n.actor for noun in child.children if (n := namings.get(noun.i)) and n.actor]
        for child in doc[a.verb].children:
            # "told state television": who was told passes it on, where it is a station or a paper and no reporter.
            naming = namings.get(child.i) if child.dep_ in {"dobj", "dative"} else None
            told = actors.get(naming.actor or "") if naming is not None else None
            if told is not None and told.kind in {"organisation", "group"} and told.id != speaker:
                found.append(told.id)
    relays = [
        i
        for i in dict.fromkeys(found)
        if i != speaker and ((i in actors and actors[i].sector == "JRN") or a.relay is not None)
    ]
    return tuple(relays)
