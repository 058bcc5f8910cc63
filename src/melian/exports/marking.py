"""Layers of marks over a text, cut into pieces that never overlap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from melian.exports.visible import clamp
from melian.records import Reading, Span

LAYERS = ("content", "speaker", "cue", "event", "actor", "place", "date", "furniture")


@dataclass(frozen=True, slots=True)
class Mark:
    """One marked stretch of text.

    Attributes:
        span: Code points of the text.
        layer: One of `LAYERS`.
        label: Number of the record in its list, such as `E1`.
    """

    span: Span
    layer: str
    label: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch over which the same marks lie.

    Attributes:
        span: Code points of the text.
        marks: From the widest to the narrowest.
        opening: Those of the marks that begin here.
        closing: Those of the marks that end here.
    """

    span: Span
    marks: tuple[Mark, ...]
    opening: tuple[Mark, ...]
    closing: tuple[Mark, ...]


def mark_reading(reading: Reading) -> list[Mark]:
    """Give every mark of a reading.

    Labels number the records in their order: A actors, S statements, E events, P places, D dates.
    """
    marks: list[Mark] = []

    def add(layer: str, label: str, *spans: Span | None) -> None:
        marks.extend(Mark(span, layer, label) for span in spans if span is not None)

    for number, actor in enumerate(reading.actors, 1):
        add("actor", f"A{number}", *actor.mentions)
    for number, statement in enumerate(reading.statements, 1):
        add("content", f"S{number}", *statement.content)
        add("speaker", f"S{number}", statement.speaker_span)
        add("cue", f"S{number}", statement.cue.span if statement.cue else None)
    for number, event in enumerate(reading.events, 1):
        add("event", f"E{number}", *(mention.trigger for mention in event.mentions))
    for number, place in enumerate(reading.places, 1):
        add("place", f"P{number}", place.span)
    for number, expression in enumerate(reading.dates, 1):
        add("date", f"D{number}", expression.span)
    for furniture in reading.report.furniture:
        add("furniture", "", furniture.span)
    length = len(reading.report.text)
    whole = (Mark(clamp(mark.span, length), mark.layer, mark.label) for mark in marks)
    return [mark for mark in dict.fromkeys(whole) if mark.span[0] < mark.span[1]]


def cut_pieces(length: int, marks: list[Mark], also_at: Iterable[int] = ()) -> list[Piece]:
    """Cut a text of `length` code points at every end of every mark, and where asked for besides.

    The pieces together are the whole text.
    """
    bounds = sorted({0, length, *also_at, *(end for mark in marks for end in mark.span)})
    starting: dict[int, list[Mark]] = {}
    for mark in marks:
        starting.setdefault(mark.span[0], []).append(mark)
    pieces: list[Piece] = []
    lying: list[Mark] = []
    for start, end in pairwise(bounds):
        lying = [mark for mark in lying if mark.span[1] > start] + starting.get(start, [])
        ordered = sorted(lying, key=lambda mark: (mark.span[0] - mark.span[1], LAYERS.index(mark.layer), mark.label))
        pieces.append(
            Piece(
                span=(start, end),
                marks=tuple(ordered),
                opening=tuple(mark for mark in ordered if mark.span[0] == start),
                closing=tuple(mark for mark in reversed(ordered) if mark.span[1] == end),
            )
        )
    return pieces
