"""One record laid out for a reviewer: the words around it, and each field as the machine has it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from melian.exports.visible import clamp, excerpt, show_controls, show_line
from melian.exports.wording import Lookup, describe_dispute, name_country
from melian.records import Anchor, Dispute, Reading, Span

_AROUND = 300
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
        shown = _spelt(reading, field, value)
        line.append(show_line(shown, _LONGEST_VALUE))
        parts.append(line)
    return Group(*parts)


def _spelt(reading: Reading, field: str, value: str) -> str:
    """Say codes and spans in words beside them."""
    if field == "content":
        text = reading.report.text
        spans = [tuple(map(int, part.split("-"))) for part in value.split(";")] if value[:1].isdigit() else []
        return f"{value}: “{' … '.join(excerpt(text, (start, end)) for start, end in spans)}”"
    if field == "place" and "[" in value:
        country = name_country(value.partition("[")[2][:3])
        return f"{value} {country}" if country else value
    return value


def _passage(reading: Reading, anchor: Anchor) -> Text:
    """Give the words around a record, those by which it is found in reverse."""
    text = reading.report.text
    spans = sorted(clamp(span, len(text)) for span in anchor.spans)
    if not spans:
        return Text("(no words)", style="dim")
    shown = Text()
    for start, end in _joined((max(0, s - _AROUND), min(len(text), e + _AROUND)) for s, e in spans):
        shown.append("… " if start else "")
        at = start
        for span in (span for span in spans if start <= span[0] and span[1] <= end):
            if span[0] >= at:
                shown.append(_plain(text[at : span[0]]))
                shown.append(f"⟦{_plain(text[slice(*span)])}⟧", style="reverse")
                at = span[1]
        shown.append(_plain(text[at:end]))
        shown.append(" …\n" if end < len(text) else "\n")
    shown.rstrip()
    return shown


def _plain(words: str) -> str:
    return show_controls(words).replace("\t", " ")


def _joined(spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _sides(reading: Reading, record: str) -> list[str]:
    lookup = Lookup(reading)
    dispute = next((one for one in reading.disputes if one.id == record), None)
    return [describe_dispute(dispute, lookup), *_holders(dispute, lookup), ""] if dispute is not None else []


def _holders(dispute: Dispute, lookup: Lookup) -> list[str]:
    return [
        f"{'asserts' if side.stance == 'assert' else 'denies'}: {lookup.holder_of(holder)}: "
        f"“{lookup.words_of_holder(holder, side)}”"
        for side in dispute.sides
        for holder in side.holders
    ]
