"""One record laid out for a reviewer: the words around it, and each field as the machine has it."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from melian.exports.passages import passage_of
from melian.exports.review_words import spell_value
from melian.exports.visible import show_controls, show_line
from melian.exports.wording import Lookup, describe_dispute
from melian.records import Anchor, Dispute, Reading

_LONGEST_VALUE = 300


def render_card(
    reading: Reading,
    anchor: Anchor,
    values: Mapping[str, str],
    *,
    title: str = "",
    keys: Mapping[str, str] | None = None,
) -> RenderableType:
    """Lay a record out.

    Args:
        reading: The machine's reading of its report.
        anchor: Which record.
        values: Its fields as they are written.
        title: Where in the queue it is.
        keys: For each field the key that corrects it.
    """
    report = reading.report
    facts = [report.outlet or "outlet not known", report.published or "date of publication not known"]
    head = Text(title, style="dim")
    parts: list[RenderableType] = [
        head,
        Text(show_line(report.title or "", 200), style="bold"),
        Text(" · ".join(show_line(fact, 80) for fact in facts) + f"  [{show_line(report.id, 60)}]", style="dim"),
        Text(),
        Padding(_passage(reading, anchor), (0, 2)),
        Text(),
    ]
    if anchor.kind == "dispute":
        parts += [Padding(Text(line), (0, 2)) for line in _sides(reading, anchor.record)]
    for field, value in values.items():
        line = Text("  ")
        line.append(f"{keys[field]} " if keys and field in keys else "", style="bold")
        line.append(f"{field:<10} ", style="dim")
        shown = spell_value(reading, field, value)
        line.append(show_line(shown, _LONGEST_VALUE))
        parts.append(line)
    return Group(*parts)


def _passage(reading: Reading, anchor: Anchor) -> Text:
    """Give the words around a record, those by which it is found in reverse."""
    pieces = passage_of(reading.report.text, anchor.spans)
    if not pieces:
        return Text("(no words)", style="dim")
    shown = Text()
    for piece in pieces:
        if piece.is_cut:
            shown.append("\n… " if shown.plain else "… ")
        words = _plain(piece.words)
        shown.append(f"⟦{words}⟧" if piece.is_marked else words, style="reverse" if piece.is_marked else None)
    last = pieces[-1]
    shown.append(" …" if last.start + len(last.words) < len(reading.report.text) else "")
    shown.rstrip()
    return shown


def _plain(words: str) -> str:
    return show_controls(words).replace("\t", " ")


def _sides(reading: Reading, record: str) -> list[str]:
    lookup = Lookup(reading)
    dispute = next((one for one in reading.disputes if one.id == record), None)
    return [describe_dispute(dispute, lookup), *_holders(dispute, lookup), ""] if dispute is not None else []


def _holders(dispute: Dispute, lookup: Lookup) -> list[str]:
    return [
        f"{'asserts' if side.stance == 'assert' else 'denies'}: {lookup.holder_of(holder, side)}: "
        f"“{lookup.words_of_holder(holder, side)}”"
        for side in dispute.sides
        for holder in side.holders
    ]
