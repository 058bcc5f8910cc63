"""What the pass over a report's phrases knows so far."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from melian.coding.actors.cast import Cast, Member
from melian.coding.actors.coreference import Trace, is_main_subject, is_subject
from melian.coding.actors.names import NameMatch
from melian.coding.actors.people import PersonName
from melian.coding.draft import Naming
from melian.knowledge.own_actors import NONE, OwnActors

if TYPE_CHECKING:
    from spacy.tokens import Doc

LOCATIVE = frozenset("in at near around outside inside across throughout within via into".split())
"""Prepositions behind which a country is a place and no actor."""
STATE_SECTORS = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "SPY"})
"""Sectors of a state's own bodies."""
OF_MANY_STATES = frozenset({"IGO", "NGO", "ISM", "IMG", "MNC"})
"""Sectors of bodies that belong to no one state."""


class Scene(msgspec.Struct):
    """What the pass over one report knows so far."""

    doc: Doc
    names: Mapping[int, NameMatch]
    people: Mapping[int, PersonName]
    countries_at: Mapping[int, str]
    places_at: frozenset[int]
    home: str | None
    is_datelined: bool
    on: date | None
    own: OwnActors = NONE
    cast: Cast = msgspec.field(default_factory=Cast)
    traces: list[Trace] = msgspec.field(default_factory=list)
    namings: dict[int, tuple[Naming, Member, tuple[Member, ...]]] = msgspec.field(default_factory=dict)
    aliases: dict[str, Member] = msgspec.field(default_factory=dict)
    sentences: list[tuple[int, int]] = msgspec.field(default_factory=list)
    countries_named: frozenset[str] = frozenset()
    issuer: str | None = None
    is_partial: bool = False
    _places: dict[int, list[tuple[int, str]]] = msgspec.field(default_factory=dict)

    def places_in(self, sentence: int) -> list[tuple[int, str]]:
        """Give the places of a sentence: first token and country."""
        found = self._places.get(sentence)
        if found is None:
            start, end = self.sentences[sentence]
            doc, countries = self.doc, self.countries_at
            found = [(i, countries[at]) for i in range(start, end) if (at := doc[i].idx) in countries]
            self._places[sentence] = found
        return found

    def names_in(self, sentence: int) -> list[NameMatch]:
        """Give the known names in a sentence."""
        start, end = self.sentences[sentence]
        return [self.names[i] for i in range(start, end) if i in self.names]

    def note(
        self, start: int, end: int, head: int, member: Member, sentence: int, *, is_quoted: bool, pronoun: bool = False,
        others: tuple[Member, ...] = (), trace: bool = True,
    ) -> None:  # fmt: skip
        """Write down that a phrase leads to a member."""
        if head in self.namings:
            return
        naming = Naming(start, end, head, member.key, is_pronoun=pronoun, others=tuple(m.key for m in others))
        self.namings[head] = (naming, member, others)
        first, last = self.doc[start], self.doc[end - 1]
        span = (first.idx, last.idx + len(last))
        token = self.doc[head]
        for one in (member, *others):
            one.mentions.append(span)
            if trace:
                self.traces.append(Trace(head, sentence, one, is_subject(token), is_quoted, is_main_subject(token)))
