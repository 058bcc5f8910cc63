"""What came of a random sample: accuracy and agreement with their intervals, and files for a paper."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from melian.archive.layout import find_archive
from melian.archive.linking.decisions import decisions_of
from melian.archive.linking.generations import newest_generation
from melian.desk.desk import Desk
from melian.desk.pages.link_queue import judged_in, links_in_order, seed_of
from melian.desk.pages.page import Page, Query
from melian.exports.validation import (
    FIGURES,
    Figures,
    citation_of,
    figure_rows,
    figure_tables,
    render_validation,
    validation_lines,
    verdict_lines,
)
from melian.records import Validation, VerdictOnField


class ValidationView(msgspec.Struct, frozen=True, kw_only=True):
    """The page of a validation."""

    found: Validation
    tables: tuple[Figures, ...]
    citation: str
    asked: dict[str, str]


def show_validation(desk: Desk, query: Query) -> Page:
    """Show how right the machine is by a sample, and how far its reviewers agree."""
    found = _found(desk, query)
    asked = {name: query[name] for name in ("sample", "seed") if query.get(name)}
    view = ValidationView(found=found, tables=tuple(figure_tables(found)), citation=citation_of(found), asked=asked)
    rows = list(figure_rows(found))
    return Page("validation_page.html.jinja", f"Sample {found.sample}", view, FIGURES, rows)


def write_page(desk: Desk, query: Query) -> Iterator[bytes]:
    """Write the validation as one file that needs nothing else."""
    yield render_validation(_found(desk, query)).encode("utf-8", "replace")


def write_figures(desk: Desk, query: Query) -> Iterator[bytes]:
    """Write the figures as the command writes them."""
    return validation_lines(_found(desk, query))


def write_verdicts(desk: Desk, query: Query) -> Iterator[bytes]:
    """Write what every reviewer said of every field, from which the figures can be made again."""
    yield from verdict_lines(_validated(desk, query)[1])


def _found(desk: Desk, query: Query) -> Validation:
    return _validated(desk, query)[0]


def _validated(desk: Desk, query: Query) -> tuple[Validation, list[VerdictOnField]]:
    """Measure a sample of records, or the links that come first in the random order of a seed."""
    from melian.evaluation.links import validate_links, verdicts_on_links
    from melian.evaluation.validation import validated

    if seed := seed_of(query):
        layout = find_archive(desk.folder)
        verdicts = verdicts_on_links(judged_in(decisions_of(layout), seed))
        links, made = links_in_order(desk.questions(), seed), newest_generation(layout)
        return validate_links(seed, links, verdicts, f"linking {made.made.version}" if made else ""), verdicts
    with desk.reviewing() as review:
        return validated(review, query.get("sample", ""))
