"""What reviewers said of the records of a sample, ready to be counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from melian.archive.review.anchors import is_same_record
from melian.archive.review.samples import Sample
from melian.archive.review.settling import standing, votes_of
from melian.archive.review.written import comparable
from melian.records import Correction, Verdict, VerdictOnField


def verdicts_on(sample: Sample, corrections: Iterable[Correction]) -> list[VerdictOnField]:
    """Give what each reviewer says last of each field of the records of a sample.

    Whether somebody came to a record by the sample, by the queue or by looking it up makes no difference: nobody saw
    what others said.

    Args:
        sample: The sample.
        corrections: All of the archive.
    """
    by_report: dict[str, list[Correction]] = defaultdict(list)
    for one in standing(corrections):
        by_report[one.anchor.report].append(one)
    found: list[VerdictOnField] = []
    for place, item in enumerate(sample.items):
        own = [one for one in by_report[item.anchor.report] if is_same_record(one.anchor, item.anchor)]
        versions = {one.id: one.read_by for one in own}
        for field, votes in votes_of(own).items():
            for vote in votes:
                verdict: Verdict = vote.judgement.verdict
                found.append(
                    VerdictOnField(
                        item=place,
                        report=item.anchor.report,
                        record=item.anchor.record,
                        stratum=item.stratum,
                        field=field,
                        reviewer=vote.reviewer,
                        verdict=verdict,
                        old=vote.judgement.old,
                        new=vote.judgement.new,
                        value=comparable(field, vote.value),
                        read_by=versions[vote.correction],
                    )
                )
    return found
