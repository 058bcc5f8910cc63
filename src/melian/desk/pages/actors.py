"""Actors: the list, and what one of them does, says, demands and is accused of."""

from __future__ import annotations

from datetime import date

import msgspec

from melian.desk.choice import Choice, address
from melian.desk.desk import Desk, NotThere
from melian.desk.pages.dyads import code_of
from melian.desk.pages.page import EventLine, Page, Query, table_of
from melian.desk.questions import Counted, Questions
from melian.errors import BadQuestion
from melian.exports.wording import name_type

_SHOWN = 8
_SAYS = ["state", "confirm", "praise", "express", "question", "promise"]
_DEMANDS = ["demand", "threaten"]
_AGAINST = ["deny", "accuse", "condemn"]


class ActorLine(msgspec.Struct, frozen=True, kw_only=True):
    """A name as the list shows it."""

    name: str
    kind: str
    countries: str | None = None
    offices: str | None = None
    reports: int
    first_told: date | None = None
    last_told: date | None = None


class ActorsView(msgspec.Struct, frozen=True, kw_only=True):
    """The list of actors."""

    q: str
    country: str
    actors: tuple[ActorLine, ...]


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What reports call a name, and in which days."""

    kind: str
    country: str | None = None
    sector: str | None = None
    office: str | None = None
    reports: int
    first_told: date | None = None
    last_told: date | None = None


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A statement."""

    report: str
    statement: str
    act: str
    words: str | None = None
    outlet: str | None = None
    published: date | None = None


class Spoken(msgspec.Struct, frozen=True, kw_only=True):
    """How often an act of speaking is told."""

    act: str
    statements: int


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody does, or what is done to them: counts by type, the newest, and where all are."""

    title: str
    total: int
    types: tuple[tuple[str, int, str], ...]
    events: tuple[EventLine, ...]
    address: str


class Speech(msgspec.Struct, frozen=True, kw_only=True):
    """Statements of some acts."""

    title: str
    said: tuple[Said, ...]


class Term(msgspec.Struct, frozen=True, kw_only=True):
    """A term of office that the tables of knowledge have."""

    office: str
    country: str
    first: date
    until: date | None = None


class Membership(msgspec.Struct, frozen=True, kw_only=True):
    """A member of a body, as the tables of knowledge have it."""

    name: str
    standing: str
    first: date
    until: date | None = None


class ActorView(msgspec.Struct, frozen=True, kw_only=True):
    """An actor's page."""

    name: str
    known: tuple[Known, ...]
    terms: tuple[Term, ...]
    members: tuple[Membership, ...]
    members_on: date | None
    sides: tuple[Side, ...]
    acts: tuple[Spoken, ...]
    speeches: tuple[Speech, ...]


def show_actors(desk: Desk, query: Query) -> Page:
    """Show who acts and speaks, narrowed by words of a name and a country."""
    q = query.get("q", "").strip()[:200]
    country = code_of(query.get("country", ""), is_optional=True)
    actors = desk.questions().ask("actors", ActorLine, q=q, country=country)
    columns, rows = table_of(actors, ActorLine)
    return Page("actors.html.jinja", "Actors", ActorsView(q=q, country=country, actors=tuple(actors)), columns, rows)


def show_actor(desk: Desk, query: Query) -> Page:
    """Show what somebody does, says, demands and is accused of."""
    name = query.get("name", "").strip()
    if not name:
        raise BadQuestion("No actor is named", "a name in the address", "Choose one on the page of actors")
    questions = desk.questions()
    known = questions.ask("actor", Known, name=name)
    if not known:
        raise NotThere(f"Nobody in the archive is called {name[:60]!r}", "a name of the page of actors", "Look there")
    told = max((one.last_told for one in known if one.last_told), default=None)
    view = ActorView(
        name=name,
        known=tuple(known),
        terms=tuple(_terms(name)),
        members=_members(name, told),
        members_on=told,
        sides=(
            _side(questions, "Does", Choice(source=name)),
            _side(questions, "Is accused of or criticised for", Choice(target=name, type="ACCUSE")),
            _side(questions, "Meets with from others", Choice(target=name)),
        ),
        acts=tuple(questions.ask("acts", Spoken, name=name)),
        speeches=tuple(
            Speech(title=title, said=tuple(questions.ask("said", Said, name=name, acts=acts, count=_SHOWN)))
            for title, acts in (
                ("Says and promises", _SAYS),
                ("Demands and threatens", _DEMANDS),
                ("Denies, accuses, condemns", _AGAINST),
            )
        ),
    )
    columns, rows = table_of([one for speech in view.speeches for one in speech.said], Said)
    return Page("actor.html.jinja", name, view, columns, rows)


def _side(questions: Questions, title: str, choice: Choice) -> Side:
    counted = questions.ask("types", Counted, choice)
    return Side(
        title=title,
        total=sum(row.events for row in counted),
        types=tuple(
            (name_type(row.value), row.events, address("/events", choice, type=row.value))
            for row in counted
            if row.value
        ),
        events=tuple(questions.ask("events", EventLine, choice, count=_SHOWN, skip=0)),
        address=address("/events", choice),
    )


def _terms(name: str) -> list[Term]:
    from melian.knowledge.offices import holders

    found = [one for one in holders() if name in (one.person, *one.variants)]
    return [
        Term(
            office=one.office.replace("_", " "),
            country=one.country or one.organisation or "",
            first=one.from_,
            until=one.until,
        )
        for one in sorted(found, key=lambda one: one.from_)
    ]


def _members(name: str, on: date | None) -> tuple[Membership, ...]:
    """Give the members of a body on a day, if the name is its own and the day is known."""
    from melian.knowledge.organisations import organisations
    from melian.knowledge.organisations.members import members_of

    if on is None or all(name != one.name for one in organisations()):
        return ()
    return tuple(
        Membership(name=one.name, standing=one.standing, first=one.begins, until=one.until)
        for one in members_of(name, on)
    )
