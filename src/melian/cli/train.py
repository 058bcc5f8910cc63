"""`melian train`: what reviewers said, as examples that the training learns from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from melian.cli.output import opened, refuse_overwrite
from melian.cli.review_options import Folder
from melian.errors import BadReview
from melian.exports.visible import show_line

if TYPE_CHECKING:
    from melian.archive.review.correcting import Corrected
    from melian.archive.review.settling import Mark
    from melian.records import Correction, Reading


def train(
    folder: Folder,
    output: Annotated[
        Path, typer.Option("--output", metavar="FOLDER", help="Write the examples into this folder; made if need be.")
    ],
    with_corrections: Annotated[
        bool, typer.Option("--with-corrections", help="Make examples of what reviewers said of this archive.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the files.")] = False,
) -> None:
    """Write examples for the training: events.jsonl and statements.jsonl.

    Of events those sentences are taken of which every event was judged, of statements those paragraphs of which every
    statement was. The weights themselves are trained from a checkout, with PyTorch: training/README.md says how.
    """
    import msgspec

    from melian.evaluation.examples import articles_of, passages_of

    if not with_corrections:
        raise typer.BadParameter(
            "examples are made of corrections alone. Add --with-corrections.", param_hint="--with-corrections"
        )
    files = [output / name for name in ("events.jsonl", "statements.jsonl")]
    _make_folder(output)
    for path in files:
        refuse_overwrite(path, force)
    left_out: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    lines: tuple[dict[str, bytes], dict[str, bytes]] = ({}, {})
    for made, corrected in _corrected(folder):
        marks = {kind: _marks(corrected, kind) for kind in ("event", "statement")}
        for passage in passages_of(made, corrected.reading, marks["event"], left_out[0]):
            lines[0].setdefault(passage.text, msgspec.json.encode(passage))
        for article in articles_of(made, corrected.reading, marks["statement"], left_out[1]):
            lines[1].setdefault(article.text, msgspec.json.encode(article))
    if not any(lines) and not any(left_out):
        raise BadReview(
            "Nobody has judged an event or a statement of this archive", "some answers of reviewers",
            "melian review next shows what to judge",
        )  # fmt: skip
    for path, found, reasons, what in zip(files, lines, left_out, ("sentences", "paragraphs"), strict=True):
        with opened(path) as file:
            file.writelines(line + b"\n" for line in found.values())
        typer.echo(f"{show_line(str(path), 200)}: {len(found):,} {what}")
        for reason, count in sorted(reasons.items()):
            typer.echo(f"left out: {count:,} {what}: {reason}", err=True)
    typer.echo("To train with them: training/README.md in a checkout of Melian.")


def _corrected(folder: Path) -> Iterator[tuple[Reading, Corrected]]:
    from melian.archive import Archive
    from melian.archive.review.correcting import correct_reading
    from melian.archive.review.queue import Review

    by_report: dict[str, list[Correction]] = {}
    for one in Review(folder).corrections():
        by_report.setdefault(one.anchor.report, []).append(one)
    for report, made in Archive(folder, is_corrected=False).readings_of(by_report).items():
        yield made, correct_reading(made, by_report[report])


def _marks(corrected: Corrected, kind: str) -> dict[str, Mark]:
    return {record: mark for (of, record), mark in corrected.marks.items() if of == kind}


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise typer.BadParameter(
            f"{show_line(str(folder), 200)} cannot be made: {error.strerror}.", param_hint="--output"
        ) from error
