"""Who relays a statement: "Turkish media quoted him", "in comments broadcast on Russian television"."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from melian.coding.statements.attribution import Attribution
from melian.records import Actor

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

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


_MESSAGES = frozenset("message email e-mail text call letter note reply conversation phone".split())
_SPEAKING = frozenset({"speak", "talk", "write"})
_CITING = frozenset({"cite", "quote"})


def with_sources(
    doc: Doc, attributions: Sequence[Attribution], namings: dict[int, Naming], actors: dict[str, Actor]
) -> list[Attribution]:
    """Give what a paper or station reports "citing" somebody to him; the medium is then who relays it."""

    def actor_at(token: int | None) -> Actor | None:
        naming = namings.get(token) if token is not None else None
        return actors.get(naming.actor or "") if naming is not None else None

    cited: dict[int, int] = {}
    participles: set[int] = set()
    for a in attributions:
        medium = actor_at(a.speaker)
        if a.verb is None or medium is None or medium.sector != "JRN":
            continue
        for child in doc[a.verb].children:
            if child.dep_ == "advcl" and child.tag_ == "VBG" and child.lemma_.lower() in _CITING:
                said = next((c for c in child.children if c.dep_ == "dobj" and actor_at(c.i) is not None), None)
                if said is not None:
                    cited[a.verb] = said.i
                    participles.add(child.i)
    return [
        replace(a, speaker=cited[a.verb], words=None, relay=a.speaker) if a.verb in cited else a
        for a in attributions
        if a.verb not in participles
    ]


def _objects(word: Token, prepositions: Collection[str], namings: dict[int, Naming]) -> Iterator[str]:
    """Yield the actors that stand behind a word's prepositions."""
    for child in word.children:
        if child.dep_ in {"prep", "agent"} and child.lower_ in prepositions:
            for noun in child.children:
                naming = namings.get(noun.i)
                if naming is not None and naming.actor:
                    yield naming.actor


def relays_of(
    a: Attribution, doc: Doc, namings: dict[int, Naming], actors: dict[str, Actor], speaker: str | None
) -> tuple[str, ...]:
    """Give the ids of the actors that relay a statement, in order."""
    found: list[str] = []
    if a.relay is not None and a.relay in namings and namings[a.relay].actor:
        found.append(namings[a.relay].actor or "")
    if a.verb is not None:
        saying = doc[a.verb]
        if a.rule == "quoted as saying" or (saying.dep_ == "pcomp" and saying.head.head.lemma_ in {"quote", "cite"}):
            for verb in dict.fromkeys((saying, saying.head.head)):
                found += _objects(verb, {"by", "in", "on"}, namings)
        for token in doc[a.verb].sent:
            if token.lemma_.lower() not in _RELAYING or token.head.lemma_.lower() not in _REMARKS:
                continue
            found += _objects(token, {"by", "on", "in"}, namings)
        for token in doc[a.verb].sent:
            if token.lemma_.lower() == "interview":
                found += _objects(token, {"with", "to", "on"}, namings)
            if token.lemma_.lower() in _SPEAKING and token.dep_ in {"advcl", "csubj"} and token.head.i == a.verb:
                found += _objects(token, {"to", "with", "on", "in", "for"}, namings)
            if token.lower_ == "as" and token.i + 1 < len(doc) and doc[token.i + 1].lemma_.lower() in _RELAYING:
                found += _objects(doc[token.i + 1], {"by", "in"}, namings)
        for child in doc[a.verb].children:
            for noun in child.children if child.dep_ == "prep" else ():
                if noun.lemma_.lower() in _MESSAGES:
                    found += _objects(noun, {"to", "with"}, namings)
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
