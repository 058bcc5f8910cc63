"""`melian evaluate`: figures with intervals against a gold file, and the worst misses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from melian.cli.output import opened, terminal_console
from melian.errors import BadGold

if TYPE_CHECKING:
    from melian.evaluation.evaluate import Evaluation, What
    from melian.evaluation.tools import Tools

KINDS = ("statements", "relations", "events", "dates", "places", "actors", "coreference")


def evaluate(
    what: Annotated[str, typer.Argument(metavar="WHAT", help=f"What is measured: {', '.join(KINDS)}.")],
    gold: Annotated[
        Path,
        typer.Argument(
            metavar="GOLD", help="The gold file: JSON Lines; for relations a tab-separated table with a header."
        ),
    ],
    predictions: Annotated[
        Path | None,
        typer.Option(
            "--predictions",
            metavar="OUT.jsonl",
            help="Write the predictions here, one line a gold record, in gold order.",
        ),
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=1, help="Take only the first N records.")
    ] = None,
    given: Annotated[
        bool,
        typer.Option("--given", help="Of places and coreference: spans are given; where they lead is judged."),
    ] = False,
) -> None:
    """Measure Melian against a gold file: figures with 95 % intervals, then the worst misses.

    Intervals come from drawing the documents of the file again and again; the draw is the same every time. A gold
    file without answers is allowed where --predictions is given.
    """
    evaluation, what_ = _chosen(what, given=given)
    records = evaluation.read(gold, limit)
    if predictions is None and not any(evaluation.has_answer(record) for record in records):
        raise BadGold(
            f"No record of {_shown(gold)} says what is right",
            f"gold answers in {evaluation.answers}",
            "Name a file for --predictions if predictions are all that is wanted",
        )
    if predictions is not None:
        _check_writable(predictions, gold)
    _run(_tools(), evaluation, what_, records, gold, predictions)


def _run(
    tools: Tools,
    evaluation: Evaluation[Any, Any],
    what: What,
    records: Sequence[Any],
    gold: Path,
    predictions: Path | None,
) -> None:
    from melian.evaluation.report import show

    found = []
    try:
        with opened(predictions) if predictions is not None else nullcontext() as out:
            for prediction in _watched(evaluation.predict(tools, records), len(records), what):
                found.append(prediction)
                if out is not None:
                    out.write(msgspec.json.encode(prediction) + b"\n")
    except OSError as error:
        if predictions is None:
            raise
        why = f"{_shown(predictions)} cannot be written: {_shown(error.strerror or 'unknown reason')}"
        raise BadGold(why, "a file that may be written", "Choose another place") from error
    outcome = evaluation.judge_answered(tools, records, found)
    console = terminal_console()
    if outcome is None:
        console.print(f"{len(found):,} predictions written; the gold holds no answers to judge them by.")
        return
    show(outcome, f"{what}: {outcome.records} records of {gold.name}", console)


def _watched(predictions: Iterator[Any], total: int, what: str) -> Iterator[Any]:
    """Show progress on standard error where that is a terminal."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    if not console.is_terminal:
        return predictions
    return iter(track(predictions, description=f"Reading for {what}", total=total, console=console, transient=True))


def _chosen(what: str, *, given: bool) -> tuple[Evaluation[Any, Any], What]:
    from melian.evaluation.evaluate import WHATS, evaluation_of

    for known in WHATS:
        if known == what:
            return evaluation_of(known, is_given=given), known
    raise BadGold(f"There is nothing to measure called {_shown(what)!r}", f"one of {', '.join(WHATS)}", "Choose one")


def _tools() -> Tools:
    from melian.coding.coder import Coder
    from melian.evaluation.tools import ReaderTools

    return ReaderTools(Coder())


def _check_writable(path: Path, gold: Path) -> None:
    """Refuse a bad place for predictions before the work begins, not after."""
    if path.exists() and gold.exists() and path.samefile(gold):
        raise BadGold(
            f"{_shown(path)} is the gold file itself", "another file for --predictions", "Choose another name"
        )
    if path.is_dir() or not path.resolve().parent.is_dir():
        raise BadGold(f"{_shown(path)} cannot be written", "a file in a folder that exists", "Make the folder first")


def _shown(text: object) -> str:
    from melian.evaluation.report import safe_text

    return safe_text(str(text), 120)
