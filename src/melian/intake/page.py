"""Saved and fetched web pages: the article out of the page, with what the page says of itself."""

from __future__ import annotations

import logging
import re
from functools import cache

from melian.errors import BadReport
from melian.intake.options import IntakeOptions
from melian.intake.published import read_published
from melian.intake.report import report_from_text
from melian.intake.text import decode_bytes
from melian.records import Report

_FEWEST = 80
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s{0,3}=\s{0,3}["']?\s{0,3}([\w:.-]{2,40})""", re.IGNORECASE)
_XML_DECLARED = re.compile(rb"""^\s{0,20}<\?xml[^>]{0,100}?encoding\s{0,3}=\s{0,3}["']([\w:.-]{2,40})["']""")
_XML_HEAD = re.compile(r"^\s{0,20}<\?xml[^>]{0,200}\?>")
_PAGE_HEAD = re.compile(
    rb"^\s{0,200}(?:<!--.{0,2000}?-->\s{0,200})?(?:<\?xml[^>]{0,200}\?>\s{0,200})?<(?:!doctype html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


def is_page(head: bytes) -> bool:
    """Tell by its first bytes whether a file is a web page."""
    return _PAGE_HEAD.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


def read_page(content: bytes, options: IntakeOptions, url: str | None = None, charset: str | None = None) -> Report:
    """Take the article out of a page.

    Nothing is fetched: what the page does not hold is not known. What the options say of outlet and date wins over
    what the page says of itself.

    Args:
        content: The page.
        options: What the caller says.
        url: Where it was fetched; None for the address that the page gives.
        charset: The encoding that came with it.

    Raises:
        BadReport: "no-article" where there is none, and all that `report_from_text` refuses.
    """
    from lxml.etree import LxmlError  # type: ignore[import-untyped]
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    _keep_quiet()

    markup = decode_bytes(content, charset or _declared(content)).text
    # A parser that gets text refuses a declaration of bytes; NULs end a text for it.
    markup = _XML_HEAD.sub("", markup).replace("\x00", " ")
    if not markup.strip():
        raise BadReport("empty", "This page is empty", "a page with an article", "Check the source")
    try:
        found = bare_extraction(
            markup,
            url=url,
            favor_precision=True,
            include_comments=False,
            include_tables=False,
            with_metadata=True,
            # Only what the page plainly says is a date; a footer's year is none.
            date_extraction_params={"original_date": True, "extensive_search": False, "max_date": "2100-01-01"},
        )
    except (LxmlError, ValueError, TypeError, AttributeError, LookupError, AssertionError, RecursionError):
        found = None  # Broken markup breaks the extractor in ways of its own; it holds no article for us.
    text = (found.text or "").strip() if isinstance(found, Document) else ""
    if not isinstance(found, Document) or sum(char.isalnum() for char in text) < _FEWEST:
        raise BadReport(
            "no-article",
            "No article was found in this page",
            f"running text of at least {_FEWEST} letters",
            "Save the article's text to a file and give that",
        )
    return report_from_text(
        text,
        title=found.title,
        outlet=options.outlet or found.sitename,
        url=url or found.url,
        published=options.published or _page_date(found.date),
        largest_report=options.largest_report,
    )


@cache
def _keep_quiet() -> None:
    """Keep the extractor's remarks off the terminal; a program that sets up logging still gets them."""
    for name in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(name).addHandler(logging.NullHandler())


def _page_date(value: str | None) -> str | None:
    try:
        return read_published(value)
    except BadReport:
        return None  # The page's own slip; the report is read without a date.


def _declared(content: bytes) -> str | None:
    match = _XML_DECLARED.search(content[:1024]) or _DECLARED.search(content[:4096])
    return match[1].decode("ascii") if match else None
