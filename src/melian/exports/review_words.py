"""What reviewers are shown of a field: the key that corrects it, and its value with codes and spans in words."""

from __future__ import annotations

from melian.exports.visible import excerpt
from melian.exports.wording import name_country
from melian.records import Correction, Reading, ReviewedField

FIELD_KEYS: dict[ReviewedField, str] = {
    "type": "t", "modes": "m", "sources": "s", "targets": "g", "direction": "x", "date": "d", "place": "p",
    "speaker": "w", "content": "c", "act": "a", "kind": "i",
}  # fmt: skip
"""The key that corrects each field, in the terminal and in the browser."""


def spell_value(reading: Reading, field: str, value: str) -> str:
    """Say codes and spans in words beside them."""
    if field == "content":
        text = reading.report.text
        spans = [tuple(map(int, part.split("-"))) for part in value.split(";")] if value[:1].isdigit() else []
        return f"{value}: “{' … '.join(excerpt(text, (start, end)) for start, end in spans)}”"
    if field == "place" and "[" in value:
        country = name_country(value.partition("[")[2][:3])
        return f"{value} {country}" if country else value
    return value


def describe_answer(answer: Correction) -> str:
    """Say what a reviewer answered: "corrected: event e4f1, type is COERCE"."""
    if answer.undoes is not None:
        return f"taken back: {answer.undoes}"
    changed = [f"{one.field} is {one.new}" for one in answer.judgements if one.verdict == "correct"]
    is_rejected = any(one.verdict == "reject" for one in answer.judgements)
    verdict = "rejected" if is_rejected else "corrected" if changed else "confirmed"
    return f"{verdict}: {answer.anchor.kind} {answer.anchor.record}" + "".join(f", {words}" for words in changed)
