"""A validation: accuracy and agreement from what reviewers said of a random sample."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from melian.archive.review.queue import Review
from melian.archive.review.samples import WHOLE, Sample
from melian.archive.review.verdicts import verdicts_on
from melian.evaluation.accuracy import accuracy_of
from melian.evaluation.agreement import agreement_on
from melian.evaluation.bootstrap import ROUNDS
from melian.records import REVIEWED_FIELDS, Accuracy, Agreement, Change, Validation, VerdictOnField

MOST_CHANGES = 30
"""How many kinds of mistakes are listed."""
_PLURALS = {"event": "events", "statement": "statements", "dispute": "disputes", "link": "links"}


def validated(review: Review, name: str) -> tuple[Validation, list[VerdictOnField]]:
    """Measure what a sample of an archive says by now, and give the verdicts that it rests on.

    Raises:
        BadReview: There is no such sample.
    """
    sample = review.sample(name)
    said = verdicts_on(sample, review.corrections())
    return validate(sample, said), said


def validate(sample: Sample, verdicts: Sequence[VerdictOnField]) -> Validation:
    """Measure what a sample says.

    Args:
        sample: The sample.
        verdicts: What reviewers said of its records.
    """
    by_field: dict[str, list[VerdictOnField]] = defaultdict(list)
    for verdict in verdicts:
        by_field[verdict.field].append(verdict)
    fields = REVIEWED_FIELDS[sample.kind]
    found = [_accuracy(field, by_field[field], sample) for field in fields]
    whole = _rightness_of_all(verdicts)
    found.append(accuracy_of("everything", _in_strata(whole, sample), sample.populations))
    strata = [
        accuracy_of(name, {name: values}, sample.populations)
        for name, values in _in_strata(whole, sample).items()
        if WHOLE not in sample.populations
    ]
    measured = Validation(
        sample=sample.name,
        kind=sample.kind,
        seed=sample.seed,
        filters=sample.filters,
        populations=sample.populations,
        drawn=len(sample.items),
        judged=len(whole),
        reviewers=tuple(sorted({verdict.reviewer for verdict in verdicts})),
        read_by=tuple(sorted({verdict.read_by for verdict in verdicts}) or sorted(sample.read_by)),
        accuracy=tuple(one for one in found if one is not None),
        strata=tuple(one for one in strata if one is not None),
        agreement=agreements(verdicts, fields),
        changes=_changes(verdicts),
        method="",
    )
    return replace(measured, method=describe_method(measured))


def agreements(verdicts: Iterable[VerdictOnField], fields: Sequence[str]) -> tuple[Agreement, ...]:
    """Measure the agreement about each field, of the records that more than one reviewer judged."""
    values: dict[str, dict[int, list[str | None]]] = defaultdict(lambda: defaultdict(list))
    people: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in verdicts:
        # Of the record as a whole it is judged whether it is one; a record that is none has no values.
        if one.field == "record" or one.value is not None:
            values[one.field][one.item].append(one.value)
            people[one.field][one.item].append(one.reviewer)
    found = []
    for field in fields:
        reviewers = {name for names in people[field].values() if len(names) > 1 for name in names}
        measured = agreement_on(field, values[field].values(), len(reviewers))
        found += [measured] if measured is not None else []
    return tuple(found)


def describe_method(found: Validation) -> str:
    """Say in a paragraph for a paper how the figures came about."""
    things, is_simple = _PLURALS[found.kind], WHOLE in found.populations
    limits = "; ".join(f"{name}: {value}" for name, value in found.filters.items())
    twice = next((one.units for one in found.agreement if one.field == "record"), 0)
    people = f"{len(found.reviewers)} reviewer" + ("s" if len(found.reviewers) != 1 else "")
    sentences = [
        f"A {'simple' if is_simple else 'stratified'} random sample of {found.drawn:,} {things} was drawn"
        + ("" if is_simple else f", as far as possible the same number from each of {len(found.populations)} strata,")
        + f" (seed {found.seed}) from the {sum(found.populations.values()):,} {things} that were coded"
        + (f" and fit the filters {limits}" if limits else "")
        + f" (by {' and '.join(found.read_by) or 'no version'}).",
        f"{people} judged {found.judged:,} of them, shown the text and the machine's own coding and blind to each "
        f"other's answers; {twice:,} were judged by more than one.",
        "Accuracy is the share of records, or of fields of records that are ones at all, that were judged right; where "
        "several reviewers judged a record, it counts as the mean of their verdicts.",
        "" if is_simple else f"Strata are weighted by how many records they have{_unjudged(found)}.",
        f"The intervals of 95 % are Wilson's{'' if is_simple else ', with Kish’s effective sample size,'} and, beside "
        f"them, percentile intervals of a bootstrap of {ROUNDS:,} draws of records within their strata.",
        "Agreement is Krippendorff's alpha for nominal data with a bootstrap over records; parties agree where their "
        "countries and sectors do.",
        "The figures say how much of what was coded is right, not how much was missed.",
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def _unjudged(found: Validation) -> str:
    judged = {one.what for one in found.strata}
    left_out = {name: number for name, number in found.populations.items() if name not in judged}
    if not left_out:
        return ""
    return f"; {len(left_out)} strata with {sum(left_out.values()):,} records, of which none was judged, are left out"


def _accuracy(field: str, verdicts: Sequence[VerdictOnField], sample: Sample) -> Accuracy | None:
    right: dict[int, list[float]] = defaultdict(list)
    for one in verdicts:
        right[one.item].append(float(one.verdict == "confirm"))
    return accuracy_of(field, _in_strata(_means(right), sample), sample.populations)


def _rightness_of_all(verdicts: Iterable[VerdictOnField]) -> dict[int, float]:
    """Say of each record how right it is as a whole: for each reviewer wholly or not at all."""
    by_reviewer: dict[tuple[int, str], bool] = {}
    for one in verdicts:
        key = one.item, one.reviewer
        by_reviewer[key] = by_reviewer.get(key, True) and one.verdict == "confirm"
    right: dict[int, list[float]] = defaultdict(list)
    for (item, _), is_right in by_reviewer.items():
        right[item].append(float(is_right))
    return _means(right)


def _means(values: dict[int, list[float]]) -> dict[int, float]:
    return {item: sum(found) / len(found) for item, found in values.items()}


def _in_strata(right: dict[int, float], sample: Sample) -> dict[str, list[float]]:
    strata: dict[str, list[float]] = defaultdict(list)
    for item in sorted(right):
        strata[sample.items[item].stratum].append(right[item])
    return dict(sorted(strata.items()))


def _changes(verdicts: Iterable[VerdictOnField]) -> tuple[Change, ...]:
    counted = Counter(
        (one.field, one.old or "", one.new or "no such record") for one in verdicts if one.verdict != "confirm"
    )
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return tuple(
        Change(field=field, old=old, new=new, times=times) for (field, old, new), times in ordered[:MOST_CHANGES]
    )
