"""`melian review next`, `answer` and `undo`: looking at records, and judging them by keys or by options."""

from __future__ import annotations

import shlex
import sys
from typing import TYPE_CHECKING, Annotated, cast, get_args

import typer

from melian.cli.filter_options import Folder
from melian.cli.output import complain, plain_text, terminal_console
from melian.cli.review_options import Kind, OfKind, Reviewer, SampleOrQueue
from melian.errors import BadReview
from melian.exports.review_words import FIELD_KEYS, describe_answer
from melian.exports.visible import show_line
from melian.records import REVIEWED_FIELDS, ReviewedField

if TYPE_CHECKING:
    from rich.console import RenderableType

    from melian.archive.review.queue import Review, Task
    from melian.records import Correction


def next_task(folder: Folder, reviewer: Reviewer, sample: SampleOrQueue = None, kind: OfKind = Kind.EVENT) -> None:
    """Show the next record that the reviewer has not judged; in a terminal judge one after another with keys.

    The order is that of the sample, or begins with what the machine is least sure of. What others say is never shown.
    In a pipe it shows one record, with the command that answers.
    """
    from melian.archive.review.queue import Review

    review = Review(folder)
    if sys.stdin.isatty() and sys.stdout.isatty():
        _judge_in_terminal(review, reviewer, sample, kind)
        return
    task = review.next(reviewer, sample=sample, kind=kind.value)
    if task is None:
        typer.echo("There is nothing left to judge.")
        return
    typer.echo(plain_text(_card(task)), nl=False)
    call = ["melian", "review", "answer", str(folder), task.anchor.report, task.anchor.record]
    call += ["--kind", task.anchor.kind, "--reviewer", reviewer, *(["--sample", sample] if sample else [])]
    typer.echo(f"\n{show_line(shlex.join(call))} --confirm, or --reject, or --set FIELD=VALUE")


def answer(
    folder: Folder,
    report: Annotated[str, typer.Argument(metavar="REPORT", help="The id of the report.")],
    record: Annotated[str, typer.Argument(metavar="RECORD", help="The id of the record in it.")],
    reviewer: Reviewer,
    kind: OfKind = Kind.EVENT,
    confirm: Annotated[bool, typer.Option("--confirm", help="It is right in every field.")] = False,
    reject: Annotated[bool, typer.Option("--reject", help="It is no such record.")] = False,
    change: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="FIELD=VALUE", help="This is right of a field; the other fields are confirmed."),
    ] = None,
    sample: SampleOrQueue = None,
    note: Annotated[str | None, typer.Option(metavar="WORDS", help="Words of your own, kept with the answer.")] = None,
) -> None:
    """Judge one record.

    Values: a type or an act by its name; modes with commas between; parties as "Kenyan jets [KEN MIL]; Somalia [SOM]";
    a date as 2026-05-05, 2026-05 or 2026-04-27..2026-05-03; a place as "Kismayo [SOM]"; content as spans, 113-168;
    "none" for an empty field; "direction=turn" turns source and target round.
    """
    from melian.archive.review.queue import Review

    if [confirm, reject, bool(change)].count(True) != 1:
        raise typer.BadParameter("give one of them", param_hint="--confirm, --reject or --set")
    changes = dict(_parted(words) for words in change or ())
    review = Review(folder)
    task = review.task(report, kind.value, record)
    kept = review.answer(reviewer, task.anchor, changes, is_rejected=reject, sample=sample, note=note)
    typer.echo(show_line(f"{describe_answer(kept)} [{kept.id}]", 520))


def undo(
    folder: Folder,
    correction: Annotated[
        str, typer.Argument(metavar="CORRECTION", help="The id that the answer gave, or its beginning.")
    ],
    reviewer: Reviewer,
) -> None:
    """Take an answer back. It stays in the history, and the undoing can itself be undone."""
    from melian.archive.review.queue import Review

    undoing = Review(folder).undo(reviewer, correction)
    typer.echo(f"undone: {undoing.undoes} [{undoing.id}]")


def _parted(words: str) -> tuple[ReviewedField, str]:
    field, equals, value = words.partition("=")
    if not equals or field not in get_args(ReviewedField):
        raise typer.BadParameter(
            f"{show_line(words, 80)!r} is not FIELD=VALUE, such as type=COERCE", param_hint="--set"
        )
    return cast("ReviewedField", field), value


def _judge_in_terminal(review: Review, reviewer: str, sample: str | None, kind: Kind) -> None:
    console = terminal_console()
    kept: list[Correction] = []
    fields = {key: field for field, key in FIELD_KEYS.items()}
    for task in review.tasks(reviewer, sample=sample, kind=kind.value):
        console.clear()
        console.print(_card(task))
        changes: dict[ReviewedField, str] = {}
        while True:
            letters = [f"{key} {field}" for field, key in FIELD_KEYS.items() if field in task.values]
            console.print(f"\n  y right · n no such {kind.value} · {' · '.join(letters)} · k later · u undo · q leave")
            key = typer.getchar().lower()
            try:
                if key == "q":
                    return
                if key == "k":
                    break
                if key == "u":
                    _undo_last(review, reviewer, kept)
                elif key in ("y", "n", "\r", "\n"):
                    is_rejected = key == "n"
                    chosen = {} if is_rejected else changes
                    one = review.answer(reviewer, task.anchor, chosen, is_rejected=is_rejected, sample=sample)
                    kept.append(one)
                    break
                elif (field := fields.get(key)) in task.values and field is not None:
                    _ask_for(field, task, changes)
                    console.print("  " + ", ".join(f"{name} is {show_line(v, 200)}" for name, v in changes.items()))
                    console.print("  y keeps this")
            except BadReview as error:
                changes.clear()
                complain(error)
    console.print("There is nothing left to judge.")


def _ask_for(field: ReviewedField, task: Task, changes: dict[ReviewedField, str]) -> None:
    if field == "direction":
        changes[field] = "turn"
        return
    value = typer.prompt(f"  {field} is", default=show_line(task.values[field], 300))
    changes[field] = value


def _undo_last(review: Review, reviewer: str, kept: list[Correction]) -> None:
    if kept:
        undoing = review.undo(reviewer, kept.pop().id)
        typer.echo(f"  undone: {undoing.undoes}; it comes again when you start anew")
    else:
        typer.echo("  there is nothing of this sitting to undo")


def _card(task: Task) -> RenderableType:
    from melian.exports.review_card import render_card

    of = f" of {task.of:,} in sample {task.sample}" if task.of is not None else " in the queue"
    keys = {field: key for field, key in FIELD_KEYS.items() if field in REVIEWED_FIELDS[task.anchor.kind]}
    return render_card(
        task.reading,
        task.anchor,
        cast("dict[str, str]", task.values),
        title=f"{task.anchor.kind} {task.place:,}{of}  [{show_line(task.anchor.record, 40)}]",
        keys=cast("dict[str, str]", keys) if sys.stdout.isatty() else None,
    )
