"""Pages as HTML: one environment in which every value is text, and text that steers or hides is made visible."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from melian import __version__
from melian.desk.choice import QUADS, STANDINGS, address
from melian.desk.desk import Desk
from melian.desk.pages.linked import LinkedEvent
from melian.desk.pages.page import EventLine, Page
from melian.desk.pages.reading import ReadingView, sheet_of
from melian.exports.visible import show_controls, show_line
from melian.exports.wording import (
    describe_partial,
    describe_stretch,
    in_quotes,
    name_all,
    name_country,
    name_sector,
    name_type,
)

if TYPE_CHECKING:
    from jinja2 import Environment

NAVIGATION = (
    ("/events", "Events"),
    ("/disputes", "Disputes"),
    ("/dyads", "Dyads"),
    ("/actors", "Actors"),
    ("/map", "Map"),
    ("/timeline", "Timeline"),
    ("/reports", "Reports"),
    ("/query", "Query"),
    ("/review", "Review"),
)
"""The pages that lead to all others. A page over the archive that is added has its row here."""


def render(page: Page, path: str, address_here: str, *, desk: Desk, is_part: bool = False) -> str:
    """Write a page as HTML.

    Args:
        page: The page.
        path: Its path, which is marked in the navigation.
        address_here: The address behind the path, for the links to its JSON and CSV.
        desk: The desk, which says whether there is an archive and what has come to it since its lists were made.
        is_part: Only what goes into another page.
    """
    view = sheet_of(page.view) if isinstance(page.view, ReadingView) else page.view
    return (
        _environment()
        .get_template(page.template)
        .render(
            view=view,
            title=page.title,
            charts=page.charts,
            path=path,
            here=address_here,
            has_archive=desk.has_archive,
            changes=desk.changes() if desk.has_archive and not path.startswith("/review") else (),
            doing=desk.doing if desk.is_refreshing() else "",
            failed=desk.failed,
            is_part=is_part,
            has_twins=bool(page.columns),
            navigation=NAVIGATION if desk.has_archive else (),
            version=__version__,
        )
    )


def describe_line(event: EventLine | LinkedEvent) -> str:
    """Say who did it to whom: "Kenya → Somalia"."""
    sources, targets = (
        list(dict.fromkeys(name for name in side if name)) for side in (event.source_names, event.target_names)
    )
    if not targets:
        return name_all(sources) or "someone"
    return f"{', '.join(sources) or 'someone'} → {', '.join(targets)}"


def describe_days(event: EventLine | LinkedEvent) -> str:
    """Say when, as finely as it is known."""
    return describe_stretch(event.first_day, event.last_day) or describe_partial(event.date_value) or "no day known"


def quote_line(text: str, most: int) -> str:
    """Write text on one line, in quotation marks."""
    return in_quotes(show_line(text, most))


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from jinja2.loaders import ChoiceLoader
    from markupsafe import Markup

    def finish(value: object) -> object:
        return show_controls(value) if isinstance(value, str) and not isinstance(value, Markup) else value

    environment = Environment(
        loader=ChoiceLoader([PackageLoader("melian.desk"), PackageLoader("melian.exports")]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=finish,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "shown": show_controls,
        "line": show_line,
        "quoted": quote_line,
        "country": name_country,
        "sector": name_sector,
    }
    environment.globals |= {
        "address": address,
        "who": describe_line,
        "days": describe_days,
        "stretch": describe_stretch,
        "kind": name_type,
        "quads": QUADS,
        "standings": STANDINGS,
    }
    return environment
