"""Links that a person judges: two tellings side by side, and whether they are of one event.

The order is that of the machine's doubt, or a random one that a seed gives, for measuring. Nobody sees what others say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from melian.archive.layout import find_archive
from melian.archive.linking.decisions import Decision, decisions_of
from melian.desk.choice import address
from melian.desk.desk import Desk
from melian.desk.pages.linked import are_linked
from melian.desk.pages.page import EventLine, Page, Query, number_of
from melian.desk.pages.review import show_review
from melian.desk.questions import Questions

_AT_ONCE = 200
_MOST_KEPT = 5_000
_SEPARATOR = "\x1f"
_ORDER = "links#"


class LinkPair(msgspec.Struct, frozen=True, kw_only=True):
    """Two tellings that the machine holds for one event."""

    report: str
    event: str
    with_report: str
    with_event: str
    score: float | None = None
    reason: str | None = None
    all: int = 0

    @property
    def ends(self) -> dict[str, str]:
        """Both ends, as an address and a form name them."""
        return {name: getattr(self, name) for name in ("report", "event", "with_report", "with_event")}

    @property
    def both(self) -> frozenset[tuple[str, str]]:
        """Both ends, whichever of them is named first."""
        return frozenset({(self.report, self.event), (self.with_report, self.with_event)})


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A link that is judged next: its place in the order, and how both reports tell it."""

    place: int
    pair: LinkPair
    tellings: tuple[EventLine, ...]


class TakeOrderView(msgspec.Struct, frozen=True, kw_only=True):
    """A random order of links that has not been taken up yet."""

    reviewer: str
    seed: int
    links: int


class LinkItemView(msgspec.Struct, frozen=True, kw_only=True):
    """The page of one link to judge; without one nothing is left.

    Attributes:
        reviewer: Who judges.
        seed: Of the random order; 0 for the least sure first.
        asked: The link.
        after: Behind which place of the order the reviewer is.
        later: Where the next one is.
        put_off: Where those are that were put off; "" for none.
        last: The reviewer's last decision: its id, and what it says.
        are_linked: Whether there are links at all.
    """

    reviewer: str
    seed: int
    asked: Asked | None
    after: int
    later: str
    put_off: str
    last: tuple[str, str] | None
    are_linked: bool


def show_link(desk: Desk, query: Query) -> Page:
    """Show the next link that the reviewer has not judged."""
    name, seed, after = query.get("reviewer", ""), seed_of(query), number_of(query, "after", least=0)
    here = address("/review/link", seed=seed or "")
    if not name:
        return show_review(desk, {**query, "back": here})
    questions, decisions = desk.questions(), decisions_of(find_archive(desk.folder))
    if seed and seed_taken(query.get("taken", "")) != seed and (links := links_in_order(questions, seed)):
        view_taken = TakeOrderView(reviewer=name, seed=seed, links=links)
        return Page("review_take_links.html.jinja", "Links in random order", view_taken)
    asked = next(links_left(questions, decisions, name, seed=seed, after=after), None)
    has_put_off = asked is None and after and next(links_left(questions, decisions, name, seed=seed), None) is not None
    last = next((one for one in reversed(decisions) if one.by == name and one.about == "events"), None)
    view = LinkItemView(
        reviewer=name,
        seed=seed,
        asked=asked,
        after=after,
        later=address("/review/link", seed=seed or "", after=asked.place if asked else ""),
        put_off=here if has_put_off else "",
        last=(last.id, "one event" if last.verdict == "one" else "two events") if last is not None else None,
        are_linked=are_linked(desk),
    )
    rows = [[asked.place, *asked.pair.ends.values()]] if asked else []
    columns = ("place", "report", "event", "with_report", "with_event")
    return Page("review_link.html.jinja", "Do both tell one event?", view, columns, rows)


def links_left(
    questions: Questions, decisions: Sequence[Decision], reviewer: str, *, seed: int = 0, after: int = 0
) -> Iterator[Asked]:
    """Yield the links that somebody has not judged.

    Args:
        questions: To the index.
        decisions: All that stand.
        reviewer: Whose queue it is.
        seed: Of the random order; 0 for the least sure first.
        after: Begin behind this place.
    """
    judged = {frozenset({one.left, one.right}) for one in decisions if one.by == reviewer}
    asked = dict.fromkeys(_SEPARATOR.join((*one.left, *one.right)) for one in judged_in(decisions, seed))
    kept = list(asked)[:_MOST_KEPT]
    start = after
    while rows := questions.ask("link_queue", LinkPair, seed=seed, kept=kept, count=_AT_ONCE, skip=start):
        for place, pair in enumerate(rows, start + 1):
            if pair.both in judged:
                continue
            lines = tellings_of(questions, (pair.report, pair.event), (pair.with_report, pair.with_event))
            # An event that people rejected since is no longer there to be judged.
            if len(lines) == 2:
                yield Asked(place=place, pair=pair, tellings=tuple(lines))
        start += _AT_ONCE


def are_links_left(desk: Desk, reviewer: str, seed: int) -> bool:
    """Tell whether there are links in a random order that somebody has not judged."""
    decisions = decisions_of(find_archive(desk.folder))
    return next(links_left(desk.questions(), decisions, reviewer, seed=seed), None) is not None


def name_of_order(seed: int) -> str:
    """Write a random order of links as what a reviewer has taken up; no sample has such a name."""
    return f"{_ORDER}{seed}"


def seed_taken(taken: str) -> int:
    """Read which random order of links a reviewer has taken up; 0 for none, or for a cookie that says nothing."""
    number = taken.removeprefix(_ORDER)
    return (
        int(number) if taken.startswith(_ORDER) and number.isascii() and number.isdecimal() and len(number) < 8 else 0
    )


def tellings_of(questions: Questions, one: tuple[str, str], other: tuple[str, str]) -> list[EventLine]:
    """Give how two reports tell two events; fewer than two where one of them is not there."""
    ends = {"report": one[0], "event": one[1], "with_report": other[0], "with_event": other[1]}
    return questions.ask("pair", EventLine, **ends)


def links_in_order(questions: Questions, seed: int) -> int:
    """Count the links that there are to judge."""
    found = questions.ask("link_queue", LinkPair, seed=seed, kept=[], count=1, skip=0)
    return found[0].all if found else 0


def judged_in(decisions: Sequence[Decision], seed: int) -> list[Decision]:
    """Give the decisions that were made in a random order of links."""
    return [one for one in decisions if seed and one.seed == seed and one.about == "events"]


def seed_of(query: Query) -> int:
    """Read the seed of a random order; 0 where none is asked for."""
    return number_of(query, "seed", least=0)
