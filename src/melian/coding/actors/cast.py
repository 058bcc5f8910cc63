"""The cast of a report: actors as they are met, each phrase added to the one it leads to."""

from __future__ import annotations

import msgspec

from melian.coding.actors.names import KnownName
from melian.records import Absence, Actor, ActorKind, Reason, Sector, Span, content_id


class Member(msgspec.Struct):
    """An actor in the making; `called` holds the nouns by which a person was introduced."""

    key: str
    name: str
    kind: ActorKind
    country: str | None = None
    sector: Sector | None = None
    office: str | None = None
    unnamed: bool = False
    is_plural: bool = False
    gender: str | None = None
    is_foreign: bool = False
    is_force: bool = False
    lemma: str = ""
    called: set[str] = msgspec.field(default_factory=set)
    rule: str = ""
    rows: list[str] = msgspec.field(default_factory=list)
    mentions: list[Span] = msgspec.field(default_factory=list)


class Cast(msgspec.Struct):
    """All members, found again by key."""

    members: dict[str, Member] = msgspec.field(default_factory=dict)

    def state(self, known: KnownName) -> Member:
        """Give the state, territory, organisation or people that a known name leads to."""
        key = f"{known.kind}:{known.row}" if known.kind == "population" else known.row
        if known.is_of_report:
            key = f"{known.kind}:{known.name}"
        member = self.members.get(key)
        if member is None:
            member = Member(
                key, known.name, known.kind, known.country, known.sector, rule="known name", rows=[known.row],
                is_plural=known.kind == "population",
            )  # fmt: skip
            if known.kind == "population":
                member.sector = known.sector or ("SOC" if known.row.startswith("peoples:") else "CVL")
            self.members[key] = member
        return member

    def add(self, member: Member) -> Member:
        """Give the member with that key, filling in what it did not know."""
        known = self.members.setdefault(member.key, member)
        if known is not member:
            known.country = known.country or member.country
            known.sector = known.sector or member.sector
            known.office = known.office or member.office
            known.rows += [row for row in member.rows if row not in known.rows]
        return known

    def records(self) -> tuple[tuple[Actor, ...], tuple[Reason, ...], tuple[Absence, ...]]:
        """Make the records, in order of first mention."""
        ids = self.ids()
        actors: list[Actor] = []
        reasons: list[Reason] = []
        absences: list[Absence] = []
        for member in sorted(
            self.members.values(), key=lambda m: (m.mentions[0] if m.mentions else (1 << 60, 0), m.key)
        ):
            if not member.mentions:
                continue
            ident = ids[member.key]
            actors.append(
                Actor(
                    id=ident, name=member.name, kind=member.kind, country=member.country, sector=member.sector,
                    office=member.office, unnamed=member.unnamed, mentions=tuple(sorted(set(member.mentions))),
                )
            )  # fmt: skip
            reasons.append(
                Reason(
                    record=ident, stage="actors", rule=member.rule, rows=tuple(member.rows), spans=(member.mentions[0],)
                )
            )
            if member.country is None and member.sector not in {"IGO", "NGO", "ISM", "IMG", "MNC"}:
                absences.append(Absence(record=ident, field="country", reason="the report does not make it plain"))
            if member.sector is None:
                why = "a state as a whole" if member.kind == "state" else "no word of the report tells it"
                absences.append(Absence(record=ident, field="sector", reason=why))
        return tuple(actors), tuple(reasons), tuple(absences)

    def ids(self) -> dict[str, str]:
        """Give each member's id."""
        return {key: content_id("a", key) for key in self.members}
