"""Who sits at the browser, as far as that is known: a reviewer's name, kept in a cookie, and the sample taken up.

A name in an address would make whoever follows a link answer in it. The name proves nothing: it says who answers, as it
does in the terminal.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, unquote

import msgspec

from melian.archive.review.judging import checked_reviewer
from melian.desk.desk import Desk
from melian.desk.pages.link_queue import are_links_left, seed_taken
from melian.errors import BadReview

_NAME, _SAMPLE = "melian-reviewer", "melian-sample"
_KEPT = "Path=/; HttpOnly; SameSite=Strict; Max-Age=31536000"


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """A person at a browser.

    Attributes:
        name: The reviewer's name; "" for somebody who only looks.
        sample: The random sample that the reviewer has taken up, or the random order of links; "" for none.
    """

    name: str = ""
    sample: str = ""


def person_of(cookies: Mapping[str, str]) -> Person:
    """Read who it is; whoever brings a name that is none only looks."""
    try:
        name, sample = (unquote(cookies.get(kept, ""), errors="strict") for kept in (_NAME, _SAMPLE))
        return Person(name=checked_reviewer(name), sample=sample)
    except (BadReview, UnicodeDecodeError):
        return Person()


def cookies_of(person: Person) -> list[str]:
    """Write the cookies that keep who it is, or that forget it."""
    return [
        f"{name}={quote(value, safe='')}; {_KEPT}"
        if value
        else f"{name}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0"
        for name, value in ((_NAME, person.name), (_SAMPLE, person.sample))
    ]


def is_blind(desk: Desk, person: Person) -> bool:
    """Tell whether a person has taken up a sample and not judged all of it: then nobody else's answers are shown."""
    if not (person.name and person.sample and desk.has_archive):
        return False
    if seed := seed_taken(person.sample):
        return are_links_left(desk, person.name, seed)
    with desk.reviewing() as review:
        if person.sample not in review.samples():
            return False
        return review.next(person.name, sample=person.sample) is not None
