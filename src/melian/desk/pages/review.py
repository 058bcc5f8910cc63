"""Reviewing: who sits here, what there is to judge, one's own answers, and samples that are drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from melian.archive.layout import find_archive
from melian.archive.linking.decisions import Decision, decisions_of
from melian.archive.review.answered import answers_by, count_judged, judged_by
from melian.desk.choice import address
from melian.desk.desk import Desk
from melian.desk.pages.page import Page, Query, table_of
from melian.exports.review_words import describe_answer


class SampleLine(msgspec.Struct, frozen=True, kw_only=True):
    """A random sample: what it holds, and how far the reviewer is with it."""

    sample: str
    kind: str
    items: int
    population: int
    seed: int
    is_stratified: bool
    judged: int


class LinkOrder(msgspec.Struct, frozen=True, kw_only=True):
    """A random order of links, and how many people judged in it."""

    seed: int
    judged: int


class ReviewView(msgspec.Struct, frozen=True, kw_only=True):
    """The page from which reviewing begins."""

    reviewer: str
    taken: str
    answers: int
    samples: tuple[SampleLine, ...]
    orders: tuple[LinkOrder, ...]
    back: str


class AnswerLine(msgspec.Struct, frozen=True, kw_only=True):
    """One of the reviewer's own answers."""

    correction: str
    at: str
    report: str
    kind: str
    record: str
    sample: str | None
    words: str
    said: str
    note: str | None
    address: str


class AnswersView(msgspec.Struct, frozen=True, kw_only=True):
    """A reviewer's own answers."""

    reviewer: str
    answers: tuple[AnswerLine, ...]


def show_review(desk: Desk, query: Query) -> Page:
    """Show what there is to judge."""
    name = query.get("reviewer", "")
    with desk.reviewing() as review:
        corrections = review.corrections()
        judged = judged_by(corrections, name) if name else {}
        samples = [review.sample(one) for one in review.samples()]
    lines = tuple(
        SampleLine(
            sample=one.name,
            kind=one.kind,
            items=len(one.items),
            population=sum(one.populations.values()),
            seed=one.seed,
            is_stratified=len(one.populations) > 1,
            judged=count_judged(one, judged),
        )
        for one in samples
    )
    view = ReviewView(
        reviewer=name,
        taken=query.get("taken", ""),
        answers=len(answers_by(corrections, name)) if name else 0,
        samples=lines,
        orders=tuple(_orders(decisions_of(find_archive(desk.folder)))),
        back=query.get("back", ""),
    )
    columns, rows = table_of(lines, SampleLine)
    return Page("review.html.jinja", "Review", view, columns, rows)


def _orders(decisions: Iterable[Decision]) -> Iterator[LinkOrder]:
    """Give the random orders in which links were judged."""
    found: dict[int, set[frozenset[tuple[str, ...]]]] = {}
    for one in decisions:
        if one.seed:
            found.setdefault(one.seed, set()).add(frozenset({one.left, one.right}))
    return (LinkOrder(seed=seed, judged=len(found[seed])) for seed in sorted(found))


def show_answers(desk: Desk, query: Query) -> Page:
    """Show the reviewer's own answers, the latest first, and those of nobody else."""
    name = query.get("reviewer", "")
    if not name:
        return show_review(desk, {**query, "back": "/review/answers"})
    with desk.reviewing() as review:
        own = answers_by(review.corrections(), name)
    lines = tuple(
        AnswerLine(
            correction=one.id,
            at=one.at,
            report=one.anchor.report,
            kind=one.anchor.kind,
            record=one.anchor.record,
            sample=one.sample,
            words=" … ".join(one.anchor.words),
            said=describe_answer(one),
            note=one.note,
            address=address(
                "/review/item",
                report=one.anchor.report,
                kind=one.anchor.kind,
                record=one.anchor.record,
                sample=one.sample,
                back="/review/answers",
            ),
        )
        for one in own
    )
    columns, rows = table_of(lines, AnswerLine)
    return Page("review_answers.html.jinja", "Your answers", AnswersView(reviewer=name, answers=lines), columns, rows)
