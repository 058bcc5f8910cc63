"""One text to one report: cleaning, dateline, title, furniture, language, id."""

from __future__ import annotations

from melian.errors import BadReport
from melian.intake.dateline import Headed, find_dateline
from melian.intake.furniture import find_furniture
from melian.intake.headline import find_title
from melian.intake.language_check import check_english
from melian.intake.paragraphs import Paragraph, paragraphs_of
from melian.intake.published import read_published
from melian.intake.text import clean_text
from melian.records import Dateline, Furniture, Report, Span, content_id
from melian.records.report import Warning as ReportWarning
from melian.settings import Settings

_TOP = 8
_LONGEST_FIELD = 2_000


def report_from_text(
    text: str,
    *,
    title: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    published: str | None = None,
    ident: str | None = None,
    largest_report: int = Settings().largest_report,
) -> Report:
    """Make a report of a plain string.

    Line ends become newlines; then every code point keeps its place, and all spans count in `report.text`. A title,
    an outlet and a date of publication that are not given are taken from the text's own headline and dateline.

    Args:
        text: The report.
        title: Its title.
        outlet: Who published it.
        url: Where.
        published: Date of publication: ISO 8601, "3 December 2015" and the like.
        ident: Its id; None for one made from its content.
        largest_report: Longer texts, in code points, are refused.

    Raises:
        BadReport: It is empty, too long, no text, not in English, or the date cannot be read.
    """
    if len(text) > largest_report:
        raise BadReport(
            "too-long",
            f"This text has {len(text):,} characters",
            f"at most {largest_report:,} for one report",
            "Split it into reports, one a line of JSON Lines, or raise the setting largest_report",
        )
    if not text.strip("\ufeff \t\r\n\x00") or text.isspace():
        raise BadReport("empty", "There is no text in this report", "the words of a report", "Check the source")
    cleaned = clean_text(text)
    if not cleaned.text.strip():
        raise BadReport("empty", "There is no text in this report", "the words of a report", "Check the source")
    check_english(cleaned.text)
    day = read_published(published)
    paragraphs = paragraphs_of(cleaned.text)
    title, outlet, url = _field(title), _field(outlet), _field(url)
    head, furniture, headline = _find_page_parts(paragraphs, title, day)
    if title is None and headline is not None:
        title = " ".join(headline.words.split())
    dateline = head.dateline if head else Dateline()
    if outlet is None and head is not None:
        outlet = head.outlet
    if day is None and dateline.date is not None and not dateline.date.startswith("X"):
        day = dateline.date
    warnings: tuple[ReportWarning, ...] = cleaned.warnings if day is not None else (*cleaned.warnings, "undated")
    return Report(
        id=_field(ident) or content_id("r", cleaned.text, title, outlet, day, url, size=8),
        text=cleaned.text,
        title=title,
        outlet=outlet,
        url=url,
        published=day,
        dateline=dateline,
        furniture=furniture,
        warnings=warnings,
    )


def _find_page_parts(
    paragraphs: list[Paragraph], title: str | None, published: str | None
) -> tuple[Headed | None, tuple[Furniture, ...], Paragraph | None]:
    head, lines = find_dateline(paragraphs, published)
    marked: list[Furniture] = [Furniture(kind="dateline", span=line.span) for line in lines if line.span is not None]
    skipped: list[Span] = [one.span for one in marked]
    other = find_furniture(paragraphs, tuple(skipped))
    # Behind a dateline with a place the report has begun; lines of furniture and of a bare date may stand over a title.
    begins = head.dateline.span[0] if head and head.dateline.span and (head.dateline.place or head.outlet) else None
    top = [part for part in paragraphs[:_TOP] if begins is None or part.span[0] < begins]
    starts = {one.span[0] for one in (*marked, *other)}
    headline = find_title(paragraphs, title, [part.span[0] in starts for part in top])
    if headline is not None:
        marked.append(Furniture(kind="title", span=headline.span))
        low, high = headline.span
        other = [one for one in other if one.span[1] <= low or one.span[0] >= high]
    return head, tuple(sorted([*marked, *other], key=lambda one: one.span)), headline


def _field(value: str | None) -> str | None:
    """Bring a field from outside into one clean line; None for blanks."""
    if value is None:
        return None
    words = " ".join(clean_text(value[:_LONGEST_FIELD]).text.split())
    return words or None
