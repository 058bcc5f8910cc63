"""Who says so: the columns that flat formats lack, added at the end of a row when they are asked for."""

from __future__ import annotations

from melian.exports.delimited import Cell, aligned_cell
from melian.exports.told import Told, read_day

ATTRIBUTED = (
    "holder", "speaker", "polarity", "certainty", "tense", "disputed", "corrected", "date_precision", "date_basis",
)  # fmt: skip


def attributed_cells(told: Told) -> list[Cell]:
    """Give holder, speaker and judgement of every claim of an event, parted by `;`, and how sure its date is.

    The first five cells are lists of the same length: their n-th parts are one claim. `corrected` says what a person
    did to the event: "confirmed", "corrected", or "contested" where reviewers differ. `date_basis` is "publication"
    where the event has no date of its own and the day of publication stands in a format that wants one.
    """
    return [
        aligned_cell(claim.holder for claim in told.claims),
        aligned_cell(told.speakers),
        aligned_cell(claim.polarity for claim in told.claims),
        aligned_cell(claim.certainty for claim in told.claims),
        aligned_cell(claim.tense for claim in told.claims),
        told.is_disputed,
        told.corrected,
        *date_rest(told),
    ]


def date_rest(told: Told) -> tuple[str | None, str | None]:
    """Give the precision and the basis of the day that stands for an event's date."""
    when = told.event.date
    if when is not None and (read_day(when.start) or read_day(when.end)):
        return when.precision, when.basis
    return None, "publication" if told.day is not None else None
