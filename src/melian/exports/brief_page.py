"""A brief as one web page that loads nothing."""

from __future__ import annotations

from urllib.parse import urlsplit

from melian.exports.brief_charts import HEIGHT, WIDTH, draw_chart, draw_map
from melian.exports.dossier import Brief
from melian.exports.land import land_outline
from melian.exports.single_page import render_single_page


def render_brief_page(brief: Brief) -> str:
    """Write a brief as a self-contained page with its charts. Words of reports are text, whatever they hold."""
    return render_single_page(
        "brief.html.jinja",
        "dossier.css",
        brief=brief,
        counts=brief.counts,
        chart=draw_chart(brief.counted),
        map=draw_map(brief.counted),
        land=land_outline(),
        width=WIDTH,
        height=HEIGHT,
        links={reference.number: reference.url for reference in brief.references if is_link(reference.url)},
    )


def is_link(url: str) -> bool:
    """Tell whether an address leads to the web, and not to a script or a file."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and url.isprintable() and " " not in url
