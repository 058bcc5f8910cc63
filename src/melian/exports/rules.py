"""What the rules that reasons name mean, in sentences for somebody who has not read the code."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from melian.records import Reason

_TABLE = "rules.tsv"
_BETWEEN = re.compile(r", | and ")
"""What stands between the rules where several found the words of one event."""
_WEIGHED = re.compile(r"(\w+) is (likely|hardly) a (source|target)")
_WHO = {"source": "one of those who act", "target": "one of those acted upon"}


def meaning_of(reason: Reason) -> str | None:
    """Say what a reason's rule means.

    Args:
        reason: Its stage and rule decide.

    Returns:
        One sentence or more, or None for a rule that the table does not have.
    """
    meanings = _meanings()
    whole = meanings.get((reason.stage, reason.rule))
    if whole is not None:
        return whole
    if reason.stage == "places" and reason.rule.startswith("place: "):
        grounds = reason.rule.removeprefix("place: ").split("; ")
        return " ".join(f"{ground[0].upper()}{ground[1:]}." for ground in grounds if ground)
    weighed = _WEIGHED.fullmatch(reason.rule)
    if weighed is not None:
        country, how, side = weighed.groups()
        return f"Weighed by the whole report, {country} is {how} {_WHO[side]}."
    parts = dict.fromkeys(_BETWEEN.split(reason.rule))
    found = [meanings.get((reason.stage, part)) for part in parts]
    return " ".join(one for one in found if one) if all(found) else None


@cache
def _meanings() -> dict[tuple[str, str], str]:
    lines = files("melian.exports").joinpath(_TABLE).read_text(encoding="utf-8").split("\n")
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {(stage, rule): meaning for stage, rule, meaning in rows[1:]}
