"""What came of a random sample: accuracy and agreement with their intervals, and files for a paper."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from melian.desk.desk import Desk
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


def show_validation(desk: Desk, query: Query) -> Page:
    """Show how right the machine is by a sample, and how far its reviewers agree."""
    found = _found(desk, query)
    view = ValidationView(found=found, tables=tuple(figure_tables(found)), citation=citation_of(found))
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
    from melian.evaluation.validation import validated

    with desk.reviewing() as review:
        return validated(review, query.get("sample", ""))
