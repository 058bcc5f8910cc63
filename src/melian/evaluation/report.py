"""What an evaluation found, and how it is shown: a table of figures and the worst misses."""

from __future__ import annotations

import unicodedata

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from melian.evaluation.bootstrap import Figure

WORST = 10
"""How many misses are shown."""
LONGEST = 100
"""How many characters of a text are shown in a miss."""


class Miss(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that went wrong.

    Attributes:
        record: Id of the gold record.
        text: The words it is about.
        expected: What the gold says; empty where it says nothing.
        found: What was predicted; empty where nothing was.
        weight: How bad it is; greater is worse.
    """

    record: str
    text: str
    expected: str
    found: str
    weight: float = 0.0


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What an evaluation found.

    Attributes:
        figures: In the order in which they are shown.
        misses: In gold order.
        records: How many gold records were judged.
        notes: What was left out of account, and the like.
    """

    figures: tuple[Figure, ...]
    misses: tuple[Miss, ...] = ()
    records: int = 0
    notes: tuple[str, ...] = ()


def safe_text(text: str, longest: int = LONGEST) -> str:
    """Make text from outside safe to show: no control or bidirectional characters, white space folded, cut."""
    head = text[: 4 * longest + 100]
    kept = "".join(
        " " if character.isspace() else character
        for character in head
        if character.isspace() or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
    kept = " ".join(kept.split())
    return kept if len(kept) <= longest else kept[: longest - 1].rstrip() + "…"


def worst(misses: tuple[Miss, ...], count: int = WORST) -> list[Miss]:
    """Pick the worst misses, no more than three of a record, so that one bad record does not hide the others."""
    picked: list[Miss] = []
    of_record: dict[str, int] = {}
    for miss in sorted(misses, key=lambda miss: -miss.weight):
        if of_record.get(miss.record, 0) < 3 and len(picked) < count:
            of_record[miss.record] = of_record.get(miss.record, 0) + 1
            picked.append(miss)
    return picked


def show(outcome: Outcome, title: str, console: Console) -> None:
    """Print an outcome: figures with intervals, notes, then the worst misses."""
    table = Table(title=Text(safe_text(title)), title_justify="left", box=None, pad_edge=False)
    table.add_column("measure", overflow="fold")
    table.add_column("value", justify="right", no_wrap=True)
    table.add_column("95 % interval", justify="right", no_wrap=True)
    table.add_column("of", justify="right", no_wrap=True)
    for figure in outcome.figures:
        table.add_row(Text(safe_text(figure.name)), *(Text(cell) for cell in _cells(figure)))
    console.print(table)
    for note in outcome.notes:
        console.print(Text(safe_text(note, 300)))
    picked = worst(outcome.misses)
    if not picked:
        return
    console.print(Text(f"\nWorst misses ({len(picked)} of {len(outcome.misses)})", style="bold"))
    for miss in picked:
        console.print(Text(f"{safe_text(miss.record, 60)}: {safe_text(miss.text)}"), soft_wrap=True)
        console.print(
            Text(f"    expected {safe_text(miss.expected) or 'nothing'}; found {safe_text(miss.found) or 'nothing'}"),
            soft_wrap=True,
        )


def _cells(figure: Figure) -> tuple[str, str, str]:
    count = f"{figure.of:,}" if figure.of else ""
    if figure.value is None:
        return "–", "", count
    digits = 2 if figure.unit == "each" else 1
    interval = "" if figure.low is None else f"{figure.low:.{digits}f} – {figure.high:.{digits}f}"
    return f"{figure.value:.{digits}f}{' km' if figure.unit == 'km' else ''}", interval, count
