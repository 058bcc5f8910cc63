"""Which column of a table is what, and one row to one report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from melian.errors import BadReport
from melian.intake.options import IntakeOptions
from melian.intake.published import read_published
from melian.intake.rejects import safe_words
from melian.intake.report import report_from_text
from melian.intake.text import decode_bytes
from melian.records import Report

USUAL = {
    "text": ("text", "body", "content", "story", "article"),
    "title": ("title", "headline"),
    "published": ("published", "date", "pubdate", "publication_date"),
    "outlet": ("outlet", "source", "publisher"),
    "url": ("url", "link"),
    "id": ("id", "doc_id"),
}
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the columns, None for what a table does not have."""

    text: str
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    url: str | None = None
    ident: str | None = None


def choose_columns(names: Iterable[str], options: IntakeOptions) -> Columns:
    """Choose a table's columns: those that the options name, else those with the usual names.

    Raises:
        BadReport: "missing-column", naming the columns that there are.
    """
    there = list(dict.fromkeys(names))
    text = options.text_column if options.text_column != "text" else _usual(there, "text")
    if text is None or text not in there:
        raise _missing(options.text_column, there)
    named = {
        "title": options.title_column, "published": options.published_column, "outlet": options.outlet_column,
        "url": options.url_column, "id": options.id_column,
    }  # fmt: skip
    for column in named.values():
        if column is not None and column not in there:
            raise _missing(column, there)
    chosen = {what: column or _usual(there, what) for what, column in named.items()}
    return Columns(text, chosen["title"], chosen["published"], chosen["outlet"], chosen["url"], chosen["id"])


def report_of_row(row: Mapping[str, object], columns: Columns, options: IntakeOptions) -> Report:
    """Make a report of a row. What the row says of outlet and date wins over the options.

    Raises:
        BadReport: The text is missing, empty or no text, and all that `report_from_text` refuses.
    """
    text = row.get(columns.text)
    if isinstance(text, bytes):
        text = decode_bytes(text).text
    if text is None or text != text:  # NaN, as tables write an empty cell
        text = ""
    if not isinstance(text, str):
        raise BadReport(
            "broken-record", f"The text is no text but {safe_words(type(text).__name__)}", "words", "Correct it"
        )
    return report_from_text(
        text,
        title=_words(row, columns.title),
        outlet=_words(row, columns.outlet) or options.outlet,
        url=_words(row, columns.url),
        published=_date(row, columns.published) or options.published,
        ident=_words(row, columns.ident),
        largest_report=options.largest_report,
    )


def report_of_reading(report: Mapping[str, object], options: IntakeOptions) -> Report:
    """Make a report of the report that a reading holds.

    Raises:
        BadReport: As `report_of_row`.
    """
    columns = Columns("text", "title", "published", "outlet", "url", "id")
    return report_of_row(report, columns, options)


def _usual(there: list[str], what: str) -> str | None:
    folded = {name.strip().casefold(): name for name in reversed(there)}
    return next((folded[usual] for usual in USUAL[what] if usual in folded), None)


def _missing(column: str, there: list[str]) -> BadReport:
    shown = ", ".join(safe_words(name, 40) for name in there[:_SHOWN]) + (", …" if len(there) > _SHOWN else "")
    return BadReport(
        "missing-column",
        f'There is no column "{safe_words(column, 60)}"',
        f"one of those that there are: {shown}" if shown else "named columns",
        "Name the right one",
    )


def _words(row: Mapping[str, object], column: str | None) -> str | None:
    value = row.get(column) if column is not None else None
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if isinstance(value, bool) or value is None or value != value or not isinstance(value, (str, int, float)):
        return None
    return str(value)


def _date(row: Mapping[str, object], column: str | None) -> str | None:
    value = row.get(column) if column is not None else None
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if isinstance(value, float):
        value = int(value) if value.is_integer() else (None if value != value else value)
    return read_published(value)
