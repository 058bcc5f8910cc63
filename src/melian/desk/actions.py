"""What a form does: a function from the desk, the form and who sends it to where that leads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import parse_qs, urlsplit

import msgspec

from melian.archive import Archive
from melian.archive.layout import find_archive
from melian.archive.linking.deciding import decide_between
from melian.archive.linking.decisions import Decision, Verdict, add_decision, decide, take_back
from melian.archive.review.judging import checked_reviewer
from melian.desk.choice import address
from melian.desk.desk import Desk
from melian.desk.pages.link_queue import name_of_order, seed_of, tellings_of
from melian.desk.pages.page import Page, kind_of, number_of
from melian.desk.pages.review_item import changes_in, show_again, task_of
from melian.desk.person import Person, is_blind
from melian.errors import BadQuestion, BadReview

Form = Mapping[str, str]
_PATIENCE = 8.0
"""Seconds for which a form waits for a new index; a small archive has it by then."""
_FILTERS = ("between", "source", "target", "type", "outlet")
_LONGEST = 2_000


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """Where an action leads, and who sits there from now on."""

    address: str
    person: Person | None = None


Act = Callable[[Desk, Form, Person], Done | Page]


def save_query(desk: Desk, form: Form, person: Person) -> Done:
    """Save a query under a name, or forget it."""
    name, sql = form.get("name", ""), form.get("sql", "")
    desk.saved.save(name, "" if form.get("forget") else sql)
    return Done(address=address("/query", sql=sql, name=name) if sql else "/query")


def refresh(desk: Desk, form: Form, person: Person) -> Done:
    """Bring the lists up to date."""
    desk.refresh(_PATIENCE)
    return Done(address=way_back(form))


def name_reviewer(desk: Desk, form: Form, person: Person) -> Done:
    """Say who sits here; without a name, somebody who only looks."""
    if form.get("leave"):
        return Done(address="/review", person=Person())
    return Done(address=way_back(form), person=Person(name=checked_reviewer(form.get("name", ""))))


def draw_sample(desk: Desk, form: Form, person: Person) -> Done:
    """Draw a random sample."""
    size, seed = (_number(form, name, most) for name, most in (("size", 100_000), ("seed", 10**12)))
    with desk.reviewing() as review:
        review.draw(
            form.get("sample", "").strip(),
            size,
            kind=kind_of(form),
            seed=seed,
            is_stratified=bool(form.get("by_type")),
            filters={name: form.get(name, "").strip() or None for name in _FILTERS},
        )
    return Done(address="/review")


def take_up(desk: Desk, form: Form, person: Person) -> Done:
    """Take up a sample, or links in a random order: from now on nothing is shown that others said."""
    _named(person)
    if seed := seed_of(form):
        taken = msgspec.structs.replace(person, sample=name_of_order(seed))
        return Done(address=address("/review/link", seed=seed), person=taken)
    name = form.get("sample", "")
    with desk.reviewing() as review:
        review.sample(name)
    return Done(address=address("/review/next", sample=name), person=msgspec.structs.replace(person, sample=name))


def answer(desk: Desk, form: Form, person: Person) -> Done | Page:
    """Keep an answer about one record, and go on to the next."""
    name = _named(person)
    task = task_of(desk, form)
    try:
        is_rejected = form.get("verdict") == "reject"
        if not is_rejected and form.get("verdict") != "keep":
            raise BadReview("The answer says neither that it is right nor that it is none", "one of the two")
        changes = {} if is_rejected else changes_in(task, form)
        with desk.reviewing() as review:
            review.answer(
                name,
                task.anchor,
                changes,
                is_rejected=is_rejected,
                sample=form.get("sample") or None,
                note=form.get("note"),
            )
    except (BadReview, BadQuestion) as error:
        return show_again(desk, form, person, error)
    if form.get("back"):
        return Done(address=way_back(form))
    sample, after = form.get("sample", ""), number_of(form, "after", least=0)
    kind = "" if sample else task.anchor.kind
    return Done(address=address("/review/next", sample=sample, kind=kind, after=after or ""))


def undo(desk: Desk, form: Form, person: Person) -> Done:
    """Take an answer back: one's own, or, of who is not judging a sample blindly, anybody's."""
    name, ident = _named(person), form.get("correction", "")
    with desk.reviewing() as review:
        found = next((one for one in review.corrections() if one.id == ident), None)
    if found is None or (found.reviewer != name and is_blind(desk, person)):
        raise BadReview(f"There is no answer {ident[:40]!r} of yours", "one of your answers", "Look at your answers")
    with desk.reviewing() as review:
        review.undo(name, ident)
    return Done(address=way_back(form))


def decide_link(desk: Desk, form: Form, person: Person) -> Done:
    """Keep a person's decision that two events are one, or two, or take one back: it counts at once."""

    def between(verdict: Verdict, name: str, why: str) -> Decision:
        left, right = (event_named(form.get(side, "")) for side in ("left", "right"))
        decision = decide_between(Archive(desk.folder), verdict, left, right, by=name, why=why)
        if decision.about != "events":
            raise BadReview("These are no two events", "two events", "Decide about voices with melian archive link")
        return decision

    add_decision(find_archive(desk.folder), _decision(form, person, between))
    desk.refresh(_PATIENCE)
    return Done(address=way_back(form))


def judge_link(desk: Desk, form: Form, person: Person) -> Done:
    """Keep whether two tellings are of one event, and go on to the next; the lists take it in by and by."""
    seed = seed_of(form)

    def between(verdict: Verdict, name: str, why: str) -> Decision:
        one, other = ((form.get(f"{side}report", ""), form.get(f"{side}event", "")) for side in ("", "with_"))
        if one == other or len(tellings_of(desk.questions(), one, other)) != 2:
            raise BadReview(
                "These two events are not in the archive any more", "two events of it", "Take the next link"
            )
        return decide(verdict, "events", one, other, by=name, why=why, seed=seed)

    add_decision(find_archive(desk.folder), _decision(form, person, between))
    after = number_of(form, "after", least=0)
    return Done(address=address("/review/link", seed=seed or "", after=after or ""))


def link_reports(desk: Desk, form: Form, person: Person) -> Done:
    """Link what is new in the archive."""
    desk.refresh(_PATIENCE, has_to_link=True)
    return Done(address=way_back(form))


ACTIONS: dict[str, Act] = {
    "/query/save": save_query,
    "/refresh": refresh,
    "/review/link": judge_link,
    "/review/name": name_reviewer,
    "/review/draw": draw_sample,
    "/review/take": take_up,
    "/review/answer": answer,
    "/review/undo": undo,
    "/links/decide": decide_link,
    "/links/make": link_reports,
}


def way_back(form: Form) -> str:
    """Give the page from which a form came: one of the desk's own, whatever stands in the form."""
    back = form.get("back", "")
    parts = urlsplit(back)
    is_own = back.startswith("/") and not back.startswith(("//", "/\\")) and not (parts.scheme or parts.netloc)
    return back if is_own and back.isprintable() and len(back) <= _LONGEST else "/review"


def event_named(words: str) -> str:
    """Read an event as REPORT#EVENT, or as the address of its page."""
    parts = urlsplit(words.strip())
    if parts.path.endswith("/event"):
        given = parse_qs(parts.query)
        return f"{given.get('report', [''])[0]}#{given.get('id', [''])[0]}"
    return words.strip()


def _decision(form: Form, person: Person, between: Callable[[Verdict, str, str], Decision]) -> Decision:
    """Read what a form says of a link: that both are one, or two, or that an earlier decision is taken back."""
    name, why = _named(person), form.get("why", "").strip()
    verdict, taken_back = form.get("verdict"), form.get("undo", "")
    if len(why) > _LONGEST:
        raise BadQuestion(f"The reason has {len(why):,} characters", f"at most {_LONGEST:,}", "Shorten it")
    if taken_back:
        return take_back(taken_back, by=name, why=why)
    if verdict not in ("one", "two"):
        raise BadQuestion("The form does not say whether they are one or two", "one of the two")
    return between("one" if verdict == "one" else "two", name, why)


def _named(person: Person) -> str:
    if not person.name:
        raise BadReview("Nobody is named who says so", "a reviewer's name", "Say on the page of reviews who you are")
    return person.name


def _number(form: Form, name: str, most: int) -> int:
    words = form.get(name, "").strip()
    if not (words.isascii() and words.isdecimal() and len(words) < 14 and 1 <= int(words) <= most):
        raise BadReview(f"The {name} is {words[:40]!r}", f"a number from 1 to {most:,}", "Correct it")
    return int(words)
