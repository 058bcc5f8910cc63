"""What a person has decided about links. Decisions are only added, and win whenever links are made again."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import Literal

import msgspec

from melian.archive.durable import explain_failure
from melian.archive.layout import Layout
from melian.archive.lock import waited_for
from melian.errors import BadArchive, BadQuestion
from melian.records import content_id

Verdict = Literal["one", "two", "withdrawn"]
About = Literal["events", "voices", "actors"]


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """One decision of a person.

    Attributes:
        id: Made from what was decided, by whom and when.
        at: When, in UTC.
        by: Who.
        verdict: "one" or "two"; "withdrawn" takes an earlier decision back.
        about: What is linked.
        left: An event as (report, event), a voice as (report,), an actor as (name, country or "").
        right: The other one.
        why: In the person's own words.
        takes_back: Id of the decision that is withdrawn.
        seed: The random order of links in which the person came to it; 0 for none.
    """

    id: str
    at: str
    by: str
    verdict: Verdict
    about: About
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    why: str = ""
    takes_back: str = ""
    seed: int = 0


def decide(
    verdict: Verdict,
    about: About,
    left: tuple[str, ...],
    right: tuple[str, ...],
    *,
    by: str,
    why: str = "",
    takes_back: str = "",
    seed: int = 0,
) -> Decision:
    """Make a decision, dated now."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    ident = content_id("j", at, by, verdict, about, left, right, why, takes_back)
    return Decision(
        id=ident,
        at=at,
        by=by,
        verdict=verdict,
        about=about,
        left=left,
        right=right,
        why=why,
        takes_back=takes_back,
        seed=seed,
    )


def take_back(decision: str, *, by: str, why: str = "") -> Decision:
    """Make a decision that withdraws an earlier one."""
    return decide("withdrawn", "events", (), (), by=by, why=why, takes_back=decision)


def add_decision(layout: Layout, decision: Decision) -> None:
    """Write a decision behind those that are there. Several people may do so at once.

    Raises:
        BadArchive: It cannot be written.
        BadQuestion: It withdraws a decision that is not there.
    """
    if decision.verdict == "withdrawn" and decision.takes_back not in {one.id for one in decisions_of(layout)}:
        raise BadQuestion(
            f"There is no decision {decision.takes_back[:40]!r} that stands",
            "an id that melian archive decisions shows",
            "Check it",
        )
    try:
        layout.review.mkdir(exist_ok=True)
        with waited_for(layout.review / "lock"), layout.decisions.open("ab") as file:
            # A line that an interruption cut off never counted, and must not swallow the next one.
            file.truncate(layout.decisions.read_bytes().rfind(b"\n") + 1)
            file.write(msgspec.json.encode(decision) + b"\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise explain_failure(error, layout.decisions) from error


def decisions_of(layout: Layout) -> tuple[Decision, ...]:
    """Give the decisions that stand, in the order in which they were made.

    Raises:
        BadArchive: The file cannot be read, or a line of it is no decision.
    """
    try:
        lines = layout.decisions.read_bytes().split(b"\n") if layout.decisions.exists() else []
    except OSError as error:
        raise explain_failure(error, layout.decisions) from error
    made: dict[str, Decision] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            decision = msgspec.json.decode(line, type=Decision)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            if number == len(lines):
                continue  # the last line was cut off while it was written, and never counted
            raise BadArchive(
                f"Line {number} of {layout.decisions} is no decision: {str(error)[:200]}",
                "what melian archive link and unlink write",
                "Mend the line, or take it out",
            ) from error
        if decision.verdict == "withdrawn":
            made.pop(decision.takes_back, None)
        else:
            made[decision.id] = decision
    return tuple(made.values())
