"""How right the machine's links are, from what people said of those that came first in a random order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from msgspec.structs import replace

from melian.archive.linking.decisions import Decision
from melian.archive.review.samples import WHOLE
from melian.evaluation.accuracy import accuracy_of
from melian.evaluation.validation import agreements, describe_method
from melian.records import Validation, VerdictOnField


def verdicts_on_links(decisions: Iterable[Decision]) -> list[VerdictOnField]:
    """Give what each reviewer says last of each link: that it is one, or none.

    Args:
        decisions: Those about events that were made in one random order, the earliest first.
    """
    last: dict[tuple[tuple[str, ...], ...], dict[str, Decision]] = defaultdict(dict)
    for one in decisions:
        last[tuple(sorted((one.left, one.right)))][one.by] = one
    return [
        VerdictOnField(
            item=place,
            report=left[0],
            record="#".join((left[1], *right)),
            stratum=WHOLE,
            field="record",
            reviewer=reviewer,
            verdict="confirm" if one.verdict == "one" else "reject",
            old=None,
            new=None,
            value="" if one.verdict == "one" else None,
            read_by="",
        )
        for place, ((left, right), said) in enumerate(last.items())
        for reviewer, one in said.items()
    ]


def validate_links(seed: int, population: int, verdicts: list[VerdictOnField], linked_by: str) -> Validation:
    """Measure how many links are right, and how far the reviewers agree.

    Args:
        seed: Of the random order.
        population: How many links there are.
        verdicts: As `verdicts_on_links` gives them.
        linked_by: The version that made the links.
    """
    right: dict[int, list[float]] = defaultdict(list)
    for one in verdicts:
        right[one.item].append(float(one.verdict == "confirm"))
    populations = {WHOLE: max(population, len(right))}
    share = accuracy_of("record", {WHOLE: [sum(said) / len(said) for said in right.values()]}, populations)
    found = Validation(
        sample=f"links, seed {seed}",
        kind="link",
        seed=seed,
        filters={},
        populations=populations,
        drawn=len(right),
        judged=len(right),
        reviewers=tuple(sorted({one.reviewer for one in verdicts})),
        read_by=(linked_by,),
        accuracy=(share,) if share is not None else (),
        strata=(),
        agreement=agreements(verdicts, ("record",)),
        changes=(),
        method="",
    )
    return replace(found, method=describe_method(found))
