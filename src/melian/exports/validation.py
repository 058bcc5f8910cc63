"""A validation for a paper: as one web page, as CSV, and its method in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from melian import __version__
from melian.exports.delimited import Cell, comma_line
from melian.exports.single_page import render_single_page
from melian.exports.visible import show_line
from melian.records import Accuracy, Agreement, Validation, VerdictOnField

FIGURES = (
    "measure", "what", "value", "low", "high", "bootstrap_low", "bootstrap_high", "of", "reviewers",
)  # fmt: skip
VERDICTS = (
    "item", "report", "record", "stratum", "field", "reviewer", "verdict", "old", "new", "value", "read_by",
)  # fmt: skip
REFERENCES = (
    "B. Efron and R. Tibshirani, An Introduction to the Bootstrap, 1993.",
    "L. Kish, Survey Sampling, 1965.",
    "K. Krippendorff, Content Analysis: An Introduction to Its Methodology, 4th edition, 2018.",
    "E. B. Wilson, Probable inference, the law of succession, and statistical inference, Journal of the American "
    "Statistical Association 22, 1927.",
)
_LONGEST_CELL = 200


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """One table of the page."""

    title: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    is_numeric: bool = True


def render_validation(found: Validation) -> str:
    """Write a validation as one self-contained page. Names and values are text, whatever they hold."""
    return render_single_page(
        "validation.html.jinja",
        "dossier.css",
        title=f"Validation of coded {found.kind}s: sample {show_line(found.sample, 60)}",
        facts=[
            f"{found.judged:,} of {found.drawn:,} judged",
            f"drawn from {sum(found.populations.values()):,}",
            f"seed {found.seed}",
            f"reviewers: {', '.join(show_line(name, 80) for name in found.reviewers) or 'none yet'}",
            *(show_line(version, 120) for version in found.read_by),
        ],
        tables=figure_tables(found),
        method=show_line(found.method),
        references=REFERENCES,
        citation=citation_of(found),
    )


def figure_tables(found: Validation) -> list[Figures]:
    """Lay the figures out as tables for the eye."""
    tables = [
        Figures(
            title="Accuracy",
            note="The share that is right, with 95 % intervals.",
            columns=("", "right", "Wilson", "bootstrap", "judged"),
            rows=tuple(accuracy_row(one) for one in found.accuracy),
        ),
        Figures(
            title="Agreement of the reviewers",
            note="Krippendorff's alpha for nominal data, of what more than one reviewer judged.",
            columns=("", "alpha", "95 % interval", "agreed", "judged twice", "reviewers"),
            rows=tuple(agreement_row(one) for one in found.agreement),
        ),
        Figures(
            title="What was wrong",
            note="The most frequent corrections.",
            columns=("field", "the machine had", "right is", "times"),
            rows=tuple(
                (one.field, *(show_line(words, _LONGEST_CELL) for words in (one.old, one.new)), str(one.times))
                for one in found.changes
            ),
            is_numeric=False,
        ),
    ]
    if found.strata:
        by_stratum = Figures(
            title="Accuracy of everything, stratum by stratum",
            note="Records with no wrong field.",
            columns=("", "right", "Wilson", "bootstrap", "judged"),
            rows=tuple(accuracy_row(one) for one in found.strata),
        )
        tables.insert(1, by_stratum)
    return tables


def validation_lines(found: Validation) -> Iterator[bytes]:
    """Give the figures as lines of CSV, one figure a line, shares from 0 to 1."""
    yield comma_line(FIGURES)
    yield from map(comma_line, figure_rows(found))


def figure_rows(found: Validation) -> Iterator[list[Cell]]:
    """Give the figures as rows whose columns are `FIGURES`."""
    for measure, group in (("accuracy", found.accuracy), ("accuracy in stratum", found.strata)):
        for one in group:
            values: list[Cell] = [one.share, one.low, one.high, one.drawn_low, one.drawn_high]
            yield [measure, one.what, *map(_rounded, values), one.judged, None]
    for both in found.agreement:
        values = [both.alpha, None, None, both.low, both.high]
        yield ["alpha", both.field, *map(_rounded, values), both.units, both.reviewers]
        yield ["agreed", both.field, _rounded(both.agreed), *[None] * 4, both.units, both.reviewers]


def verdict_lines(verdicts: Iterable[VerdictOnField]) -> Iterator[bytes]:
    """Give what every reviewer said of every field as lines of CSV, from which the figures can be made again."""
    yield comma_line(VERDICTS)
    for one in verdicts:
        yield comma_line([getattr(one, name) for name in VERDICTS])


def citation_of(found: Validation) -> str:
    """Say in BibTeX what to cite: the program, and in its note the sample that was judged."""
    note = f"Validated on {found.judged} of {found.drawn} {found.kind}s, sample {found.sample}, seed {found.seed}"
    return (
        "@software{melian,\n  author = {{The Melian authors}},\n  title = {Melian},\n"
        f"  version = {{{__version__}}},\n  note = {{{show_line(note)}}}\n}}"
    )


def accuracy_row(one: Accuracy) -> tuple[str, ...]:
    """Write a figure of accuracy: what, how right, its intervals, how many were judged."""
    return (
        show_line(one.what, 60),
        f"{one.share:.1%}",
        f"{one.low:.1%} – {one.high:.1%}",
        f"{one.drawn_low:.1%} – {one.drawn_high:.1%}",
        f"{one.judged:,}",
    )


def agreement_row(one: Agreement) -> tuple[str, ...]:
    """Write a figure of agreement: field, alpha, its interval, pairs that agree, how many were judged twice."""
    interval = f"{one.low:.2f} – {one.high:.2f}" if one.low is not None and one.high is not None else "–"
    # Where all say the same there is nothing that could be told apart by chance.
    alpha = f"{one.alpha:.2f}" if one.alpha is not None else "not defined"
    return show_line(one.field, 60), alpha, interval, f"{one.agreed:.1%}", f"{one.units:,}", str(one.reviewers)


def _rounded(value: Cell) -> Cell:
    return round(value, 6) if isinstance(value, float) else value
