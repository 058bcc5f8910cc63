"""What a reviewer answers, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from melian.archive.review.anchors import kind_of
from melian.archive.review.values import checked_value
from melian.archive.review.written import values_of
from melian.errors import BadReview
from melian.records import REVIEWED_FIELDS, Dispute, Event, Judgement, Reading, ReviewedField, Statement

_LONGEST_NAME = 80
_LONGEST_NOTE, _LONGEST_VALUE = 2_000, 5_000


def judgements_of(
    reading: Reading,
    record: Event | Statement | Dispute,
    changes: Mapping[ReviewedField, str],
    only: tuple[ReviewedField, ...] | None = None,
) -> Iterator[Judgement]:
    """Say of each field of a record that it is right, or what is.

    Args:
        reading: The machine's reading.
        record: The record.
        changes: What is right, of each field that is wrong.
        only: The fields that are judged besides those that change; None for all.

    Raises:
        BadReview: A field or a value cannot be used.
    """
    named = kind_of(record)
    fields = REVIEWED_FIELDS[named]
    values = values_of(reading, record)
    for field in (*changes, *(only or ())):
        if field not in fields:
            raise BadReview(f"A {named} has no field {field[:40]!r}", f"one of {', '.join(fields)}")
    for field, words in changes.items():
        if len(words) > _LONGEST_VALUE:
            raise BadReview(f"The {field} has {len(words):,} characters", f"at most {_LONGEST_VALUE:,}", "Shorten it")
    kind = changes.get("type")
    if kind is not None and isinstance(record, Event):
        # Modes are those of the type that is right.
        typed = checked_value(reading, record, "type", kind)
        record = replace(record, type=typed)
    for field in fields:
        if only is not None and field not in only and field not in changes:
            continue
        old = values.get(field)
        if old is None and field != "record" and field not in changes:
            continue
        if field not in changes:
            # Modes of a type that is wrong are neither right nor wrong.
            if not (field == "modes" and kind is not None):
                yield Judgement(field=field, verdict="confirm", old=old)
            continue
        new = checked_value(reading, record, field, changes[field])
        yield (
            Judgement(field=field, verdict="correct", old=old, new=new)
            if new != old
            else Judgement(field=field, verdict="confirm", old=old)
        )


def checked_reviewer(name: str) -> str:
    """Give a reviewer's name.

    Raises:
        BadReview: It is none.
    """
    words = name.strip()
    if not words or len(words) > _LONGEST_NAME or not words.isprintable():
        raise BadReview(
            f"{words[:40]!r} is no name of a reviewer", f"one line of at most {_LONGEST_NAME} characters", "Name one"
        )
    return words


def checked_note(note: str | None) -> str | None:
    """Give a reviewer's own words; None where there are none.

    Raises:
        BadReview: They are too many.
    """
    words = (note or "").strip()
    if len(words) > _LONGEST_NOTE:
        raise BadReview(f"The note has {len(words):,} characters", f"at most {_LONGEST_NOTE:,}", "Shorten it")
    return words or None
