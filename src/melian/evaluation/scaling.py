"""Fitting a confidence scale on what reviewers said, and telling by cross-validation whether it is better."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from melian.archive.review.correcting import Corrected
from melian.archive.review.settling import Settled
from melian.archive.review.written import comparable, values_of
from melian.coding.encoder.calibration import log_odds
from melian.coding.encoder.scale import SHIPPED, Scale
from melian.records import Reading, ReviewedField

FOLDS = 5
LEAST_JUDGED, LEAST_OF_EACH, LEAST_REPORTS = 60, 10, 10
"""Fewer judged records, fewer right or wrong ones, or fewer reports than these say nothing of a scale."""
RIDGE, TYPE_RIDGE = 1.0, 4.0
"""How strongly the shipped scale holds: what departs from it is drawn to none as by normal priors, of deviation 1 for
all records and of 0.5 for those of one type, for which few speak."""
SURE = 1.645
"""So many standard errors the gain must be above none: one chance in twenty that it is luck."""
_JUDGED_BY: dict[str, tuple[ReviewedField, ...]] = {"event": ("type",), "statement": ("speaker", "content")}
Numbers = npt.NDArray[np.float64]


class Case(msgspec.Struct, frozen=True):
    """A judged record: its report, its type, how sure the machine was, and whether it is right."""

    report: str
    kind: str
    shipped: float
    is_right: bool


class Fit(msgspec.Struct, frozen=True, kw_only=True):
    """What a fit comes to.

    Attributes:
        scale: The scale, fitted on all cases; None where it is of no use.
        judged: How many cases there are.
        right: How many of them are right.
        before: Mean surprise (log loss, in nats) at the shipped confidence.
        after: The same at the new one, each report looked at by a scale that has not seen it.
        error: Standard error of the gain, between reports.
        why: Why there is no scale; "" where there is one.
    """

    scale: Scale | None
    judged: int
    right: int
    before: float = 0.0
    after: float = 0.0
    error: float = 0.0
    why: str = ""


def cases_of(made: Reading, corrected: Corrected, what: str) -> list[Case]:
    """Give the judged events or statements of a report.

    An event is right where it is one and has its type, as `confidence` means it; a statement where speaker and words
    are right. What reviewers differ on is left out, and so is what nobody judged in those fields.

    Args:
        made: The reading as the machine made it.
        corrected: The same with its corrections.
        what: "event" or "statement".
    """
    records = {one.id: one for one in (made.events if what == "event" else made.statements)}
    found = []
    for (of, ident), settled in corrected.settled.items():
        record = records.get(ident)
        if of != what or record is None or not _is_agreed(settled, _JUDGED_BY[what]):
            continue
        own = values_of(made, record)
        is_right = settled.mark != "rejected" and all(
            comparable(field, settled.values[field].value) == comparable(field, own.get(field))
            for field in _JUDGED_BY[what]
        )
        kind = record.type if what == "event" else record.act  # type: ignore[union-attr]
        found.append(Case(made.report.id, kind, record.confidence, is_right))
    return found


def _is_agreed(settled: Settled, fields: Sequence[ReviewedField]) -> bool:
    """Tell whether all who judged a record say the same of it, and say it of all these fields where it is one."""
    is_one = {vote.value is not None for votes in settled.votes.values() for vote in votes}
    if is_one == {False}:
        return True
    said = [settled.votes.get(field, []) for field in fields]
    return is_one == {True} and all(
        len({comparable(field, vote.value) for vote in votes}) == 1 for field, votes in zip(fields, said, strict=True)
    )


def fit_scale(cases: Sequence[Case]) -> Fit:
    """Fit a scale, and refuse it where cross-validation does not show that it is better than the shipped one.

    Args:
        cases: Judged records; the order makes no difference.

    Reference: Platt, "Probabilistic outputs for support vector machines", 1999, with the shipped scale as prior.
    """
    ordered = sorted(cases, key=lambda case: (case.report, case.kind, case.shipped, case.is_right))
    right = sum(case.is_right for case in ordered)
    reports = sorted({case.report for case in ordered})
    nothing = Fit(scale=None, judged=len(ordered), right=right)
    if len(ordered) < LEAST_JUDGED or min(right, len(ordered) - right) < LEAST_OF_EACH or len(reports) < LEAST_REPORTS:
        why = (
            f"it takes {LEAST_JUDGED} judged records out of {LEAST_REPORTS} reports, {LEAST_OF_EACH} of them right and "
            f"{LEAST_OF_EACH} wrong"
        )
        return msgspec.structs.replace(nothing, why=why)
    place = {report: number for number, report in enumerate(reports)}
    own = np.array([place[case.report] for case in ordered])
    after = np.zeros(len(ordered))
    for fold in range(FOLDS):
        held = own % FOLDS == fold
        scale = _scale_of([case for case, is_held in zip(ordered, held, strict=True) if not is_held])
        after[held] = _surprise([case for case, is_held in zip(ordered, held, strict=True) if is_held], scale)
    before = _surprise(ordered, SHIPPED)
    gains = np.bincount(own, weights=before - after - float((before - after).mean()))
    error = float(np.sqrt((gains**2).sum() * len(reports) / (len(reports) - 1))) / len(ordered)
    found = msgspec.structs.replace(nothing, before=float(before.mean()), after=float(after.mean()), error=error)
    if found.before - found.after < SURE * error:
        return msgspec.structs.replace(found, why="it is not surely better than the shipped one")
    return msgspec.structs.replace(found, scale=_scale_of(ordered))


def _scale_of(cases: Sequence[Case]) -> Scale:
    """Fit a logistic regression that departs from the shipped scale, by Newton's steps."""
    kinds = sorted({case.kind for case in cases})
    odds = log_odds([case.shipped for case in cases])
    inputs = np.column_stack(
        [np.ones(len(cases)), odds, *(np.array([case.kind == kind for case in cases], dtype=float) for kind in kinds)]
    )
    labels = np.array([case.is_right for case in cases], dtype=float)
    ridge = np.array([RIDGE, RIDGE, *([TYPE_RIDGE] * len(kinds))])
    moved = np.zeros(inputs.shape[1])
    for _ in range(50):
        chances = 1 / (1 + np.exp(-(odds + inputs @ moved)))
        slope = inputs.T @ (chances - labels) + ridge * moved
        curve = (inputs * (chances * (1 - chances))[:, None]).T @ inputs + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        # Far from the goal a whole step can lead too far.
        moved = moved - step / max(1.0, float(np.abs(step).max()))
        if float(np.abs(step).max()) < 1e-8:
            break
    # More sure is never less right: a slope below none would turn the order of records round.
    bias, slope_, *types = (round(float(number), 4) for number in moved)
    return Scale(bias=bias, slope=max(0.0, round(1 + slope_, 4)), types=dict(zip(kinds, types, strict=True)))


def _surprise(cases: Sequence[Case], scale: Scale) -> Numbers:
    given = np.array([scale.confidence(case.shipped, case.kind) for case in cases])
    held = np.clip(given, 0.005, 0.995)
    is_right = np.array([case.is_right for case in cases])
    return np.asarray(-np.log(np.where(is_right, held, 1 - held)))
