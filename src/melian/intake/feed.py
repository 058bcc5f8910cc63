"""RSS and Atom feeds: what a feed lists, and the report of an entry from the feed's own words."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import msgspec

from melian.errors import BadReport
from melian.intake.fetching import Asking, Fetched
from melian.intake.options import IntakeOptions
from melian.intake.published import read_published
from melian.intake.rejects import safe_words
from melian.intake.report import report_from_text
from melian.records import Report, content_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feedparser import FeedParserDict
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

MOST_ENTRIES = 2_000
"""Entries of one answer that are looked at; feeds list ten to a few hundred."""
_LONGEST_FIELD = 2_000
_KINDS = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml",
          "application/feed+json", "text/html", "text/plain")  # fmt: skip
_BLOCKS = ("p", "div", "li", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "tr")
_ACCEPT = "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9"


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What a feed says of one report.

    Attributes:
        ident: The same for the same entry: made from its address, or from its own id where it has none.
        url: Where the report stands.
        title: Its title.
        published: Day of publication, ISO 8601.
        words: The feed's own text, None where it has none or is not asked for it.
    """

    ident: str
    url: str | None = None
    title: str | None = None
    published: str | None = None
    words: str | None = None


def asking_for_feed(headers: Mapping[str, str]) -> Asking:
    """Say how a feed is asked for."""
    return Asking(kinds=_KINDS, accept=_ACCEPT, headers=headers, most_bytes=5_000_000)


def read_feed(fetched: Fetched, *, is_with_words: bool) -> tuple[list[Entry], int]:
    """Read what a feed lists, in its order.

    Args:
        fetched: The feed.
        is_with_words: Keep the feed's own text of each entry.

    Returns:
        The entries, each once, and how many stand behind `MOST_ENTRIES` and were not looked at.

    Raises:
        BadReport: "no-feed", where it is none.
    """
    import feedparser

    kind = f"{fetched.kind}; charset={fetched.charset}" if fetched.charset else fetched.kind
    headers = {"content-type": kind, "content-location": fetched.url}
    try:
        # A stream, since the library takes a string for an address or the name of a file.
        found = feedparser.parse(io.BytesIO(fetched.content), response_headers=headers)
    except Exception as error:
        # Hostile markup breaks the library in ways of its own.
        raise _no_feed(type(error).__name__) from error
    if not found.get("version"):
        raise _no_feed(found.get("bozo_exception") or "it is of no known kind")
    entries: dict[str, Entry] = {}
    for one in found.entries[:MOST_ENTRIES]:
        entry = _entry_of(one, is_with_words=is_with_words)
        entries.setdefault(entry.ident, entry)
    return list(entries.values()), max(0, len(found.entries) - MOST_ENTRIES)


def report_of_words(entry: Entry, options: IntakeOptions) -> Report:
    """Make a report of the feed's own text.

    Raises:
        BadReport: All that `report_from_text` refuses.
    """
    return report_from_text(
        entry.words or "",
        title=entry.title,
        outlet=options.outlet,
        url=entry.url,
        published=entry.published,
        ident=entry.ident,
        largest_report=options.largest_report,
    )


def _entry_of(one: FeedParserDict, *, is_with_words: bool) -> Entry:
    url = _words(one.get("link"))
    url = url if url is not None and url.startswith(("http://", "https://")) else None
    title = _plain(one.get("title_detail") or {})
    mark = url or _words(one.get("id")) or repr((title, one.get("published")))
    words = None
    if is_with_words:
        parts = [*(one.get("content") or []), one.get("summary_detail") or {}]
        words = max((_plain(part) or "" for part in parts), key=len, default="")
    return Entry(
        ident=content_id("w", mark, size=8),
        url=url,
        title=" ".join(title.split()) if title else None,
        published=_day(one.get("published")) or _day(one.get("updated")),
        words=words or None,
    )


def _day(value: object) -> str | None:
    try:
        return read_published(value) if isinstance(value, str) else None
    except BadReport:
        return None  # The feed's own slip; the page may say better.


def _words(value: object) -> str | None:
    return value.strip()[:_LONGEST_FIELD] or None if isinstance(value, str) else None


def _plain(part: Mapping[str, object]) -> str | None:
    """Give the text of a part, paragraph by paragraph, without its markup."""
    value = part.get("value")
    if not isinstance(value, str) or not value.strip():
        return None
    if part.get("type") == "text/plain" and "<" not in value:
        return value
    from lxml import html  # type: ignore[import-untyped]
    from lxml.etree import LxmlError  # type: ignore[import-untyped]

    try:
        root: HtmlElement = html.fragment_fromstring(value.replace("\x00", " "), create_parent="div")
    except (LxmlError, ValueError, AssertionError):
        return None
    for hidden in list(root.iter("script", "style")):
        hidden.drop_tree()
    for block in root.iter(*_BLOCKS):
        block.text = "\n\n" + (block.text or "")
        block.tail = "\n\n" + (block.tail or "")
    for line in root.iter("br"):
        line.tail = "\n" + (line.tail or "")
    paragraphs = (" ".join(paragraph.split()) for paragraph in str(root.text_content()).split("\n\n"))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph) or None


def _no_feed(why: object) -> BadReport:
    return BadReport("no-feed", f"This is no feed: {safe_words(why)}", "RSS or Atom", "Look for the feed's own address")
