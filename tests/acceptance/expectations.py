"""What a careful reader takes from a report, as the files in `expected/` write it."""

from __future__ import annotations

from pathlib import Path

import msgspec

from melian import records as r


class Expected(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every expected item may say: that it is debatable, and why it is there."""

    optional: bool = False
    note: str = ""


class ExpectedPlace(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place by its country, or by one of several where a border is near; the name is for human readers."""

    name: str | None = None
    country: str | None = None
    country_any: tuple[str, ...] = ()


class ExpectedEvent(Expected, frozen=True, kw_only=True):
    """One event; `parties` may stand on either side, `names` must occur among the actors, `words` in a sentence."""

    id: str
    type: str | None = None
    type_any: tuple[str, ...] = ()
    modes_any: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    source_sector: str | None = None
    target_sector: str | None = None
    names: tuple[str, ...] = ()
    words: str | None = None
    trigger_any: tuple[str, ...] = ()
    date: tuple[str, str] | None = None
    place: ExpectedPlace | None = None
    dead: tuple[int | None, int | None] | None = None
    author_says: str | None = None
    count: int | None = None


class ExpectedStatement(Expected, frozen=True, kw_only=True):
    """One statement; `speaker_words` is for human readers."""

    speaker: str | None = None
    speaker_country: str | None = None
    speaker_words: str | None = None
    content: str
    kind: str | None = None
    act: str | None = None
    act_any: tuple[str, ...] = ()
    via: str | None = None


class ExpectedDispute(Expected, frozen=True, kw_only=True):
    """One dispute: sides by country or by words of holders' names; `holders` where no side denies."""

    id: str
    about: str | None = None
    asserted_by: str | tuple[str, ...] = ()
    denied_by: str | tuple[str, ...] = ()
    holders: tuple[str, ...] = ()
    kind: str | None = None
    kind_any: tuple[str, ...] = ()
    words: str | None = None


class ExpectedActor(Expected, frozen=True, kw_only=True):
    """One actor, found by the first and the last word of its name."""

    name: str
    kind: str | None = None
    country: str | None = None
    sector: str | None = None
    sector_any: tuple[str, ...] = ()
    office: str | None = None
    mentions_at_least: int = 1


class ExpectedDate(Expected, frozen=True, kw_only=True):
    """One expression of time; `partial` and `basis` are for reports whose publication is not known."""

    words: str
    value: tuple[str, str] | None = None
    precision: str | None = None
    basis: str | None = None
    partial: str | None = None


class EventPattern(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Events that must not be there; every field that is given must hold for a match."""

    type: str | None = None
    type_any: tuple[str, ...] = ()
    source: str | None = None
    target: str | None = None
    parties: tuple[str, ...] = ()
    source_name: str | None = None
    trigger_any: tuple[str, ...] = ()
    n: int = 0


class NotSo(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"wrong": "not"}):
    """What an actor of that name must not be."""

    name: str
    wrong: str


class Forbidden(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One wrong reading.

    Attributes:
        asserted: Events that the author must not assert.
        max_events: Events of which there may be at most `n`.
        actor_kind: A kind that the actor is not.
        actor_country: A country that the actor is not of.
    """

    asserted: EventPattern | None = None
    max_events: EventPattern | None = None
    actor_kind: NotSo | None = None
    actor_country: NotSo | None = None


class ExpectedReading(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything that is expected of one report."""

    about: str
    published: str
    events: tuple[ExpectedEvent, ...]
    statements: tuple[ExpectedStatement, ...]
    disputes: tuple[ExpectedDispute, ...]
    actors: tuple[ExpectedActor, ...]
    dates: tuple[ExpectedDate, ...]
    without_published: tuple[ExpectedDate, ...]
    must_not: tuple[str, ...]
    forbidden: tuple[Forbidden, ...]


def expectation_of(path: Path) -> ExpectedReading:
    """Load one expected file.

    Raises:
        msgspec.ValidationError: The file has a key that no field knows, or lacks one.
    """
    return msgspec.json.decode(path.read_bytes(), type=ExpectedReading)


def fold(words: str | None) -> str:
    """Keep letters and digits alone, in small letters, so that quotation marks and spaces do not matter."""
    return "".join(c for c in (words or "").lower() if c.isalnum())


def has_words(span: r.Span | None, words: str, text: str) -> bool:
    """Say whether the words lie in the span."""
    return span is not None and fold(words) in fold(text[slice(*span)])
