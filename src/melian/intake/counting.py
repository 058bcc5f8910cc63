"""How many reports sources hold, as far as that is told without reading them."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator, Sequence

from melian.errors import BadReport
from melian.intake.address import is_address
from melian.intake.compressed import ending_of, opened
from melian.intake.lines import BoundedLines
from melian.intake.options import IntakeOptions
from melian.intake.sources import ENDINGS, files_below
from melian.intake.stored import is_stored

_PIECE = 1 << 20


def expected_reports(sources: Sequence[str], options: IntakeOptions) -> int | None:
    """Count the reports of sources, for the time that is left: lines, rows, or one a file.

    Returns:
        The number, which blank lines make too high; None where a source cannot be counted beforehand, or only at the
        cost of a transfer.
    """
    if "-" in sources or any(map(is_stored, sources)):
        return None
    try:
        return sum(_count(path, options) for source in sources for path in _paths(source))
    except (OSError, BadReport, ValueError, csv.Error):
        return None


def _paths(source: str) -> Iterator[str]:
    if os.path.isdir(source) and not is_address(source):
        yield from files_below(source, [])
    else:
        yield source


def _count(path: str, options: IntakeOptions) -> int:
    if is_address(path):
        return 1
    ending, packing = ending_of(path)
    kind = options.format or ENDINGS.get(ending)
    if kind == "parquet":
        from pyarrow import ArrowException
        from pyarrow.parquet import read_metadata

        try:
            return int(read_metadata(path).num_rows)
        except ArrowException:
            return 1
    if kind == "warc":
        raise ValueError("what a WARC file holds is known when it has been read")
    if kind not in ("jsonl", "csv", "tsv"):
        return 1
    with opened(path, packing, options.bounds) as stream:
        if kind == "jsonl":
            return sum(piece.count(b"\n") for piece in iter(lambda: stream.read(_PIECE), b""))
        lines = io.TextIOWrapper(stream, encoding="utf-8", errors="replace", newline="")
        csv.field_size_limit(max(csv.field_size_limit(), 2 * options.largest_report))
        bounded = BoundedLines(lines, options.longest_line)
        rows = sum(any(row) for row in csv.reader(bounded, delimiter="," if kind == "csv" else "\t"))
        lines.detach()
        return max(0, rows - 1)
