"""`melian train`: what reviewers said, as a confidence scale, and as examples that the training learns from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from melian.cli.filter_options import Folder
from melian.cli.output import opened, refuse_overwrite
from melian.errors import BadReview
from melian.exports.visible import show_line

if TYPE_CHECKING:
    from melian.archive.review.correcting import Corrected
    from melian.archive.review.settling import Mark
    from melian.evaluation.scaling import Case
    from melian.records import Correction, Reading

_SCALE = "confidence.json"


def train(
    folder: Folder,
    output: Annotated[
        Path, typer.Option("--output", metavar="FOLDER", help="Write into this folder; made if need be.")
    ],
    with_corrections: Annotated[
        bool, typer.Option("--with-corrections", help="Learn from what reviewers said of this archive.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the files.")] = False,
) -> None:
    """Learn from corrections: a confidence scale at once, and examples for the training of the weights.

    confidence.json is the scale, for `melian read` and `melian archive add` with --confidence: how often events and
    statements as sure as these are right in your reports, by type. It is written only where cross-validation shows
    that it is better than what ships. events.jsonl and statements.jsonl are the examples.

    Of events those sentences are taken of which every event was judged, of statements those paragraphs of which every
    statement was. The weights themselves are trained from a checkout, with PyTorch: training/README.md says how.
    """
    import msgspec

    from melian.evaluation.examples import articles_of, passages_of
    from melian.evaluation.scaling import cases_of

    if not with_corrections:
        raise typer.BadParameter(
            "it is learned from corrections alone. Add --with-corrections.", param_hint="--with-corrections"
        )
    files = [output / name for name in ("events.jsonl", "statements.jsonl", _SCALE)]
    _make_folder(output)
    for path in files:
        refuse_overwrite(path, force)
    left_out: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    lines: tuple[dict[str, bytes], dict[str, bytes]] = ({}, {})
    cases: dict[str, list[Case]] = {"event": [], "statement": []}
    rescaled = 0
    for made, corrected in _corrected(folder):
        marks = {kind: _marks(corrected, kind) for kind in ("event", "statement")}
        for passage in passages_of(made, corrected.reading, marks["event"], left_out[0]):
            lines[0].setdefault(passage.text, msgspec.json.encode(passage))
        for article in articles_of(made, corrected.reading, marks["statement"], left_out[1]):
            lines[1].setdefault(article.text, msgspec.json.encode(article))
        # Fitted on what was moved by a scale already, a scale would hold for readings by both.
        if "confidence " in made.produced_by.knowledge:
            rescaled += 1
            continue
        for what, known in cases.items():
            known += cases_of(made, corrected, what)
    if not any(lines) and not any(left_out):
        raise BadReview(
            "Nobody has judged an event or a statement of this archive", "some answers of reviewers",
            "melian review next shows what to judge",
        )  # fmt: skip
    for path, found, reasons, what in zip(files[:2], lines, left_out, ("sentences", "paragraphs"), strict=True):
        with opened(path) as file:
            file.writelines(line + b"\n" for line in found.values())
        typer.echo(f"{show_line(str(path), 200)}: {len(found):,} {what}")
        for reason, count in sorted(reasons.items()):
            typer.echo(f"left out: {count:,} {what}: {reason}", err=True)
    typer.echo("To train with them: training/README.md in a checkout of Melian.")
    if rescaled:
        typer.echo(f"left out of the scale: {rescaled:,} readings that were made with a scale of your own", err=True)
    _write_scale(files[2], cases)


def _write_scale(path: Path, cases: dict[str, list[Case]]) -> None:
    """Fit a scale on judged records, say what it is worth, and write it where it is better than what ships."""
    import msgspec

    from melian.coding.encoder.scale import Scales
    from melian.evaluation.scaling import fit_scale

    fits = {what: fit_scale(known) for what, known in cases.items()}
    for what, fit in fits.items():
        line = f"confidence of {what}s: {fit.judged:,} judged, {fit.right:,} right"
        if fit.after:
            line += f"; mean surprise {fit.before:.3f} by the shipped scale, {fit.after:.3f} by one fitted on others"
        typer.echo(f"{line}; no scale: {fit.why}" if fit.scale is None else line)
    scales = Scales(event=fits["event"].scale, statement=fits["statement"].scale)
    if scales == Scales():
        # An older scale must not pass for one of these corrections.
        path.unlink(missing_ok=True)
        return
    with opened(path) as file:
        file.write(msgspec.json.format(msgspec.json.encode(scales), indent=1) + b"\n")
    typer.echo(f"{show_line(str(path), 200)}: to be used with melian read --confidence, and melian archive add.")


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
