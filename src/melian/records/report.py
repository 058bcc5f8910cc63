"""Reports: published texts with what is known of their publication."""

from __future__ import annotations

from typing import Literal

import msgspec

from melian.records.span import Span

FurnitureKind = Literal["title", "byline", "dateline", "caption", "boilerplate", "wire", "correction"]
Warning = Literal["mojibake", "bidirectional-controls", "control-characters", "replaced-characters", "undated"]


class Dateline(msgspec.Struct, frozen=True, kw_only=True):
    """Place and date at the head of a text: "NAIROBI, May 6 (Reuters) –".

    Attributes:
        place: The place's words.
        date: ISO 8601 date, partial (`XXXX-05-06`) where no year is known.
        span: The whole dateline.
    """

    place: str | None = None
    date: str | None = None
    span: Span | None = None


class Furniture(msgspec.Struct, frozen=True, kw_only=True):
    """Words that belong to the page and not to the report. Kept in the text, left out of the coding."""

    kind: FurnitureKind
    span: Span


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One published text."""

    id: str
    text: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    language: str = "en"
    dateline: Dateline = Dateline()
    furniture: tuple[Furniture, ...] = ()
    warnings: tuple[Warning, ...] = ()
