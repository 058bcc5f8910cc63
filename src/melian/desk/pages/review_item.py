"""One record to judge: the report's words around it, each field with its key, and nothing that others said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

import msgspec

from melian.archive.review.anchors import is_same_record
from melian.archive.review.answered import answers_by
from melian.archive.review.queue import Review, Task
from melian.archive.review.values import modes_of
from melian.archive.review.written import write_party, write_place
from melian.desk.choice import address
from melian.desk.desk import Desk
from melian.desk.pages.disputes import SideView, sides_of
from melian.desk.pages.page import Page, Query, kind_of, number_of
from melian.desk.pages.review import show_review
from melian.desk.person import Person
from melian.errors import MelianError
from melian.exports.passages import Piece, is_plain, passage_of, plain_pieces
from melian.exports.review_words import FIELD_KEYS, describe_answer, spell_value
from melian.exports.visible import show_controls
from melian.exports.wording import Lookup, describe_dispute, name_type
from melian.records import Act, Correction, Dispute, DisputeKind, Event, EventType, ReviewedField

FIELD = "field-"
"""What stands before a field's name in the form."""


class FieldView(msgspec.Struct, frozen=True, kw_only=True):
    """A field to judge.

    Attributes:
        name: The field.
        key: The key that leads to it.
        was: What the machine has.
        value: What stands in the form.
        spelt: The machine's value with codes and spans in words; "" where that says no more.
        choices: What it can be, as value and words; none where it is written freely.
        offers: What may be meant, such as the actors of the report.
        hint: How it is written.
    """

    name: ReviewedField
    key: str
    was: str
    value: str
    spelt: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    offers: tuple[str, ...] = ()
    hint: str = ""


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """Words of the report; `at` is where they begin, where places in them can be counted."""

    words: str
    is_marked: bool
    is_cut: bool
    at: int | None


class ItemView(msgspec.Struct, frozen=True, kw_only=True):
    """The page of one record."""

    reviewer: str
    report: str
    kind: str
    record: str
    sample: str
    place: int
    of: int | None
    report_title: str
    outlet: str
    published: str
    passage: tuple[Passage, ...]
    has_more: bool
    is_whole: bool
    whole: str
    about: str
    sides: tuple[SideView, ...]
    fields: tuple[FieldView, ...]
    note: str
    problem: str
    earlier: str
    last: tuple[str, str, str] | None
    back: str
    after: int
    later: str


class DoneView(msgspec.Struct, frozen=True, kw_only=True):
    """Nothing is left, or nothing behind the records that were put off."""

    reviewer: str
    sample: str
    kind: str
    is_empty: bool
    put_off: str
    last: tuple[str, str, str] | None


class TakeView(msgspec.Struct, frozen=True, kw_only=True):
    """A sample that has not been taken up yet."""

    reviewer: str
    sample: str
    items: int
    kind: str


def show_next(desk: Desk, query: Query) -> Page:
    """Show the next record of a sample or of the queue."""
    name, sample, after = query.get("reviewer", ""), query.get("sample", ""), number_of(query, "after", least=0)
    if not name:
        return show_review(desk, {**query, "back": address("/review/next", sample=sample, kind=query.get("kind", ""))})
    kind = kind_of(query)
    with desk.reviewing() as review:
        if sample and query.get("taken") != sample:
            drawn = review.sample(sample)
            view = TakeView(reviewer=name, sample=sample, items=len(drawn.items), kind=drawn.kind)
            return Page("review_take.html.jinja", f"Sample {sample}", view)
        task = review.next(name, sample=sample or None, kind=kind, after=after)
        if task is not None:
            return _page(review, task, query, after=after)
        first = review.next(name, sample=sample or None, kind=kind) if after else None
        kinds = {"sample": sample, "kind": "" if sample else kind}
        view_done = DoneView(
            reviewer=name,
            sample=sample,
            kind=kind,
            is_empty=not sample and not answers_by(review.corrections(), name),
            put_off=address("/review/next", **kinds) if first is not None else "",
            last=_last(review, name),
        )
    return Page("review_done.html.jinja", "Nothing left to judge", view_done)


def show_item(desk: Desk, query: Query) -> Page:
    """Show one record, wherever it stands in a queue."""
    if not query.get("reviewer"):
        kept = {name: query.get(name, "") for name in ("report", "kind", "record", "sample", "back")}
        return show_review(desk, {**query, "back": address("/review/item", **kept)})
    task = task_of(desk, query)
    with desk.reviewing() as review:
        return _page(review, task, query, after=number_of(query, "after", least=0))


def show_again(desk: Desk, form: Mapping[str, str], person: Person, error: MelianError) -> Page:
    """Show a record once more, as it was filled in, with what is wrong."""
    task = task_of(desk, form)
    with desk.reviewing() as review:
        query = {**form, "reviewer": person.name}
        return _page(review, task, query, after=number_of(form, "after", least=0), problem=str(error))


def task_of(desk: Desk, query: Query) -> Task:
    """Find the record that an address or a form names.

    Raises:
        BadReview: The archive has no such record.
    """
    with desk.reviewing() as review:
        return review.task(query.get("report", ""), kind_of(query), query.get("record", ""))


def changes_in(task: Task, form: Mapping[str, str]) -> dict[ReviewedField, str]:
    """Give the fields that a form has otherwise than the machine. What is left empty is none."""
    changes: dict[ReviewedField, str] = {}
    for field, was in task.values.items():
        given = form.get(FIELD + field)
        if field == "direction":
            changes |= {field: "turn"} if given else {}
        elif given is not None and given.split() != show_controls(was).split():
            changes[field] = given.strip() or "none"
    return changes


def _page(review: Review, task: Task, query: Query, *, after: int, problem: str = "") -> Page:
    name, report, text = query.get("reviewer", ""), task.reading.report, task.reading.report.text
    own = next((o for o in answers_by(review.corrections(), name) if is_same_record(o.anchor, task.anchor)), None)
    sample = task.sample or query.get("sample", "")
    queue = {"sample": sample, "kind": "" if sample else task.anchor.kind}
    pieces = passage_of(text, task.anchor.spans)
    view = ItemView(
        reviewer=name,
        report=report.id,
        kind=task.anchor.kind,
        record=task.anchor.record,
        sample=sample,
        place=task.place,
        of=task.of,
        report_title=report.title or "",
        outlet=report.outlet or "",
        published=report.published or "",
        passage=tuple(map(_passage, plain_pieces(pieces))),
        has_more=bool(pieces) and pieces[-1].start + len(pieces[-1].words) < len(text),
        is_whole=sum(len(piece.words) for piece in pieces) >= len(text),
        whole=text,
        about=_about(task),
        sides=_sides(task),
        fields=tuple(_field(task, field, query if problem else {}, own) for field in task.values),
        note=query.get("note", "") if problem else (own.note or "") if own else "",
        problem=problem,
        earlier=describe_answer(own) if own else "",
        last=_last(review, name),
        back=query.get("back", ""),
        after=after,
        later=address("/review/next", **queue, after=max(task.place, after)),
    )
    rows = [[field.name, field.was] for field in view.fields]
    title = f"Is this {'an' if task.anchor.kind == 'event' else 'a'} {task.anchor.kind}, and is it right?"
    return Page("review_item.html.jinja", title, view, ("field", "value"), rows, status=400 if problem else 200)


def _passage(piece: Piece) -> Passage:
    at = piece.start if is_plain(piece.words) else None
    return Passage(words=piece.words, is_marked=piece.is_marked, is_cut=piece.is_cut, at=at)


def _field(task: Task, field: ReviewedField, form: Mapping[str, str], own: Correction | None) -> FieldView:
    was = task.values[field]
    said = (
        next((one.new for one in own.judgements if one.field == field and one.verdict == "correct"), None)
        if own
        else None
    )
    value = form.get(FIELD + field, "" if field == "direction" else was) if form else said or was
    spelt = spell_value(task.reading, field, was)
    return FieldView(
        name=field,
        key=FIELD_KEYS[field],
        was=was,
        value=value if field != "direction" else "turn" if (form and value) or (not form and said) else "",
        spelt=spelt if spelt != was else "",
        choices=_choices(field, was),
        offers=_offers(task, field),
        hint=_hint(task, field),
    )


def _choices(field: ReviewedField, was: str) -> tuple[tuple[str, str], ...]:
    known = {"type": get_args(EventType), "act": get_args(Act), "kind": get_args(DisputeKind)}.get(field, ())
    listed = known if was in known or not known else (was, *known)
    return tuple((one, f"{name_type(one)} ({one})" if field == "type" else one) for one in listed)


def _offers(task: Task, field: ReviewedField) -> tuple[str, ...]:
    if field in ("sources", "targets", "speaker"):
        return tuple(dict.fromkeys(write_party(actor) for actor in task.reading.actors))
    return tuple(dict.fromkeys(write_place(place) for place in task.reading.places)) if field == "place" else ()


def _hint(task: Task, field: ReviewedField) -> str:
    if field == "modes" and isinstance(task.record, Event):
        return f"with commas between: {', '.join(modes_of(task.record.type)) or 'this type has none'}"
    return {
        "sources": "with semicolons between: Kenyan jets [KEN MIL]; Somalia [SOM]",
        "targets": "with semicolons between",
        "speaker": "Sergey Lavrov [RUS GOV]",
        "date": "2026-05-05, 2026-05, 2026-04-27..2026-05-03, or none",
        "place": "Kismayo [SOM], or none",
        "content": "characters of the report: mark words above and press c",
    }.get(field, "")


def _about(task: Task) -> str:
    return describe_dispute(task.record, Lookup(task.reading)) if isinstance(task.record, Dispute) else ""


def _sides(task: Task) -> tuple[SideView, ...]:
    return tuple(sides_of(task.record, Lookup(task.reading))) if isinstance(task.record, Dispute) else ()


def _last(review: Review, name: str) -> tuple[str, str, str] | None:
    """Give the reviewer's last answer: its id, what it says, and the address of its record."""
    last = next(iter(answers_by(review.corrections(), name)), None)
    if last is None:
        return None
    where = {"report": last.anchor.report, "kind": last.anchor.kind, "record": last.anchor.record}
    return last.id, describe_answer(last), address("/review/item", **where, sample=last.sample)
