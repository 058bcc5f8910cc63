"""A telling of an event, and the actors of a report as tellings look them up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from melian.coding.draft import Naming
from melian.coding.events.arguments import counted_noun
from melian.coding.events.lexicon import Surroundings
from melian.coding.span_index import SpanIndex
from melian.knowledge.ontology import word_classes
from melian.records import Actor, Statement

if TYPE_CHECKING:
    from spacy.tokens import Token

_ARMED = frozenset({"MIL", "COP", "REB", "PRM", "UAF", "SPY"})


NOTHING = "NONE"
"""Type of words that only look like an event: "sued for peace"."""


class Told(msgspec.Struct, frozen=True):
    """One telling of an event.

    Attributes:
        type: PLOVER type.
        modes: PLOVER modes.
        contexts: PLOVER contexts that the words themselves bring.
        trigger: Head token.
        end: Behind the trigger's last token (a particle).
        sources: Ids of actors.
        targets: Ids of actors.
        sentence: Number of the sentence.
        rule: What found it.
        rows: Knowledge rows that found it.
        weight: How many needs of the row hold.
        sureness: How sure the heads are of the type at these words; none where they did not read the text.
        seen: How sure the heads are that these words tell an event of any type; none as before.
        by_heads: Whether the heads found it, or only the lexicon.
        likely: The likeliest PLOVER mode where none is sure: given with the event, but no ground to tell events apart.
        own: Type of the user's own ontology, where there is one; `type` is then the PLOVER type nearest to it.
    """

    type: str
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    trigger: Token
    end: int
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    sentence: int
    rule: str
    rows: tuple[str, ...] = ()
    weight: int = 0
    sureness: float | None = None
    own: str | None = None
    by_heads: bool = False
    likely: str | None = None
    seen: float | None = None


class Parties(msgspec.Struct, frozen=True):
    """The actors of a report as events look them up."""

    namings: Mapping[int, Naming]
    actors: Mapping[str, Actor]
    contents: SpanIndex[Statement]
    places: frozenset[int]

    def naming(self, token: Token) -> Naming | None:
        """Find the naming of a head, over words of number and part."""
        return self.namings.get(token.i) or self.namings.get(counted_noun(token).i)

    def ids(self, token: Token) -> tuple[str, ...]:
        """Give the actors that a phrase leads to: its own, those beside it, or those of its adjectives and owners."""
        naming = self.naming(token)
        if naming is not None and naming.actor:
            return (naming.actor, *naming.others)
        # "its patron, the embassy": who it is goes before whose it is.
        for relations in ({"appos"}, {"amod", "compound", "nmod", "poss"}):
            for child in token.children:
                inner = self.namings.get(child.i) if child.dep_ in relations else None
                if inner is not None and inner.actor:
                    return (inner.actor, *inner.others)
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ in {"of", "from"}:
                for noun in child.children:
                    inner_naming = self.namings.get(noun.i)
                    if noun.dep_ == "pobj" and inner_naming is not None and inner_naming.actor:
                        return (inner_naming.actor, *inner_naming.others)
        return ()

    def speaker_at(self, position: int) -> str | None:
        """Give the speaker of the smallest statement whose content holds a position."""
        found = self.contents.innermost(position)
        return found.speaker if found else None

    def around(self) -> Surroundings:
        """Answer what the lexicon's needs ask."""
        return Surroundings(self._is_actor, self._is_person, self._is_armed, self._is_place)

    def _is_actor(self, token: Token) -> bool:
        return bool(self.ids(token))

    def _is_person(self, token: Token) -> bool:
        naming = self.naming(token)
        actor = self.actors.get(naming.actor or "") if naming is not None else None
        if actor is not None and actor.kind in {"person", "office", "population"}:
            return True
        return token.ent_type_ == "PERSON" or token.lemma_.lower() in word_classes()["people"]

    def _is_armed(self, token: Token) -> bool:
        naming = self.naming(token)
        actor = self.actors.get(naming.actor or "") if naming is not None else None
        if actor is not None:
            return (actor.sector or "") in _ARMED
        lemma = token.lemma_.lower()
        return lemma in word_classes()["troops"] or lemma in word_classes()["fighters"]

    def _is_place(self, token: Token) -> bool:
        if token.idx in self.places or token.ent_type_ in {"GPE", "LOC", "FAC"}:
            return True
        naming = self.naming(token)
        actor = self.actors.get(naming.actor or "") if naming is not None else None
        if actor is not None and actor.kind == "state" and token.pos_ == "PROPN":
            return True
        return token.lemma_.lower() in word_classes()["territory"]
