"""Where a record stands, and which record stands there now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from melian.records import Anchor, Dispute, Event, Reading, ReviewedKind, Span, Statement

SHARED = 0.5
"""How much of their words two statements, or two disputes, must share to be the same record: half, as where found
spans are compared with gold. Of an event one shared character of a trigger is enough, for a trigger is a word."""


def records_of(reading: Reading, kind: ReviewedKind) -> tuple[Event | Statement | Dispute, ...]:
    """Give the records of a kind."""
    if kind == "event":
        return reading.events
    return reading.statements if kind == "statement" else reading.disputes


def kind_of(record: Event | Statement | Dispute) -> ReviewedKind:
    """Name the kind of a record."""
    if isinstance(record, Event):
        return "event"
    return "statement" if isinstance(record, Statement) else "dispute"


def anchor_of(reading: Reading, kind: ReviewedKind, record: str) -> Anchor:
    """Say where a record stands.

    Raises:
        KeyError: The reading has no such record.
    """
    found = next((one for one in records_of(reading, kind) if one.id == record), None)
    if found is None:
        raise KeyError(record)
    spans = spans_of(reading, found)
    text = reading.report.text
    return Anchor(
        report=reading.report.id,
        kind=kind,
        record=record,
        spans=spans,
        words=tuple(_cut(text, span) for span in spans),
    )


def spans_of(reading: Reading, record: Event | Statement | Dispute) -> tuple[Span, ...]:
    """Give the spans by which a record is found again."""
    if isinstance(record, Event):
        return tuple(mention.trigger for mention in record.mentions)
    if isinstance(record, Statement):
        return (*((record.cue.span,) if record.cue is not None else ()), *record.content)
    return tuple(dict.fromkeys(_spans_of_sides(reading, record)))


def is_same_text(anchor: Anchor, text: str) -> bool:
    """Tell whether the words of an anchor still stand where they stood."""
    return all(_cut(text, span) == words for span, words in zip(anchor.spans, anchor.words, strict=True))


def find_again(anchor: Anchor, reading: Reading) -> str | None:
    """Find the record that stands where a judged one stood.

    Returns:
        Its id; None where nothing stands there, or where the report is another text.
    """
    if not is_same_text(anchor, reading.report.text):
        return None
    found: list[tuple[float, bool, str]] = []
    for record in records_of(reading, anchor.kind):
        share = _shared(anchor.spans, spans_of(reading, record))
        if share > 0 and (share >= SHARED or anchor.kind == "event"):
            found.append((share, record.id == anchor.record, record.id))
    # A record that has the id and stands elsewhere is not meant; one without any words has nothing but its id.
    if not found and not anchor.spans:
        return next((one.id for one in records_of(reading, anchor.kind) if one.id == anchor.record), None)
    return max(found)[2] if found else None


def is_same_record(one: Anchor, other: Anchor) -> bool:
    """Tell whether two anchors mean the same record, though it had another id when it was judged."""
    if (one.report, one.kind) != (other.report, other.kind):
        return False
    if not (one.spans or other.spans):
        return one.record == other.record
    share = _shared(one.spans, other.spans)
    return share >= SHARED or (share > 0 and one.kind == "event")


def _spans_of_sides(reading: Reading, dispute: Dispute) -> Iterator[Span]:
    contents = {one.id: one.content for one in reading.statements}
    claims = {claim.id: claim.span for claim in reading.claims}
    for side in dispute.sides:
        for holder in side.holders:
            yield from contents.get(holder, ())
        yield from (claims[claim] for claim in side.claims if claim in claims)


def _shared(one: Sequence[Span], other: Sequence[Span]) -> float:
    """Give the share of characters that stand in both, of those that stand in either."""
    first, second = _places(one), _places(other)
    return len(first & second) / max(1, len(first | second))


def _places(spans: Iterable[Span]) -> set[int]:
    return {place for start, end in spans for place in range(max(0, start), end)}


def _cut(text: str, span: Span) -> str:
    return text[max(0, span[0]) : max(0, span[1])]
