"""Readings and archives as a notebook shows them. Report text is hostile there as anywhere: it never becomes markup."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from melian.exports.page import render_page
from melian.exports.visible import show_line
from melian.records import Reading

if TYPE_CHECKING:
    from melian.archive import Archive

_MOST_ROWS = 8
_LONGEST_CELL = 120


def show_reading(reading: Reading) -> str:
    """Lay a reading out as its page, in a frame of its own in which nothing runs and out of which nothing gets."""
    page = escape(render_page([reading]), quote=True)
    title = escape(show_line(reading.report.title or reading.report.id, 120), quote=True)
    return (
        f'<iframe sandbox="" srcdoc="{page}" title="{title}" '
        'style="width: 100%; height: 34rem; border: 1px solid #8a8a8a"></iframe>'
    )


def show_archive(archive: Archive) -> str:
    """Say what an archive holds: how much, from when, of whom, and how to ask more."""
    (counts,) = archive.ask("status").to_pylist()
    (days,) = archive.sql("SELECT min(published) AS first, max(published) AS last FROM reports").to_pylist()
    outlets = archive.sql(
        "SELECT coalesce(outlet, 'not known') AS outlet, count(*) AS reports FROM reports GROUP BY ALL "
        "ORDER BY reports DESC, outlet LIMIT $rows",
        {"rows": _MOST_ROWS},
    ).to_pylist()
    types = archive.sql(
        "SELECT type, count(*) AS events, count(*) FILTER (WHERE standing = 'disputed') AS disputed FROM events "
        "GROUP BY type ORDER BY events DESC, type LIMIT $rows",
        {"rows": _MOST_ROWS},
    ).to_pylist()
    held = ("reports", "events", "statements", "claims", "disputes")
    published = f"published {days['first']} to {days['last']}" if days["first"] else "no day of publication known"
    head = " · ".join(f"{counts[name]:,} {name}" for name in held)
    return (
        "<div>"
        f"<p><b>Melian archive</b> {_cell(head)} · {_cell(published)}</p>"
        f"{_table('Outlets', ('outlet', 'reports'), (row.values() for row in outlets))}"
        f"{_table('Types', ('type', 'events', 'disputed'), (row.values() for row in types))}"
        "<p>Ask with <code>.events(between=…, source=…, target=…)</code>, <code>.statements()</code>, "
        "<code>.disputes()</code>, <code>.dyads()</code>, <code>.sql(…)</code>, <code>.reading(…)</code>.</p>"
        "</div>"
    )


def _table(caption: str, names: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    head = "".join(f"<th>{escape(name)}</th>" for name in names)
    body = "".join("<tr>" + "".join(f"<td>{_cell(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return (
        '<table style="display: inline-table; margin-right: 2rem; vertical-align: top">'
        f"<caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _cell(value: object) -> str:
    return escape(show_line(str(value), _LONGEST_CELL), quote=True)
