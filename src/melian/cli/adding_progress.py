"""How far a run is, for whoever waits: a bar on a terminal, a line a minute elsewhere, and every reject by name."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from melian.cli.output import name_reject
from melian.exports.visible import show_line

if TYPE_CHECKING:
    from melian.running import Progress

_INTERRUPTED = 130
_EACH = 60.0
"""Seconds between two lines where standard error is no terminal."""
Expected = Callable[[], int | None]


def follow(steps: Iterator[Progress], expected: Expected) -> Progress:
    """Go through a run, show how far it is, and give where it ended.

    Args:
        steps: The run.
        expected: Counts beforehand what the run will meet, None where that is not known.

    Raises:
        typer.Exit: It was interrupted.
    """
    from melian.running import Progress

    last = Progress()
    try:
        with _shown(expected) as show:
            for last in steps:
                show(last)
    except KeyboardInterrupt:
        typer.echo(
            f"melian: interrupted; {last.read:,} reports were read and are kept. Run the same command again to go on.",
            err=True,
        )
        raise typer.Exit(_INTERRUPTED) from None
    return last


def summary(last: Progress, into: Path) -> str:
    """Say in one line what a run has done."""
    parts = [f"{last.read:,} read into {show_line(str(into), 200)}"]
    if last.replaced:
        parts.append(f"{last.replaced:,} of another version replaced")
    if last.changed:
        parts.append(f"{last.changed:,} replaced whose text, outlet or date was another under the same id")
    if last.known:
        parts.append(f"{last.known:,} there already")
    if last.rejected:
        parts.append(_counts(last.rejected))
    return "Reports: " + "; ".join(parts) + "."


def line_of(now: Progress, total: int | None, seconds: float) -> str:
    """Say in one line how far a run is: how much, how fast, how long it will take, and what was rejected.

    Args:
        now: The progress.
        total: How much there is, where that is known.
        seconds: How long it has run.
    """
    parts = [f"{now.met:,} of {total:,}" if total is not None else f"{now.met:,}"]
    if seconds > 0 and now.met:
        parts.append(f"{now.read / seconds:.1f} read a second")
        if total is not None and now.met < total:
            parts.append(f"{_duration((total - now.met) * seconds / now.met)} left")
    if now.known:
        parts.append(f"{now.known:,} there already")
    if now.rejected:
        parts.append(_counts(now.rejected))
    return "; ".join(parts)


@contextmanager
def _shown(expected: Expected) -> Iterator[Callable[[Progress], None]]:
    from rich import progress as bars
    from rich.console import Console

    console = Console(stderr=True, markup=False, emoji=False, highlight=False)
    if not console.is_terminal:
        yield _lines(expected)
        return
    # Shards end in bursts: the speed is taken over minutes, not over seconds.
    with bars.Progress(
        bars.TextColumn("Reading"), bars.BarColumn(), bars.MofNCompleteColumn(), bars.TextColumn("{task.fields[rate]}"),
        bars.TimeElapsedColumn(), bars.TextColumn("left"), bars.TimeRemainingColumn(),
        bars.TextColumn("{task.fields[rejects]}", markup=False),
        console=console, transient=True, speed_estimate_period=600,
    ) as progress:  # fmt: skip
        task = progress.add_task("", total=expected(), rate="", rejects="")

        def show(now: Progress) -> None:
            _name_rejects(now)
            elapsed = progress.tasks[0].elapsed or 0.0
            rate = f"{now.read / elapsed:.1f}/s" if elapsed else ""
            progress.update(task, completed=now.met, rate=rate, rejects=_counts(now.rejected))

        yield show


def _lines(expected: Expected) -> Callable[[Progress], None]:
    began = told = time.monotonic()
    total: list[int | None] = []

    def show(now: Progress) -> None:
        nonlocal told
        _name_rejects(now)
        moment = time.monotonic()
        if moment - told >= _EACH:
            told = moment
            if not total:
                total.append(expected())  # A short run is not worth the counting.
            typer.echo(f"melian: {line_of(now, total[0], moment - began)}", err=True)

    return show


def _name_rejects(now: Progress) -> None:
    for reject in now.fresh:
        name_reject(reject.source, reject.message, "record", reject.record)


def _counts(rejected: Mapping[str, int]) -> str:
    if not rejected:
        return ""
    reasons = sorted(rejected.items(), key=lambda item: (-item[1], item[0]))
    return f"{sum(rejected.values()):,} rejected (" + ", ".join(f"{reason} {n:,}" for reason, n in reasons) + ")"


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 1:
        return "under a minute"
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h {minutes % 60} min"
