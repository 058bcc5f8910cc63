"""From what a person names to a decision about a link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.archive.linking.decisions import About, Decision, Verdict, decide
from melian.errors import BadQuestion

if TYPE_CHECKING:
    from melian.archive.store import Archive

_SHOWN = 80


def decide_between(archive: Archive, verdict: Verdict, left: str, right: str, *, by: str, why: str = "") -> Decision:
    """Make the decision that two things are one, or two.

    Args:
        archive: In which they are.
        verdict: "one" or "two".
        left: An event as REPORT#EVENT, a report by its id (for voices), or an actor as NAME@COUNTRY.
        right: The other one.
        by: Who decides.
        why: In the person's own words.

    Raises:
        BadQuestion: One of them is not there, or they are not of one sort.
    """
    (about, first), (other, second) = _end(archive, left), _end(archive, right)
    if about != other or first == second:
        raise BadQuestion(
            f"{left[:_SHOWN]!r} and {right[:_SHOWN]!r} cannot be linked: {about} and {other}",
            "two different events, two reports or two actors",
            "Write events as REPORT#EVENT and actors as NAME@COUNTRY",
        )
    return decide(verdict, about, first, second, by=by, why=why)


def _end(archive: Archive, words: str) -> tuple[About, tuple[str, ...]]:
    """Find what one end of a decision names."""
    report, _, event = words.rpartition("#")
    name, _, country = words.rpartition("@")
    (row,) = archive.sql(
        "SELECT EXISTS(FROM reports WHERE report = $words) AS is_report, "
        "EXISTS(FROM live_events WHERE report = $report AND event = $event) AS is_event, "
        "EXISTS(FROM actors WHERE name = $name AND coalesce(country, '') = $country) AS is_actor",
        {"words": words, "report": report, "event": event, "name": name, "country": country},
    ).to_pylist()
    if row["is_event"]:
        return "events", (report, event)
    if row["is_report"]:
        return "voices", (words,)
    if row["is_actor"]:
        return "actors", (name, country)
    raise BadQuestion(
        f"There is no {words[:_SHOWN]!r} in the archive",
        "an event as REPORT#EVENT, a report's id, or an actor as NAME@COUNTRY (NAME@ where it has none)",
        "melian archive events shows reports and events",
    )
