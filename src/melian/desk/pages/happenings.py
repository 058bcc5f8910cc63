"""Events, each happening once however many reports tell it."""

from __future__ import annotations

import msgspec

from melian.desk.choice import STANDINGS, address, choice_of
from melian.desk.desk import Desk
from melian.desk.pages.linked import LinkedEvent, are_linked
from melian.desk.pages.page import Page, Query, number_of, stretch, table_of
from melian.exports.wording import name_type
from melian.knowledge.ontology import event_kinds

_ON_A_PAGE = 50
_NAMES = ("type", "standing", "source", "target", "between")


class Happening(LinkedEvent, frozen=True, kw_only=True):
    """A happening as the list shows it, with an event by which its page is found."""

    report: str
    event: str
    all: int = 0


class HappeningsView(msgspec.Struct, frozen=True, kw_only=True):
    """The list of happenings."""

    chosen: dict[str, str]
    voices: int
    types: tuple[tuple[str, str], ...]
    standings: tuple[str, ...]
    are_linked: bool
    total: int
    happenings: tuple[Happening, ...]
    previous: str
    following: str


def show_happenings(desk: Desk, query: Query) -> Page:
    """Show what happened, each once, the newest first."""
    choice = choice_of({name: query.get(name, "") for name in _NAMES})
    number, voices = number_of(query, "page"), number_of(query, "voices")
    count, skip = stretch(query, number, _ON_A_PAGE)
    found = desk.questions().ask("linked", Happening, choice, least=voices, count=count, skip=skip)
    total = found[0].all if found else 0
    chosen = {name: getattr(choice, name) for name in _NAMES}
    kept = {**chosen, "voices": voices if voices > 1 else ""}
    view = HappeningsView(
        chosen=chosen,
        voices=voices,
        types=tuple((one.id, name_type(one.id)) for one in event_kinds()),
        standings=STANDINGS,
        are_linked=are_linked(desk),
        total=total,
        happenings=tuple(found),
        previous=address("/linked", **kept, page=number - 1) if number > 1 else "",
        following=address("/linked", **kept, page=number + 1) if number * _ON_A_PAGE < total else "",
    )
    columns, rows = table_of(found, Happening)
    return Page("happenings.html.jinja", "Events", view, columns[:-1], [row[:-1] for row in rows])
